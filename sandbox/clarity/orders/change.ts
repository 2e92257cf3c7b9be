import { ChangeRefused, changesLines, type OrderState, type ShopChange } from '../../kit/shop';
import { renew } from '../dates';
import type { Document, OrderDocument } from '../model';
import type { ClarityStore } from '../store';
import { capture, noteRefunds } from './payments';
import { STATES } from './states';
import { moveStock, type Held } from './stock';
import { recalculate } from './totals';

/** What the shop's staff may set; with nothing given, the first line gets one piece more. */
export interface OrderChange extends ShopChange {
  status?: string;
  state?: OrderState;
}

function changeQuantity(order: OrderDocument, { line = 0, quantity }: OrderChange): void {
  const item = order.lineItems[line];
  if (item === undefined) {
    throw new ChangeRefused('line', `the order has ${order.lineItems.length} lines`);
  }
  item.quantity = quantity ?? item.quantity + 1;
}

/** How an order stood before a change. */
export interface Before extends Held {
  payment: string;
}

export const standingOf = ({ status, paymentInfo, lineItems }: OrderDocument): Before => ({
  status,
  payment: paymentInfo.status,
  lineItems: lineItems.map(({ sku, quantity }) => ({ sku, quantity })),
});

/** What follows from a change of an order: its sums, its stock, its money, and what listeners are told. */
export function settle(
  store: ClarityStore,
  order: OrderDocument,
  before: Before,
  now: Date,
  at?: Date,
): void {
  const { paymentInfo } = order;
  recalculate(store, order);
  moveStock(store, order, now, before);
  if (before.payment === 'pending') paymentInfo.amount = order.totalAmount;
  if (paymentInfo.status === 'captured' && before.payment !== 'captured') {
    capture(store, order, now);
    noteRefunds(store, order);
  }
  if (at === undefined) renew(order, now);
  else order.modifiedDate = at.toISOString();
  store.raise('order.updated', 'orders', order);
}

/** Changes an order as the shop's staff would. */
export function changeOrder(
  store: ClarityStore,
  order: OrderDocument,
  { at, ...change }: OrderChange,
  now: Date,
): void {
  const before = standingOf(order);
  if (changesLines(change)) changeQuantity(order, change);
  if (change.state !== undefined) {
    order.status = STATES[change.state].status;
    order.paymentInfo.status = STATES[change.state].payment;
  }
  if (change.status !== undefined) order.status = change.status;
  settle(store, order, before, now, at);
}

/** Tells of a new shipment, and moves its order on where the shop does so. */
export function noteShipment(store: ClarityStore, shipment: Document, now: Date): void {
  store.raise('shipment.created', 'shipments', shipment);
  const order = store.order(String(shipment.orderId));
  if (order === undefined || !store.switches.shipmentMovesOrder) return;
  order.status = 'shipped';
  renew(order, now);
  store.raise('order.updated', 'orders', order);
}

/** Ships an order: a shipment of all its lines. */
export function shipOrder(
  store: ClarityStore,
  order: OrderDocument,
  trackingNumber: string | undefined,
  now: Date,
): Document {
  const shipmentId = store.nextId('shipments');
  const date = now.toISOString();
  const shipment: Document = {
    shipmentId,
    orderId: order.orderId,
    carrier: 'Sandbox Parcel',
    trackingNumber: trackingNumber ?? `1ZSANDBOX${shipmentId}`,
    shippedDate: date,
    warehouse: null,
    lineItems: order.lineItems.map(({ sku, quantity }) => ({ sku, quantity })),
    status: 'shipped',
    externalId: null,
    createdDate: date,
    modifiedDate: date,
  };
  store.put('shipments', shipment);
  noteShipment(store, shipment, now);
  return shipment;
}
