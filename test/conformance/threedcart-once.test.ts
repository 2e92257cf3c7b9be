/** What is made in 3dcart is made once, also where the answer that says so is lost; what is not kept is not said to be written. */
import { fetchTransport } from '../../core/http/fetch';
import type { Layer, Send } from '../../core/http/types';
import { createSend } from '../../core/http/send';
import { createThrottle } from '../../core/http/throttle';
import { createThreeDCart, type ThreeDCart } from '../../core/stores/threedcart/client';
import { writeNumbers } from '../../core/stores/threedcart/orderWrites';
import { THREEDCART_CREDENTIALS } from '../../sandbox/threedcart';
import { startTestStore, type TestStore } from '../../sandbox/threedcart/test-store';

let shop: TestStore;
let client: ThreeDCart;

const open = (layer: Layer = (next) => next): ThreeDCart =>
  createThreeDCart({
    ...THREEDCART_CREDENTIALS,
    apiUrl: shop.url,
    send: createSend({
      transport: layer(fetchTransport()),
      throttle: createThrottle({ start: 4, max: 4 }),
      retry: { baseMs: 1, attempts: 2 },
    }),
  });

beforeAll(async () => {
  shop = await startTestStore();
});

afterAll(async () => await shop.close());

beforeEach(() => {
  shop.service.reset();
  shop.context.faults.clear();
  client = open();
});

/** The next POST is carried out, and its answer is lost. */
const loseAnswer = (path: string) =>
  shop.context.faults.configure({
    rules: [
      {
        service: 'threedcart',
        method: 'POST',
        path: `/${path}(\\?|$)`,
        kind: 'timeout-after-commit',
        holdMs: 1,
        times: 1,
      },
    ],
  });

/** The next POST ends before anything is carried out, with an answer that does not say so. */
const failBefore = (path: string, more: object = {}) =>
  shop.context.faults.configure({
    rules: [{ service: 'threedcart', method: 'POST', path, kind: '502', times: 1, ...more }],
  });

const IN_DOUBT = { class: 'held', code: 'IN_DOUBT' };

const order = (more: object = {}) => ({
  BillingEmail: 'ada@example.com',
  BillingFirstName: 'Ada',
  OrderItemList: [{ ItemID: 'A-1', ItemDescription: 'A thing', ItemQuantity: 2, ItemUnitPrice: 5 }],
  ShipmentList: [{ ShipmentCity: 'Austin', ShipmentCost: 3 }],
  ...more,
});

const DATE = '2020-05-02T10:00:06';

const orders = () => [...shop.service.store.orders.values()];

describe('an order', () => {
  test.each<[string, object, object]>([
    ['its number in another system', { AlternateOrderID: 'SO-1' }, {}],
    ['what it says and its date', { OrderDate: DATE }, {}],
    [
      'what it says where the store has no such numbers',
      { AlternateOrderID: 'SO-1', OrderDate: DATE },
      { orderKeys: '2015' },
    ],
  ])('is found by %s', async (_, more, switches) => {
    shop.service.setSwitches(switches);
    loseAnswer('Orders');
    const made = await client.orders.create(order(more), { bypassEmail: true });
    expect(orders().map(({ OrderID }) => OrderID)).toEqual([made.OrderID]);
    expect(made.OrderAmount).toBe(13);
  });

  test('is none that another one has made, though it says the same', async () => {
    const same = order({ OrderDate: DATE });
    const first = await client.orders.create(same);
    failBefore('/Orders');
    await expect(client.orders.create(same)).rejects.toMatchObject(IN_DOUBT);
    loseAnswer('Orders');
    const second = await client.orders.create(same);
    expect(second.OrderID).not.toBe(first.OrderID);
    expect(orders()).toHaveLength(2);
  });

  test('is none that another run has just made, where neither number nor date tells them apart', async () => {
    await open().orders.create(order());
    failBefore('/Orders');
    await expect(client.orders.create(order())).rejects.toMatchObject(IN_DOUBT);
    expect(orders()).toHaveLength(1);
  });

  test('is none that is made beside it and has not been read yet', async () => {
    const gates: Array<() => void> = [];
    const made = new Promise<void>((resolve) => gates.push(resolve));
    const looked = new Promise<void>((resolve) => gates.push(resolve));
    const [isMade, isLookedFor] = gates;
    /** The order that was made is read only when the other one has been looked for. */
    const later =
      (next: Send): Send =>
      async (request) => {
        if (request.method === 'GET' && /\/Orders\/\d+$/.test(request.url)) {
          isMade?.();
          await looked;
        }
        return await next(request);
      };
    const { orders: both } = open(later);
    const same = order({ OrderDate: DATE });
    const first = both.create(same);
    await made;
    failBefore('/Orders');
    await expect(both.create(same).finally(isLookedFor)).rejects.toMatchObject(IN_DOUBT);
    expect(orders().map(({ OrderID }) => OrderID)).toEqual([(await first).OrderID]);
  });

  test.each<[string, object, object]>([
    ['another number', { AlternateOrderID: 'SO-1' }, { AlternateOrderID: 'SO-2' }],
    [
      'other lines',
      { OrderDate: DATE },
      { OrderDate: DATE, OrderItemList: [{ ItemID: 'A-1', ItemQuantity: 3 }] },
    ],
    ['another date', { OrderDate: DATE }, { OrderDate: '2020-05-03T10:00:06' }],
    ['been placed long ago', { OrderDate: DATE }, {}],
  ])('is held where the one that is there has %s', async (_, there, more) => {
    await shop.ask('/Orders', { method: 'POST', body: order(there) });
    failBefore('/Orders');
    await expect(client.orders.create(order(more))).rejects.toMatchObject(IN_DOUBT);
    expect(orders()).toHaveLength(1);
  });

  test('is held where two are there that it might be', async () => {
    const same = order({ OrderDate: DATE });
    const place = async () => await shop.ask('/Orders', { method: 'POST', body: same });
    await Promise.all([place(), place()]);
    failBefore('/Orders');
    await expect(client.orders.create(same)).rejects.toMatchObject(IN_DOUBT);
  });

  test('is held where nobody can look, and says what to do', async () => {
    shop.context.faults.configure({
      rules: [{ service: 'threedcart', path: '/Orders', kind: '503' }],
    });
    await expect(client.orders.create(order())).rejects.toMatchObject({
      ...IN_DOUBT,
      message:
        '3dcart did not say whether it made this order: 3dcart refused POST /Orders with status 503: An error has occurred.',
      fix: expect.stringMatching(/Requeue .* Discard/) as string,
    });
  });

  test('that is refused is not looked for', async () => {
    await expect(client.orders.create(order({ OrderItemList: [] }))).rejects.toMatchObject({
      class: 'validation',
    });
  });
});

