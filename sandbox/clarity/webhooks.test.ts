import { createHmac } from 'node:crypto';
import { startReceiver, type Receiver } from '../test-receiver';
import { startTestShop, type TestShop } from './test-shop';
import { EVENTS } from './store';
import type { OrderDocument } from './model';

interface Message {
  id: string;
  event: string;
  occurredAt: string;
  data: Record<string, unknown>;
}

let shop: TestShop;
let receiver: Receiver;

beforeEach(async () => {
  [shop, receiver] = await Promise.all([startTestShop(), startReceiver()]);
});

afterEach(async () => {
  await receiver.close();
  await shop.close();
});

const listen = async (event: string, path = '/', secret = 's1'): Promise<string> => {
  const body = { event, url: receiver.url + path, secret };
  const { body: hook, status } = await shop.ask<{ webhookId: string }>('/webhooks', {
    method: 'POST',
    body,
  });
  expect(status).toBe(201);
  return hook.webhookId;
};

/** What has come so far. */
const told = async (): Promise<Message[]> => {
  await shop.clarity.hooks.sender.idle();
  return receiver.received.map(({ text }) => JSON.parse(text) as Message);
};

const events = async (): Promise<string[]> => (await told()).map(({ event }) => event);

test('hooks are listed without their secret, and deleted', async () => {
  const id = await listen('order.created');
  const list = await shop.ask<{ items: object[] }>('/webhooks');
  const url = `${receiver.url}/`;
  expect(list.body).toMatchObject({ total: 1, items: [{ webhookId: id, url }] });
  expect(JSON.stringify(list.body)).not.toContain('s1');
  expect((await shop.ask(`/webhooks/${id}`)).status).toBe(200);
  expect((await shop.ask(`/webhooks/${id}`, { method: 'DELETE' })).status).toBe(204);
  expect((await shop.ask('/webhooks')).body).toMatchObject({ total: 0, items: [] });
  shop.clarity.place({ count: 1 });
  expect(await told()).toEqual([]);
  const wrong = { event: 'order.gone', url: 'nowhere', secret: '' };
  expect(await shop.ask('/webhooks', { method: 'POST', body: wrong })).toMatchObject({
    status: 422,
    body: { errors: [{ pointer: '#/event' }, { pointer: '#/url' }, { pointer: '#/secret' }] },
  });
});

test('each hook is told of its event, signed with its own secret over the raw body', async () => {
  await listen('order.created', '/one', 's1');
  await listen('order.created', '/two', 's2');
  await listen('customer.created', '/three', 's3');
  shop.clarity.place({ count: 1 });
  await told();
  const byPath = new Map(receiver.received.map((each) => [each.path, each]));
  expect([...byPath.keys()].sort()).toEqual(['/one', '/three', '/two']);
  for (const [path, secret] of Object.entries({ '/one': 's1', '/two': 's2', '/three': 's3' })) {
    const { text = '', headers } = byPath.get(path) ?? {};
    const hex = createHmac('sha256', secret).update(text).digest('hex');
    expect(headers?.['x-clarity-signature']).toBe(`sha256=${hex}`);
    expect(headers?.['x-clarity-timestamp']).toMatch(/^\d{10}$/);
  }
});

test('all nine kinds are raised by what really changes', async () => {
  for (const event of EVENTS) await listen(event);
  const [order] = shop.clarity.place({ count: 1, state: 'unpaid' }) as [OrderDocument];
  shop.clarity.change(order, { state: 'paid' });
  const write = (method: string, path: string, body: object) => shop.ask(path, { method, body });
  await write('POST', '/shipments', { orderId: order.orderId });
  await write('POST', '/returns', { orderId: order.orderId, reason: 'too small' });
  await write('PATCH', `/customers/${order.customerId}`, { phone: '+15125550199' });
  await write('PATCH', '/products/1001', { price: 12 });
  expect(new Set(await events())).toEqual(new Set(EVENTS));
  const captured = (await told()).find(({ event }) => event === 'payment.captured');
  expect(captured?.data).toMatchObject({ orderId: order.orderId, amount: order.totalAmount });
});

test('nothing is told of what stays as it is', async () => {
  await listen('inventory.updated');
  const row = { sku: 'MUG-BLUE', warehouse: 'MAIN', quantity: 3 };
  await shop.ask('/inventory/bulk', { method: 'PATCH', body: [row] });
  await shop.ask('/inventory/bulk', { method: 'PATCH', body: [row] });
  expect(await events()).toEqual(['inventory.updated']);
});

test('writes through the API come back, unless the switch says no', async () => {
  await listen('order.updated');
  const [order] = shop.clarity.place({ count: 1 }) as [OrderDocument];
  const path = `/orders/${order.orderId}`;
  await shop.ask(path, { method: 'PATCH', body: { externalId: 'A' } });
  shop.clarity.setSwitches({ webhookOnApiWrite: false });
  await shop.ask(path, { method: 'PATCH', body: { externalId: 'B' } });
  expect((await told()).map(({ data }) => data.externalId)).toEqual(['A']);
});

test('the other readings: ids alone, an ISO timestamp that is signed too', async () => {
  const switches = { webhookData: 'ids', timestampFormat: 'iso', signTimestamp: true } as const;
  shop.clarity.setSwitches(switches);
  await listen('order.created');
  const [order] = shop.clarity.place({ count: 1 }) as [OrderDocument];
  const [{ data }] = (await told()) as [Message];
  const { orderId, externalId, modifiedDate } = order;
  expect(data).toEqual({ orderId, externalId, modifiedDate });
  const [{ headers, text }] = receiver.received as [(typeof receiver.received)[number]];
  const timestamp = String(headers['x-clarity-timestamp']);
  expect(new Date(timestamp).toISOString()).toBe(timestamp);
  const hex = createHmac('sha256', 's1').update(`${timestamp}.${text}`).digest('hex');
  expect(headers['x-clarity-signature']).toBe(`sha256=${hex}`);
});

test('some are lost and some come twice under one id, as the faults ask for', async () => {
  await listen('order.created');
  shop.context.faults.configure({
    seed: 2,
    webhooks: { duplicate: 0.3, lose: 0.3, shuffle: true },
  });
  shop.clarity.place({ count: 40 });
  const ids = (await told()).map(({ id }) => id);
  const deliveries = shop.clarity.hooks.sender.deliveries();
  const lost = deliveries.filter(({ status }) => status === 'lost').length;
  expect(lost).toBeGreaterThan(3);
  expect(new Set(ids).size).toBe(40 - lost);
  expect(ids.length).toBeGreaterThan(40 - lost);
});

test('a repetition of the staff has the last id; a reset forgets every hook', async () => {
  await listen('order.created');
  const [order] = shop.clarity.place({ count: 1 }) as [OrderDocument];
  shop.clarity.notify(order, 'order.created');
  const [first, second] = (await told()) as [Message, Message];
  expect(second.id).toBe(first.id);
  shop.clarity.reset();
  shop.clarity.place({ count: 1 });
  expect(await told()).toHaveLength(2);
  expect(shop.clarity.hooks.listeners()).toEqual([]);
});
