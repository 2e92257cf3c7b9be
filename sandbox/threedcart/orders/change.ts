import Big from 'big.js';
import {
  ChangeRefused,
  changesLines,
  rounded,
  type OrderState,
  type ShopChange,
} from '../../kit/shop';
import { secondAfter, shippedDate } from '../api/dates';
import { fresh, RMA, RMA_ITEM, type Order } from '../model';
import type { ThreeDCartStore } from '../store';
import { collect, giveBack, paidOf, refundedOf } from './payments';
import { holdsStock, STATUS } from './statuses';
import { moveStock, takeStock } from './stock';
import { recalculate } from './totals';

/** Several changes within these seconds are told one second apart each. */
const CLOSE_SECONDS = 10;

/** Moves `LastUpdate` and that of the shipments on, as every write does. */
export function renew(store: ThreeDCartStore, order: Order, now: Date): void {
  const time = store.time(now);
  const soon = store.time(new Date(now.getTime() + CLOSE_SECONDS * 1000));
  const isClose = order.LastUpdate >= time && order.LastUpdate < soon;
  const moves = isClose && store.switches.lastUpdateAlwaysMoves;
  setLastUpdate(order, moves ? secondAfter(order.LastUpdate) : time);
}

function setLastUpdate(order: Order, time: string): void {
  order.LastUpdate = time;
  for (const shipment of order.ShipmentList) shipment.ShipmentLastUpdate = time;
}

/** Sets the status of an order and of its shipments, which are always the same, and moves the stock with it. */
export function setStatus(store: ThreeDCartStore, order: Order, status: number): void {
  const before = holdsStock(order.OrderStatusID);
  order.OrderStatusID = status;
  for (const shipment of order.ShipmentList) shipment.ShipmentOrderStatus = status;
  const after = holdsStock(status);
  if (before !== after) moveStock(store, order, after ? 1 : -1);
}

/** What `change` may set; with nothing given, the first line gets one piece more. */
export interface OrderChange extends ShopChange {
  state?: OrderState;
  /** `OrderStatusID`. */
  orderStatus?: number;
  email?: string;
  comments?: string;
  internalComments?: string;
}

function changeQuantity(store: ThreeDCartStore, order: Order, change: OrderChange): void {
  const item = order.OrderItemList[change.line ?? 0];
  if (item === undefined) {
    throw new ChangeRefused('line', `the order has ${order.OrderItemList.length} lines`);
  }
  const quantity = change.quantity ?? item.ItemQuantity + 1;
  if (holdsStock(order.OrderStatusID)) takeStock(store, item, quantity - item.ItemQuantity);
  item.ItemQuantity = quantity;
  recalculate(order);
}

/** The states that every shop has, as this one's statuses: where a payment was declined the staff holds the order. */
export const STATE_STATUS: Readonly<Record<OrderState, number>> = {
  paid: STATUS.new,
  unpaid: STATUS.unpaid,
  declined: STATUS.hold,
  canceled: STATUS.cancel,
};

/** Changes an order as the shop's staff would. */
export function changeOrder(
  store: ThreeDCartStore,
  order: Order,
  { at, ...change }: OrderChange,
  now: Date,
): void {
  if (changesLines(change)) changeQuantity(store, order, change);
  if (change.state !== undefined) setStatus(store, order, STATE_STATUS[change.state]);
  if (change.state === 'paid') collect(store, order, store.time(at ?? now));
  if (change.orderStatus !== undefined) setStatus(store, order, change.orderStatus);
  if (change.email !== undefined) order.BillingEmail = change.email;
  if (change.comments !== undefined) order.CustomerComments = change.comments;
  if (change.internalComments !== undefined) order.InternalComments = change.internalComments;
  if (at === undefined) renew(store, order, now);
  else setLastUpdate(order, store.time(at));
}

/** Ships all of an order. Every second tracking number ends with a space, as recorded ones do now and then. */
export function shipOrder(store: ThreeDCartStore, order: Order, tracking: string, now: Date): void {
  const space = order.OrderID % 2 === 0 ? ' ' : '';
  for (const shipment of order.ShipmentList) {
    shipment.ShipmentTrackingCode = `${tracking}${space}`;
    shipment.ShipmentShippedDate = shippedDate(now, store.switches.timeZone);
  }
  setStatus(store, order, STATUS.shipped);
  renew(store, order, now);
}

/** Gives money back: one more transaction, and an RMA with the goods. The status of the order stays. */
export function refundOrder(
  store: ThreeDCartStore,
  order: Order,
  given: number | undefined,
  now: Date,
): void {
  const left = paidOf(order).minus(refundedOf(order));
  const value = given === undefined ? left : new Big(rounded(new Big(given)));
  if (value.lte(0) || value.gt(left)) {
    throw new ChangeRefused('value', `${left.toString()} of the payment is left to be given back`);
  }
  const time = store.time(now);
  giveBack(store, order, value, time);
  const id = store.nextId('rma');
  const whole = value.eq(left);
  const returned = whole ? order.OrderItemList : order.OrderItemList.slice(0, 1);
  const items = returned.map((item) =>
    fresh(RMA_ITEM, {
      CatalogID: item.CatalogID,
      SKU: item.ItemID,
      ItemName: item.ItemDescription,
      ReturnQuantity: whole ? item.ItemQuantity : 1,
      ReceivedQuantity: whole ? item.ItemQuantity : 1,
    }),
  );
  const rma = { RMAID: id, RmaDate: time, OrderID: order.OrderID, RMAItemList: items };
  store.rmas.set(id, fresh(RMA, { ...rma, RMAReasonID: 1, RMAMethodID: 1, RMAStatusID: 1 }));
  if (store.switches.refundRenews) renew(store, order, now);
}
