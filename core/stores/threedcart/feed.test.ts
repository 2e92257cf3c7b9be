import { emptyContents, readContents } from '../../feeds/contentPoll';
import { begin, type PollOptions, readChanges } from '../../feeds/poll';
import { sourceOf } from '../../feeds/records';
import { beginSweep, sweepOn } from '../../feeds/sweep';
import type { Watermark } from '../../feeds/watermark';
import type { ThreeDCart } from './client';
import { customerFeed, orderFeed, ORDERS, productFeed } from './feed';
import type { OrderQuery } from './orders';
import { type Customer, type Order, type Product, wireIn } from './wire';

const wire = wireIn('America/New_York');
const MINUTE = 60_000;
const OPTIONS: PollOptions = { overlapMs: 5 * MINUTE, max: 100 };
const NOW = Date.parse('2026-05-02T16:00:00Z');

/** By the clock on the wall in New York, as 3dcart writes it. */
const wall = (moment: number) => new Date(moment - 4 * 60 * MINUTE).toISOString().slice(0, 19);

let now: number;
let rows: Map<number, object>;
let asked: string[];

const list = <T>(read: (row: object) => T, pageSize = 100) =>
  async function* pages({ changedSince }: { changedSince: Date }) {
    asked.push(changedSince?.toISOString() ?? '');
    const all = [...rows.values()].map(read);
    for (let at = 0; at < all.length; at += pageSize) yield all.slice(at, at + pageSize);
  };

const client = {
  orders: { pages: list((row): Order => wire.order.parse(row), 2) },
  products: { pages: list((row): Product => wire.product.parse(row)) },
  customers: { pages: list((row): Customer => wire.customer.parse(row)) },
} as unknown as ThreeDCart;

function place(OrderID: number, more: object = {}): void {
  const date = wall(now);
  const before = rows.get(OrderID) ?? {
    OrderDate: date,
    InvoiceNumberPrefix: 'AB-',
    InvoiceNumber: 1000 + OrderID,
    OrderStatusID: 1,
    ShipmentList: [{ ShipmentID: 0 }],
  };
  const shipments = [{ ShipmentID: 0, ShipmentLastUpdate: date }];
  rows.set(OrderID, { ...before, OrderID, LastUpdate: date, ShipmentList: shipments, ...more });
}

beforeEach(() => {
  now = NOW;
  jest.useFakeTimers({ now, doNotFake: ['nextTick', 'setImmediate'] });
  rows = new Map();
  asked = [];
});

afterEach(() => void jest.useRealTimers());

function later(minutes = 1): void {
  now += minutes * MINUTE;
  jest.setSystemTime(now);
}

async function follow(feed = orderFeed(client)) {
  let watermark: Watermark = await begin(feed, 'here', OPTIONS);
  return async () => {
    const result = await readChanges(feed, watermark, OPTIONS);
    ({ watermark } = result);
    return result.changes.map(({ record, event }) => `${event} ${feed.type.idOf(record)}`);
  };
}

