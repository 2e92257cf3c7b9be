import { merge } from 'lodash';

import {
  type HttpServer,
  type Received,
  type Reply,
  startHttpServer,
} from '../../../test/support/httpServer';
import { fetchTransport } from '../../http/fetch';
import { firstRows } from '../../http/pages';
import { type Clarity, createClarity } from './client';
import { BRIEF } from './profile/brief';
import { CEF } from './profile/cef';
import { readProfile } from './profile/read';
import type { Profile } from './profile/schema';

let server: HttpServer;
let answer: (request: Received) => Reply;

beforeEach(async () => {
  server = await startHttpServer((request) => answer(request));
});

afterEach(async () => await server.close());

const open = (profile: Profile, more: { path?: string } = {}): Clarity =>
  createClarity({
    url: `${server.origin}${more.path ?? ''}`,
    profile,
    send: fetchTransport(),
  });

const asked = (): string[] =>
  server.received.map(({ method, url }) => `${method} ${decodeURIComponent(url)}`);
const bodies = (): unknown[] =>
  server.received.map(({ body }) => (body === '' ? undefined : (JSON.parse(body) as unknown)));

describe('what names no record', () => {
  const refused = async (work: Promise<unknown>, words: RegExp): Promise<void> => {
    await expect(work).rejects.toMatchObject({
      class: 'validation',
      message: expect.stringMatching(words) as string,
    });
    expect(server.received).toEqual([]);
  };

  it.each(['', '.', '..'])('"%s" is no id: a request would mean the whole list', async (id) => {
    const { orders } = open(BRIEF);
    await refused(orders.remove(id), /An ID cannot be/);
    await refused(orders.update(id, { status: 'Shipped' }), /An ID cannot be/);
    await refused(orders.upsert(id, {}), /An external ID cannot be/);
  });

  it('is refused of a path that has no place for the id', async () => {
    // The text of a profile cannot say it; what is written in code could.
    const own = merge({}, BRIEF, { resources: { orders: { remove: { path: '/salesorders' } } } });
    await refused(open(own).orders.remove('7'), /resources.orders in the API profile has no {id}/);
  });

  it('is not read as everything where only what has changed was asked for', async () => {
    const changed = firstRows(
      (page) => open(CEF).orders.pages({ changedSince: new Date() }, page),
      1,
    );
    await refused(changed, /orders of the API profile "cef" cannot be asked for what has changed/);
  });
});

describe('the profile of the brief', () => {
  const order = (orderId: number | string, more: object = {}) => ({
    orderId,
    orderDate: '2026-11-25T14:00:00Z',
    currency: 'USD',
    totalAmount: 10,
    lineItems: [],
    ...more,
  });

  it('reads pages until all are read that the service says there are', async () => {
    const orders = Array.from({ length: 61 }, (_, index) => order(index + 1));
    answer = ({ url }) => {
      const query = new URL(url, server.origin).searchParams;
      const page = Number(query.get('page'));
      const size = Math.min(50, Number(query.get('pageSize')));
      const items = orders.slice((page - 1) * size, page * size);
      return { body: { items, page, pageSize: size, total: orders.length } };
    };
    const since = new Date('2026-11-25T00:00:00Z');
    const { orders: records } = open(BRIEF);
    const all = await firstRows((page) => records.pages({ changedSince: since }, page), 1e9);
    expect(all.map(({ orderId }) => orderId)).toEqual(orders.map(({ orderId }) => String(orderId)));
    expect(asked()).toEqual([
      'GET /api/v1/orders?modifiedSince=2026-11-25T00:00:00.000Z&page=1&pageSize=100',
      'GET /api/v1/orders?modifiedSince=2026-11-25T00:00:00.000Z&page=2&pageSize=100',
    ]);
  });

  it('loses no page to a coupon, a parcel or a note that is odd', async () => {
    const odd = {
      couponCodes: [{ couponId: 4, code: 'SPRING' }, null, 12],
      trackingNumbers: [{ trackingNumber: '1Z1' }, 940011, null],
      customerGroup: { id: 3, name: 'VIP' },
      notes: { lines: [] },
    };
    answer = () => ({ body: { items: [order(1), order(2, odd)], total: 2 } });
    const all = await firstRows((page) => open(BRIEF).orders.pages({}, page), 1e9);
    expect(all).toMatchObject([
      { orderId: '1' },
      {
        orderId: '2',
        couponCodes: ['SPRING', '12'],
        trackingNumbers: ['1Z1', '940011'],
        customerGroup: 'VIP',
        notes: null,
      },
    ]);
  });

  it('reads, makes, changes, takes away and keys records of each kind', async () => {
    answer = ({ method }) => ({
      status: { POST: 201, DELETE: 204 }[method] ?? 200,
      body: method === 'DELETE' ? undefined : { id: 'a/b', memo: 'SPRING' },
    });
    const client = open(BRIEF, { path: '/api/v1/' });
    // Of a field that no profile names nothing has to be looked up.
    for (const name of ['payments', 'returns', 'coupons', 'addresses', 'invoices'] as const) {
      const records = client.resource(name);
      const made = await records.create({ memo: 'SPRING' });
      expect(records.idOf(made)).toBe('a/b');
      await records.get('a/b');
      await records.update('a/b', { memo: 'X' });
      await records.upsert('ERP 1', { memo: 'Y' });
      await records.remove('a/b');
    }
    expect(server.received.map(({ method, url }) => `${method} ${url}`).slice(0, 5)).toEqual([
      'POST /api/v1/payments',
      'GET /api/v1/payments/a%2Fb',
      'PATCH /api/v1/payments/a%2Fb',
      'PUT /api/v1/payments/by-key/ERP%201',
      'DELETE /api/v1/payments/a%2Fb',
    ]);
    expect(server.received).toHaveLength(25);
    expect(bodies().slice(2, 4)).toEqual([{ memo: 'X' }, { memo: 'Y' }]);
  });

  it.each([
    [
      409,
      { title: 'Conflict', detail: 'The key ERP-1 is taken' },
      'duplicate',
      'The key ERP-1 is taken',
    ],
    [422, { title: 'Invalid', detail: 'sku is missing' }, 'validation', 'sku is missing'],
    [404, { title: 'Not Found' }, 'not-found', 'Not Found'],
    [401, { title: 'Unauthorized' }, 'authentication', 'Unauthorized'],
    [403, { title: 'Forbidden' }, 'permission', 'Forbidden'],
    [503, '', 'transient', ''],
  ])('says what a refusal with %i means', async (status, body, errorClass, reason) => {
    answer = () => ({ status, body });
    const ending = reason === '' ? '' : `: ${reason}`;
    await expect(open(BRIEF).orders.create({})).rejects.toMatchObject({
      class: errorClass,
      status,
      message: `Clarity refused POST /orders with status ${status}${ending}`,
      fix: expect.any(String) as string,
    });
  });

  it('waits as long as the service asks for', async () => {
    answer = () => ({ status: 429, headers: { 'retry-after': '7' } });
    await expect(open(BRIEF).orders.get(1)).rejects.toMatchObject({
      class: 'throttled',
      retryAfterMs: 7000,
    });
  });

  it('names the fields that are not what the profile says', async () => {
    answer = () => ({ body: { number: 5, lineItems: 'none' } });
    await expect(open(BRIEF).orders.get(1)).rejects.toMatchObject({
      class: 'unknown',
      message: expect.stringMatching(/orderId.*lineItems/) as string,
      fix: expect.stringContaining('API Profile (brief)') as string,
    });
  });
});

