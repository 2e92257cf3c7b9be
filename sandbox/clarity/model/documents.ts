/** Documents as the `brief` profile names them; the other deployments rename them on the wire. */

export const RESOURCES = [
  'orders',
  'products',
  'customers',
  'inventory',
  'payments',
  'shipments',
  'returns',
  'coupons',
  'addresses',
  'invoices',
] as const;

export type Resource = (typeof RESOURCES)[number];

/** The key of each resource. The reference names `orderId` and `customerId`, the others follow them. */
export const ID_FIELDS: Readonly<Record<Resource, string>> = {
  orders: 'orderId',
  products: 'productId',
  customers: 'customerId',
  inventory: 'inventoryId',
  payments: 'paymentId',
  shipments: 'shipmentId',
  returns: 'returnId',
  coupons: 'couponId',
  addresses: 'addressId',
  invoices: 'invoiceId',
};

/** Every field that holds the id of a document, of its own or of another. */
export const ALL_ID_FIELDS: ReadonlySet<string> = new Set(Object.values(ID_FIELDS));

/** What all documents have, beside a key of their own. Ids are texts; dates are ISO 8601 in UTC. */
export interface Document {
  [field: string]: unknown;
  /** The key that the other system knows it by: no two of a resource have the same. */
  externalId: string | null;
  modifiedDate: string;
}

/** Field names after the `Contact` of the ServiceStack deployments: the reference names none for these objects. */
export interface Address {
  firstName?: string;
  lastName?: string;
  company?: string;
  email?: string;
  phone?: string;
  street1?: string;
  street2?: string;
  city?: string;
  regionCode?: string;
  regionName?: string;
  postalCode?: string;
  countryCode?: string;
}

export interface LineItem {
  lineId: string;
  sku: string;
  name: string;
  quantity: number;
  /** Of one piece. */
  unitPrice: number;
  /** Of the whole line. */
  tax: number;
  /** Off the whole line; positive. */
  discount: number;
  category: string;
}

export interface PaymentInfo {
  method: string;
  transactionId: string | null;
  amount: number;
  status: string;
}

export interface OrderDocument extends Document {
  orderId: string;
  /** Null for guests: their address has the e-mail. */
  customerId: string | null;
  orderDate: string;
  status: string;
  totalAmount: number;
  currency: string;
  shippingAmount: number;
  handlingAmount: number;
  /** Off the order as a whole, beside what stands at the lines; positive. */
  discountAmount: number;
  /** Whether the taxes of the lines are inside their prices. */
  taxIncluded: boolean;
  shippingAddress: Address;
  billingAddress: Address;
  lineItems: LineItem[];
  paymentInfo: PaymentInfo;
  couponCodes: string[];
  customerGroup: string;
}

/** Fields that the reference does not name, for `chargeFields` to leave out. */
export const CHARGE_FIELDS = [
  'shippingAmount',
  'handlingAmount',
  'discountAmount',
  'taxIncluded',
] as const;
