import { secondsOf } from './api/dates';
import type { OrderView, StatusView, TransactionView } from './model';
import { startTestStore, type Answer, type TestStore } from './test-store';

let store: TestStore;
let clock: Date;

/** Three orders, an hour apart from one another. */
beforeEach(async () => {
  clock = new Date('2024-05-02T10:00:00Z');
  store = await startTestStore(() => clock);
  for (const paymentStatus of ['P', 'Q', 'P']) {
    store.xcart.place({ count: 1, paymentStatus });
    clock = new Date(clock.getTime() + 3_600_000);
  }
});

afterEach(() => store.close());

const orders = (): OrderView[] => store.xcart.orders();
const first = (): OrderView => orders()[0] as OrderView;

const numbers = async (query: string): Promise<(string | null)[]> => {
  const { body } = await store.ask<OrderView[]>(`/api/orders?${query}`);
  return body.map(({ order_number }) => order_number);
};

const changeFirst = (): void => {
  const record = store.xcart.order(first().id);
  if (record !== undefined) store.xcart.change(record, {});
};

test('a list is a bare array of whole orders, by id', async () => {
  const { body } = await store.ask<OrderView[]>('/api/orders');
  expect(body).toEqual(orders());
  expect(body[0]).toMatchObject({
    order_number: '1001',
    currency: 'USD',
    create_date: '2024-05-02T10:00:00+0000',
    payment_status: { code: 'P', name: 'Paid' },
    shipping_status: { code: 'N', name: 'New' },
    billing_address: { country_code: expect.any(String), custom_fields: expect.any(Array) },
  });
});

test('an order is read by id and by number', async () => {
  expect((await store.ask(`/api/orders/${first().id}`)).body).toEqual(first());
  expect((await store.ask('/api/orders/by_number/1001')).body).toEqual(first());
  expect((await store.ask('/api/orders/by_number/9999')).status).toBe(404);
  expect((await store.ask('/api/orders/abc')).status).toBe(404);
});

describe('filters', () => {
  test.each([
    ['date[after]=2024-05-02T11:00:00Z', ['1002', '1003']],
    ['date[strictly_after]=2024-05-02T11:00:00Z', ['1003']],
    ['date[before]=2024-05-02T11:00:00Z', ['1001', '1002']],
    ['date[after]=2024-05-02T10:30:00Z&date[strictly_before]=2024-05-02T12:00:00Z', ['1002']],
    ['paymentStatus.code=P', ['1001', '1003']],
    ['paymentStatus.code[]=P&paymentStatus.code[]=Q', ['1001', '1002', '1003']],
    ['paymentStatus.code=ZZ', []],
    ['shippingStatus.code=N&paymentStatus.code[0]=Q', ['1002']],
    ['order[date]=desc', ['1003', '1002', '1001']],
    ['order[date]=sideways', ['1001', '1002', '1003']],
    ['unknown=1', ['1001', '1002', '1003']],
    ['itemsPerPage=2&page=2', ['1003']],
    ['page=9', []],
  ])('%s', async (query, expected) => {
    expect(await numbers(query)).toEqual(expected);
  });

  test('a date that cannot be read is ignored, an unescaped plus included', async () => {
    expect(await numbers('date[after]=soon')).toHaveLength(3);
    expect(await numbers('date[after]=2024-05-02T12:00:00+00:00')).toHaveLength(3);
    expect(await numbers('date[after]=2024-05-02T12:00:00%2B00:00')).toEqual(['1003']);
  });

  test('the login is matched in part and without case', async () => {
    const { email } = first();
    const same = orders().filter((order) => order.email === email);
    const part = email.slice(1, -3).toUpperCase();
    expect(await numbers(`profile.login=${part}`)).toHaveLength(same.length);
  });

  test('changed orders: sorted by lastRenewDate in 5.5.0, filtered in 5.5.1 only', async () => {
    changeFirst();
    expect(await numbers('order[lastRenewDate]=desc')).toEqual(['1001', '1003', '1002']);
    const filter = 'lastRenewDate[after]=2024-05-02T13:00:00Z';
    expect(await numbers(filter)).toHaveLength(3);
    store.xcart.setSwitches({ lastRenewDateFilter: true });
    expect(await numbers(filter)).toEqual(['1001']);
  });
});

