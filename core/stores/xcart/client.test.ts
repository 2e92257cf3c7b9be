import {
  KEY,
  startXCartSandbox,
  storedOrder,
  type XCartSandbox,
} from '../../../test/support/xcartSandbox';
import { ServiceError } from '../../errors';
import { fetchTransport } from '../../http/fetch';
import type { HttpRequest } from '../../http/types';
import { firstRows } from '../../http/pages';
import { queryString } from '../kit/rest';
import { apiBase, describeApi } from './api';
import { createXCart, type XCart } from './client';

let store: XCartSandbox;
let client: XCart;
let sent: HttpRequest[];

beforeEach(async () => {
  store = await startXCartSandbox();
  sent = [];
  const transport = fetchTransport();
  client = createXCart({
    storeUrl: `${store.url}/`,
    apiKey: KEY,
    send: async (request) => {
      sent.push(request);
      return await transport(request);
    },
  });
});

afterEach(async () => await store.close());

async function failure(promise: Promise<unknown>): Promise<ServiceError> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof ServiceError) return error;
  throw new Error('expected a ServiceError');
}

const answers = (status: number, body: unknown, headers?: Record<string, string>): void => {
  store.intercept = () => ({ status, body, headers });
};

describe('address', () => {
  it.each([
    ['https://shop.example', 'https://shop.example/api'],
    ['https://shop.example/', 'https://shop.example/api'],
    ['https://shop.example/store/api/', 'https://shop.example/store/api'],
    [' https://shop.example/store?x=1 ', 'https://shop.example/store/api'],
  ])('%s → %s', (given, expected) => expect(apiBase(given)).toBe(expected));

  it('names the field when it is no address', () => {
    expect(() => apiBase('shop')).toThrow(/Store URL/);
    expect(() => apiBase('http://shop.example')).toThrow(/unencrypted/);
  });

  it('writes lists as PHP reads them', () => {
    const query = { 'a.code': ['P', 'A'], b: undefined, page: 2 };
    const { listName } = describeApi({ storeUrl: 'https://shop.example' });
    expect(decodeURIComponent(queryString(query, listName))).toBe('?a.code[]=P&a.code[]=A&page=2');
  });
});

describe('reading', () => {
  it('sends the key, asks for JSON, and keeps what modules add', async () => {
    store.orders.push(storedOrder(1, 100, { used_coupons: ['X'], total: '12.50' }));
    const order = await client.orders.get(1);
    expect(order.used_coupons).toEqual(['X']);
    expect(order.total).toBe(12.5);
    expect(store.requests[0]?.headers).toMatchObject({
      'x-auth-token': KEY,
      accept: 'application/json',
    });
  });

  it('finds an order by its number, encoded', async () => {
    store.orders.push(storedOrder(7, 100, { order_number: 'A7' }));
    expect((await client.orders.byNumber('A7')).id).toBe(7);
    await failure(client.orders.byNumber('a/b'));
    expect(sent.at(-1)?.url).toMatch(/by_number\/a%2Fb$/);
  });

  it('pages by 100 with every filter, and stops at a short page', async () => {
    const email = 'ada@example.com';
    store.orders.push(
      ...Array.from({ length: 203 }, (_, index) => storedOrder(index, index, { email })),
    );
    const ids: number[] = [];
    const query = {
      placedAfter: new Date(0),
      paymentStatus: ['Q', 'P'],
      email: 'ada',
      sort: { by: 'lastRenewDate', direction: 'desc' },
    } as const;
    for await (const page of client.orders.pages(query)) ids.push(...page.map(({ id }) => id));
    expect(ids).toHaveLength(203);
    expect(new Set(ids).size).toBe(203);
    expect(store.requests).toHaveLength(3);
    expect(Object.fromEntries(store.requests[2]?.query ?? [])).toEqual({
      'date[after]': '1970-01-01T00:00:00+00:00',
      'paymentStatus.code[]': 'P',
      'profile.login': 'ada',
      'order[lastRenewDate]': 'desc',
      page: '3',
      itemsPerPage: '100',
    });
  });

  it('goes on where the store allows smaller pages than asked for', async () => {
    const all = Array.from({ length: 75 }, (_, index) => storedOrder(index, index));
    store.intercept = ({ query }) => {
      const page = Number(query.get('page'));
      return { status: 200, body: all.slice((page - 1) * 50, page * 50) };
    };
    const rows: unknown[] = [];
    for await (const page of client.orders.pages()) rows.push(...page);
    expect(rows).toHaveLength(75);
  });

  it('takes no more pages than a limit needs', async () => {
    store.orders.push(...Array.from({ length: 50 }, (_, index) => storedOrder(index, index)));
    const rows = await firstRows((options) => client.orders.pages({}, options), 20);
    expect(rows).toHaveLength(20);
    expect(store.requests).toHaveLength(1);
  });
});