describe('the profile of ServiceStack deployments', () => {
  const base = '/DesktopModules/ClarityEcommerce/API-Storefront';

  it('reads lists whose start index is a page, and names what is in them', async () => {
    answer = ({ url }) => {
      const page = Number(new URL(url, server.origin).searchParams.get('StartIndex'));
      const ids = page < 3 ? Array.from({ length: 50 }, (_, index) => page * 100 + index) : [300];
      return {
        body: {
          Results: ids.map((ID) => ({
            ID,
            StatusName: 'Pending',
            CreatedDate: '/Date(1764079200000)/',
            Totals: { Total: 5 },
            SalesItems: [{ ID: 1, Quantity: 1, UnitCorePrice: 5 }],
          })),
        },
      };
    };
    const { orders } = open(CEF);
    const all = await firstRows((page) => orders.pages({}, page), 1e9);
    expect(all).toHaveLength(101);
    expect(all[0]).toMatchObject({
      orderId: '100',
      status: 'Pending',
      orderDate: '2025-11-25T14:00:00.000Z',
      totalAmount: 5,
      lineItems: [{ quantity: 1, unitPrice: 5 }],
    });
    expect(asked()[2]).toBe(`GET ${base}/Ordering/SalesOrders?StartIndex=3&Size=50`);
  });

  it('writes under the names of the service', async () => {
    answer = () => ({ body: { ActionSucceeded: true, Result: { ID: 7 } } });
    const { orders } = open(CEF);
    const written = await orders.update(7, { totalAmount: 5 });
    expect(asked()).toEqual([`PUT ${base}/Ordering/SalesOrders/7`]);
    expect(bodies()).toEqual([{ Totals: { Total: 5 } }]);
    expect(orders.idOf(written)).toBe('7');
  });

  it.each([
    [{}, { StatusName: 'Shipped' }],
    [{ StatusName: 'Pending', StatusKey: 'P' }, { StatusName: 'Shipped' }],
    [{ Status: { Name: 'Pending', ID: 1 } }, { Status: { Name: 'Shipped' } }],
    [{ StatusName: null, StatusKey: 'PENDING' }, { StatusKey: 'Shipped' }],
    [{ StatusKey: null }, { StatusKey: 'Shipped' }],
  ])('writes under that of several names that the record has: %j', async (record, body) => {
    answer = () => ({ body: { ActionSucceeded: true, Result: { ID: 7, ...record } } });
    await open(CEF).orders.update(7, { status: 'Shipped' });
    expect(asked()).toEqual([
      `GET ${base}/Ordering/SalesOrders/7`,
      `PUT ${base}/Ordering/SalesOrders/7`,
    ]);
    expect(bodies()).toEqual([undefined, body]);
  });

  it('does not write where the record that it depends on is not there', async () => {
    answer = () => ({ status: 404, body: {} });
    await expect(open(CEF).orders.update(7, { status: 'Shipped' })).rejects.toMatchObject({
      class: 'not-found',
    });
    expect(server.received).toHaveLength(1);
  });

  it('takes an answer that says no more than that it was carried out', async () => {
    answer = () => ({ body: { ActionSucceeded: true } });
    expect(await open(CEF).orders.create({})).toEqual({ ActionSucceeded: true });
    answer = () => ({ body: '12' });
    expect(await open(CEF).orders.create({})).toEqual({ answer: 12 });
    answer = () => ({ status: 204 });
    expect(await open(CEF).orders.create({})).toEqual({});
  });

  it('knows a failure that comes as a success', async () => {
    answer = () => ({ body: { ActionSucceeded: false, Messages: ['No such status'] } });
    await expect(open(CEF).orders.update(7, { status: 'x' })).rejects.toMatchObject({
      class: 'validation',
      message: expect.stringContaining('No such status') as string,
    });
    await expect(open(CEF).orders.remove(7)).rejects.toMatchObject({ class: 'validation' });
  });

  it('reads the reason of a refusal', async () => {
    const ResponseStatus = { ErrorCode: 'ArgumentException', Message: 'ID is wrong' };
    answer = () => ({ status: 400, body: { ResponseStatus } });
    await expect(open(CEF).orders.get('x')).rejects.toMatchObject({
      class: 'validation',
      message: expect.stringContaining('ID is wrong') as string,
    });
  });

  it('looks for an external id where the service has no way to say it', async () => {
    answer = ({ method }) =>
      method === 'GET' ? { body: { Results: [{ ID: 4, CustomKey: 'ERP-4' }] } } : { body: {} };
    const { products } = open(CEF);
    await products.upsert('ERP-4', { name: 'Shirt' });
    await products.upsert('ERP-5', { name: 'Hat' });
    expect(asked().filter((request) => !request.startsWith('GET'))).toEqual([
      `PUT ${base}/Products/Products/4`,
      `POST ${base}/Products/Products`,
    ]);
    expect(bodies().filter(Boolean)).toEqual([
      { Name: 'Shirt' },
      { CustomKey: 'ERP-5', Name: 'Hat' },
    ]);
  });
});

