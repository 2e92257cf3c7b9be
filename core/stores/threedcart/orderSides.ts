import { isEqual, pick } from 'lodash';

import type { OrderSides } from '../kit/orderSides';
import { differOnlyBy } from '../kit/orderSides';
import type { StoreZone } from '../kit/zone';
import type { ThreeDCart } from './client';
import { ORDERS } from './feed';
import { planShipment } from './orderWrites';
import { ORDER_CODES, PAYMENT_BY_CODE, SHIPPING_BY_CODE } from './statuses';
import type { Order } from './wire';

const differOnlyByDates = differOnlyBy(ORDERS.volatile ?? []);

/** A status of an order is that of its shipments too (recorded orders). */
function withStatus(order: Order, status: string | undefined): Order {
  if (status === undefined) return order;
  const id = Number(status);
  return {
    ...order,
    OrderStatusID: id,
    ShipmentList: order.ShipmentList?.map((each) => ({ ...each, ShipmentOrderStatus: id })),
  };
}

/** Without the shipments that a write has added: the store gives each an id, and values that nobody has sent. */
const cut = (order: Order, length: number): Order => ({
  ...order,
  ShipmentList: order.ShipmentList?.slice(0, length),
});

/** Fields of a transaction that the pack writes: by these it is known again among those that the store lists. */
const WRITTEN = [
  'TransactionType',
  'TransactionAmount',
  'TransactionID',
  'TransactionReference',
] as const;

const asWritten = (one: object): object => pick(one, WRITTEN);

const withoutMoney = (order: Order, count: number): Order => ({
  ...order,
  TransactionList: (order.TransactionList ?? []).slice(0, count),
});

export const orderSides: OrderSides<{ client: ThreeDCart; zone: StoreZone }, Order> = {
  type: () => ORDERS,
  read: async ({ client }, id) => await client.orders.get(id),
  statuses: ({ OrderStatusID: id }) => ({
    status: id === null || id === undefined ? null : String(id),
  }),
  meanings: (_field, code) => [
    ORDER_CODES[code]?.status,
    PAYMENT_BY_CODE[code],
    SHIPPING_BY_CODE[code],
  ],
  trackingNumbers: ({ ShipmentList: all }) =>
    (all ?? []).flatMap(({ ShipmentTrackingCode: code }) => code || []),
  written: ({ zone }, order, { statuses, shipments }) => {
    const list = (order.ShipmentList ?? []).map((each) => ({ ...each }));
    const before = list.length;
    // Each shipment is a request of its own, and the status one more: the order may be read between any two.
    const between: Order[] = [];
    for (const wish of shipments) {
      const { target, fields, added } = planShipment(zone, { ...order, ShipmentList: list }, wish);
      if (added) list.push(added);
      else if (target && fields) {
        Object.assign(target, fields);
        if (list.length === before)
          between.push({ ...order, ShipmentList: list.map((each) => ({ ...each })) });
      }
    }
    const after = withStatus({ ...order, ShipmentList: list }, statuses['status']);
    if (list.length === before) return { after: [...between, after] };
    const kept = cut(after, before);
    const isOwn = (read: Order): boolean =>
      read.ShipmentList?.length === list.length && differOnlyByDates(kept, cut(read, before));
    return { after: between, isOwn };
  },
  movedBy: (_store, order, notes) => (read) => {
    const count = order.TransactionList?.length ?? 0;
    const added = (read.TransactionList ?? []).slice(count).map(asWritten);
    return (
      isEqual(added, notes.map(asWritten)) &&
      differOnlyByDates(withoutMoney(order, count), withoutMoney(read, count))
    );
  },
  shown: ({ OrderID, OrderStatusID }) => ({ OrderID, OrderStatusID }),
};
