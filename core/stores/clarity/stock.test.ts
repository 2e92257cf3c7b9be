import {
  type HttpServer,
  type Received,
  type Reply,
  startHttpServer,
} from '../../../test/support/httpServer';
import { fetchTransport } from '../../http/fetch';
import type { Outcome } from '../../outcome';
import { writePrices } from '../kit/prices';
import { writeStock } from '../kit/stock';
import { type Clarity, createClarity } from './client';
import { pricesOf } from './prices';
import { BRIEF } from './profile/brief';
import { CEF } from './profile/cef';
import { readProfile } from './profile/read';
import type { Profile } from './profile/schema';
import { stockOf } from './stock';

interface Row {
  sku: string;
  warehouse?: string;
  quantity: number;
}

let server: HttpServer;
let rows: Row[];
let bulk: (wanted: Row[]) => Reply;

function answer({ method, url, body }: Received): Reply {
  const { pathname, searchParams } = new URL(url, server.origin);
  if (method === 'PATCH' && pathname.endsWith('/bulk')) return bulk(JSON.parse(body) as Row[]);
  if (method !== 'GET') return { body: {} };
  const page = Number(searchParams.get('page') ?? searchParams.get('StartIndex'));
  const size = Number(searchParams.get('pageSize') ?? searchParams.get('Size'));
  const items = rows.slice((page - 1) * size, page * size);
  return { body: { items, Results: items, total: rows.length } };
}

beforeEach(async () => {
  rows = [
    { sku: 'A', warehouse: 'MAIN', quantity: 1 },
    { sku: 'B', warehouse: 'MAIN', quantity: 2 },
    { sku: 'B', warehouse: 'WEST', quantity: 3 },
  ];
  bulk = () => ({ status: 200, body: {} });
  server = await startHttpServer((request) => answer(request));
});

afterEach(async () => await server.close());

const open = (profile: Profile = BRIEF): Clarity =>
  createClarity({ url: server.origin, profile, send: fetchTransport() });

const written = (): unknown[] =>
  server.received
    .filter(({ method }) => method !== 'GET')
    .map(({ body }) => JSON.parse(body) as unknown);