describe('orders', () => {
  it('come when they are placed and when they change, by the clock of the store', async () => {
    place(1);
    later();
    const poll = await follow();
    later();
    place(2);
    expect(await poll()).toEqual(['order.created 2']);
    expect(await poll()).toEqual([]);
    later();
    place(2, { OrderStatusID: 4 });
    expect(await poll()).toEqual(['order.changed 2']);
  });

  it('do not come again for what was written back to them', async () => {
    const poll = await follow();
    later();
    place(2, { OrderItemList: [{ ItemID: 'A', ItemUnitStock: 9 }] });
    expect(await poll()).toEqual(['order.created 2']);
    later(30);
    place(2, { AlternateOrderID: 'SO-1', OrderItemList: [{ ItemID: 'A', ItemUnitStock: 7 }] });
    expect(await poll()).toEqual([]);
    later();
    place(2, { InternalComments: 'sent' });
    expect(await poll()).toEqual(['order.changed 2']);
  });

  it('do not come for what a workflow writes and says so', async () => {
    const poll = await follow(orderFeed(client, { volatile: ['InternalComments'] }));
    later();
    place(2);
    await poll();
    later();
    place(2, { InternalComments: 'sent' });
    expect(await poll()).toEqual([]);
  });

  it('come also where the last update is earlier than the order', async () => {
    const poll = await follow();
    later(60);
    place(3, { LastUpdate: wall(now - 90 * MINUTE) });
    expect(await poll()).toEqual(['order.created 3']);
  });

  it('that were not completed come only where they are asked for', async () => {
    const polls = [
      await follow(),
      await follow(orderFeed(client, { includeNotCompleted: true })),
      await follow(orderFeed(client, { status: [7] })),
      await follow(orderFeed(client, { status: [1] })),
    ];
    later();
    place(4, { OrderStatusID: 7 });
    const found: string[][] = [];
    for (const poll of polls) found.push(await poll());
    expect(found).toEqual([[], ['order.created 4'], ['order.created 4'], []]);
  });

  describe('whose checkout is finished long after the cart was begun', () => {
    const cart = (OrderID: number): void => place(OrderID, { OrderStatusID: 7 });
    const finish = (OrderID: number): void => place(OrderID, { OrderStatusID: 1 });

    it('come as new once, and then as changed', async () => {
      const poll = await follow();
      later();
      cart(4);
      expect(await poll()).toEqual([]);
      later(5 * 24 * 60);
      place(5);
      expect(await poll()).toEqual(['order.created 5']);
      later();
      finish(4);
      expect(await poll()).toEqual(['order.created 4']);
      expect(await poll()).toEqual([]);
      later();
      place(4, { OrderStatusID: 4 });
      expect(await poll()).toEqual(['order.changed 4']);
    });

    it('come as new where the cart is older than the first poll', async () => {
      cart(4);
      later(40 * 24 * 60);
      place(5);
      cart(6);
      const poll = await follow();
      later(24 * 60);
      finish(4);
      finish(6);
      expect(await poll()).toEqual(['order.created 4', 'order.created 6']);
    });

    it('come as new where only new ones are chosen, whatever the filter of statuses', async () => {
      const feed = orderFeed(client, { status: [1] });
      const options = { ...OPTIONS, events: ['order.created'] };
      let watermark = await begin(feed, 'here', options);
      later();
      cart(4);
      ({ watermark } = await readChanges(feed, watermark, options));
      later(2 * 24 * 60);
      finish(4);
      expect((await readChanges(feed, watermark, options)).changes).toHaveLength(1);
    });

    it('have carts that are asked for once, those of the last days first', async () => {
      const stretches: object[] = [];
      const pages = async function* ({ placedAfter, placedBefore, status }: OrderQuery) {
        const daysAgo = (moment?: Date) => moment && (NOW - moment.getTime()) / (24 * 60 * MINUTE);
        if (placedAfter) stretches.push([status, daysAgo(placedAfter), daysAgo(placedBefore)]);
        yield [];
      };
      await follow(orderFeed({ ...client, orders: { pages } } as unknown as ThreeDCart));
      expect(stretches).toEqual([
        [[7], 7, undefined],
        [[7], 30, 7],
        [[7], 90, 30],
      ]);
    });

    it('come as new again in a look back', async () => {
      cart(4);
      const start = await begin(orderFeed(client), 'here', OPTIONS);
      later(5 * 24 * 60);
      finish(4);
      const found = await readChanges(orderFeed(client), start, OPTIONS);
      const sweep = beginSweep(found.watermark, start.cursor);
      const again = await sweepOn(orderFeed(client), sweep, OPTIONS);
      expect([...found.changes, ...again.changes]).toMatchObject([
        { event: 'order.created', record: { OrderID: 4 } },
        { event: 'order.created', record: { OrderID: 4 } },
      ]);
    });

    it('come as new also after what an earlier release has saved', async () => {
      cart(4);
      later(5 * 24 * 60);
      place(5);
      const { drafts: _, ...saved } = await begin(orderFeed(client), 'here', OPTIONS);
      const { watermark } = await readChanges(orderFeed(client), saved, OPTIONS);
      later();
      finish(4);
      const { changes } = await readChanges(orderFeed(client), watermark, OPTIONS);
      expect(changes).toMatchObject([{ event: 'order.created', record: { OrderID: 4 } }]);
    });
  });

  it('that a filter keeps out move the cursor on, so that a poll never reads more and more of them', async () => {
    const poll = await follow(orderFeed(client, { status: [12] }));
    for (let day = 0; day < 10; day += 1) {
      later(24 * 60);
      place(100 + day);
      expect(await poll()).toEqual([]);
      expect(await poll()).toEqual([]);
    }
    expect(Date.parse(asked.at(-1) ?? '')).toBeGreaterThan(now - 3 * 24 * 60 * MINUTE);
    later();
    place(100, { OrderStatusID: 12 });
    expect(await poll()).toEqual(['order.changed 100']);
  });

  it('are asked for from the day before on, because filters know days alone', async () => {
    const poll = await follow();
    asked = [];
    await poll();
    expect(Date.parse(asked[0] ?? '')).toBeLessThanOrEqual(NOW - 24 * 60 * MINUTE);
  });

  it('have the number that people call them by, and no version', () => {
    const order = wire.order.parse({
      OrderID: 5,
      InvoiceNumberPrefix: 'AB-',
      InvoiceNumber: 1042,
      LastUpdate: wall(NOW),
    });
    const source = sourceOf(
      ORDERS,
      { name: 'main', address: 'shop.example', currency: 'USD' },
      order,
      'poll',
      NOW,
    );
    expect(source).toMatchObject({ id: '5', number: 'AB-1042', currency: 'USD' });
    expect(source).not.toHaveProperty('version');
    expect(source.volatile).toContain('ShipmentList.ShipmentLastUpdate');
  });
});

