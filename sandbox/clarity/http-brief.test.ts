import { CLARITY_CREDENTIALS } from './credentials';
import type { OrderDocument } from './model';
import { startTestShop, type TestShop } from './test-shop';

const { apiKey, readKey, clientId, clientSecret } = CLARITY_CREDENTIALS;
const PROBLEM = 'application/problem+json; charset=utf-8';
const NOW = new Date('2026-01-31T10:00:00Z');

interface List<T = Record<string, unknown>> {
  items: T[];
  page: number;
  pageSize: number;
  total: number;
}

let shop: TestShop;
let now: Date;

beforeEach(async () => {
  now = NOW;
  shop = await startTestShop({}, () => now);
});

afterEach(() => shop.close());

const later = (seconds: number): void => void (now = new Date(now.getTime() + seconds * 1000));

const order = (fields: object = {}): object => ({
  lineItems: [{ sku: 'MUG-BLUE', quantity: 2 }],
  ...fields,
});

describe('who asks', () => {
  test('the read key reads and may not write; unknown keys and none are refused as problems', async () => {
    const read = await shop.ask('/products', { headers: { 'x-api-key': readKey } });
    expect(read.status).toBe(200);
    const write = await shop.ask('/orders', {
      method: 'POST',
      body: order(),
      headers: { 'x-api-key': readKey },
    });
    expect(write.status).toBe(403);
    expect(write.type).toBe(PROBLEM);
    const unknown = await shop.ask('/orders', { headers: { 'x-api-key': 'nonsense' } });
    expect(unknown.body).toMatchObject({ type: 'about:blank', title: 'Unauthorized', status: 401 });
    expect((await shop.bare('/api/v1/orders')).status).toBe(401);
  });

  test('a HEAD is answered as a GET, without its body', async () => {
    const whole = await shop.ask('/orders');
    const head = await shop.ask('/orders', { method: 'HEAD', headers: { 'x-api-key': readKey } });
    expect(head).toMatchObject({ status: 200, type: whole.type, text: '' });
    expect((await shop.ask('/nothing', { method: 'HEAD' })).status).toBe(404);
  });

  test('the header of the key can have another name', async () => {
    shop.clarity.setSwitches({ apiKeyHeader: 'X-Shop-Key' });
    expect((await shop.ask('/orders')).status).toBe(401);
    expect((await shop.ask('/orders', { headers: { 'x-shop-key': apiKey } })).status).toBe(200);
  });

  const tokenFor = (form: Record<string, string>, headers?: Record<string, string>) =>
    shop.bare<{ access_token: string; expires_in: number; error?: string }>('/oauth/token', {
      method: 'POST',
      text: new URLSearchParams(form).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    });

  test('a token of client credentials, by form or by basic authentication, until it expires', async () => {
    const grant = { grant_type: 'client_credentials' };
    const basic = Buffer.from(`${clientId}:${clientSecret}`).toString('base64');
    const ways = [
      () => tokenFor({ ...grant, client_id: clientId, client_secret: clientSecret }),
      () => tokenFor(grant, { authorization: `Basic ${basic}` }),
    ];
    for (const way of ways) {
      const { body } = await way();
      expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 3600 });
      const headers = { authorization: `Bearer ${body.access_token}` };
      expect((await shop.bare('/api/v1/orders', { headers })).status).toBe(200);
      later(3601);
      expect((await shop.bare('/api/v1/orders', { headers })).status).toBe(401);
    }
    const wrong = await tokenFor({ ...grant, client_id: clientId, client_secret: 'no' });
    expect(wrong).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
    const percent = Buffer.from(`${clientId}:100%`).toString('base64');
    expect(await tokenFor(grant, { authorization: `Basic ${percent}` })).toMatchObject({
      status: 401,
      body: { error: 'invalid_client' },
    });
    const other = { grant_type: 'password', client_id: clientId, client_secret: clientSecret };
    expect((await tokenFor(other)).body).toEqual({ error: 'unsupported_grant_type' });
  });

  test('more than the limit are told when to come again', async () => {
    shop.clarity.setSwitches({ requestsPerSecond: 2 });
    expect((await shop.ask('/orders')).status).toBe(200);
    expect((await shop.ask('/orders')).status).toBe(200);
    const third = await shop.ask('/orders');
    expect(third.status).toBe(429);
    expect(third.headers.get('retry-after')).toBe('1');
    later(1);
    expect((await shop.ask('/orders')).status).toBe(200);
  });

  test('faults on demand are problems too', async () => {
    const rules = [{ service: 'clarity', kind: '503' as const, times: 1 }];
    shop.context.faults.configure({ rules });
    const answer = await shop.ask('/orders');
    expect(answer.type).toBe(PROBLEM);
    expect(answer.body).toMatchObject({ status: 503, title: 'Service Unavailable' });
  });
});

