import { ChangeRefused, changesLines, type ShopChange } from '../../kit/shop';
import { orderDate, secondsOf } from '../api/dates';
import type { OrderRecord } from '../model';
import type { XCartStore } from '../store';
import { remember } from './history';
import { STATUSES, type StatusAxis } from './statuses';
import { moveStock, takeStock } from './stock';
import { recalculate } from './totals';
import { applyTraits, type OrderTraits } from './traits';

/**
 * Moves `update_date` on. The store keeps whole seconds; a second change within one second moves it by one, so
 * that every change can be told from the one before.
 */
export function renew(order: OrderRecord, now: Date): void {
  const { view } = order;
  const next = Math.max(Math.floor(now.getTime() / 1000), secondsOf(view.update_date) + 1);
  view.update_date = orderDate(new Date(next * 1000));
}

/** What `change` may set; with nothing given, the first line gets one piece more. */
export interface OrderChange extends OrderTraits, ShopChange {
  notes?: string;
  adminNotes?: string;
  email?: string;
  paymentStatus?: string;
  shippingStatus?: string;
}

function changeQuantity(store: XCartStore, order: OrderRecord, change: OrderChange): void {
  const item = order.view.items[change.line ?? 0];
  if (item === undefined) {
    throw new ChangeRefused('line', `the order has ${order.view.items.length} lines`);
  }
  const quantity = change.quantity ?? item.amount + 1;
  takeStock(store, item, quantity - item.amount);
  item.amount = quantity;
  recalculate(store, order);
}

const HISTORY_CODES: Readonly<Record<StatusAxis, string>> = {
  payment: 'CHANGE PAYMENT STATUS ORDER',
  shipping: 'CHANGE SHIPPING STATUS ORDER',
};

export function setStatus(
  store: XCartStore,
  order: OrderRecord,
  axis: StatusAxis,
  code: string,
  now: Date,
): boolean {
  const status = STATUSES[axis].get(code);
  if (status === undefined) return false;
  const key = `${axis}_status` as const;
  const before = order.view[key]?.code;
  order.view[key] = status;
  if (axis === 'payment') moveStock(store, order.view, before);
  remember(store, order, HISTORY_CODES[axis], `From ${before ?? '-'} to ${code}`, now);
  return true;
}

/** Sets one axis of the order's state; false when the code is not known. */
export function changeStatus(
  store: XCartStore,
  order: OrderRecord,
  axis: StatusAxis,
  code: string,
  now: Date,
): boolean {
  const known = setStatus(store, order, axis, code, now);
  if (known) renew(order, now);
  return known;
}

function changeStatuses(
  store: XCartStore,
  order: OrderRecord,
  change: OrderChange,
  now: Date,
): void {
  const wanted = { payment: change.paymentStatus, shipping: change.shippingStatus };
  for (const axis of ['payment', 'shipping'] as const) {
    const code = wanted[axis];
    if (code === undefined) continue;
    if (!setStatus(store, order, axis, code, now)) {
      throw new ChangeRefused(`${axis}Status`, `no ${axis} status has the code "${code}"`);
    }
  }
}

/** Changes an order as the shop's staff would. */
export function changeOrder(
  store: XCartStore,
  order: OrderRecord,
  { at, ...change }: OrderChange,
  now: Date,
): void {
  if (changesLines(change)) changeQuantity(store, order, change);
  applyTraits(store, order, change);
  changeStatuses(store, order, change, now);
  if (change.notes !== undefined) order.view.notes = change.notes;
  if (change.adminNotes !== undefined) order.view.admin_notes = change.adminNotes;
  if (change.email !== undefined) order.view.email = change.email;
  remember(store, order, 'ORDER EDITED', 'Order edited', now);
  if (at === undefined) renew(order, now);
  else order.view.update_date = orderDate(at);
}

/** Ships an order: a tracking number, and the status S. */
export function shipOrder(
  store: XCartStore,
  order: OrderRecord,
  tracking: string,
  now: Date,
): void {
  const id = store.nextId('tracking');
  order.view.tracking_numbers.push({ id, date: orderDate(now), value: tracking });
  setStatus(store, order, 'shipping', 'S', now);
  renew(order, now);
}