describe('a deployment of its own', () => {
  it('is matched by a profile that names what differs', async () => {
    const profile = readProfile(`{
      "extends": "brief",
      "basePath": "/rest",
      "paging": { "page": "offset", "size": "limit", "counts": "rows", "first": 0, "most": 2 },
      "envelope": { "rows": "data.rows", "total": "data.count", "record": "data" },
      "success": { "at": "ok", "is": true },
      "resources": {
        "orders": {
          "id": "nr",
          "list": { "path": "/sales", "modifiedSince": "changed_after", "query": { "open": "1" } },
          "get": { "path": "/sales/{id}" },
          "fields": { "orderId": "nr", "totalAmount": "sum.gross", "status": "state ?? stage" }
        }
      }
    }`);
    const rows = ['A', 'B', 'C'].map((nr) => ({ nr, sum: { gross: 5 }, stage: 'new' }));
    answer = ({ url }) => {
      const { pathname, searchParams } = new URL(url, server.origin);
      if (pathname !== '/rest/sales') return { body: { ok: true, data: rows[0] } };
      const start = Number(searchParams.get('offset'));
      return { body: { ok: true, data: { rows: rows.slice(start, start + 2), count: 3 } } };
    };
    const { orders } = open(profile);
    const since = new Date('2026-11-25T00:00:00Z');
    const all = await firstRows((page) => orders.pages({ changedSince: since }, page), 1e9);
    expect(all).toMatchObject(
      ['A', 'B', 'C'].map((orderId) => ({ orderId, totalAmount: 5, status: 'new' })),
    );
    expect(await orders.get('A')).toMatchObject({ orderId: 'A' });
    expect(asked()).toEqual([
      'GET /rest/sales?open=1&changed_after=2026-11-25T00:00:00.000Z&offset=0&limit=2',
      'GET /rest/sales?open=1&changed_after=2026-11-25T00:00:00.000Z&offset=2&limit=2',
      'GET /rest/sales/A',
    ]);
  });

  it('says which operation its profile does not have, and what to do', async () => {
    const profile = readProfile('{ "extends": "brief", "resources": { "coupons": null } }');
    await expect(open(profile).resource('coupons').get(1)).rejects.toMatchObject({
      class: 'validation',
      message: 'The API profile "brief, edited" has no resources.coupons.get',
      fix: expect.stringContaining('API Profile') as string,
    });
  });

  it.each(['shop.example', 'http://shop.example', 'https://user:pass@shop.example'])(
    'refuses the address %s',
    (url) => {
      const make = () => createClarity({ url, profile: BRIEF, send: fetchTransport() });
      expect(make).toThrow(/API URL/);
    },
  );
});
