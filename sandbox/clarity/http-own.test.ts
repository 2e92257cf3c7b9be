import { createHmac } from 'node:crypto';
import { CLARITY_CREDENTIALS } from './credentials';
import type { OrderDocument } from './model';
import type { Answer, Ask } from '../test-ask';
import { startReceiver } from '../test-receiver';
import { startTestShop, type TestShop } from './test-shop';

let shop: TestShop;

beforeEach(async () => {
  shop = await startTestShop();
});

afterEach(() => shop.close());

type Row = Record<string, unknown>;

const ask = <T = Row>(path: string, given: Ask = {}): Promise<Answer<T>> =>
  shop.bare<T>(`/shop/rest${path}`, {
    ...given,
    headers: { 'x-shop-pass': CLARITY_CREDENTIALS.apiKey },
  });

test('lists, names and keys are its own', async () => {
  const [order] = shop.clarity.place({ count: 3 }) as [OrderDocument];
  const { body } = await ask<{ data: { rows: Row[]; count: number } }>('/salesorders?p=1&limit=2');
  expect(body.data).toMatchObject({ count: 3, rows: [{ number: order.orderId }, {}] });
  expect(body.data.rows[0]).toMatchObject({
    state: order.status,
    client: order.customerId,
    amounts: { grandTotal: order.totalAmount, currency: 'USD' },
    positions: order.lineItems.map(({ sku, quantity }) => ({ article: sku, qty: quantity })),
    billTo: { zip: order.billingAddress.postalCode, mail: order.billingAddress.email },
    changedOn: order.modifiedDate,
  });
  const since = encodeURIComponent('2999-01-01T00:00:00Z');
  const later = await ask<{ data: object }>(`/salesorders?changedAfter=${since}`);
  expect(later.body.data).toEqual({ rows: [], count: 0 });
});

test('writes in its names are the same shop, stock in a batch too', async () => {
  const made = await ask('/salesorders/key/K-1', {
    method: 'PUT',
    body: { positions: [{ article: 'TS-LONG', qty: 2, rebate: 0.98 }], amounts: { shipping: 3 } },
  });
  expect(made).toMatchObject({
    status: 201,
    body: { foreignKey: 'K-1', amounts: { grandTotal: 52 } },
  });
  const path = `/salesorders/${String(made.body.number)}`;
  await ask(path, { method: 'PUT', body: { state: 'shipped' } });
  expect((await shop.ask(`/orders/${String(made.body.number)}`)).body).toMatchObject({
    externalId: 'K-1',
    status: 'shipped',
    shippingAmount: 3,
  });
  const rows = [{ article: 'TS-LONG', depot: 'MAIN', qty: 4 }];
  expect(await ask('/stocklevels/batch', { method: 'POST', body: rows })).toMatchObject({
    status: 200,
    body: rows,
  });
  expect(shop.clarity.store.byUnique('inventory', 'TS-LONG', 'MAIN')?.quantity).toBe(4);
});

test('a field that cannot be taken is named as it was sent', async () => {
  const positions = [{ article: 'NO-SUCH', qty: 1 }];
  const pointerOf = async (method: string, path: string, body: unknown): Promise<unknown> =>
    (await ask<{ errors: Row[] }>(path, { method, body })).body.errors[0]?.pointer;
  expect(await pointerOf('POST', '/salesorders', { positions })).toBe('#/positions/0/article');
  const amounts = { currency: 'dollars' };
  const order = { positions: [{ article: 'PAN-24', qty: 1 }], amounts };
  expect(await pointerOf('POST', '/salesorders', order)).toBe('#/amounts/currency');
  const rows = [{ article: 'NO-SUCH', depot: 'MAIN', qty: 1 }];
  expect(await pointerOf('POST', '/stocklevels/batch', rows)).toBe('#/0/article');
});

test('a webhook that was registered there is told in its names', async () => {
  const receiver = await startReceiver();
  const hook = { topic: 'salesorder/placed', target: receiver.url, signingKey: 's' };
  const made = await ask('/subscriptions', { method: 'POST', body: hook });
  const { signingKey, ...shown } = hook;
  expect(made).toMatchObject({ status: 201, body: shown });
  expect(await ask('/subscriptions')).toMatchObject({ body: { data: { rows: [made.body] } } });
  const [order] = shop.clarity.place({ count: 1 }) as [OrderDocument];
  await shop.clarity.hooks.sender.idle();
  await receiver.close();
  const [told] = receiver.received;
  const text = told?.text ?? '';
  expect(JSON.parse(text)).toMatchObject({
    notice: { topic: 'salesorder/placed' },
    content: { record: { number: order.orderId, amounts: { grandTotal: order.totalAmount } } },
  });
  const sentOn = String(told?.headers['x-shop-sent-on']);
  expect(told?.headers['x-shop-seal']).toBe(
    createHmac('sha512', signingKey).update(`${sentOn}.${text}`).digest('base64'),
  );
  const path = `/subscriptions/${String(made.body.subscription)}`;
  expect((await ask(path, { method: 'DELETE' })).status).toBe(204);
});

test.each([
  [{ topic: 'order.created', target: 'http://127.0.0.1:1/', signingKey: 's' }, '#/topic'],
  [{ topic: 'order.placed', target: 'http://127.0.0.1:1/', signingKey: 's' }, '#/topic'],
  [{ topic: 'article/edited', target: 'here', signingKey: 's' }, '#/target'],
  [{ topic: 'article/edited', target: 'http://127.0.0.1:1/' }, '#/signingKey'],
])('a subscription of %j is refused at %s', async (body, pointer) => {
  const { status, body: said } = await ask<{ errors: Row[] }>('/subscriptions', {
    method: 'POST',
    body,
  });
  expect(status).toBe(422);
  expect(said.errors[0]?.pointer).toBe(pointer);
});

test('the key in the header of another deployment opens nothing', async () => {
  const headers = { 'x-api-key': CLARITY_CREDENTIALS.apiKey };
  expect((await shop.bare('/shop/rest/salesorders', { headers })).status).toBe(401);
});