describe('stock', () => {
  it('is written in bulk, absolute, and only where it differs', async () => {
    const outcomes = await writeStock(stockOf(open()), [
      { sku: 'A', place: 'MAIN', amount: 1 },
      { sku: 'B', place: 'MAIN', amount: 9 },
      { sku: 'C', place: 'MAIN', amount: 5 },
    ]);
    expect(written()).toEqual([[{ sku: 'B', warehouse: 'MAIN', quantity: 9 }]]);
    expect(outcomes).toMatchObject([
      { ok: true, value: { sku: 'A', outcome: 'unchanged', before: 1 } },
      {
        ok: true,
        value: { sku: 'B', warehouse: 'MAIN', outcome: 'updated', before: 2, amount: 9 },
      },
      { ok: false, error: { class: 'not-found' } },
    ]);
  });

  it('of 5,000 SKUs takes as few requests as the profile allows', async () => {
    rows = Array.from({ length: 5000 }, (_, index) => ({ sku: `S${index}`, quantity: index }));
    const levels = rows.map(({ sku, quantity }) => ({ sku, amount: quantity + 1 }));
    const outcomes = await writeStock(stockOf(open()), levels);
    expect(outcomes.every(({ ok }) => ok)).toBe(true);
    expect(written()).toHaveLength(50);
    rows = rows.map(({ sku, quantity }) => ({ sku, quantity: quantity + 1 }));
    await writeStock(stockOf(open()), levels);
    expect(written()).toHaveLength(50);
  });

  it('of a SKU in several warehouses needs one named', async () => {
    expect(await writeStock(stockOf(open()), [{ sku: 'B', amount: 9 }])).toMatchObject([
      { ok: false, error: { message: 'B lies in more than one warehouse' } },
    ]);
    expect(await writeStock(stockOf(open()), [{ sku: 'A', amount: 9 }])).toMatchObject([
      { ok: true, value: { warehouse: 'MAIN' } },
    ]);
  });

  it('of several warehouses is written in one request, each in its own', async () => {
    rows.push({ sku: 'A', warehouse: 'WEST', quantity: 4 });
    const outcomes = await writeStock(stockOf(open()), [
      { sku: 'B', place: 'WEST', amount: 30 },
      { sku: 'A', place: 'MAIN', amount: 1 },
      { sku: 'B', place: 'MAIN', amount: 20 },
      { sku: 'A', place: 'EAST', amount: 6 },
      { sku: 'A', place: 'WEST', amount: 7 },
    ]);
    expect(written()).toEqual([
      [
        { sku: 'B', warehouse: 'WEST', quantity: 30 },
        { sku: 'B', warehouse: 'MAIN', quantity: 20 },
        { sku: 'A', warehouse: 'WEST', quantity: 7 },
      ],
    ]);
    expect(outcomes).toMatchObject([
      { ok: true, value: { sku: 'B', warehouse: 'WEST', before: 3, outcome: 'updated' } },
      { ok: true, value: { sku: 'A', warehouse: 'MAIN', before: 1, outcome: 'unchanged' } },
      { ok: true, value: { sku: 'B', warehouse: 'MAIN', before: 2, outcome: 'updated' } },
      {
        ok: false,
        error: { message: 'The store has no product with the SKU A in EAST', class: 'not-found' },
      },
      { ok: true, value: { sku: 'A', warehouse: 'WEST', before: 4, outcome: 'updated' } },
    ]);
  });

  it('of one warehouse that is named in one level and left out in the next is not guessed', async () => {
    const outcomes = await writeStock(stockOf(open()), [
      { sku: 'A', place: 'MAIN', amount: 8 },
      { sku: 'A', amount: 9 },
    ]);
    expect(outcomes).toMatchObject(
      [
        { ok: false, error: { message: /^A in MAIN is given more than once/ } },
        { ok: false, error: { message: /^A is given more than once/ } },
      ].map(({ ok, error: { message } }) => ({
        ok,
        error: {
          message: expect.stringMatching(message) as string,
          fix: expect.stringContaining('Warehouse Field') as string,
        },
      })),
    );
    expect(written()).toEqual([]);
  });

  describe('of one SKU in two warehouses', () => {
    const failed = { status: 422, error: 'locked' };
    const B_FAILED = { sku: 'B', ...failed };
    const OK = { ok: true };
    const LOCKED = {
      ok: false,
      error: {
        message:
          'Clarity did not write the stock level of B in MAIN or the stock level of B in WEST: locked',
      },
    };
    const UNKNOWN = { ok: false, error: { class: 'unknown' } };
    const WEST_LOCKED = {
      ok: false,
      error: { message: 'Clarity did not write the stock level of B in WEST: locked' },
    };

    it.each<[string, object[], object[]]>([
      [
        'the SKU alone, as in another order',
        [B_FAILED, { sku: 'B', status: 200 }],
        [LOCKED, LOCKED],
      ],
      ['the SKU alone', [{ sku: 'B', status: 200 }, B_FAILED], [LOCKED, LOCKED]],
      ['the SKU alone of two that were written', [{ sku: 'B' }, { sku: 'B' }], [OK, OK]],
      ['the SKU of one, and a failure of none', [{ sku: 'B' }, failed], [UNKNOWN, UNKNOWN]],
      [
        'each warehouse, in another order',
        [
          { sku: 'B', warehouse: 'WEST', ...failed },
          { sku: 'B', warehouse: 'MAIN' },
        ],
        [OK, WEST_LOCKED],
      ],
      [
        'the second warehouse, in their order',
        [{ status: 200 }, { sku: 'B', warehouse: 'WEST', ...failed }],
        [OK, WEST_LOCKED],
      ],
    ])('of which the answer names %s', async (_, results, outcomes) => {
      bulk = () => ({ status: 207, body: { results } });
      const levels = ['MAIN', 'WEST'].map((place) => ({ sku: 'B', place, amount: 7 }));
      expect(await writeStock(stockOf(open()), levels)).toMatchObject(outcomes);
    });
  });

  it('of each has its own outcome where the answer tells of each', async () => {
    bulk = (wanted) => ({
      status: 207,
      body: {
        results: wanted.map(({ sku }) =>
          sku === 'A' ? { status: 404, error: 'unknown sku' } : { status: 200 },
        ),
      },
    });
    const levels = ['A', 'B'].map((sku) => ({ sku, place: 'MAIN', amount: 7 }));
    expect(await writeStock(stockOf(open()), levels)).toMatchObject([
      {
        ok: false,
        error: { class: 'not-found', message: expect.stringContaining('unknown sku') as string },
      },
      { ok: true, value: { outcome: 'updated' } },
    ]);
  });

  describe('of which the answer names some', () => {
    const told = (tells: string, results: object[]): Promise<Array<Outcome<unknown>>> => {
      rows = ['A', 'B', 'C'].map((sku) => ({ sku, warehouse: 'MAIN', quantity: 0 }));
      bulk = () => ({ status: 207, body: { results } });
      const profile = readProfile(JSON.stringify({ extends: 'brief', stock: { tells } }));
      const levels = ['A', 'B', 'C'].map((sku) => ({ sku, place: 'MAIN', amount: 7 }));
      return writeStock(stockOf(open(profile)), levels);
    };
    const failed = { status: 422, error: 'locked' };
    const OK = { ok: true };
    const LOCKED = {
      ok: false,
      error: { class: 'validation', message: expect.stringContaining('locked') as string },
    };
    const UNKNOWN = {
      ok: false,
      error: {
        class: 'unknown',
        message: expect.stringContaining('did not say whether it wrote') as string,
      },
    };

    it.each<[string, string, object[], object[]]>([
      ['one failure', 'failures', [{ sku: 'B', ...failed }], [OK, LOCKED, OK]],
      ['one failure, of all', 'each', [{ sku: 'B', ...failed }], [UNKNOWN, LOCKED, UNKNOWN]],
      [
        'each, in another order',
        'each',
        [{ sku: 'C', status: 200 }, { sku: 'A', ...failed }, { sku: 'B' }],
        [LOCKED, OK, OK],
      ],
      ['two successes of all', 'each', [{ sku: 'A' }, { sku: 'C' }], [OK, UNKNOWN, OK]],
      [
        'one of another warehouse',
        'failures',
        [{ sku: 'A', warehouse: 'WEST', ...failed }],
        [UNKNOWN, UNKNOWN, UNKNOWN],
      ],
      [
        'the same SKU twice',
        'each',
        [
          { sku: 'A', warehouse: 'MAIN' },
          { sku: 'A', warehouse: 'MAIN', ...failed },
          { sku: 'B' },
          { sku: 'C' },
        ],
        [LOCKED, OK, OK],
      ],
      ['a failure of nobody knows what', 'failures', [failed], [UNKNOWN, UNKNOWN, UNKNOWN]],
      ['each by its place', 'each', [{ status: 200 }, failed, { status: 204 }], [OK, LOCKED, OK]],
      ['none', 'failures', [], [OK, OK, OK]],
      ['none of all', 'each', [], [UNKNOWN, UNKNOWN, UNKNOWN]],
    ])('%s (%s)', async (_, tells, results, outcomes) => {
      expect(await told(tells, results)).toMatchObject(outcomes);
    });

    it('by the field that says that a thing has succeeded', async () => {
      rows = ['A', 'B'].map((sku) => ({ sku, warehouse: 'MAIN', quantity: 0 }));
      bulk = () => ({
        status: 200,
        body: {
          results: [
            { sku: 'A', done: false },
            { sku: 'B', done: true },
          ],
        },
      });
      const profile = readProfile(
        '{"extends":"brief","success":{"at":"done","is":true},"stock":{"tells":"each"}}',
      );
      const levels = ['A', 'B'].map((sku) => ({ sku, amount: 7 }));
      expect(await writeStock(stockOf(open(profile)), levels)).toMatchObject([
        { ok: false, error: { message: 'Clarity did not write the stock level of A in MAIN' } },
        OK,
      ]);
    });
  });

  it('is written under the names that the records have', async () => {
    rows = [
      { sku: 'A', warehouse: 'MAIN', quantityOnHand: 1 },
      { sku: 'B', warehouseCode: 'MAIN', quantity: null, stock: 2 },
    ] as unknown as Row[];
    const levels = ['A', 'B'].map((sku) => ({ sku, amount: 7 }));
    await writeStock(stockOf(open()), levels);
    expect(written()).toEqual([
      [
        { sku: 'A', warehouse: 'MAIN', quantityOnHand: 7 },
        { sku: 'B', warehouseCode: 'MAIN', stock: 7 },
      ],
    ]);
  });

  it('is not lost for all where one is refused with the whole request', async () => {
    rows = Array.from({ length: 8 }, (_, index) => ({ sku: `S${index}`, quantity: 0 }));
    bulk = (wanted) =>
      wanted.some(({ sku }) => sku === 'S5')
        ? { status: 422, body: { detail: 'S5 is locked' } }
        : { status: 204 };
    const levels = rows.map(({ sku }) => ({ sku, amount: 1 }));
    const outcomes = await writeStock(stockOf(open()), levels);
    expect(outcomes.map(({ ok }) => ok)).toEqual(rows.map(({ sku }) => sku !== 'S5'));
    expect(outcomes[5]).toMatchObject({
      error: { message: expect.stringContaining('S5 is locked') as string },
    });
  });

  it('that nobody could write is not sent in halves', async () => {
    bulk = () => ({ status: 403, body: { detail: 'read only' } });
    const levels = ['A', 'B'].map((sku) => ({ sku, place: 'MAIN', amount: 7 }));
    const outcomes = await writeStock(stockOf(open()), levels);
    expect(outcomes).toMatchObject([
      { error: { class: 'permission' } },
      { error: { class: 'permission' } },
    ]);
    expect(written()).toHaveLength(1);
  });

  it('is written one by one where the profile has no other way', async () => {
    rows = [{ ID: 4, ProductKey: 'A', Quantity: 1 }] as unknown as Row[];
    expect(await writeStock(stockOf(open(CEF)), [{ sku: 'A', amount: 3 }])).toMatchObject([
      { ok: true, value: { outcome: 'updated', before: 1, inventoryId: '4' } },
    ]);
    expect(written()).toEqual([{ Quantity: 3 }]);
    expect(server.received.at(-1)?.url).toMatch(/\/4$/);
  });
});

