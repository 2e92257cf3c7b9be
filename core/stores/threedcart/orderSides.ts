import type { OrderSides } from '../kit/orderSides';
import { differOnlyBy } from '../kit/orderSides';
import type { StoreZone } from '../kit/zone';
import type { ThreeDCart } from './client';
import { ORDERS } from './feed';
import { planShipment } from './orderWrites';
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

export const orderSides: OrderSides<{ client: ThreeDCart; zone: StoreZone }, Order> = {
  type: () => ORDERS,
  read: async ({ client }, id) => await client.orders.get(id),
  statuses: ({ OrderStatusID: id }) => ({
    status: id === null || id === undefined ? null : String(id),
  }),
  trackingNumbers: ({ ShipmentList: all }) =>
    (all ?? []).flatMap(({ ShipmentTrackingCode: code }) => code || []),
  written: ({ zone }, order, { statuses, shipments }) => {
    const list = (order.ShipmentList ?? []).map((each) => ({ ...each }));
    const before = list.length;
    for (const wish of shipments) {
      const { target, fields, added } = planShipment(zone, { ...order, ShipmentList: list }, wish);
      if (added) list.push(added);
      else if (target) Object.assign(target, fields);
    }
    const after = withStatus({ ...order, ShipmentList: list }, statuses['status']);
    if (list.length === before) return { after: [after] };
    const kept = cut(after, before);
    const isOwn = (read: Order): boolean =>
      read.ShipmentList?.length === list.length && differOnlyByDates(kept, cut(read, before));
    return { after: [], isOwn };
  },
  shown: ({ OrderID, OrderStatusID }) => ({ OrderID, OrderStatusID }),
};
