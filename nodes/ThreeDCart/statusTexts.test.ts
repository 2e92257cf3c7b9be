import { type ErrorClass, ServiceError } from '../../core/errors';
import { cancelledError } from '../../core/http/wait';
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
  await withStatusTexts(storeOf('one', statuses), ORDERS);
  expect(statuses).toHaveBeenCalledTimes(1);
  const other = storeOf('other', async () => await Promise.resolve([status(8, '')]));
  expect((await withStatusTexts(other, ORDERS))[0]).toHaveProperty('OrderStatusText', 'Custom 1');
});

/** A store that answers each time with the next of these, and with the last from then on. */
function answering(key: string, ...answers: Array<Status[] | ServiceError>) {
  const statuses = jest.fn(async () => {
    await Promise.resolve();
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    if (answer instanceof ServiceError) throw answer;
    return answer ?? [];
  });
  return { statuses, open: () => storeOf(key, statuses) };
}

const failure = (errorClass: ErrorClass) =>
  new ServiceError('No', { class: errorClass, fix: 'None.' });

test.each(['permission', 'not-found', 'authentication', 'validation', 'unknown'] as const)(
  'orders come without names where the list of statuses fails as %s',
  async (errorClass) => {
    const { open } = answering(errorClass, failure(errorClass));
    expect(await withStatusTexts(open(), ORDERS)).toEqual(ORDERS);
  },
);

test.each([failure('transient'), failure('throttled'), cancelledError()])(
  'orders come later where the store is not well, or the run was stopped (%#)',
  async (error) => {
    const { open, statuses } = answering(`later ${error.class}`, error, [status(8, 'Packed')]);
    const store = open();
    await expect(withStatusTexts(store, ORDERS)).rejects.toBe(error);
    // The same run may go on with its next item.
    expect((await withStatusTexts(store, ORDERS))[0]).toHaveProperty('OrderStatusText', 'Packed');
    expect(statuses).toHaveBeenCalledTimes(2);
  },
);

test('a run that reads many orders at once asks once, also where there are no names', async () => {
  for (const [key, answer] of [
    ['named', [status(8, 'Packed')]],
    ['unnamed', failure('permission')],
  ] as const) {
    const { open, statuses } = answering(key, answer as Status[] | ServiceError);
    const store = open();
    await Promise.all(ORDERS.map(async (order) => await withStatusTexts(store, [order])));
    await withStatusTexts(store, ORDERS);
    expect(statuses).toHaveBeenCalledTimes(1);
  }
});

test('what one credential is refused, the next one of the same store may read', async () => {
  const { open } = answering('shared', failure('permission'), [status(8, 'Packed')]);
  expect(await withStatusTexts(open(), ORDERS)).toEqual(ORDERS);
  expect((await withStatusTexts(open(), ORDERS))[0]).toHaveProperty('OrderStatusText', 'Packed');
});
