/** What is written to an order of 3dcart, as it may be read meanwhile; and what a first word must not undo. */
import { undoingIn } from '../kit/orderSides';
import type { StoreZone } from '../kit/zone';
import type { ThreeDCart } from './client';
import { orderSides } from './orderSides';
import type { Order } from './wire';

const zone = { dayOf: () => '2026-11-25' } as unknown as StoreZone;
const store = { client: {} as ThreeDCart, zone };
const order = {
  OrderID: 7,
  OrderStatusID: 1,
  ShipmentList: [{ ShipmentID: 3, ShipmentOrderStatus: 1, ShipmentTrackingCode: '' }],
} as unknown as Order;
const shippedAt = new Date('2026-11-25T14:00:00Z');
const parcel = { trackingNumber: '1Z1', shippedAt };

test('has its parcel before its status, because each is a request of its own', () => {
  const { after, isOwn } = orderSides.written(store, order, {
    statuses: { status: '4' },
    shipments: [parcel],
  });
  expect(isOwn).toBeUndefined();
  expect(after).toMatchObject([
    { OrderStatusID: 1, ShipmentList: [{ ShipmentTrackingCode: '1Z1' }] },
    { OrderStatusID: 4, ShipmentList: [{ ShipmentTrackingCode: '1Z1', ShipmentOrderStatus: 4 }] },
  ]);
});

test('has the first parcel before a further one, of which nobody knows beforehand what it becomes', () => {
  const { after, isOwn } = orderSides.written(store, order, {
    statuses: {},
    shipments: [parcel, { trackingNumber: '1Z2', shippedAt }],
  });
  expect(isOwn).toBeDefined();
  expect(after).toMatchObject([{ ShipmentList: [{ ShipmentTrackingCode: '1Z1' }] }]);
});

test('that is shipped or cancelled is neither cancelled nor put back to work by a first word unasked', () => {
  const undoes = undoingIn(orderSides);
  for (const back of ['2', '3', '5', '6'])
    expect([back, undoes('status', '4', back)]).toEqual([back, true]);
  for (const back of ['2', '3', '6'])
    expect([back, undoes('status', '5', back)]).toEqual([back, true]);
  expect(undoes('status', '2', '5')).toBe(false);
  expect(undoes('status', '2', '4')).toBe(false);
  expect(undoes('status', '5', '4')).toBe(false);
});
