import type { Order } from './model';
import { startTestStore, type TestStore } from './test-store';

let store: TestStore;
let now = new Date('2024-05-02T14:00:06Z');

beforeAll(async () => {
  store = await startTestStore({ now: () => now });
});

afterAll(() => store.close());

beforeEach(() => store.service.reset());

const placeOne = (wish: object = {}): Order =>
  store.service.place({ count: 1, lines: 2, state: 'paid', ...wish }, false)[0] as Order;

const put = (path: string, body: unknown): ReturnType<TestStore['ask']> =>
  store.ask(path, { method: 'PUT', body });

describe('shipments', () => {
  const sent = {
    ShipmentID: 0,
    ShipmentOrderStatus: 4,
    ShipmentShippedDate: '5/3/2024',
    ShipmentTrackingCode: '1Z999',
    ShipmentMethodName: 'UPS Ground',
  };

  test('the first has the id 0; its status moves that of the order', async () => {
    const order = placeOne({ shipments: 1 });
    const path = `/Orders/${order.OrderID}/Shipments`;
    expect(await put(`${path}/0`, sent)).toMatchObject({
      status: 200,
      body: [{ Key: 'ShipmentID', Value: '0', Status: '200' }],
    });
    expect(order).toMatchObject({ OrderStatusID: 4, ShipmentList: [sent] });
    expect((await store.ask(path)).body).toEqual(order.ShipmentList);
  });

  test('a switch leaves the status to the order', async () => {
    store.service.setSwitches({ shipmentMovesOrder: false });
    const order = placeOne({ shipments: 1 });
    await put(`/Orders/${order.OrderID}/Shipments/0`, sent);
    expect(order).toMatchObject({ OrderStatusID: 1 });
    await put(`/Orders/${order.OrderID}`, { OrderStatusID: 4 });
    expect(order.ShipmentList[0]).toMatchObject({ ...sent });
  });

  test('one of two is a part of the order', async () => {
    const order = placeOne({ shipments: 2 });
    const [, second] = order.ShipmentList.map(({ ShipmentID }) => ShipmentID);
    expect(second).toBeGreaterThan(0);
    await put(`/Orders/${order.OrderID}/Shipments`, [{ ...sent, ShipmentID: second }]);
    expect(order.OrderStatusID).toBe(3);
    await put(`/Orders/${order.OrderID}/Shipments/0`, sent);
    expect(order.OrderStatusID).toBe(4);
  });

  test('the staff ships all of an order, and the tracking number may end with a space', () => {
    const orders = [placeOne(), placeOne(), placeOne()];
    for (const order of orders) store.service.ship(order, '1Z7');
    const codes = orders.map(({ ShipmentList }) => ShipmentList[0]?.ShipmentTrackingCode);
    expect(new Set(codes)).toEqual(new Set(['1Z7', '1Z7 ']));
    expect(orders[0]).toMatchObject({
      OrderStatusID: 4,
      ShipmentList: [{ ShipmentShippedDate: '5/2/2024' }],
    });
  });
});

describe('transactions', () => {
  test('are added and read', async () => {
    const order = placeOne();
    const path = `/Orders/${order.OrderID}/Transactions`;
    const before = order.TransactionList.length;
    const body = { TransactionType: 'Refund', TransactionAmount: -5, TransactionID: 'r1' };
    expect((await store.ask(path, { method: 'POST', body })).status).toBe(201);
    expect(order.TransactionList).toHaveLength(before + 1);
    expect(order.TransactionList.at(-1)).toMatchObject({
      ...body,
      OrderID: order.OrderID,
      TransactionDateTime: '2024-05-02T10:00:06',
    });
    expect((await store.ask(path)).body).toEqual(order.TransactionList);
  });

  test.each([{ TransactionType: 'Refunded by hand' }, { TransactionAmount: 1 }])(
    'are refused: %j',
    async (body) => {
      const path = `/Orders/${placeOne().OrderID}/Transactions`;
      expect(await store.ask(path, { method: 'POST', body })).toMatchObject({
        status: 400,
        body: [{ Key: 'Error', Status: '400' }],
      });
    },
  );

  test('an order without any has none to list', async () => {
    const order = placeOne({ state: 'unpaid' });
    expect(order).toMatchObject({ OrderStatusID: 11, TransactionList: [] });
    expect((await store.ask(`/Orders/${order.OrderID}/Transactions`)).status).toBe(404);
  });
});

