import { isPlainObject, mergeWith } from 'lodash';

import { differOnlyBy, type OrderSides } from '../kit/orderSides';
import type { Clarity } from './client';
import { ofProfile, ORDERS } from './feed';
import { placesIn } from './profile/volatile';
import { ORDER_CODES, orderCode, PAYMENT_CODES, SHIPPING_CODES, wordKey } from './statuses';
import type { Order } from './wire';

/** The order under every name that the API profile has for its status. */
function withStatus({ orders }: Clarity, order: Order, status: string): Order {
  const written = orders.asWritten({ status }, order);
  const take = (_before: unknown, after: unknown): unknown =>
    isPlainObject(after) ? undefined : after;
  return { ...(mergeWith({}, order, written, take) as Order), status };
}

const SHIPPED = wordKey(orderCode('Shipped'));

/** Whether the order was moved by nothing but its shipment. */
function isMovedByShipment(client: Clarity, order: Order, read: Order): boolean {
  const { status } = read;
  if (typeof status !== 'string' || wordKey(orderCode(status)) !== SHIPPED) return false;
  const { volatile = [] } = ofProfile(ORDERS, client.profile);
  return differOnlyBy(volatile)(withStatus(client, order, status), read);
}

/** What an order says of its money: a deployment may change it by itself when a payment is made beside the order. */
const OF_MONEY = ['paymentInfo', 'payments', 'paymentStatus'];

/** Shipments are records of their own; a deployment may move the order itself when one is made, in its own spelling. */
export const orderSides: OrderSides<{ client: Clarity }, Order> = {
  type: ({ client }) => ofProfile(ORDERS, client.profile),
  read: async ({ client }, id) => await client.orders.get(id),
  statuses: ({ status }) => ({ status }),
  isSameStatus: (one, other) => wordKey(orderCode(one)) === wordKey(orderCode(other)),
  meanings: (_field, spelled) => {
    const code = orderCode(spelled);
    return [ORDER_CODES[code]?.status, SHIPPING_CODES[code]?.status, PAYMENT_CODES[code]?.status];
  },
  written: ({ client }, order, { statuses: { status }, shipments }) => {
    if (status === undefined) {
      const isOwn = (read: Order): boolean => isMovedByShipment(client, order, read);
      return shipments.length > 0 ? { after: [], isOwn } : { after: [] };
    }
    const spelled = shipments.length > 0 ? [status.toLowerCase(), status] : [status];
    return { after: spelled.map((each) => withStatus(client, order, each)) };
  },
  movedBy: ({ client: { profile } }, order) => {
    const { volatile = [] } = ofProfile(ORDERS, profile);
    const isSame = differOnlyBy([...volatile, ...placesIn(profile, 'orders', OF_MONEY)]);
    return (read) => isSame(order, read);
  },
  shown: ({ orderId, status }) => ({ orderId, status }),
};
