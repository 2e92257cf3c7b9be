import Big from 'big.js';
import type { Order } from './model';
import { startTestStore, type TestStore } from './test-store';

let store: TestStore;
const NOON = new Date('2024-05-02T14:00:06Z');
let now = NOON;

beforeAll(async () => {
  store = await startTestStore({ now: () => now });
});

afterAll(() => store.close());

beforeEach(() => {
  now = NOON;
  store.service.reset();
});

const NOTHING = [
  {
    Key: 'Error',
    Value: '',
    Status: '404',
    Message: 'Offset amount exceeds the total number of records',
  },
];

const ids = async (query: string): Promise<number[]> =>
  (await store.ask<Order[]>(`/Orders?${query}`)).body.map(({ OrderID }) => OrderID);

describe('what holds for every order', () => {
  let orders: Order[];

  beforeEach(() => {
    orders = store.service.place({ count: 200, guests: 60 }, false);
  });

  test('the amount is goods with their options, shipments and taxes less the discount, to the cent', () => {
    for (const order of orders) {
      const goods = order.OrderItemList.reduce(
        (total, { ItemUnitPrice: unit, ItemOptionPrice: option, ItemQuantity: quantity }) =>
          total.plus(new Big(unit).plus(option).times(quantity)),
        new Big(0),
      );
      const shipping = order.ShipmentList.reduce(
        (total, { ShipmentCost }) => total.plus(ShipmentCost),
        new Big(0),
      );
      const amount = goods
        .plus(shipping)
        .plus(order.SalesTax)
        .plus(order.SalesTax2)
        .plus(order.SalesTax3)
        .minus(order.OrderDiscount);
      expect(order.OrderAmount).toBe(amount.toNumber());
      expect(order.OrderDiscount).toBe(
        new Big(order.OrderDiscountCoupon).plus(order.OrderDiscountPromotion).toNumber(),
      );
    }
  });

  test('shipments have the status of the order, and the first the id 0', () => {
    for (const { ShipmentList, OrderStatusID, OrderItemList } of orders) {
      expect(ShipmentList[0]?.ShipmentID).toBe(0);
      for (const shipment of ShipmentList) expect(shipment.ShipmentOrderStatus).toBe(OrderStatusID);
      const known = ShipmentList.map(({ ShipmentID }) => ShipmentID);
      for (const item of OrderItemList) expect(known).toContain(item.ItemShipmentID);
    }
    expect(orders.some(({ ShipmentList }) => ShipmentList.length > 1)).toBe(true);
  });

  test('transactions are none to three, and add up to the amount where they are sales', () => {
    const counts = new Set(orders.map(({ TransactionList }) => TransactionList.length));
    expect([...counts].every((count) => count <= 3)).toBe(true);
    expect([0, 1, 2].every((count) => counts.has(count))).toBe(true);
    for (const { TransactionList, OrderAmount, OrderStatusID } of orders) {
      const total = TransactionList.reduce(
        (sum, { TransactionAmount }) => sum.plus(TransactionAmount),
        new Big(0),
      );
      if (TransactionList.length > 0) expect(total.toNumber()).toBe(OrderAmount);
      expect(OrderStatusID).toBe(TransactionList.length > 0 ? 1 : 11);
    }
  });

  test('guests have the customer 0, the number is not the id, options are on top and in the description', () => {
    expect(orders.filter(({ CustomerID }) => CustomerID === 0)).toHaveLength(60);
    expect(orders.every(({ InvoiceNumber, OrderID }) => InvoiceNumber !== OrderID)).toBe(true);
    const items = orders.flatMap(({ OrderItemList }) => OrderItemList);
    const large = items.find(({ ItemID }) => ItemID === 'TS-BLK-XL');
    expect(large).toMatchObject({
      ItemUnitPrice: 19.99,
      ItemOptionPrice: 2.5,
      ItemDescription: 'T-shirt<br><b>Style:</b>&nbsp;black, XL',
      ItemOptions: expect.stringMatching(/^,\d+$/),
    });
    const card = orders.find(({ TransactionList }) => TransactionList.length > 0);
    expect(card).toMatchObject({ CardNumber: '-1111', UserID: '', SalesPerson: '' });
  });
});

