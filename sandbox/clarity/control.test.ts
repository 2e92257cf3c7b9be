import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ShopOrder } from '../kit/shop';
import { startSandbox, type RunningSandbox } from '../start';
import { askerOf, type Asker } from '../test-ask';
import { startReceiver } from '../test-receiver';
import { defaultSwitches } from './switches';

let sandbox: RunningSandbox;
let control: Asker;
let api: Asker;

beforeAll(async () => {
  sandbox = await startSandbox();
  control = askerOf(sandbox.control.url);
  const { url, apiKey } = sandbox.clarity;
  api = (path, ask) => askerOf(`${url}/api/v1`)(path, { ...ask, headers: { 'x-api-key': apiKey } });
});

afterAll(() => sandbox.stop());

const post = <T = ShopOrder>(path: string, body: object = {}) =>
  control<T>(path, { method: 'POST', body });

const placed = async (wish: object = {}): Promise<ShopOrder> => {
  const [order] = (await post<ShopOrder[]>('/clarity/orders', wish)).body;
  if (order === undefined) throw new Error('No order was placed');
  return order;
};

test('orders are told in words that every shop has, and as the API shows them', async () => {
  const order = await placed({ state: 'unpaid', lines: 2, currency: 'EUR' });
  expect(order).toMatchObject({ number: order.id, currency: 'EUR', refunded: 0, state: 'unpaid' });
  expect(order.items).toHaveLength(2);
  expect((await api(`/orders/${order.id}`)).body).toEqual(order.document);
  expect((await control('/clarity/orders')).body).toEqual([order]);
});

test('orders are paid, changed, shipped, paid back and deleted', async () => {
  const { id, items } = await placed({ state: 'unpaid' });
  const path = `/clarity/orders/${id}`;
  expect((await post(`${path}/change`, { state: 'paid' })).body.state).toBe('paid');
  const more = (await post(`${path}/change`)).body.items[0]?.quantity;
  expect(more).toBe((items[0]?.quantity ?? 0) + 1);
  expect((await post(`${path}/ship`, { tracking: '1Z7' })).body.status).toBe('shipped');
  expect((await api('/shipments')).body).toMatchObject({
    items: [{ orderId: id, trackingNumber: '1Z7' }],
  });
  expect((await post(`${path}/refund`, { value: 1 })).body).toMatchObject({
    refunded: 1,
    state: 'paid',
  });
  expect((await post(`${path}/refund`, { value: 1e6 })).status).toBe(400);
  expect((await post(`${path}/change`, { line: 9 })).status).toBe(400);
  expect((await post(`${path}/change`, { state: 'canceled' })).body.state).toBe('canceled');
  expect((await control(path, { method: 'DELETE' })).status).toBe(204);
  expect((await api(`/orders/${id}`)).status).toBe(404);
});

test('stock is of all warehouses; products come by the thousand', async () => {
  const body = { sku: 'TS-LONG', amount: 3 };
  expect((await control('/clarity/stock', { method: 'PUT', body })).body).toEqual(body);
  const rows = [{ sku: 'TS-LONG', warehouse: 'NORTH', quantity: 4 }];
  await api('/inventory/bulk', { method: 'PATCH', body: rows });
  expect((await control('/clarity/stock/TS-LONG')).body).toEqual({ sku: 'TS-LONG', amount: 7 });
  const skus = (await post<string[]>('/clarity/products', { count: 2 })).body;
  expect((await control(`/clarity/stock/${skus[1]}`)).body).toEqual({ sku: skus[1], amount: 0 });
  const refused = await post<{ error: string }>('/clarity/products', { count: 2, variants: 1 });
  expect(refused.body.error).toMatch(/"variants": products of this shop have none/);
});

test('tokens and sessions end on demand, and live as long as they are told to', async () => {
  const { url, clientId, clientSecret, tokenUrl } = sandbox.clarity;
  const token = async (): Promise<{ access_token: string; expires_in: number }> => {
    const body = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: clientSecret,
    });
    return (await (await fetch(tokenUrl, { method: 'POST', body })).json()) as never;
  };
  await control('/clarity/token-lifetime', { method: 'PUT', body: { seconds: 5 } });
  const { access_token: given, expires_in: seconds } = await token();
  expect(seconds).toBe(5);
  const status = async (): Promise<number> => {
    const headers = { authorization: `Bearer ${given}` };
    return (await fetch(`${url}/api/v1/orders`, { headers })).status;
  };
  expect(await status()).toBe(200);
  expect((await post('/clarity/expire-tokens')).status).toBe(204);
  expect(await status()).toBe(401);
});

test('a webhook of the control API is told of everything; a second telling has the same id', async () => {
  const receiver = await startReceiver();
  const { id } = await placed({ notify: false });
  expect((await post(`/clarity/orders/${id}/notify`)).status).toBe(409);
  const body = { url: receiver.url, secret: sandbox.clarity.webhookSecret };
  await control('/clarity/webhook', { method: 'PUT', body });
  const [hook] = (await control<object[]>('/clarity/hooks')).body;
  expect(hook).toEqual({ event: '*', ...body });
  const next = await placed({ customers: 1, state: 'paid' });
  await post(`/clarity/orders/${next.id}/notify`);
  await sandbox.services.clarity.hooks.sender.idle();
  await receiver.close();
  const told = receiver.received.map(
    ({ text }) => JSON.parse(text) as { id: string; event: string },
  );
  expect(told.map(({ event }) => event)).toEqual(
    expect.arrayContaining(['payment.captured', 'order.created', 'inventory.updated']),
  );
  const [first, again] = told.filter(({ event }) => event === 'order.created');
  expect(again?.id).toBe(first?.id);
  const deliveries = (await control<object[]>('/clarity/deliveries')).body;
  expect(deliveries).toHaveLength(told.length);
  await control('/clarity/webhook', { method: 'DELETE' });
});

test('the same seed gives the same orders after a reset, which puts the switches back', async () => {
  await control('/reset', { method: 'POST' });
  const first = await placed({ count: 3 });
  await control('/clarity/switches', { method: 'PUT', body: { numericIds: true } });
  await control('/reset', { method: 'POST' });
  const again = await placed({ count: 3 });
  expect([again.id, again.total, again.email]).toEqual([first.id, first.total, first.email]);
  expect((await control('/clarity/switches')).body).toEqual(defaultSwitches());
  const wrong = await control('/clarity/switches', { method: 'PUT', body: { listOrder: 'name' } });
  expect(wrong).toMatchObject({
    status: 400,
    body: { error: expect.stringContaining('id, modified') },
  });
});

test('the README names every switch', () => {
  const readme = readFileSync(join(__dirname, 'README.md'), 'utf8');
  for (const name of Object.keys(defaultSwitches())) expect(readme).toContain(`\`${name}\``);
});
