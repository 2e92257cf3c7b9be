import fc from 'fast-check';
import { range } from 'lodash';
import { z } from 'zod';

import type { HttpRequest, HttpResponse } from '../../../http/types';
import { createClassicXCart } from './client';
import { createClassicApi } from './request';

let asked: HttpRequest[];
let answer: Partial<HttpResponse>;

beforeEach(() => {
  asked = [];
  answer = { body: 'true' };
});

const KEY = 'key-to-do-everything';

const options = {
  storeUrl: 'https://shop.example/store/admin.php',
  apiKey: KEY,
  send: async (request: HttpRequest): Promise<HttpResponse> => {
    asked.push(request);
    return await Promise.resolve({ status: 200, headers: {}, body: 'null', ...answer });
  },
};
const api = createClassicApi(options);
const row = z.unknown();

const queryOf = (index = 0) =>
  Object.fromEntries(new URL(asked[index]?.url ?? '').searchParams.entries());

/** Everything that is no id: a request for it would be about all records of its class. */
const NO_IDS = ['', ' ', '/', '0', 0, -1, 1.5, NaN, '01', '5,6', '5/6', '../5', '%', 'all', '1e3'];

describe('a request that writes', () => {
  it.each(NO_IDS)('is never sent for the id %p', async (id) => {
    await expect(api.remove('product', id)).rejects.toMatchObject({ class: 'validation' });
    await expect(api.update('product', id, { amount: 1 }, row)).rejects.toMatchObject({
      class: 'validation',
    });
    expect(asked).toEqual([]);
  });

  it.each([undefined, null, [], {}, [7], true])('nor for what is no id at all: %p', async (id) => {
    await expect(api.remove('order', id as never)).rejects.toThrow('no ID of X-Cart');
    expect(asked).toEqual([]);
  });

  it('is never sent by any method of the client without an id', async () => {
    const client = createClassicXCart(options);
    const removals = [
      client.products.remove(''),
      client.variants(1).remove(''),
      client.variants('').remove(''),
      client.profiles.remove(''),
      client.addresses('').remove(''),
      client.categories.remove(''),
      client.categories.removeProduct('', ''),
    ];
    const outcomes = await Promise.allSettled(removals);
    expect(outcomes.map(({ status }) => status)).toEqual(removals.map(() => 'rejected'));
    expect(asked.filter(({ method }) => method !== 'GET')).toEqual([]);
  });

  it('names the one record in its path', async () => {
    await api.remove('order', ' 5 ');
    expect(asked).toMatchObject([{ method: 'DELETE', repeatable: true }]);
    expect(queryOf()).toEqual({ target: 'RESTAPI', _path: 'order/5', _key: KEY });
  });

  it('is sent once where it makes a record, and as often as needed where it states one', async () => {
    await api.create('product', { sku: 'A' }, row);
    await api.update('product', 3, { sku: 'A' }, row);
    expect(asked).toMatchObject([
      { method: 'POST', repeatable: false, body: '{"sku":"A"}' },
      { method: 'PUT', repeatable: true },
    ]);
    expect([queryOf(0)['_path'], queryOf(1)['_path']]).toEqual(['product/0', 'product/3']);
  });
});

describe('an answer', () => {
  const read = async () => await api.one('order', 7, { schema: 'complex', row: z.object({}) });

  it('of null means that there is none', async () => {
    answer = { body: 'null' };
    await expect(read()).rejects.toMatchObject({
      class: 'not-found',
      message: 'X-Cart has no order 7',
    });
  });

  it.each([
    [{ status: 403, body: '' }, 'permission', /API Key/],
    [{ status: 404, body: '' }, 'not-found', /module REST API/],
    [
      { status: 400, body: '[]', headers: { 'x-rest-error': "Duplicate entry 'A' for key 'sku'" } },
      'duplicate',
      /already/,
    ],
    [
      { status: 302, headers: { location: 'https://www.shop.example/' } },
      'configuration',
      /Store URL/,
    ],
    [{ status: 200, body: '<html>' }, 'unknown', /API is right/],
    [{ status: 200, body: '"no order"' }, 'unknown', /5\.3/],
    [{ status: 503, body: '' }, 'transient', /later/],
  ])('%j is a failure that says what to do, and never the key', async (given, failure, fix) => {
    answer = given;
    const error = await read().catch((thrown: unknown) => thrown as Error);
    expect(error).toMatchObject({ class: failure, fix: expect.stringMatching(fix) as string });
    expect(JSON.stringify([error, (error as Error).message])).not.toContain(KEY);
  });

  it('that says the key itself is cleared of it', async () => {
    const reason = `Failed: /admin.php?target=RESTAPI&_key=${KEY}&_path=order`;
    answer = { status: 400, headers: { 'x-rest-error': reason } };
    await expect(read()).rejects.toThrow(/Failed: .*_key=\[removed\]/);
  });
});

it('reads a list by offset and number, until it ends', async () => {
  const page = (from: number, count: number) =>
    JSON.stringify(Array.from({ length: count }, (_, index) => from + index));
  const bodies = [page(0, 3), page(3, 1)];
  const paged = createClassicApi({
    ...options,
    send: async (request) => {
      asked.push(request);
      return await Promise.resolve({ status: 200, headers: {}, body: bodies.shift() ?? '[]' });
    },
  });
  const rows: unknown[] = [];
  const list = {
    schema: 'default',
    row: z.number(),
    conditions: { orderBy: ['o.date', 'desc'] },
  } as const;
  for await (const each of paged.pages('order', list, { pageSize: 3 })) rows.push(...each);
  expect(rows).toEqual([0, 1, 2, 3]);
  expect(queryOf(1)).toMatchObject({
    _path: 'order',
    '_cnd[orderBy][0]': 'o.date',
    '_cnd[orderBy][1]': 'desc',
    '_cnd[limit][0]': '3',
    '_cnd[limit][1]': '3',
  });
});

it('reads a list to its end, whatever is the most that the store gives at once', async () => {
  const rowsOf = fc.record({ most: fc.integer({ min: 1, max: 60 }), count: fc.nat({ max: 140 }) });
  await fc.assert(
    fc.asyncProperty(rowsOf, async ({ most, count }) => {
      const capped = createClassicApi({
        ...options,
        send: async ({ url }) => {
          const limit = (index: number) =>
            Number(new URL(url).searchParams.get(`_cnd[limit][${index}]`));
          const first = limit(0);
          const rows = range(count).slice(first, first + Math.min(most, limit(1)));
          return await Promise.resolve({ status: 200, headers: {}, body: JSON.stringify(rows) });
        },
      });
      const rows: number[] = [];
      const list = { schema: 'default', row: z.number() } as const;
      for await (const page of capped.pages('order', list)) rows.push(...page);
      expect(rows).toEqual(range(count));
    }),
    { numRuns: 200 },
  );
});