describe('lists', () => {
  test('pages of an envelope that counts all, and an empty one behind the last', async () => {
    shop.clarity.place({ count: 5 });
    const second = await shop.ask<List<OrderDocument>>('/orders?page=2&pageSize=2');
    expect(second.body).toMatchObject({ page: 2, pageSize: 2, total: 5 });
    expect(second.body.items).toEqual(shop.clarity.store.orders().slice(2, 4));
    const behind = await shop.ask<List>('/orders?page=9');
    expect(behind).toMatchObject({ status: 200, body: { items: [], pageSize: 50, total: 5 } });
    expect((await shop.ask('/orders?page=0')).status).toBe(400);
    const { pageSize } = (await shop.ask<List>('/products?pageSize=1000')).body;
    expect(pageSize).toBe(200);
  });

  test('what was modified since a moment, with it or without', async () => {
    const [first] = shop.clarity.place({ count: 2 }) as [OrderDocument];
    later(60);
    shop.clarity.change(first, {});
    const since = `/orders?modifiedSince=${now.toISOString()}`;
    const ids = async (path: string): Promise<unknown[]> =>
      (await shop.ask<List>(path)).body.items.map(({ orderId }) => orderId);
    expect(await ids(since)).toEqual([first.orderId]);
    shop.clarity.setSwitches({ modifiedSinceInclusive: false });
    expect(await ids(since)).toEqual([]);
    expect(await ids('/orders?modifiedSince=2026-01-31T10:59:00%2B01:00')).toHaveLength(2);
    expect((await shop.ask('/orders?modifiedSince=yesterday')).status).toBe(400);
  });

  test.each(['/nothing', '/orders/1/lines', '/orders/99', '/webhooks/99'])(
    '%s is not there',
    async (path) => {
      const answer = await shop.ask(path);
      expect(answer).toMatchObject({ status: 404, type: PROBLEM });
    },
  );

  test('a method that is not there', async () => {
    const answer = await shop.ask('/orders/by-key/A', { method: 'POST', body: {} });
    expect(answer.status).toBe(405);
    expect(answer.headers.get('allow')).toBe('PUT');
  });
});