it('prices are written to the products that have them not yet', async () => {
  rows = [
    { productId: 1, sku: 'A', price: 5 },
    { productId: 2, sku: 'B', price: 6 },
  ] as unknown as Row[];
  const levels = ['A', 'B', 'C'].map((sku) => ({ sku, amount: 6 }));
  expect(await writePrices(pricesOf(open()), levels)).toMatchObject([
    { ok: true, value: { outcome: 'updated', productId: '1' } },
    { ok: true, value: { outcome: 'unchanged' } },
    { ok: false, error: { class: 'not-found' } },
  ]);
  expect(written()).toEqual([{ price: 6 }]);
});

it('prices are written under the names that the products have, and in bulk where the profile says how', async () => {
  rows = [
    { productId: 1, sku: 'A', unitPrice: 5 },
    { id: 2, sku: 'B', price: null, unitPrice: 6 },
    { productId: 3, sku: 'C', price: 5, unitPrice: 5 },
    { productId: 4, sku: 'D' },
  ] as unknown as Row[];
  const levels = ['A', 'B', 'C', 'D'].map((sku) => ({ sku, amount: 7 }));
  await writePrices(pricesOf(open()), levels);
  expect(written()).toEqual([{ unitPrice: 7 }, { unitPrice: 7 }, { price: 7 }, { price: 7 }]);
  expect(server.received.every(({ method }) => method === 'PATCH' || method === 'GET')).toBe(true);
  expect(server.received).toHaveLength(5);

  bulk = () => ({ body: { failed: [{ productId: 3, why: 'locked' }] } });
  const profile = readProfile(`{
    "extends": "brief",
    "prices": {
      "bulk": { "method": "PATCH", "path": "/products/bulk" },
      "most": 3,
      "rows": "products",
      "results": "failed",
      "reasonAt": ["why"],
      "tells": "failures"
    }
  }`);
  server.received.length = 0;
  expect(await writePrices(pricesOf(open(profile)), levels)).toMatchObject([
    { ok: true },
    { ok: true },
    { ok: false, error: { message: 'Clarity did not write the price of C: locked' } },
    { ok: false, error: { class: 'unknown' } },
  ]);
  expect(written()).toEqual([
    {
      products: [
        { productId: '1', sku: 'A', unitPrice: 7 },
        { id: '2', sku: 'B', unitPrice: 7 },
        { productId: '3', sku: 'C', price: 7 },
      ],
    },
    { products: [{ productId: '4', sku: 'D', price: 7 }] },
  ]);
});
