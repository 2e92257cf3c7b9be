import { createHmac } from 'node:crypto';
import type { FaultConfigInput } from '../kit';
import { startReceiver, type Received, type Receiver } from '../test-receiver';
import { startTestStore, type TestStore } from './test-store';

let store: TestStore;
let receiver: Receiver;

const target = (): { url: string; secret: string } => ({
  url: `${receiver.url}/hook`,
  secret: 's3',
});

beforeEach(async () => {
  store = await startTestStore();
  receiver = await startReceiver();
  store.xcart.webhooks.configure({ ...target(), backOffMs: 5 });
});

afterEach(async () => {
  await store.close();
  await receiver.close();
});

const faults = (webhooks: FaultConfigInput['webhooks']): void => {
  store.context.faults.configure({ seed: 2, webhooks });
};

const numbers = (): string[] =>
  receiver.received.map(({ text }) => (JSON.parse(text) as { order_number: string }).order_number);

const ids = (): unknown[] => receiver.received.map(({ headers }) => headers['x-webhook-delivery']);

test('a placed order is told with secret, delivery id and a signature over the raw body', async () => {
  const [order] = store.xcart.place({ count: 1 });
  await store.xcart.webhooks.idle();
  const [{ headers, text }] = receiver.received as [Received];
  expect(JSON.parse(text)).toEqual({ event: 'order.created', id: order?.id, order_number: '1001' });
  expect(headers['x-webhook-secret']).toBe('s3');
  expect(headers['x-webhook-delivery']).toMatch(/^[0-9a-f-]{36}$/);
  const signature = createHmac('sha256', 's3').update(text).digest('hex');
  expect(headers['x-webhook-signature']).toBe(`sha256=${signature}`);
  expect(store.xcart.webhooks.deliveries()).toMatchObject([
    { status: 'delivered', attempts: [{ status: 200 }] },
  ]);
});

test('a refused delivery is tried again under the same id, three times at most', async () => {
  receiver.answers.push(500, 404, 200);
  store.xcart.place({ count: 1 });
  await store.xcart.webhooks.idle();
  expect(receiver.received).toHaveLength(3);
  expect(new Set(ids()).size).toBe(1);
  receiver.answers.push(500, 500, 500, 500, 500);
  store.xcart.place({ count: 1 });
  await store.xcart.webhooks.idle();
  expect(receiver.received).toHaveLength(7);
  expect(store.xcart.webhooks.deliveries().map(({ status }) => status)).toEqual([
    'delivered',
    'failed',
  ]);
});

test('a receiver that is not there is a failed delivery and no crash', async () => {
  store.xcart.webhooks.configure({ url: 'http://127.0.0.1:1/', secret: 's', retries: 0 });
  store.xcart.place({ count: 1 });
  await store.xcart.webhooks.idle();
  const [delivery] = store.xcart.webhooks.deliveries();
  expect(delivery).toMatchObject({ status: 'failed', attempts: [{ error: expect.any(String) }] });
});

test('a change is an event of its own; notify repeats the last delivery id', async () => {
  const [order] = store.xcart.place({ count: 1 });
  const record = store.xcart.order(order?.id ?? 0);
  if (record === undefined) throw new Error('No order');
  store.xcart.change(record, { quantity: 9 });
  store.xcart.notify(record, 'order.created');
  store.xcart.notify(record, 'order.created', 'given-id');
  await store.xcart.webhooks.idle();
  const byEvent = store.xcart.webhooks
    .deliveries()
    .map(({ event, deliveryId }) => [event, deliveryId]);
  const [created] = byEvent;
  expect(byEvent.map(([event]) => event)).toEqual([
    'order.created',
    'order.changed',
    'order.created',
    'order.created',
  ]);
  expect(byEvent[2]).toEqual(created);
  expect(byEvent[3]).toEqual(['order.created', 'given-id']);
});