describe('other records', () => {
  test('a customer is found by its address', async () => {
    loseAnswer('Customers');
    const made = await client.customers.create({ Email: 'New@example.com', Password: 'secret' });
    expect(made).toMatchObject({ Email: 'New@example.com' });
    expect(shop.service.store.customers.get(made.CustomerID)?.customer.Password).toBe('secret');
  });

  test('a customer who says something else is not taken for it', async () => {
    await client.customers.create({ Email: 'new@example.com', BillingCity: 'Austin' });
    failBefore('/Customers');
    const again = { Email: 'new@example.com', BillingCity: 'Dallas' };
    await expect(client.customers.create(again)).rejects.toMatchObject(IN_DOUBT);
  });

  test('a product is found by its SKU', async () => {
    loseAnswer('Products');
    const SKUInfo = { SKU: 'NEW-1', Name: 'New', Price: 9.5 };
    const made = await client.products.create({ SKUInfo, CategoryList: [{ CategoryID: 5 }] });
    expect(made.SKUInfo).toMatchObject(SKUInfo);
    expect(await client.products.bySku('NEW-1')).toHaveLength(1);
  });

  test('a category is found by its name and place', async () => {
    loseAnswer('Categories');
    const made = await client.categories.create({ CategoryName: 'New', CategoryParent: 5 });
    const { categories } = shop.service.store;
    const alike = [...categories.values()].filter(({ CategoryName }) => CategoryName === 'New');
    expect(alike.map(({ CategoryID }) => CategoryID)).toEqual([made.CategoryID]);
  });
});

describe('a customer group', () => {
  const named = (name: string) =>
    [...shop.service.store.groups.values()].filter(({ Name }) => Name === name);

  test('is found by its name, and made once', async () => {
    loseAnswer('CustomerGroups');
    const made = await client.customerGroups.create({ Name: 'Dealers', MinimumOrder: 50 });
    expect(named('Dealers').map(({ CustomerGroupID }) => CustomerGroupID)).toEqual([
      made.CustomerGroupID,
    ]);
  });

  test('is held where the one of its name says something else', async () => {
    await client.customerGroups.create({ Name: 'Dealers', MinimumOrder: 50 });
    failBefore('/CustomerGroups');
    const other = { Name: 'Dealers', MinimumOrder: 80 };
    await expect(client.customerGroups.create(other)).rejects.toMatchObject(IN_DOUBT);
  });

  test('is held where it has no name to be found by', async () => {
    loseAnswer('CustomerGroups');
    await expect(client.customerGroups.create({ MinimumOrder: 50 })).rejects.toMatchObject({
      ...IN_DOUBT,
      message: expect.stringContaining('this customer group') as string,
    });
  });
});

describe('a number of another system', () => {
  const write = async () => {
    const wishes = shop.service.place({ count: 3 }, false).map(({ OrderID }, index) => ({
      orderId: String(OrderID),
      number: `SO-${index}`,
    }));
    return await writeNumbers(client, wishes, 'AlternateOrderID');
  };

  test('is said to be written where the store keeps it', async () => {
    expect((await write()).map(({ ok }) => ok)).toEqual([true, true, true]);
    expect(orders().map(({ AlternateOrderID }) => AlternateOrderID)).toEqual([
      'SO-0',
      'SO-1',
      'SO-2',
    ]);
  });

  test.each([
    [{ alternateOrderId: 'ignored' as const }, /did not keep it/],
    [{ orderKeys: '2015' as const }, /have no AlternateOrderID/],
  ])('fails with what to choose where the store is %j', async (switches, message) => {
    shop.service.setSwitches(switches);
    for (const outcome of await write()) {
      expect(outcome).toMatchObject({
        ok: false,
        error: { class: 'validation', fix: 'Choose a comment under Write Into.' },
      });
      expect(outcome.ok ? '' : outcome.error.message).toMatch(message);
    }
  });
});
