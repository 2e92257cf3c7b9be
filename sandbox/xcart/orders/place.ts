import type { Random } from '../../kit';
import {
  type DrawnOrder,
  type Offer,
  type PaymentMethod,
  type ShopWish,
  digitsOf,
  drawCart,
  drawOrders,
} from '../../kit/shop';
import { orderDate } from '../api/dates';
import type { OrderRecord, OrderView } from '../model';
import type { XCartStore } from '../store';
import { partiesOf } from './buyers';
import { remember } from './history';
import { lineOf, offersIn, type ProductOffer } from './lines';
import { METHODS, paymentOf } from './payments';
import { statusOf } from './statuses';
import { takeOrderStock } from './stock';
import { SHIPPING_IDS, surchargesOf, taxesOf } from './surcharges';
import { goodsTotal, recalculate } from './totals';
import { applyTraits, type OrderTraits } from './traits';

/** What may be asked of the orders to place. Whatever is left out is drawn. */
export interface OrderWish extends ShopWish, OrderTraits {
  currency?: string;
  /** All come from guests. */
  guest?: boolean;
  /** Of all buyers; absent: each their own. */
  email?: string;
  /** All of them paid (status P, by credit card), or none (Q, by bank transfer); absent: as drawn. */
  paid?: boolean;
  /** Status code, whatever the payment method; absent: as the method leaves it. */
  paymentStatus?: string;
  shippingStatus?: string;
  notes?: string;
  adminNotes?: string;
}

/** The order's document without its amounts: they are computed. */
function documentOf(
  store: XCartStore,
  drawn: DrawnOrder<ProductOffer>,
  {
    currency = 'USD',
    notes = '',
    adminNotes = '',
  }: Pick<OrderWish, 'currency' | 'notes' | 'adminNotes'> = {},
): OrderRecord {
  const { buyer, charges, placedAt: now } = drawn;
  const { method } = charges.shipping;
  const items = drawn.lines.map((line) => lineOf(store, line, currency, now));
  if (drawn.skipsId) store.nextId('order');
  const id = store.nextId('order');
  const parties = partiesOf(store, buyer, drawn.recipient, id, now);
  const date = orderDate(now);
  const view: OrderView = {
    id,
    order_number: null,
    total: 0,
    sub_total: 0,
    email: buyer.email,
    currency,
    items,
    billing_address: parties.billing,
    shipping_address: parties.shipping,
    create_date: date,
    update_date: date,
    payment_status: null,
    shipping_status: null,
    customer_id: parties.customerId,
    order_profile_id: parties.orderProfileId,
    shipping_id: SHIPPING_IDS[method],
    shipping_method_name: method,
    notes,
    admin_notes: adminNotes,
    stock_status: '',
    surcharges: surchargesOf(store, goodsTotal(items, digitsOf(currency)), charges, currency),
    tracking_numbers: [],
  };
  const record: OrderRecord = {
    view,
    transactions: [],
    details: [],
    history: [],
    login: buyer.email,
    taxes: taxesOf(charges),
    lineDiscount: 0,
  };
  recalculate(store, record);
  return record;
}

/** An open cart: the same document without number and payment. */
export function placeCart(store: XCartStore, random: Random, now: Date): OrderRecord {
  const record = documentOf(store, drawCart(random, offersIn(store), now));
  store.carts.set(record.view.id, record);
  return record;
}

const methodFor = (paid: boolean | undefined, drawn: PaymentMethod): PaymentMethod => {
  if (paid === undefined) return drawn;
  return paid ? 'credit card' : 'bank transfer';
};

/** Checks a cart out: it gets its number, its payment and its statuses, and takes stock. */
function checkOut(
  store: XCartStore,
  record: OrderRecord,
  wish: OrderWish,
  { payment, placedAt: now }: DrawnOrder<Offer>,
): void {
  const { view } = record;
  const method = METHODS[methodFor(wish.paid, payment)];
  view.order_number = String(store.nextId('number'));
  view.payment_status = statusOf('payment', wish.paymentStatus ?? method.code);
  view.shipping_status = statusOf('shipping', wish.shippingStatus ?? 'N');
  record.transactions.push(paymentOf(store, view, method, now));
  const id = store.nextId('detail');
  record.details.push({ id, name: 'reference', value: `REF-${id}` });
  remember(store, record, 'PLACE ORDER', 'Order placed', now);
  takeOrderStock(store, view);
  store.orders.set(view.id, record);
}

const withGuests = (wish: OrderWish): OrderWish =>
  wish.guest === true ? { ...wish, guests: wish.count } : wish;

/** Places orders, oldest first. They are made from what the store sells at this moment. */
export const placeOrders = (
  store: XCartStore,
  random: Random,
  wish: OrderWish,
  now: Date,
): OrderRecord[] =>
  drawOrders(random, offersIn(store), withGuests(wish), now).map((drawn) => {
    const { buyer } = drawn;
    const email = wish.email ?? buyer.email;
    const record = documentOf(store, { ...drawn, buyer: { ...buyer, email } }, wish);
    applyTraits(store, record, wish);
    checkOut(store, record, wish, drawn);
    return record;
  });