test('a write through the API comes back as an event, unless the switch says no', async () => {
  const [order] = store.xcart.place({ count: 1 }, false);
  const path = `/api/orders/${order?.id}/shipping_status`;
  await store.ask(path, { method: 'PUT', body: { code: 'S' } });
  store.xcart.setSwitches({ webhookOnStatusWrite: false });
  await store.ask(path, { method: 'PUT', body: { code: 'D' } });
  await store.xcart.webhooks.idle();
  expect(receiver.received.map(({ text }) => JSON.parse(text) as object)).toMatchObject([
    { event: 'order.changed' },
  ]);
});

describe('products and customers', () => {
  const told = async (): Promise<unknown[]> => {
    await store.xcart.webhooks.idle();
    return receiver.received.map(({ text }) => JSON.parse(text) as object);
  };
  const write = async (method: string, path: string, body: object): Promise<number> =>
    (await store.ask<{ id: number }>(`/api${path}`, { method, body })).body.id;

  test('are told of without a number, administrators not at all', async () => {
    const product = await write('POST', '/products', { sku: 'KITE', name: 'Kite' });
    await write('PUT', `/products/${product}`, { price: 5 });
    const admin = { login: 'x@example.com', password: 'not-a-secret', access_level: 100 };
    await write('POST', '/profiles', admin);
    const customer = await write('POST', '/profiles', {
      ...admin,
      access_level: 0,
      login: 'a@b.example',
    });
    const address = await write('POST', `/profiles/${customer}/addresses`, { firstname: 'Ada' });
    await write('PUT', `/profiles/${customer}/addresses/${address}`, { lastname: 'Byron' });
    expect(await told()).toEqual([
      { event: 'product.created', id: product },
      { event: 'product.updated', id: product },
      { event: 'customer.created', id: customer },
      { event: 'customer.updated', id: customer },
      { event: 'customer.updated', id: customer },
    ]);
  });

  test('are told of by the switches alone', async () => {
    store.xcart.setSwitches({ webhookOnStatusWrite: false });
    await write('PUT', '/products/37', { price: 5 });
    store.xcart.setSwitches({ webhookOnStatusWrite: true, webhookOnRecords: false });
    await write('PUT', '/products/37', { price: 6 });
    expect(await told()).toEqual([]);
  });
});

test('duplicates have the same delivery id, lost ones never arrive', async () => {
  faults({ duplicate: 0.3, lose: 0.3 });
  store.xcart.place({ count: 40 });
  await store.xcart.webhooks.idle();
  const deliveries = store.xcart.webhooks.deliveries();
  const lost = deliveries.filter(({ status }) => status === 'lost').length;
  const duplicates = deliveries.filter(({ duplicate }) => duplicate).length;
  expect(lost).toBeGreaterThan(3);
  expect(duplicates).toBeGreaterThan(3);
  expect(receiver.received).toHaveLength(40 - lost + duplicates);
  expect(new Set(ids()).size).toBe(40 - lost);
});

test('shuffled deliveries all arrive, in another order', async () => {
  faults({ shuffle: true });
  const orders = store.xcart.place({ count: 12 }).map(({ order_number }) => order_number);
  await store.xcart.webhooks.idle();
  expect(numbers()).not.toEqual(orders);
  expect(numbers().sort()).toEqual(orders);
});

test('without a webhook nothing is sent, and reset breaks off what is waiting', async () => {
  receiver.answers.push(...Array.from({ length: 50 }, () => 500));
  store.xcart.webhooks.configure({ ...target(), backOffMs: 5_000 });
  store.xcart.place({ count: 1 });
  const [delivery] = store.xcart.webhooks.deliveries();
  while (receiver.received.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  store.xcart.reset();
  store.xcart.place({ count: 1 });
  expect(store.xcart.webhooks.deliveries()).toEqual([]);
  while (delivery?.status === 'pending') await new Promise((resolve) => setTimeout(resolve, 5));
  expect(delivery?.status).toBe('cancelled');
});
