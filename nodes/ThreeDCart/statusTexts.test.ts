import { ServiceError } from '../../core/errors';
import type { ThreeDCart } from '../../core/stores/threedcart/client';
import type { Status } from '../../core/stores/threedcart/wire';
import type { Store } from './connection';
import { withStatusTexts } from './statusTexts';

const ORDERS = [
  { OrderID: 1, OrderStatusID: 8 },
  { OrderID: 2, OrderStatusID: 99 },
  { OrderID: 3 },
];

function storeOf(key: string, statuses: () => Promise<Status[]>): Store {
  return { key, client: { statuses } as ThreeDCart } as Store;
}

const status = (id: number, StatusText: string, StatusDefinition = 'Custom 1'): Status => ({
  OrderStatusID: id,
  StatusText,
  StatusDefinition,
});

test('orders get the name that the merchant gave their status, and each store is asked once', async () => {
  const statuses = jest.fn(async () => await Promise.resolve([status(8, ' Awaiting pick-up ')]));
  const store = storeOf('one', statuses);
  const named = await withStatusTexts(store, ORDERS);
  expect(named).toEqual([
    { ...ORDERS[0], OrderStatusText: 'Awaiting pick-up' },
    ...ORDERS.slice(1),
  ]);
  await withStatusTexts(store, ORDERS);
  expect(statuses).toHaveBeenCalledTimes(1);
  const other = storeOf('other', async () => await Promise.resolve([status(8, '')]));
  expect((await withStatusTexts(other, ORDERS))[0]).toHaveProperty('OrderStatusText', 'Custom 1');
});

test('a store that does not let them be read brings its orders all the same; one that is not well, later', async () => {
  const failing = (errorClass: 'permission' | 'transient') =>
    storeOf(errorClass, async () => {
      await Promise.resolve();
      throw new ServiceError('No', { class: errorClass, fix: 'None.' });
    });
  expect(await withStatusTexts(failing('permission'), ORDERS)).toEqual(ORDERS);
  await expect(withStatusTexts(failing('transient'), ORDERS)).rejects.toThrow('No');
});
