import * as fc from 'fast-check';

import {
  KEY,
  iso,
  startXCartSandbox,
  storedOrder,
  type XCartSandbox,
} from '../../../test/support/xcartSandbox';
import { fetchTransport } from '../../http/fetch';
import { begin, type PollOptions, readChanges } from '../../feeds/poll';
import { rewind, type Watermark } from '../../feeds/watermark';
import { createXCart, type OrderQuery, type XCart } from './client';
import { orderFeed, type OrderFeedOptions } from './feed';
import type { Order } from './wire';

const MINUTE = 60_000;
const OPTIONS: PollOptions = { overlapMs: 5 * MINUTE, max: 1000 };
/** Seconds since the epoch at which the tests play. */
const T0 = 1_700_000_000;

describe('over HTTP', () => {
  let store: XCartSandbox;
  let client: XCart;

  beforeEach(async () => {
    store = await startXCartSandbox();
    client = createXCart({ storeUrl: store.url, apiKey: KEY, send: fetchTransport() });
  });

  afterEach(async () => await store.close());

  async function poll(watermark: Watermark, options: Partial<PollOptions & OrderFeedOptions> = {}) {
    const feed = orderFeed(client, options);
    const result = await readChanges(feed, watermark, { ...OPTIONS, ...options });
    const ids = result.changes.map(({ record }) => record.id);
    return { ...result, ids };
  }

  it('starts from now: what is there is known, what comes is put out once', async () => {
    store.orders.push(storedOrder(1, T0 - 9000), storedOrder(2, T0));
    const start = await begin(orderFeed(client), 'o', OPTIONS);
    const first = await poll(start);
    expect(first.ids).toEqual([]);
    store.orders.push(storedOrder(3, T0 + 10), storedOrder(4, T0 + 20));
    const second = await poll(first.watermark);
    expect(second.ids).toEqual([3, 4]);
    expect((await poll(second.watermark)).ids).toEqual([]);
  });

  it('starts from now in an empty store', async () => {
    const start = await begin(orderFeed(client), 'o', OPTIONS);
    expect((await poll(start)).ids).toEqual([]);
    store.orders.push(storedOrder(1, T0));
    expect((await poll(start)).ids).toEqual([1]);
  });

  it('takes an order that was saved late, dated before the start', async () => {
    store.orders.push(storedOrder(1, T0));
    const start = await begin(orderFeed(client), 'o', OPTIONS);
    store.orders.push(storedOrder(2, T0 - 60));
    expect((await poll(start)).ids).toEqual([2]);
  });

  it('starts from a date', async () => {
    store.orders.push(storedOrder(1, T0 - 1), storedOrder(2, T0), storedOrder(3, T0 + 1));
    const start = await begin(orderFeed(client), 'o', OPTIONS, { from: new Date(T0 * 1000) });
    expect((await poll(start)).ids).toEqual([2, 3]);
  });

  it('sees a change, also a second one within the same second', async () => {
    const order = storedOrder(1, T0);
    store.orders.push(order);
    const start = await begin(orderFeed(client), 'o', OPTIONS);
    Object.assign(order, { update_date: iso(T0 + 5), total: 20 });
    const first = await poll(start);
    expect(first.changes).toMatchObject([{ event: 'order.changed', record: { total: 20 } }]);
    order.total = 30;
    const second = await poll(first.watermark);
    expect(second.changes).toMatchObject([{ record: { total: 30 } }]);
    expect((await poll(second.watermark)).ids).toEqual([]);
  });

  it('tells new orders from changed ones, and puts out the chosen', async () => {
    const old = storedOrder(1, T0);
    store.orders.push(old);
    const start = await begin(orderFeed(client), 'o', OPTIONS);
    old.update_date = iso(T0 + 400);
    store.orders.push(storedOrder(2, T0 + 401));
    const both = await poll(start);
    expect(both.changes.map(({ event }) => event)).toEqual(['order.changed', 'order.created']);
    expect((await poll(start, { events: ['order.created'] })).ids).toEqual([2]);
    expect((await poll(start, { events: ['order.changed'] })).ids).toEqual([1]);
    expect((await poll(start, { events: [] })).ids).toEqual([1, 2]);
  });

  it('reads 1,000 orders in one poll: ten pages of 100, each order once, oldest first', async () => {
    const start = await begin(orderFeed(client), 'o', OPTIONS);
    store.orders.push(
      ...Array.from({ length: 1000 }, (_, index) => storedOrder(index, T0 + index)),
    );
    store.requests.length = 0;
    const first = await poll(start);
    expect(first.ids).toEqual(Array.from({ length: 1000 }, (_, index) => index));
    expect(store.requests.length).toBeLessThanOrEqual(11);
    const second = await poll(first.watermark);
    const third = await poll(second.watermark);
    expect([...second.ids, ...third.ids]).toEqual([]);
    store.requests.length = 0;
    expect((await poll(third.watermark)).ids).toEqual([]);
    expect(Object.keys(third.watermark.seen).length).toBeLessThan(400);
  });

  it('puts out the oldest when there are more than allowed, and the rest later', async () => {
    const start = await begin(orderFeed(client), 'o', OPTIONS);
    store.orders.push(...Array.from({ length: 250 }, (_, index) => storedOrder(index, T0 + index)));
    let watermark = start;
    const ids: number[] = [];
    for (const expected of [true, true, false]) {
      const result = await poll(watermark, { max: 100 });
      expect(result.more).toBe(expected);
      ids.push(...result.ids);
      watermark = result.watermark;
    }
    expect(ids).toEqual(Array.from({ length: 250 }, (_, index) => index));
  });

  it('asks 5.5.1 for the changed ones alone', async () => {
    store.modifiedSince = true;
    store.orders.push(...Array.from({ length: 500 }, (_, index) => storedOrder(index, T0 + index)));
    const start = await begin(orderFeed(client), 'o', OPTIONS, {
      from: new Date((T0 + 350) * 1000),
    });
    store.requests.length = 0;
    const { ids } = await poll(start, { modifiedSinceFilter: true });
    expect(ids).toEqual(Array.from({ length: 150 }, (_, index) => 350 + index));
    expect(store.requests).toHaveLength(2);
  });

  it('passes more than a page of changes within one second (5.5.1)', async () => {
    store.modifiedSince = true;
    store.orders.push(...Array.from({ length: 350 }, (_, index) => storedOrder(index, T0)));
    const start = await begin(orderFeed(client), 'o', OPTIONS, { from: new Date(T0 * 1000) });
    const ids: number[] = [];
    let watermark = start;
    for (let round = 0; round < 4; round += 1) {
      const result = await poll(watermark, { modifiedSinceFilter: true, max: 120 });
      ids.push(...result.ids);
      watermark = result.watermark;
    }
    expect(ids.toSorted((one, other) => one - other)).toEqual(
      Array.from({ length: 350 }, (_, index) => index),
    );
  });

  it('says which setting is wrong when a 5.5.0 is asked as if it were a 5.5.1', async () => {
    store.orders.push(storedOrder(1, T0));
    const start = await begin(orderFeed(client), 'o', OPTIONS, {
      from: new Date((T0 + 60) * 1000),
    });
    await expect(poll(start, { modifiedSinceFilter: true })).rejects.toMatchObject({
      fix: expect.stringContaining('5.5.0') as string,
    });
  });

  it('refuses a list that is not sorted: changed orders would be missed', async () => {
    store.intercept = () => ({
      status: 200,
      body: [storedOrder(1, T0), storedOrder(2, T0 + 50)],
    });
    const start: Watermark = { origin: 'o', start: 0, cursor: 0, seen: {}, baseline: {} };
    await expect(poll(start)).rejects.toThrow(/does not sort/);
  });

  it('filters by status at the store', async () => {
    const start = await begin(orderFeed(client), 'o', OPTIONS);
    store.orders.push(storedOrder(1, T0), storedOrder(2, T0, { payment_status: { code: 'P' } }));
    expect((await poll(start, { paymentStatus: ['P', 'A'] })).ids).toEqual([2]);
  });

  it('looks back once more on request, never before the start', async () => {
    store.orders.push(storedOrder(1, T0));
    const start = await begin(orderFeed(client), 'o', OPTIONS);
    store.orders.push(storedOrder(2, T0 + 10), storedOrder(3, T0 + 7200));
    const { watermark } = await poll(start);
    expect((await poll(watermark)).ids).toEqual([]);
    expect((await poll(rewind(watermark, (T0 + 3600) * 1000))).ids).toEqual([3]);
    expect((await poll(rewind(watermark, 0))).ids).toEqual([2, 3]);
  });

  it('gives up in time, and has not moved', async () => {
    store.orders.push(...Array.from({ length: 201 }, (_, index) => storedOrder(index, T0 + index)));
    const start = await begin(orderFeed(client), 'o', OPTIONS, { from: new Date(0) });
    await expect(poll(start, { deadline: Date.now() - 1 })).rejects.toMatchObject({
      class: 'transient',
    });
  });
});