describe('statuses', () => {
  const put = (path: string, body: unknown): Promise<Answer<StatusView>> =>
    store.ask(path, { method: 'PUT', body });

  test('one axis at a time, and the order is renewed', async () => {
    const path = `/api/orders/${first().id}/shipping_status`;
    const answer = await put(path, { code: 'S' });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ code: 'S', name: 'Shipped' });
    expect((await store.ask(path)).body).toEqual(answer.body);
    expect(first()).toMatchObject({
      payment_status: { code: 'P' },
      update_date: '2024-05-02T13:00:00+0000',
    });
  });

  test.each([
    ['/api/orders/ID/payment_status', { code: 'TOOLONG' }, 'code: This value is too long.'],
    ['/api/orders/ID/payment_status', {}, 'code: This value should not be blank.'],
  ])('PUT %s %j is a 400', async (path, body, reason) => {
    const answer = await put(path.replace('ID', String(first().id)), body);
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({
      detail: expect.stringContaining(`Input validations failed: ${reason}`),
    });
  });

  test.each([
    ['/api/orders/99/payment_status', 'P', 'Order with ID 99 not found'],
    ['/api/orders/ID/payment_status', 'ZZ', "Status code 'ZZ' is invalid"],
  ])('PUT %s %s is a 400 in the words of the transformer', async (path, code, detail) => {
    const write = () => put(path.replace('ID', String(first().id)), { code });
    expect(await write()).toMatchObject({ status: 400, body: { detail } });
    store.xcart.setSwitches({ statusRefusalPrefix: true });
    expect((await write()).body).toMatchObject({ detail: `Input validations failed: ${detail}` });
  });
});

describe('what belongs to an order', () => {
  const below = <T>(path: string): Promise<Answer<T>> =>
    store.ask<T>(`/api/orders/${first().id}/${path}`);

  test('5.5.0 shows the name of the method as the status of a transaction', async () => {
    const { body } = await below<TransactionView[]>('payment_transactions');
    expect(body).toHaveLength(1);
    expect(body[0]).toMatchObject({ status: body[0]?.name, value: first().total });
    store.xcart.setSwitches({ transactionStatusBug: false });
    const fixed = await below<TransactionView[]>('payment_transactions');
    expect(fixed.body[0]?.status).toMatch(/^[SW]$/);
  });

  test('refunds are backend transactions that add up; the last of them sets the status R', async () => {
    const record = store.xcart.order(first().id);
    if (record === undefined) throw new Error('No order');
    const { total, update_date: placedOn } = first();
    store.xcart.refund(record, 1);
    expect(first().payment_status?.code).toBe('P');
    expect(secondsOf(first().update_date)).toBeGreaterThan(secondsOf(placedOn));
    store.xcart.refund(record, 2.5);
    expect(() => store.xcart.refund(record, total)).toThrow('left to be given back');
    store.xcart.refund(record);
    expect(first().payment_status?.code).toBe('R');
    const { body } = await below<TransactionView[]>('payment_transactions');
    const refunds = (body[0]?.backend_transactions ?? []).filter(({ type }) => type !== 'sale');
    expect(refunds).toMatchObject([
      { type: 'refundPart', status: 'S', value: 1 },
      { type: 'refundPart', status: 'S', value: 2.5 },
      { type: 'refundPart', status: 'S', value: Number((total - 3.5).toFixed(2)) },
    ]);
    expect(() => store.xcart.refund(record)).toThrow('0 of the payment is left');
  });

  test('a refund of everything at once is of its own type, and moves update_date as the switch says', () => {
    const record = store.xcart.order(first().id);
    if (record === undefined) throw new Error('No order');
    store.xcart.setSwitches({ refundRenews: false });
    const { update_date: placedOn, total } = first();
    expect(store.xcart.refund(record, total).update_date).toBe(placedOn);
    expect(record.transactions[0]?.backend_transactions.at(-1)).toMatchObject({ type: 'refund' });
  });

  test('a shipment is a tracking number', () => {
    const record = store.xcart.order(first().id);
    if (record === undefined) throw new Error('No order');
    expect(store.xcart.ship(record, '1Z9').tracking_numbers).toMatchObject([{ value: '1Z9' }]);
  });

  test('details and history', async () => {
    changeFirst();
    expect((await below<object[]>('details')).body[0]).toMatchObject({ name: 'reference' });
    const { body } = await below<{ code: string }[]>('history');
    expect(body.map(({ code }) => code)).toEqual(['PLACE ORDER', 'ORDER EDITED']);
  });

  test('lists below an unknown order are empty, or 404 by the switch', async () => {
    const path = '/api/orders/99/payment_transactions';
    expect((await store.ask(path)).body).toEqual([]);
    store.xcart.setSwitches({ unknownParentList: 'not-found' });
    expect((await store.ask(path)).status).toBe(404);
  });
});

test('an order outlives its customer: customer_id becomes null, nothing else changes', async () => {
  const [before] = (await store.ask<OrderView[]>('/api/orders')).body;
  const { status } = await store.ask(`/api/profiles/${before?.customer_id}`, { method: 'DELETE' });
  expect(status).toBe(204);
  const after = await store.ask<OrderView>(`/api/orders/${before?.id}`);
  expect(after.body).toEqual({ ...before, customer_id: null });
});

test('carts are orders without number and status', async () => {
  const { body } = await store.ask<OrderView[]>('/api/carts');
  expect(body).toHaveLength(2);
  expect(body[0]).toMatchObject({ order_number: null, payment_status: null });
  expect((await store.ask(`/api/carts/${body[0]?.id}`)).body).toEqual(body[0]);
  expect((await store.ask(`/api/orders/${body[0]?.id}`)).status).toBe(404);
});