describe('lists', () => {
  test('begin with record 1, bring ten by default, and end with 404 and an error array', async () => {
    expect(await store.ask('/Orders')).toMatchObject({ status: 404, body: NOTHING });
    const orders = store.service.place({ count: 25 }, false);
    const all = orders.map(({ OrderID }) => OrderID);
    expect(await ids('')).toEqual(all.slice(0, 10));
    expect(await ids('offset=0&limit=10')).toEqual(all.slice(0, 10));
    expect(await ids('limit=20&offset=21')).toEqual(all.slice(20));
    expect(await store.ask('/Orders?offset=26')).toMatchObject({ status: 404, body: NOTHING });
    expect(await store.ask('/Orders?countonly=1')).toMatchObject({ body: { TotalCount: 25 } });
    expect(await store.ask('/Orders?limit=1000')).toMatchObject({ body: { length: 25 } });
    store.service.place({ count: 300 }, false);
    expect(await store.ask('/Orders?limit=1000')).toMatchObject({ body: { length: 300 } });
  });

  test('one order comes in an array too', async () => {
    const [order] = store.service.place({ count: 1 }, false);
    const { body, type } = await store.ask<Order[]>(`/Orders/${order?.OrderID}`);
    expect(body).toEqual([order]);
    expect(type).toBe('application/json; charset=utf-8');
    expect(await ids(`OrderId=${order?.OrderID}`)).toEqual([order?.OrderID]);
    expect((await store.ask('/Orders/1')).status).toBe(404);
  });

  test('dates are those of the store, whole days, and the last update ends before its day', async () => {
    const [first, second] = store.service.place(
      { count: 2, at: new Date('2024-05-02T03:59:59Z'), everySeconds: 1 },
      false,
    );
    expect([first?.OrderDate, second?.OrderDate]).toEqual([
      '2024-05-01T23:59:59',
      '2024-05-02T00:00:00',
    ]);
    expect(await ids('dateend=05/01/2024')).toEqual([first?.OrderID]);
    expect(await ids('datestart=05/02/2024')).toEqual([second?.OrderID]);
    expect(await ids('datestart=5/1/2024 23:59:59&dateend=05/02/2024 00:00:00')).toHaveLength(2);
    expect(await ids('lastupdatestart=05/01/2024&lastupdateend=05/02/2024')).toEqual([
      first?.OrderID,
    ]);
    expect(await ids('lastupdatestart=05/02/2024 12:00:00')).toEqual([second?.OrderID]);
    expect((await store.ask('/Orders?lastupdatestart=2024-05-02')).status).toBe(400);
  });

  test('are filtered by status, number, prefix and e-mail', async () => {
    const [order] = store.service.place({ count: 1, orderStatus: 7, prefix: 'WEB-' }, false);
    store.service.place({ count: 3, email: 'ada@example.com', state: 'paid' }, false);
    const only = [order?.OrderID];
    expect(order).toMatchObject({
      OrderStatusID: 7,
      BillingPaymentMethod: '',
      TransactionList: [],
    });
    expect((order?.LastUpdate ?? '') < (order?.OrderDate ?? '')).toBe(true);
    expect(await ids('orderstatus=7')).toEqual(only);
    expect(await ids(`invoicenumber=${order?.InvoiceNumber}`)).toEqual(only);
    expect(await ids('invoicenumberend=1042')).toEqual(only);
    expect(await ids('invoicenumberstart=1043')).toHaveLength(3);
    expect(await ids('invoiceprefix=web-')).toEqual(only);
    expect(await ids('billingemail=ADA@example.com')).toHaveLength(3);
  });
});