/** A shop that goes on selling while its pages are read. */
class BusyShop {
  readonly orders = new Map<number, { placed: number; updated: number; total: number }>();
  time = T0;
  between: () => void = () => undefined;

  touch(id: number): void {
    this.time += 1;
    const placed = this.orders.get(id)?.placed ?? this.time;
    this.orders.set(id, { placed, updated: this.time, total: this.time });
  }

  asOrder(id: number): Order {
    const order = this.orders.get(id);
    if (!order) throw new Error('no such order');
    const { placed, updated, total } = order;
    return { id, create_date: iso(placed), update_date: iso(updated), total };
  }

  client(): XCart {
    const list = ({ sort, changedAfter }: OrderQuery): Order[] => {
      const sign = sort?.direction === 'desc' ? -1 : 1;
      return [...this.orders]
        .filter(([, { updated }]) => !changedAfter || updated * 1000 >= changedAfter.getTime())
        .sort(([, one], [, other]) => sign * (one.updated - other.updated))
        .map(([id]) => this.asOrder(id));
    };
    const between = (): void => this.between();
    async function* pages(query: OrderQuery = {}, { pageSize = 100, page = 1 } = {}) {
      for (let number = page; ; number += 1) {
        const rows = list(query).slice((number - 1) * pageSize, number * pageSize);
        if (rows.length > 0) yield rows;
        if (rows.length < pageSize) return;
        between();
      }
    }
    return { orders: { pages } } as unknown as XCart;
  }
}

