import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Big from 'big.js';
import type { ShopOrder } from './kit/shop';
import { SELLABLE_ITEMS } from './seed';
import { startSandbox, type RunningSandbox } from './start';
import { startReceiver, type Receiver } from './test-receiver';
import type { OrderView, XCartDelivery } from './xcart';

let sandbox: RunningSandbox;

beforeAll(async () => {
  sandbox = await startSandbox({ seed: 5 });
});

afterAll(() => sandbox.stop());

beforeEach(() => sandbox.reset());

interface Answer<T> {
  status: number;
  body: T;
}

async function control<T>(method: string, path: string, body?: unknown): Promise<Answer<T>> {
  const response = await fetch(`${sandbox.control.url}${path}`, {
    method,
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await response.text();
  return { status: response.status, body: (text === '' ? undefined : JSON.parse(text)) as T };
}

async function token(): Promise<string> {
  const { url, tenantId, clientId, clientSecret } = sandbox.entra;
  const response = await fetch(`${url}/${tenantId}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: clientSecret,
      scope: sandbox.dataverse.scope,
    }),
  });
  return ((await response.json()) as { access_token: string }).access_token;
}

async function dataverse(path: string): Promise<Response> {
  const headers = { authorization: `Bearer ${await token()}`, accept: 'application/json' };
  return fetch(`${sandbox.dataverse.url}/api/data/v9.2/${path}`, { headers });
}

const xcart = (path: string): Promise<Response> =>
  fetch(`${sandbox.xcart.url}${path}`, { headers: { 'x-auth-token': sandbox.xcart.readKey } });

test('the credentials of the addresses open the services', async () => {
  expect((await control('GET', '/health')).status).toBe(200);
  expect((await dataverse('WhoAmI')).status).toBe(200);
  expect((await xcart('/api/orders')).status).toBe(200);
});

test('Dataverse knows every SKU of the catalogue, with unit and price, and a price list for each currency', async () => {
  const products = await control<Record<string, unknown>[]>('GET', '/dataverse/rows/products');
  const bySku = new Map(products.body.map((row) => [row.productnumber, row]));
  for (const { sku, price } of SELLABLE_ITEMS) {
    expect(bySku.get(sku)).toMatchObject({ price, _defaultuomid_value: expect.any(String) });
  }
  const lists = await control<Record<string, unknown>[]>('GET', '/dataverse/rows/pricelevels');
  const codes = ['USD', 'EUR', 'GBP', 'JPY', 'KWD'];
  expect(lists.body.map(({ name }) => name)).toEqual(codes.map((code) => `Web Store ${code}`));
  const filter = "products?$select=name&$filter=productnumber eq 'TS-RED-M'";
  const found = (await (await dataverse(filter)).json()) as { value: object[] };
  expect(found.value).toMatchObject([{ name: 'T-shirt, red, M' }]);
});

type PlacedOrder = ShopOrder & { document: OrderView };

describe('orders', () => {
  test('are placed as asked and shown as the API shows them', async () => {
    const wish = { count: 6, lines: 2, customers: 2, unknownSku: 1, guests: 2 };
    const { body, status } = await control<PlacedOrder[]>('POST', '/xcart/orders', wish);
    const documents = body.map(({ document }) => document);
    expect(status).toBe(200);
    expect(body.map(({ items }) => items.length)).toEqual([2, 2, 2, 2, 2, 2]);
    expect(documents.filter(({ customer_id: customer }) => customer === null)).toHaveLength(2);
    expect((await control('GET', '/xcart/orders')).body).toEqual(body);
    expect(await (await xcart('/api/orders')).json()).toEqual(documents);
  });

  test('are told of in words that every shop has', async () => {
    const wish = { count: 1, lines: 1, state: 'unpaid' };
    const { body } = await control<PlacedOrder[]>('POST', '/xcart/orders', wish);
    const [{ document, ...order }] = body as [PlacedOrder];
    const { firstname, lastname } = document.billing_address ?? {};
    expect(order).toEqual({
      id: String(document.id),
      number: document.order_number,
      customer: `${firstname} ${lastname}`,
      email: document.email,
      currency: 'USD',
      total: document.total,
      refunded: 0,
      state: 'unpaid',
      status: 'Awaiting payment',
      items: document.items.map(({ sku, amount, price }) => ({ sku, quantity: amount, price })),
    });
    const path = `/xcart/orders/${order.id}`;
    const paid = await control('POST', `${path}/change`, { state: 'paid' });
    expect(paid.body).toMatchObject({ state: 'paid', document: { payment_status: { code: 'P' } } });
    expect((await control('POST', `${path}/refund`, { value: 1 })).body).toMatchObject({
      refunded: 1,
      state: 'paid',
    });
    const declined = await control('POST', '/xcart/orders', { state: 'declined' });
    expect(declined.body).toMatchObject([{ state: 'declined', status: 'Declined' }]);
  });

  test('change, ship and refund', async () => {
    const { body } = await control<PlacedOrder[]>('POST', '/xcart/orders', { count: 1 });
    const [{ document: order }] = body as [PlacedOrder];
    const path = `/xcart/orders/${order.id}`;
    const { document: changed } = (await control<PlacedOrder>('POST', `${path}/change`, {})).body;
    expect(changed.items[0]?.amount).toBe((order.items[0]?.amount ?? 0) + 1);
    expect(new Big(changed.sub_total).minus(order.sub_total).toNumber()).toBe(
      order.items[0]?.price,
    );
    const shipped = await control('POST', `${path}/ship`, { tracking: '1Z7' });
    expect(shipped.body).toMatchObject({
      document: { shipping_status: { code: 'S' }, tracking_numbers: [{ value: '1Z7' }] },
    });
    const refunded = await control('POST', `${path}/refund`);
    expect(refunded.body).toMatchObject({ state: 'other', status: 'Refunded' });
  });

  test('the same seed gives the same orders after a reset', async () => {
    const place = async (): Promise<unknown> => {
      const { body } = await control<PlacedOrder[]>('POST', '/xcart/orders', { count: 3 });
      return body.map(({ id, total, email }) => ({ id, total, email }));
    };
    const first = await place();
    expect((await control('POST', '/reset')).status).toBe(204);
    expect((await control('GET', '/xcart/orders')).body).toEqual([]);
    expect(await place()).toEqual(first);
  });

  test('a reset of one service leaves the others as they are', async () => {
    await control('POST', '/xcart/orders', { count: 1 });
    await control('POST', '/threedcart/orders', { count: 1 });
    sandbox.reset('xcart');
    expect((await control('GET', '/xcart/orders')).body).toEqual([]);
    expect((await control('GET', '/threedcart/orders')).body).toHaveLength(1);
  });

  test('a shop of many products is made in one go', async () => {
    const { body } = await control<string[]>('POST', '/xcart/products', { count: 3 });
    expect(body).toEqual(['BULK-1', 'BULK-2', 'BULK-3']);
    expect((await control('POST', '/xcart/products', { count: 4 })).body).toHaveLength(4);
    const found = await control('GET', '/xcart/stock/BULK-4');
    expect(found.body).toEqual({ sku: 'BULK-4', amount: 0 });
  });

  test('stock is set by SKU', async () => {
    const { body } = await control('PUT', '/xcart/stock', { sku: 'MUG-BLUE', amount: 3 });
    expect(body).toMatchObject({ sku: 'MUG-BLUE', amount: 3 });
    expect((await control('PUT', '/xcart/stock', { sku: 'NO', amount: 3 })).status).toBe(404);
  });
});

describe('what is not valid is refused and the field named', () => {
  test.each<[string, string, unknown, string]>([
    ['POST', '/xcart/orders', { count: 0 }, '"count"'],
    ['POST', '/xcart/orders', { count: 2, unknownSku: 3 }, '"unknownSku"'],
    ['POST', '/xcart/orders', { cuont: 2 }, 'unknown field: "cuont"'],
    ['POST', '/xcart/orders', { paymentStatus: 'X' }, '"paymentStatus": must be one of Q, A'],
    ['PUT', '/xcart/webhook', { url: 'nowhere', secret: 's' }, '"url"'],
    ['PUT', '/faults', { rules: [{ service: 'xcart', kind: '418' }] }, '"rules.0.kind"'],
    ['PUT', '/faults', { latency: { xcart: { perRequest: 1 } } }, '"latency.xcart": "perRequest"'],
    ['PUT', '/faults', { webhooks: { lose: 2 } }, '"webhooks.lose"'],
    ['PUT', '/xcart/switches', { nothing: true }, '"nothing": no such switch'],
    ['PUT', '/xcart/switches', { lastRenewDateFilter: 1 }, 'must be a boolean'],
    ['PUT', '/dataverse/switches', { failedChangeSet: 'none' }, 'must be one of single, nested'],
    ['PUT', '/dataverse/switches', { actionForms: 'bound' }, '"actionForms": must be an object'],
    [
      'PUT',
      '/dataverse/switches',
      { actionForms: { FulfillSalesOrder: 'none' } },
      '"actionForms.FulfillSalesOrder": must be one of bound, unbound, both',
    ],
    [
      'PUT',
      '/dataverse/switches',
      { actionForms: { Nothing: 'both' } },
      '"actionForms.Nothing": no such switch; there are FulfillSalesOrder',
    ],
    ['PUT', '/xcart/switches', { unknownParentList: 'maybe' }, 'must be one of empty, not-found'],
    ['PUT', '/threedcart/switches', { webhookBody: 'text' }, 'must be one of array, object'],
    ['POST', '/threedcart/orders', { orderStatus: 13 }, '"orderStatus": must be one of 1, 2'],
    ['POST', '/dataverse/rows/contacts', 'x', 'must be a row'],
    ['POST', '/dataverse/rows/contacts', { nocolumn: 1 }, 'nocolumn'],
  ])('%s %s %j', async (method, path, body, text) => {
    const answer = await control<{ error: string }>(method, path, body);
    expect(answer.status).toBe(400);
    expect(answer.body.error).toContain(text);
  });

  test.each(['/xcart/orders/1/change', '/nothing', '/dataverse/rows/nothings'])(
    '%s is not there',
    async (path) => {
      expect((await control('POST', path, {})).status).toBe(404);
    },
  );

  test('a body that is not JSON', async () => {
    const url = `${sandbox.control.url}/faults`;
    const response = await fetch(url, { method: 'PUT', body: '{' });
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({ error: 'The body is not JSON' });
  });
});

describe('faults and counts', () => {
  test('a fault of one service leaves the others alone, and is counted', async () => {
    const rules = [{ service: 'xcart', kind: '503', times: 1 }];
    const { body } = await control('PUT', '/faults', { rules });
    expect(body).toMatchObject({ rules: [{ kind: '503', probability: 1, after: 0 }] });
    expect((await dataverse('WhoAmI')).status).toBe(200);
    expect((await xcart('/api/orders')).status).toBe(503);
    expect((await xcart('/api/orders')).status).toBe(200);
    expect((await control('GET', '/counts')).body).toMatchObject({
      entra: { requests: 1 },
      xcart: {
        requests: 2,
        byRoute: { 'GET /api/orders': 2 },
        operations: { 'list orders': 1 },
        faults: { '503': 1 },
      },
    });
    expect((await control('DELETE', '/counts')).status).toBe(204);
    expect((await control('GET', '/counts')).body).toMatchObject({ xcart: { requests: 0 } });
    await control('DELETE', '/faults');
    expect((await control('GET', '/faults')).body).toMatchObject({ rules: [] });
  });

  test('tokens expire on demand', async () => {
    const headers = { authorization: `Bearer ${await token()}` };
    const whoAmI = (): Promise<Response> =>
      fetch(`${sandbox.dataverse.url}/api/data/v9.2/WhoAmI`, { headers });
    expect((await whoAmI()).status).toBe(200);
    await control('POST', '/entra/expire-tokens');
    expect((await whoAmI()).status).toBe(401);
  });
});

test('rows can be put into Dataverse and read as stored', async () => {
  const made = await control<{ ids: string[] }>('POST', '/dataverse/rows/contacts', [
    { firstname: 'Ada', lastname: 'Byron' },
  ]);
  expect(made.status).toBe(201);
  const rows = await control<object[]>('GET', '/dataverse/rows/contacts');
  expect(rows.body).toMatchObject([{ contactid: made.body.ids[0], fullname: 'Ada Byron' }]);
});

describe('webhook', () => {
  let receiver: Receiver;

  beforeEach(async () => {
    receiver = await startReceiver();
    const { url } = receiver;
    await control('PUT', '/xcart/webhook', { url, secret: sandbox.xcart.webhookSecret });
  });

  afterEach(() => receiver.close());

  test('tells of placed orders, unless asked not to; a second one is a true duplicate', async () => {
    const { body } = await control<PlacedOrder[]>('POST', '/xcart/orders', { count: 1 });
    await control('POST', '/xcart/orders', { count: 1, notify: false });
    await control('POST', `/xcart/orders/${body[0]?.id}/notify`);
    await sandbox.services.xcart.webhooks.idle();
    const deliveries = (await control<XCartDelivery[]>('GET', '/xcart/deliveries')).body;
    expect(deliveries.map(({ status }) => status)).toEqual(['delivered', 'delivered']);
    expect(deliveries[1]?.deliveryId).toBe(deliveries[0]?.deliveryId);
    expect(receiver.received).toHaveLength(2);
  });

  test('can be removed', async () => {
    const secret = sandbox.xcart.webhookSecret;
    expect((await control('GET', '/xcart/hooks')).body).toMatchObject([{ event: '*', secret }]);
    expect((await control('DELETE', '/xcart/webhook')).status).toBe(204);
    expect((await control('GET', '/xcart/hooks')).body).toEqual([]);
    const { body } = await control<PlacedOrder[]>('POST', '/xcart/orders', { count: 1 });
    const answer = await control<{ error: string }>('POST', `/xcart/orders/${body[0]?.id}/notify`);
    expect(answer.status).toBe(409);
    expect(answer.body.error).toContain('PUT /xcart/webhook');
    expect(receiver.received).toEqual([]);
  });
});

test('the README names every switch', async () => {
  const readme = readFileSync(join(__dirname, 'README.md'), 'utf8');
  for (const service of ['xcart', 'threedcart', 'dataverse']) {
    const { body } = await control<object>('GET', `/${service}/switches`);
    for (const name of Object.keys(body)) expect(readme).toContain(`\`${name}\``);
  }
});

test('a reset puts the switches of all services back', async () => {
  const before = [
    await control('GET', '/xcart/switches'),
    await control('GET', '/threedcart/switches'),
    await control('GET', '/dataverse/switches'),
  ];
  await control('PUT', '/xcart/switches', { lastRenewDateFilter: true });
  await control('PUT', '/threedcart/switches', { timeZone: 'Europe/Berlin' });
  await control('PUT', '/dataverse/switches', { failedChangeSet: 'nested' });
  await control('POST', '/reset');
  const after = [
    await control('GET', '/xcart/switches'),
    await control('GET', '/threedcart/switches'),
    await control('GET', '/dataverse/switches'),
  ];
  expect(after).toEqual(before);
});
