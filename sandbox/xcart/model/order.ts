import type { OrderAddress } from './profile';

export interface StatusView {
  id: number;
  code: string;
  name: string;
  customer_name: string;
}

export interface SurchargeView {
  id: number;
  /** `tax`, `discount`, `shipping`, `handling`, or a type of a module's own. */
  type: string;
  code: string;
  class: string;
  /** True: the value is already inside the prices and not added to the total. */
  include: boolean;
  available: boolean;
  value: number;
  name: string;
  weight: number;
}

export interface OrderItemView {
  id: number;
  /** Null, as the SKU, when the product has been deleted since. */
  product_id: number | null;
  sku: string | null;
  update_date: string;
  name: string;
  price: number;
  item_net_price: number;
  discounted_subtotal: number;
  amount: number;
  backordered_amount: number;
  surcharges: SurchargeView[];
  variant: number | null;
}

export interface TrackingNumberView {
  id: number;
  date: string;
  value: string;
}

/** An order as `GET /api/orders/{id}` shows it. */
export interface OrderView {
  id: number;
  order_number: string | null;
  total: number;
  sub_total: number;
  email: string;
  currency: string;
  items: OrderItemView[];
  billing_address: OrderAddress | null;
  shipping_address: OrderAddress | null;
  create_date: string;
  /** The store's `lastRenewDate`. */
  update_date: string;
  payment_status: StatusView | null;
  shipping_status: StatusView | null;
  /** The real profile; null for a guest, or 0 as some stores show it. */
  customer_id: number | null;
  /** The profile that was cloned for this order alone. */
  order_profile_id: number | null;
  shipping_id: number | null;
  shipping_method_name: string;
  notes: string;
  admin_notes: string;
  stock_status: string;
  surcharges: SurchargeView[];
  tracking_numbers: TrackingNumberView[];
}

export type BackendStatus = 'I' | 'S' | 'W' | 'F' | 'C' | 'V';

export interface BackendTransactionView {
  id: number;
  type: string;
  date: string;
  status: BackendStatus;
  value: number;
  data: TransactionDataView[];
}

export interface TransactionDataView {
  id: number;
  name: string;
  label: string;
  value: string;
  access_level: string;
}

export interface TransactionView {
  id: number;
  public_id: string;
  public_txn_id: string;
  method_id: number;
  type: string;
  date: string;
  status: string;
  name: string;
  local_name: string;
  currency: string;
  value: number;
  note: string;
  data: TransactionDataView[];
  backend_transactions: BackendTransactionView[];
}

export interface OrderDetailView {
  id: number;
  name: string;
  value: string;
}

export interface HistoryView {
  id: number;
  date: string;
  code: string;
  description: string;
  data: string[];
  comment: string;
  profile_id: number | null;
  profile_name: string;
  ip: string;
  details: string[];
}

/** How a tax of an order is computed, to do it again when a quantity changes. */
export interface TaxRule {
  /** Code of its surcharges. */
  code: string;
  name: string;
  /** Share of the amount; with several, each line has the next one in turn. */
  rates: number[];
  /** True: inside the prices. */
  included: boolean;
  on: Array<'goods' | 'shipping'>;
  /** Told at each line, and rounded there; the order's surcharge is the sum. */
  perLine: boolean;
}

/** What the store keeps of an order or cart. */
export interface OrderRecord {
  view: OrderView;
  transactions: TransactionView[];
  details: OrderDetailView[];
  history: HistoryView[];
  /** Login of the order's profile, for the `profile.login` filter. */
  login: string;
  taxes: TaxRule[];
  /** Share that each line is cheaper by. */
  lineDiscount: number;
}