it('products come when they change, but not for their date alone', async () => {
  const save = (Stock: number, CatalogID = 1): void => {
    later();
    const SKUInfo = { CatalogID, SKU: 'A', Stock };
    const made = wall(NOW - 900 * MINUTE);
    rows.set(CatalogID, { SKUInfo, LastUpdate: wall(now), DateCreated: made });
  };
  save(1, 2);
  const poll = await follow(productFeed(client) as never);
  save(5);
  expect(await poll()).toEqual(['product.changed 1']);
  save(5);
  expect(await poll()).toEqual([]);
  save(4);
  expect(await poll()).toEqual(['product.changed 1']);
});

it('customers are known by their content, because they name no date: an old one that changes is no new one', async () => {
  rows.set(1, { CustomerID: 1, Email: 'ada@example.com' });
  let contents = emptyContents('here', undefined);
  const poll = async () => {
    later();
    const options = { ...OPTIONS, keepMs: 0 };
    const result = await readContents(customerFeed(client) as never, contents, options);
    ({ contents } = result);
    return result.changes.map(
      ({ record, event }) => `${event} ${(record as { CustomerID: number }).CustomerID}`,
    );
  };
  expect(await poll()).toEqual([]);
  rows.set(2, { CustomerID: 2, Email: 'max@example.com' });
  expect(await poll()).toEqual(['customer.created 2']);
  expect(await poll()).toEqual([]);
  rows.set(1, { CustomerID: 1, Email: 'eva@example.com' });
  expect(await poll()).toEqual(['customer.changed 1']);
});

it('customers from a day on are those that 3dcart itself names as changed since then', async () => {
  const from = new Date(NOW - 900 * MINUTE);
  const named = { ...client, customers: { pages: namedPages } } as unknown as ThreeDCart;
  const options = { ...OPTIONS, keepMs: 0 };
  const { changes } = await readContents(
    customerFeed(named) as never,
    emptyContents('here', from),
    options,
  );
  expect(changes).toMatchObject([{ event: 'customer.changed', record: { CustomerID: 2 } }]);
  expect(asked).toContain(from.toISOString());
});

/** The second customer alone is named as changed. */
async function* namedPages({ changedSince }: { changedSince?: Date }) {
  asked.push(changedSince?.toISOString() ?? '');
  const customers = [1, 2].map((id) =>
    wire.customer.parse({ CustomerID: id, Email: `${id}@example.com` }),
  );
  yield changedSince ? customers.slice(1) : customers;
}