describe('writes', () => {
  let order: Order;

  beforeEach(() => {
    [order] = store.service.place({ count: 1, state: 'paid', lines: 2 }, false) as [Order];
  });

  test('of one order change what was sent, and the dates', async () => {
    const before = structuredClone(order);
    now = new Date('2024-05-02T17:43:17Z');
    const body = { InternalComments: 'SO-7', OrderAmount: 1, OrderID: 9 };
    const answer = await store.ask(`/Orders/${order.OrderID}`, { method: 'PUT', body });
    const result = { Key: 'OrderID', Value: String(order.OrderID), Status: '200' };
    expect(answer).toMatchObject({
      status: 200,
      body: [{ ...result, Message: 'updated successfully' }],
    });
    const LastUpdate = '2024-05-02T13:43:17';
    expect(order).toEqual({
      ...before,
      InternalComments: 'SO-7',
      LastUpdate,
      ShipmentList: before.ShipmentList.map((each) => ({
        ...each,
        ShipmentLastUpdate: LastUpdate,
      })),
    });
  });

  test('of many fail one by one among those that succeed', async () => {
    const body = [
      { OrderID: String(order.OrderID), AlternateOrderID: 'SO-7' },
      { OrderID: 1, AlternateOrderID: 'SO-8' },
      { OrderID: order.OrderID, OrderStatusID: 99 },
    ];
    const answer = await store.ask<object[]>('/Orders', { method: 'PUT', body });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject([
      { Key: 'OrderID', Value: String(order.OrderID), Status: '200' },
      { Key: 'Error', Value: '', Status: '404' },
      { Key: 'Error', Value: '', Status: '400' },
    ]);
    expect(order.AlternateOrderID).toBe('SO-7');
  });

  test('of many are told, where a switch says so, with the status of the first failure or by it alone', async () => {
    const body = [
      { OrderID: order.OrderID, AlternateOrderID: 'SO-7' },
      { OrderID: 1, AlternateOrderID: 'SO-8' },
      { OrderID: order.OrderID, AlternateOrderID: 'SO-9' },
    ];
    const put = async (bulkFailure: 'elementsAndStatus' | 'first') => {
      store.service.setSwitches({ bulkFailure });
      return await store.ask<object[]>('/Orders', { method: 'PUT', body });
    };
    const each = await put('elementsAndStatus');
    expect(each.status).toBe(404);
    expect(each.body).toMatchObject([{ Status: '200' }, { Status: '404' }, { Status: '200' }]);
    expect(order.AlternateOrderID).toBe('SO-9');
    const first = await put('first');
    expect(first).toMatchObject({ status: 404, body: [{ Key: 'Error', Status: '404' }] });
    // What stands before the failure is written, what stands behind it is not.
    expect(order.AlternateOrderID).toBe('SO-7');
  });

  test('of the status move shipments and stock', async () => {
    const [{ ItemID: sku, ItemQuantity: quantity }] = order.OrderItemList as [
      Order['OrderItemList'][number],
    ];
    const before = store.service.stock(sku) ?? 0;
    const body = { OrderStatusID: 5 };
    await store.ask(`/Orders/${order.OrderID}`, { method: 'PUT', body });
    expect(order.ShipmentList.every(({ ShipmentOrderStatus }) => ShipmentOrderStatus === 5)).toBe(
      true,
    );
    expect(store.service.stock(sku)).toBe(before + quantity);
  });

  test('take one object by id and an array without, and no DELETE', async () => {
    const path = `/Orders/${order.OrderID}`;
    expect((await store.ask(path, { method: 'PUT', body: [] })).status).toBe(400);
    expect((await store.ask('/Orders', { method: 'PUT', body: {} })).status).toBe(400);
    expect((await store.ask(path, { method: 'DELETE' })).status).toBe(405);
    const long = { BillingFirstName: 'x'.repeat(101) };
    expect((await store.ask(path, { method: 'PUT', body: long })).status).toBe(400);
  });

  test('make an order of what was sent, with the numbers of the store', async () => {
    const body = {
      BillingEmail: 'ada@example.com',
      BillingFirstName: 'Ada',
      OrderItemList: [{ ItemID: 'MUG-BLUE', ItemQuantity: 2, ItemUnitPrice: 9.5 }],
      ShipmentList: [{ ShipmentCost: 5 }],
      SalesTax: 1.25,
      OrderStatusID: 2,
      TransactionList: [{ TransactionType: 'Sale', TransactionAmount: 25.25 }],
    };
    const before = store.service.stock('MUG-BLUE') ?? 0;
    const answer = await store.ask<Array<{ Value: string }>>('/Orders', { method: 'POST', body });
    expect(answer).toMatchObject({ status: 201, body: [{ Key: 'OrderID', Status: '201' }] });
    const made = await store.ask<Order[]>(`/Orders/${answer.body[0]?.Value}`);
    expect(made.body[0]).toMatchObject({
      OrderAmount: 25.25,
      CustomerID: 0,
      OrderStatusID: 2,
      ShipmentList: [{ ShipmentOrderStatus: 2 }],
      TransactionList: [{ OrderID: Number(answer.body[0]?.Value), TransactionAmount: 25.25 }],
    });
    expect(store.service.stock('MUG-BLUE')).toBe(before - 2);
    const empty = await store.ask('/Orders', { method: 'POST', body: { OrderItemList: [] } });
    expect(empty).toMatchObject({ status: 400, body: [{ Key: 'Error', Status: '400' }] });
  });

  test('that fail can hide in a 200', async () => {
    const wrong = { method: 'PUT', body: { OrderStatusID: 99 } };
    const path = `/Orders/${order.OrderID}`;
    expect((await store.ask(path, wrong)).status).toBe(400);
    store.service.setSwitches({ errorsInside200: 'writes' });
    expect(await store.ask(path, wrong)).toMatchObject({
      status: 200,
      body: [{ Key: 'Error', Status: '400' }],
    });
    expect((await store.ask('/Orders?offset=99')).status).toBe(404);
    store.service.setSwitches({ errorsInside200: 'always' });
    expect(await store.ask('/Orders?offset=99')).toMatchObject({ status: 200, body: NOTHING });
  });
});