describe('writing', () => {
  test('an order is made, with what the shop knows of its lines, and takes its stock', async () => {
    const before = shop.clarity.stock('MUG-BLUE') ?? 0;
    const body = order({ shippingAmount: 5, totalAmount: 1, externalId: 'A-1' });
    const made = await shop.ask<OrderDocument>('/orders', { method: 'POST', body });
    expect(made).toMatchObject({
      status: 201,
      body: {
        totalAmount: 24.9,
        status: 'pending',
        lineItems: [{ name: 'Mug, blue glaze', unitPrice: 9.95, tax: 0, category: 'Kitchen' }],
      },
    });
    expect(shop.clarity.stock('MUG-BLUE')).toBe(before - 2);
    const path = `/orders/${made.body.orderId}`;
    expect((await shop.ask(path)).body).toEqual(made.body);
    await shop.ask(path, { method: 'PATCH', body: { status: 'canceled' } });
    expect(shop.clarity.stock('MUG-BLUE')).toBe(before);
    expect((await shop.ask(path, { method: 'DELETE' })).status).toBe(204);
    expect((await shop.ask(path)).status).toBe(404);
  });

  test('fields that cannot be taken are named by pointers', async () => {
    const body = { lineItems: [{ sku: 'NO-SUCH', quantity: 1 }] };
    const unknown = await shop.ask('/orders', { method: 'POST', body });
    expect(unknown).toMatchObject({
      status: 422,
      body: { status: 422, errors: [{ pointer: '#/lineItems/0/sku' }] },
    });
    const wrong = { lineItems: [{ sku: 'MUG-BLUE', quantity: 'two' }], currency: 'dollars' };
    const { errors } = (
      await shop.ask<{ errors: Array<{ pointer: string }> }>('/orders', {
        method: 'POST',
        body: wrong,
      })
    ).body;
    expect(errors.map(({ pointer }) => pointer).sort()).toEqual([
      '#/currency',
      '#/lineItems/0/quantity',
    ]);
    const nowhere = await shop.ask('/shipments', { method: 'POST', body: { orderId: '9' } });
    expect(nowhere).toMatchObject({ status: 422, body: { errors: [{ pointer: '#/orderId' }] } });
    expect((await shop.ask('/orders', { method: 'POST', text: '{' })).status).toBe(400);
  });

  test('a key that another document has is a conflict', async () => {
    await shop.ask('/orders', { method: 'POST', body: order({ externalId: 'A-1' }) });
    const [second] = shop.clarity.place({ count: 1 }) as [OrderDocument];
    const path = `/orders/${second.orderId}`;
    const body = { externalId: 'A-1' };
    expect((await shop.ask(path, { method: 'PATCH', body })).status).toBe(409);
    expect((await shop.ask('/orders', { method: 'POST', body: order(body) })).status).toBe(409);
    const known = { sku: 'MUG-BLUE', name: 'Once more' };
    expect((await shop.ask('/products', { method: 'POST', body: known })).status).toBe(409);
    expect(second.externalId).toBeNull();
  });

  test('an upsert makes once and changes after that', async () => {
    const put = (body: object) => shop.ask('/customers/by-key/C%2F1', { method: 'PUT', body });
    const made = await put({ email: 'new@example.com', firstName: 'New' });
    expect(made).toMatchObject({ status: 201, body: { externalId: 'C/1', firstName: 'New' } });
    const changed = await put({ lastName: 'Name' });
    expect(changed).toMatchObject({ status: 200, body: { firstName: 'New', lastName: 'Name' } });
    expect((await put({ externalId: 'C-2' })).status).toBe(422);
  });

  test('stock is written in bulk, all rows or none', async () => {
    const rows = [
      { sku: 'TS-LONG', warehouse: 'MAIN', quantity: 5 },
      { sku: 'PAN-24', warehouse: 'SOUTH', quantity: 6 },
    ];
    const bulk = (body: unknown) => shop.ask('/inventory/bulk', { method: 'PATCH', body });
    expect(await bulk(rows)).toMatchObject({ status: 200, body: rows });
    const bad = [
      { ...rows[0], quantity: 1 },
      { sku: 'NO', warehouse: 'MAIN', quantity: 1 },
    ];
    expect(await bulk(bad)).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '#/1/sku' }] },
    });
    const row = () => shop.clarity.store.byUnique('inventory', 'TS-LONG', 'MAIN')?.quantity;
    expect(row()).toBe(5);
    shop.clarity.setSwitches({ bulkPartial: true, bulkCreates: false });
    expect((await bulk(bad)).status).toBe(422);
    expect(row()).toBe(1);
    expect(await bulk([{ ...rows[1], warehouse: 'WEST' }])).toMatchObject({
      body: { errors: [{ pointer: '#/0/warehouse' }] },
    });
  });
});

test('ids are numbers and charges are not told where the switches say so', async () => {
  const [placed] = shop.clarity.place({ count: 1 }) as [OrderDocument];
  const read = async (): Promise<Record<string, unknown>> =>
    (await shop.ask<Record<string, unknown>>(`/orders/${placed.orderId}`)).body;
  expect(await read()).toMatchObject({ orderId: placed.orderId, taxIncluded: false });
  shop.clarity.setSwitches({ numericIds: true, chargeFields: false });
  const plain = await read();
  expect(plain.orderId).toBe(Number(placed.orderId));
  expect(Object.keys(plain).filter((name) => /Amount|Included/.test(name))).toEqual([
    'totalAmount',
  ]);
});
