/** Lists of a store of which nothing is known but how it is asked for a page. */
import fc from 'fast-check';
import { range } from 'lodash';
import { z } from 'zod';

import type { HttpRequest, HttpResponse } from '../../http/types';
import { firstRows, type PageOptions } from '../../http/pages';
import { createRestClient, type Paging, type RestClient } from './rest';

const MAX = 50;

interface Store {
  counts: Paging['counts'];
  first: 0 | 1;
  count: number;
  /** The most rows that the server gives at once, whatever is asked for. */
  most: number;
  /** The envelope tells which page it is. */
  tellsPage: boolean;
  ignoresPage?: boolean;
  tellsTotal?: boolean;
  /** What it tells; left out: as many as there are. */
  total?: number;
  /** Nothing stands there at all. */
  isGone?: boolean;
  /** What stands where the list has ended. */
  pastTheEnd?: 'nothing' | 'first page' | 'last page' | 'not found';
}

let asked: string[];

function client(store: Store): RestClient {
  const { counts, first, count, most, tellsPage, ignoresPage, tellsTotal, pastTheEnd, isGone } =
    store;
  const { total = count } = store;
  asked = [];
  return createRestClient(
    {
      base: 'https://shop.example',
      words: {
        service: 'Shop',
        reasonAt: [],
        rules: [],
        fixes: {},
        redirected: '',
        notJson: '',
        unexpectedShape: '',
      },
      paging: { at: 'at', counts, first, size: 'size', maxSize: MAX },
      rowsIn: (answer) => (answer as { rows: unknown }).rows,
      totalIn: (answer) => (answer as { total?: number }).total,
    },
    {
      send: async ({ url }: HttpRequest): Promise<HttpResponse> => {
        const query = new URL(url).searchParams;
        const at = Number(query.get('at'));
        asked.push(`${at}`);
        const size = Math.min(most, Number(query.get('size')));
        const wanted = counts === 'pages' ? (at - first) * size : at - first;
        const isOver = wanted > 0 && wanted >= count;
        if (isGone || (isOver && pastTheEnd === 'not found')) {
          return await Promise.resolve({ status: 404, headers: {}, body: '' });
        }
        const isFirst = ignoresPage || (isOver && pastTheEnd === 'first page');
        const isLast = isOver && pastTheEnd === 'last page';
        const last = Math.max(0, (Math.ceil(count / size) - 1) * size);
        const from = isFirst ? 0 : isLast ? last : wanted;
        const rows = range(count)
          .slice(from, from + size)
          .map((id) => ({ id }));
        const body = JSON.stringify({
          rows,
          ...(tellsPage && { page: at }),
          ...(tellsTotal && { total }),
        });
        return await Promise.resolve({ status: 200, headers: {}, body });
      },
    },
  );
}

const ids = async (store: Store, from: PageOptions = {}): Promise<number[]> => {
  const row = z.object({ id: z.number() });
  const { pages } = client(store);
  const list = (options: PageOptions) => pages({ path: '/things', row }, { ...options, ...from });
  return (await firstRows(list, 1e9)).map(({ id }) => id);
};

const stores = fc.record({
  counts: fc.constantFrom('pages', 'rows'),
  first: fc.constantFrom(0, 1),
  count: fc.nat({ max: 180 }),
  most: fc.integer({ min: 1, max: MAX + 10 }),
  tellsPage: fc.boolean(),
  tellsTotal: fc.boolean(),
  pastTheEnd: fc.constantFrom('nothing', 'first page', 'last page', 'not found'),
}) as fc.Arbitrary<Store>;

it('come whole, and each row once, at whatever size the server caps its pages', async () => {
  await fc.assert(
    fc.asyncProperty(stores, async (store) => {
      expect(await ids(store)).toEqual(range(store.count));
      // Without a total, one request finds that nothing comes any more.
      const pages = Math.ceil(store.count / Math.min(store.most, MAX));
      expect(asked).toHaveLength(store.tellsTotal ? Math.max(1, pages) : pages + 1);
    }),
    { numRuns: 500 },
  );
});

it.each([32, 16, 64, 8, 7])('go on behind a first page of %i rows', async (most) => {
  const store: Store = { counts: 'pages', first: 1, count: 130, most, tellsPage: false };
  expect(await ids(store)).toEqual(range(130));
});

it.each([true, false])(
  'come once where the server pages nothing, though it may tell a page: %s',
  async (tellsPage) => {
    const store: Store = { counts: 'pages', first: 1, count: 37, most: 40, tellsPage };
    expect(await ids({ ...store, ignoresPage: true })).toEqual(range(37));
    expect(asked).toEqual(['1', '2']);
  },
);

describe('what is not found', () => {
  const store: Store = {
    counts: 'rows',
    first: 0,
    count: 40,
    most: 20,
    tellsPage: false,
    pastTheEnd: 'not found',
  };

  it.each([true, false])(
    'is past the end where a reading goes on from the middle, total told: %s',
    async (tellsTotal) => {
      expect(await ids({ ...store, tellsTotal }, { after: 20 })).toEqual(range(20, 40));
      expect(await ids({ ...store, tellsTotal }, { after: 40 })).toEqual([]);
    },
  );

  it('is a fault where the list has not begun', async () => {
    await expect(ids({ ...store, isGone: true })).rejects.toMatchObject({
      class: 'not-found',
    });
  });

  it('is a fault before as many rows have come as were told', async () => {
    await expect(ids({ ...store, tellsTotal: true, total: 60 })).rejects.toMatchObject({
      class: 'not-found',
    });
  });
});