describe('an order that comes by the API', () => {
  const create = async (body: object): Promise<Order> => {
    const { body: answer } = await store.ask<Array<{ Value: string }>>('/Orders', {
      method: 'POST',
      body,
    });
    const order = store.service.store.orders.get(Number(answer[0]?.Value));
    if (order === undefined) throw new Error('No order was made');
    return order;
  };
  const line = (ItemID: string, more: object = {}): object => ({ ItemID, ...more });

  test('keeps its lines with their shipments, which get other ids', async () => {
    const order = await create({
      ShipmentList: [
        { ShipmentID: 3, ShipmentCity: 'Austin' },
        { ShipmentID: 4, ShipmentCity: 'Dallas' },
      ],
      OrderItemList: [
        line('A', { ItemShipmentID: 4 }),
        line('B', { ItemShipmentID: 3 }),
        line('C'),
      ],
    });
    const cityOf = new Map(
      order.ShipmentList.map(({ ShipmentID, ShipmentCity }) => [ShipmentID, ShipmentCity]),
    );
    expect(
      order.OrderItemList.map(({ ItemID, ItemShipmentID }) => [ItemID, cityOf.get(ItemShipmentID)]),
    ).toEqual([
      ['A', 'Dallas'],
      ['B', 'Austin'],
      ['C', 'Austin'],
    ]);
  });

  test('names its shipments by their place where it gives them no ids', async () => {
    const order = await create({
      ShipmentList: [{ ShipmentCity: 'Austin' }, { ShipmentCity: 'Dallas' }],
      OrderItemList: [line('A', { ItemShipmentID: 1 })],
    });
    expect(order.OrderItemList[0]?.ItemShipmentID).toBe(order.ShipmentList[1]?.ShipmentID);
  });

  test.each([
    [{}, 'SO-2'],
    [{ alternateOrderId: 'ignored' as const }, ''],
    [{ orderKeys: '2015' as const }, ''],
  ])('keeps its number in another system as the switches %j say', async (switches, kept) => {
    store.service.setSwitches(switches);
    const order = await create({ AlternateOrderID: 'SO-1', OrderItemList: [line('A')] });
    expect(order.AlternateOrderID).toBe(kept && 'SO-1');
    const body = { AlternateOrderID: 'SO-2', InternalComments: 'x' };
    await store.ask(`/Orders/${order.OrderID}`, { method: 'PUT', body });
    expect(order).toMatchObject({ AlternateOrderID: kept, InternalComments: 'x' });
  });
});

test('a slash too many and other cases lead to the same list', async () => {
  store.service.place({ count: 2 }, false);
  const { body } = await store.ask('/Orders?limit=2');
  for (const path of [
    '/Orders/?limit=2',
    '/orders?LIMIT=2',
    '//3dCartWebAPI//v2/Orders/?limit=2',
  ]) {
    expect((await store.ask(path)).body).toEqual(body);
  }
});
