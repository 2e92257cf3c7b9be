/**
 * Stores that speak X-Cart's REST API in another way than ours: PHP is loose with types, modules change fields,
 * and what stands in front of a store changes answers.
 */
import { type HttpServer, type Received, startHttpServer } from '../../../test/support/httpServer';
import { fetchTransport } from '../../http/fetch';
import { readWindow } from '../../feeds/window';
import { createXCart, type XCart } from './client';
import { orderFeed } from './feed';
import type { Order } from './wire';

let server: HttpServer;

async function store(answer: (request: Received) => unknown, path = ''): Promise<XCart> {
  server = await startHttpServer((request) => {
    const body = answer(request);
    const type = { 'Content-Type': 'application/json; charset=utf-8' };
    return { headers: type, body: typeof body === 'string' ? body : JSON.stringify(body) };
  });
  return createXCart({ storeUrl: `${server.origin}${path}`, send: fetchTransport() });
}

afterEach(async () => await server?.close());

async function all<T>(pages: AsyncGenerator<T[]>): Promise<T[]> {
  const rows: T[] = [];
  for await (const page of pages) rows.push(...page);
  return rows;
}

const numbers = (count: number): Array<{ id: number }> =>
  Array.from({ length: count }, (_, index) => ({ id: index + 1 }));

describe('values', () => {
  it('are read whatever PHP took them for', async () => {
    const client = await store(() => ({
      id: '1042',
      order_number: 1001,
      total: ' 129.97 ',
      sub_total: '',
      currency: 'USD',
      items: {
        '7': { id: '2001', product_id: '37', sku: 815, amount: '3', price: '39.9900', variant: '' },
        '9': { id: 2002, amount: 1, surcharges: [] },
      },
      billing_address: { zipcode: 78701, is_billing: 1, is_shipping: '0', custom_fields: {} },
      shipping_address: [],
      payment_status: { id: 4, code: 'P', name: [] },
      shipping_status: { code: 7 },
      customer_id: '15',
      notes: null,
      surcharges: [{ type: 'tax', include: '', value: '-1.5E1' }],
      tracking_numbers: {},
      a_module: { keeps: ['its', 'own'] },
    }));
    expect(await client.orders.get(1042)).toEqual({
      id: 1042,
      order_number: '1001',
      total: 129.97,
      sub_total: null,
      currency: 'USD',
      items: [
        { id: 2001, product_id: 37, sku: '815', amount: 3, price: 39.99, variant: null },
        { id: 2002, amount: 1, surcharges: [] },
      ],
      billing_address: {
        zipcode: '78701',
        is_billing: true,
        is_shipping: false,
        custom_fields: [],
      },
      shipping_address: null,
      payment_status: { id: 4, code: 'P', name: null },
      shipping_status: { code: '7' },
      customer_id: 15,
      notes: null,
      surcharges: [{ type: 'tax', include: false, value: -15 }],
      tracking_numbers: [],
      a_module: { keeps: ['its', 'own'] },
    });
  });

  it.each([
    [1714644000, '2024-05-02T10:00:00+00:00'],
    ['1714644000', '2024-05-02T10:00:00+00:00'],
    ['2024-05-02 10:00:00', '2024-05-02T10:00:00+00:00'],
    ['2024-05-02T10:00:00.000', '2024-05-02T10:00:00+00:00'],
    ['2024-05-02T12:00:00+02:00', '2024-05-02T12:00:00+02:00'],
    ['2024-05-02T10:00:00+0000', '2024-05-02T10:00:00+0000'],
    ['2024-05-02T05:00:00-0500', '2024-05-02T05:00:00-0500'],
    ['2024-05-02T10:00:00Z', '2024-05-02T10:00:00Z'],
    ['2024-05-02', '2024-05-02'],
    [0, null],
    ['', null],
  ])('date %j', async (given, expected) => {
    const client = await store(() => ({ id: 1, update_date: given }));
    expect((await client.orders.get(1)).update_date).toBe(expected);
  });

  it('that mean nothing are refused, and not taken for something', async () => {
    const client = await store(() => ({ id: 1, total: '1,299.00' }));
    await expect(client.orders.get(1)).rejects.toThrow(/unexpected fields: total/);
  });
});

describe('lists', () => {
  it.each([
    ['[]', 0],
    ['{}', 0],
    ['{"0":{"id":1},"2":{"id":2}}', 2],
    ['{"17":{"id":17}}', 1],
    ['{"@type":"hydra:Collection","hydra:member":[{"id":1}],"hydra:totalItems":1}', 1],
    ['{"hydra:member":[]}', 0],
    ['\uFEFF[{"id":1}]\r\n', 1],
  ])('%s', async (body, rows) => {
    const client = await store(() => body);
    expect(await all(client.orders.pages())).toHaveLength(rows);
  });

  it.each(['', 'null', '{"error":"maintenance"}', '{"title":"An error occurred"}'])(
    'that are none are no empty list: %j',
    async (body) => {
      const client = await store(() => body);
      await expect(all(client.orders.pages())).rejects.toThrow(/unexpected/);
    },
  );

  it.each([
    [30, 75],
    [25, 60],
    [24, 50],
    [15, 15],
    [50, 101],
  ])('come whole from a store with pages of %i', async (size, count) => {
    const rows = numbers(count);
    const client = await store(({ url }) => {
      const page = Number(new URL(url, server.origin).searchParams.get('page'));
      return rows.slice((page - 1) * size, page * size);
    });
    expect(await all(client.orders.pages())).toHaveLength(count);
  });

  it('end with a page that is shorter than the one before', async () => {
    const client = await store(({ url }) => (url.includes('page=1&') ? numbers(30) : numbers(20)));
    await all(client.orders.pages());
    expect(server.received).toHaveLength(2);
  });

  it('of changes go on where a store has small pages and one second holds more than one', async () => {
    const moment = Date.parse('2024-05-02T10:00:00Z');
    const client = await store(({ url }) => {
      const page = Number(new URL(url, server.origin).searchParams.get('page'));
      const rows = numbers(70).map(({ id }) => ({ id, update_date: '2024-05-02T10:00:00+00:00' }));
      return rows.slice((page - 1) * 30, page * 30);
    });
    const feed = orderFeed(client, { modifiedSinceFilter: true });
    const { records, more } = await readWindow(feed, moment, { max: 1000 });
    expect(new Set(records.map(({ id }: Order) => id)).size).toBe(70);
    expect(more).toBe(false);
  });
});

describe('addresses', () => {
  it.each([
    ['', '/api/orders/1'],
    ['/', '/api/orders/1'],
    ['/shop/', '/shop/api/orders/1'],
    ['/shop/api/', '/shop/api/orders/1'],
    ['/?language=de#top', '/api/orders/1'],
  ])('%j', async (path, url) => {
    const client = await store(() => ({ id: 1 }), path);
    await client.orders.get(1);
    expect(server.received[0]?.url).toBe(url);
  });
});

describe('a written status', () => {
  it.each([['{"code":"P","name":"Paid"}'], ['{"id":1042}'], ['[]'], ['']])(
    'was written, whatever the answer says of it: %j',
    async (body) => {
      const client = await store(() => body);
      expect(await client.orders.setPaymentStatus(1042, 'P')).toMatchObject({ code: 'P' });
    },
  );
});