describe('refunds', () => {
  const refunds = (order: Order): number[] =>
    order.TransactionList.filter(({ TransactionType }) => TransactionType === 'Refund').map(
      ({ TransactionAmount }) => TransactionAmount,
    );

  test('are transactions with a minus, and come with goods', async () => {
    const order = placeOne();
    store.service.refund(order, 1.5);
    store.service.refund(order);
    const [part, rest] = refunds(order);
    expect(part).toBe(-1.5);
    expect((part ?? 0) + (rest ?? 0)).toBeCloseTo(-order.OrderAmount, 2);
    expect(() => store.service.refund(order, 1)).toThrow('0 of the payment is left');
    const { body } = await store.ask<object[]>('/RMA');
    expect(body).toHaveLength(2);
    expect(body[1]).toMatchObject({
      OrderID: order.OrderID,
      RMAItemList: order.OrderItemList.map(({ ItemID, ItemQuantity }) => ({
        SKU: ItemID,
        ReturnQuantity: ItemQuantity,
      })),
    });
    expect((await store.ask('/RMA', { method: 'POST', body: {} })).status).toBe(405);
  });

  test('may have no minus, and leave the date alone', () => {
    store.service.setSwitches({ refundSign: 'positive', refundRenews: false });
    const order = placeOne();
    const { LastUpdate } = order;
    now = new Date(now.getTime() + 60_000);
    store.service.refund(order, 2);
    expect(refunds(order)).toEqual([2]);
    expect(order.LastUpdate).toBe(LastUpdate);
  });
});

describe('changes', () => {
  test('one piece more, and the amount with it', () => {
    const order = placeOne();
    const [item] = order.OrderItemList;
    const { OrderAmount } = order;
    const stock = store.service.stock(item?.ItemID ?? '') ?? 0;
    store.service.change(order, {});
    const price = (item?.ItemUnitPrice ?? 0) + (item?.ItemOptionPrice ?? 0);
    expect(order.OrderAmount).toBeCloseTo(OrderAmount + price, 2);
    expect(store.service.stock(item?.ItemID ?? '')).toBe(stock - 1);
  });

  test('in one second are told one second apart, unless a switch says otherwise', () => {
    const order = placeOne();
    const times = [1, 2, 3].map(() => {
      store.service.change(order, { comments: 'x' });
      return order.LastUpdate;
    });
    expect(new Set(times).size).toBe(3);
    store.service.setSwitches({ lastUpdateAlwaysMoves: false });
    const other = placeOne();
    const { LastUpdate } = other;
    store.service.change(other, { comments: 'x' });
    expect(other.LastUpdate).toBe(LastUpdate);
  });

  test('of the state take the money, and free the stock', () => {
    const order = placeOne({ state: 'unpaid' });
    store.service.change(order, { state: 'paid' });
    expect(order).toMatchObject({
      OrderStatusID: 1,
      TransactionList: [{ TransactionType: 'Sale', TransactionAmount: order.OrderAmount }],
    });
    store.service.change(order, { state: 'canceled', at: new Date('2024-05-01T10:00:00Z') });
    expect(order).toMatchObject({ OrderStatusID: 5, LastUpdate: '2024-05-01T06:00:00' });
  });

  test('items and questions by the API are writes to the order', async () => {
    const order = placeOne();
    const { OrderAmount } = order;
    const path = `/Orders/${order.OrderID}`;
    const body = { ItemID: 'MUG-BLUE', ItemQuantity: 2 };
    expect((await store.ask(`${path}/Items`, { method: 'POST', body })).status).toBe(201);
    expect(order.OrderAmount).toBeCloseTo(OrderAmount + 2 * 9.95, 2);
    const { ItemIndexID } = order.OrderItemList.at(-1) ?? {};
    await put(`${path}/Items/${ItemIndexID}`, { ItemQuantity: 1 });
    expect(order.OrderAmount).toBeCloseTo(OrderAmount + 9.95, 2);
    const question = { QuestionTitle: 'Gift?', QuestionAnswer: 'Yes' };
    await store.ask(`${path}/Questions`, { method: 'POST', body: question });
    expect((await store.ask(`${path}/Questions`)).body).toMatchObject([question]);
  });
});

test('the keys of 2015 leave out what is newer', async () => {
  const order = placeOne({ count: 1 });
  store.service.setSwitches({ orderKeys: '2015' });
  const { body } = await store.ask<object[]>(`/Orders/${order.OrderID}`);
  const keys = Object.keys(body[0] ?? {});
  expect(keys.slice(0, 11)).toEqual([
    'InvoiceNumberPrefix',
    'InvoiceNumber',
    'OrderID',
    'CustomerID',
    'OrderDate',
    'OrderStatusID',
    'LastUpdate',
    'UserID',
    'SalesPerson',
    'ContinueURL',
    'BillingFirstName',
  ]);
  expect(keys).not.toContain('PromotionList');
  expect(body[0]).toMatchObject({
    OrderItemList: order.OrderItemList.map(({ ItemID }) => ({ ItemID })),
  });
  expect(JSON.stringify(body)).not.toContain('ItemSerial');
});