describe('writing', () => {
  it('states a status, which may be repeated; a create may not', async () => {
    store.orders.push(storedOrder(1, 100));
    expect(await client.orders.setPaymentStatus(1, 'P')).toEqual({
      id: expect.any(Number) as number,
      code: 'P',
      name: 'Paid',
      customer_name: 'Paid',
    });
    expect(sent[0]).toMatchObject({ method: 'PUT', repeatable: true, body: '{"code":"P"}' });
    answers(201, { id: 5, sku: 'A' });
    await client.products.create({ sku: 'A', name: 'a' });
    expect(sent[1]).toMatchObject({ method: 'POST', repeatable: false });
  });

  it('takes an empty answer to a delete and to a command', async () => {
    answers(204, '');
    await client.products.remove(5);
    expect(sent[0]).toMatchObject({ method: 'DELETE', repeatable: true });
    answers(200, '');
    expect(await client.categories.move(3, { position: 1 })).toEqual({});
  });
});

describe('failures', () => {
  it.each([
    [401, { message: 'Invalid credentials.' }, 'authentication', /Settings → API/],
    [404, { detail: 'Not Found' }, 'not-found', /ID/],
    [400, { detail: 'Input validations failed: SKU A is not unique' }, 'duplicate', /in the store/],
    [400, { detail: 'Order with ID 9 not found' }, 'not-found', /ID/],
    [400, { detail: "Status code 'ZZ' is invalid" }, 'validation', /status/],
    [415, { detail: 'The content-type "x" is not supported.' }, 'validation', /fields/],
    [422, { detail: 'sku: blank', violations: [] }, 'validation', /fields/],
    [503, '<html>', 'transient', /later/],
  ])('%i %j is %s', async (status, body, errorClass, fix) => {
    answers(status, body);
    const error = await failure(client.products.update(1, { sku: 'A' }));
    expect(error).toMatchObject({ class: errorClass, status });
    expect(error.fix).toMatch(fix);
    expect(error.message).not.toContain(KEY);
  });

  it('knows a key that can only read', async () => {
    answers(403, { detail: 'Access Denied.' });
    expect((await failure(client.products.update(1, {}))).fix).toMatch(/read\/write key/);
    expect((await failure(client.products.get(1))).fix).not.toMatch(/read\/write key/);
  });

  it('carries how long to wait', async () => {
    answers(429, {}, { 'retry-after': '7' });
    expect(await failure(client.orders.get(1))).toMatchObject({
      class: 'throttled',
      retryAfterMs: 7000,
    });
  });

  it('never repeats what the store says about a person', async () => {
    answers(400, { detail: 'Login ada@example.com already registered' });
    expect((await failure(client.profiles.create({}))).message).not.toContain('ada@');
  });

  it('does not follow a redirect with the key, and says where it goes', async () => {
    answers(301, '', { location: 'https://www.shop.example/api/orders/1' });
    const error = await failure(client.orders.get(1));
    expect(error.message).toMatch(/on to https:\/\/www\.shop\.example/);
    expect(error.fix).toMatch(/Store URL/);
    // A test of the credential says this too, and nothing tries that again.
    expect(error.fix).toMatch(/try again later; a Sync Ledger does so by itself\.$/);
    // No order is at fault: in maintenance all of them would become dead letters.
    expect(error.class).toBe('configuration');
  });

  it('says so when a web page comes instead of data, or another shape', async () => {
    answers(200, '<html>', { 'content-type': 'text/html; charset=utf-8' });
    expect((await failure(client.orders.get(1))).message).toMatch(/text\/html instead of JSON/);
    answers(200, { id: 'x' });
    expect((await failure(client.orders.get(1))).message).toMatch(/unexpected fields: id/);
  });
});