describe('a busy shop', () => {
  const orderId = fc.integer({ min: 1, max: 600 });
  const touches = fc.array(orderId, { maxLength: 300 });
  const round = fc.record({ before: touches, between: fc.array(orderId, { maxLength: 5 }) });

  it.each([false, true])(
    'loses no change, however it shifts while being read (5.5.1: %s)',
    async (modifiedSinceFilter) => {
      await fc.assert(
        fc.asyncProperty(fc.array(round, { maxLength: 5 }), async (rounds) => {
          const shop = new BusyShop();
          const options = { ...OPTIONS, max: 150, overlapMs: 0 };
          let watermark: Watermark = { origin: '', start: 0, cursor: 0, seen: {}, baseline: {} };
          const known = new Map<number, unknown>();
          const poll = async (): Promise<number> => {
            const result = await readChanges(
              orderFeed(shop.client(), { modifiedSinceFilter }),
              watermark,
              options,
            );
            const times = result.changes.map(({ record }) => Date.parse(record.update_date ?? ''));
            expect(times).toEqual(times.toSorted((one, other) => one - other));
            expect(new Set(result.changes.map(({ record }) => record.id)).size).toBe(times.length);
            for (const { record } of result.changes) known.set(record.id, record.total);
            watermark = result.watermark;
            return result.changes.length;
          };
          for (const { before, between } of rounds) {
            before.forEach((id) => shop.touch(id));
            shop.between = () => between.forEach((id) => shop.touch(id));
            await poll();
          }
          shop.between = () => undefined;
          while ((await poll()) > 0);
          const expected = [...shop.orders].map(([id, { total }]) => [id, total] as const);
          expect(new Map(known)).toEqual(new Map(expected));
        }),
        { numRuns: 40 },
      );
    },
  );

  it('finds an order that slipped between two pages when another was deleted', async () => {
    const shop = new BusyShop();
    for (let id = 1; id <= 250; id += 1) shop.touch(id);
    shop.between = () => void shop.orders.delete(250);
    const start: Watermark = { origin: '', start: 0, cursor: 0, seen: {}, baseline: {} };
    const options = { ...OPTIONS, overlapMs: 0 };
    const first = await readChanges(orderFeed(shop.client()), start, options);
    expect(first.changes.map(({ record }) => record.id)).not.toContain(150);
    const second = await readChanges(orderFeed(shop.client()), first.watermark, options);
    expect(second.changes.map(({ record }) => record.id)).toEqual([150]);
  });
});
