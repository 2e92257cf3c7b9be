import { differOnlyBy, type OrderSides } from '../kit/orderSides';
import type { XCart } from './client';
import { ORDERS } from './feed';
import { REFUNDED } from './orderWrites';
import { PAYMENT_CODES, SHIPPING_CODES } from './statuses';
import type { Order, Status } from './wire';

/**
 * What X-Cart adds to a status or a tracking number that is written, and the date of the order: no answer tells all of it, and
 * the date alone may say that money was given back, so that it is no volatile field.
 */
const ADDED = [
  'update_date',
  ...['payment_status', 'shipping_status'].flatMap((status) =>
    ['id', 'name', 'customer_name', 'position'].map((field) => `${status}.${field}`),
  ),
  'tracking_numbers.id',
  'tracking_numbers.date',
];

const differOnlyByAdded = differOnlyBy(ADDED);

const withCode = (status: Status | null | undefined, code?: string) =>
  code === undefined ? status : { ...status, code };

/** X-Cart changes the codes of a status in no other way than that it is written. */
export const orderSides: OrderSides<{ client: XCart }, Order> = {
  type: () => ORDERS,
  read: async ({ client }, id) => await client.orders.get(id),
  statuses: ({ payment_status: payment, shipping_status: shipping }) => ({
    paymentStatus: payment?.code,
    shippingStatus: shipping?.code,
  }),
  meanings: (field, code) => [
    (field === 'paymentStatus' ? PAYMENT_CODES : SHIPPING_CODES)[code]?.status,
  ],
  trackingNumbers: ({ tracking_numbers: numbers }) =>
    (numbers ?? []).flatMap(({ value }) => value ?? []),
  written: ({ client }, order, { statuses, shipments }) => {
    const added = client.orders.addTracking
      ? shipments.flatMap(({ trackingNumber: value }) => (value ? [{ value }] : []))
      : [];
    const after = {
      ...order,
      payment_status: withCode(order.payment_status, statuses['paymentStatus']),
      shipping_status: withCode(order.shipping_status, statuses['shippingStatus']),
      ...(added.length > 0 && { tracking_numbers: [...(order.tracking_numbers ?? []), ...added] }),
    };
    return { after: [], isOwn: (read) => differOnlyByAdded(after, read) };
  },
  // Money that was given back is a status here, and nothing else.
  movedBy: (_store, order) => {
    const after = { ...order, payment_status: withCode(order.payment_status, REFUNDED) };
    return (read) => differOnlyByAdded(after, read);
  },
  shown: ({ id, payment_status, shipping_status }) => ({ id, payment_status, shipping_status }),
};
