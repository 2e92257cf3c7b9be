import { knownDrafts, MOST_DRAFTS, nextDrafts } from './drafts';
import type { Feed } from './feed';
import { begin, readChanges } from './poll';

interface Order {
  id: number;
  at: number;
  isCart?: boolean;
}

const MINUTE = 60_000;
const NOW = Date.parse('2026-11-25T12:00:00Z');
const DEADLINE = NOW + 4 * MINUTE;
const OPTIONS = { overlapMs: 5 * MINUTE, max: 100, deadline: DEADLINE };

let now: number;
let pagesRead: number;

beforeEach(() => {
  now = NOW;
  pagesRead = 0;
  jest.spyOn(Date, 'now').mockImplementation(() => now);
});

afterEach(() => jest.restoreAllMocks());

/** A shop whose carts are listed a hundred at a time, the newest first, each page of them within twenty seconds. */
const shopOf = (carts: number, orders: Order[] = []): Feed<Order> => ({
  type: {
    platform: 'toy',
    kind: 'order',
    many: 'orders',
    idOf: ({ id }) => String(id),
    changedAt: ({ at }) => at,
    createdAt: ({ at }) => at,
  },
  changes: {
    changedSince: async function* () {
      yield orders;
    },
    isWanted: ({ isCart }) => !isCart,
    drafts: {
      isDraft: ({ isCart = false }) => isCart,
      all: async function* () {
        for (let id = carts; id > 0; id -= 100) {
          pagesRead += 1;
          now += MINUTE / 3;
          const ids = Array.from({ length: Math.min(100, id) }, (_, index) => id - index);
          yield ids.map((each) => ({ id: each, at: NOW - (9000 - each) * MINUTE, isCart: true }));
        }
      },
    },
  },
  tooMany: 'Choose less.',
});

it('are read for a quarter of a poll, the newest of them, and stand in the order of their dates', async () => {
  const found = [...((await knownDrafts(shopOf(2000), {}, DEADLINE)) ?? [])];
  expect([pagesRead, found.length, found[0], found.at(-1)]).toEqual([3, 300, '1701', '2000']);
});

it('are no more than are remembered, where there is time for all', async () => {
  const found = await knownDrafts(shopOf(2 * MOST_DRAFTS), {}, undefined);
  expect(found?.size).toBe(MOST_DRAFTS);
});

it('never keep the records of a poll from coming, however many there are', async () => {
  const orders = [{ id: 9001, at: NOW }];
  const from = new Date(NOW - MINUTE);
  const start = await begin(shopOf(2000, orders), 'here', OPTIONS, { from });
  const { changes, watermark } = await readChanges(shopOf(2000, orders), start, OPTIONS);
  expect(changes).toMatchObject([{ event: 'order.created', record: { id: 9001 } }]);
  expect(watermark.drafts).toMatch(/;2000$/);
});

it('that are met once more stand at the end again', () => {
  expect([...nextDrafts(new Set(['1', '2', '3']), ['1', '4'], {}, {})]).toEqual([
    '2',
    '3',
    '1',
    '4',
  ]);
});
