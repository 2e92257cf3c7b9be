import { between, type Random } from '../../kit';
import { CUSTOMERS } from '../../seed';
import { storeDate } from '../api/dates';
import type { OrderItemView, OrderRecord, OrderView } from '../model';
import type { XCartStore } from '../store';
import { drawBuyer, partiesOf, type Buyer } from './buyers';
import { remember } from './history';
import { drawLines } from './lines';
import { drawPaymentMethod, paymentOf } from './payments';
import { statusOf } from './statuses';
import { takeOrderStock } from './stock';
import { drawSurcharges } from './surcharges';
import { goodsTotal, recalculate } from './totals';

/** What may be asked of the orders to place. Whatever is left out is drawn. */
export interface OrderWish {
  count: number;
  /** Lines of each order; absent: one to four. */
  lines?: number;
  /** How many different customers share the orders; absent: all. */
  customers?: number;
  /** The first so many orders hold a SKU that Dataverse does not know. */
  unknownSku?: number;
  /** The last so many orders come from guests. */
  guests?: number;
  discount?: boolean;
  currency?: string;
  paymentStatus?: string;
  shippingStatus?: string;
  notes?: string;
  /** When the first of them was placed; absent: now. One of the past is an order whose transaction ended late. */
  at?: Date;
  /** How much later each is than the one before; absent: 0. */
  everySeconds?: number;
}

interface Draft {
  wish: OrderWish;
  buyer: Buyer;
  items: OrderItemView[];
  now: Date;
}

/** The order's document without its amounts: they are computed. */
function documentOf(store: XCartStore, random: Random, draft: Draft): OrderRecord {
  const { wish, buyer, items, now } = draft;
  // Now and then a cart has taken the id and never become an order: ids have gaps, numbers have none.
  if (random() < 0.1) store.nextId('order');
  const id = store.nextId('order');
  const parties = partiesOf(store, random, buyer, id, now);
  const drawn = drawSurcharges(store, random, {
    subTotal: goodsTotal(items),
    discount: wish.discount,
  });
  const date = storeDate(now);
  const view: OrderView = {
    id,
    order_number: null,
    total: 0,
    sub_total: 0,
    email: buyer.email,
    currency: wish.currency ?? 'USD',
    items,
    billing_address: parties.billing,
    shipping_address: parties.shipping,
    create_date: date,
    update_date: date,
    payment_status: null,
    shipping_status: null,
    customer_id: parties.customerId,
    order_profile_id: parties.orderProfileId,
    shipping_id: drawn.method.id,
    shipping_method_name: drawn.method.name,
    notes: wish.notes ?? '',
    admin_notes: '',
    stock_status: '',
    surcharges: drawn.surcharges,
    tracking_numbers: [],
  };
  recalculate(view, drawn.taxRate, store.switches.discountOnItems);
  return {
    view,
    transactions: [],
    details: [],
    history: [],
    login: buyer.email,
    taxRate: drawn.taxRate,
  };
}

/** An open cart: the same document without number and payment. */
export function placeCart(store: XCartStore, random: Random, now: Date): OrderRecord {
  const buyer = drawBuyer(random, CUSTOMERS.length, false);
  const items = drawLines(store, random, between(random, 1, 3), false, now);
  const record = documentOf(store, random, { wish: { count: 1 }, buyer, items, now });
  store.carts.set(record.view.id, record);
  return record;
}

/** Checks a cart out: it gets its number, its payment and its statuses, and takes stock. */
function checkOut(
  store: XCartStore,
  random: Random,
  record: OrderRecord,
  wish: OrderWish,
  now: Date,
): void {
  const { view } = record;
  const method = drawPaymentMethod(random);
  view.order_number = String(store.nextId('number'));
  view.payment_status = statusOf('payment', wish.paymentStatus ?? method.code);
  view.shipping_status = statusOf('shipping', wish.shippingStatus ?? 'N');
  record.transactions.push(paymentOf(store, view, method, now));
  const id = store.nextId('detail');
  record.details.push({ id, name: 'reference', label: 'Reference', value: `REF-${id}` });
  remember(store, record, 'PLACE ORDER', 'Order placed', now);
  takeOrderStock(store, view);
  store.orders.set(view.id, record);
}

/** Places orders, oldest first. They are made from what the store sells at this moment. */
export function placeOrders(
  store: XCartStore,
  random: Random,
  wish: OrderWish,
  now: Date,
): OrderRecord[] {
  const firstGuest = wish.count - (wish.guests ?? 0);
  const first = (wish.at ?? now).getTime();
  return Array.from({ length: wish.count }, (_unused, index) => {
    const placedAt = new Date(first + index * (wish.everySeconds ?? 0) * 1000);
    const buyer = drawBuyer(random, wish.customers ?? CUSTOMERS.length, index >= firstGuest);
    const count = wish.lines ?? between(random, 1, 4);
    const items = drawLines(store, random, count, index < (wish.unknownSku ?? 0), placedAt);
    const record = documentOf(store, random, { wish, buyer, items, now: placedAt });
    checkOut(store, random, record, wish, placedAt);
    return record;
  });
}
