import { inDryRun, Journal, onlyReading, type PlannedWrite } from '../../../dryRun';
import type { HttpRequest, Send } from '../../../http/types';
import { createRestClient, type RestDescription } from '../rest';
import { asked, askedByName, standsFor, type StoreRehearsal } from '.';
import { z } from 'zod';

const WORDS: RestDescription['words'] = {
  service: 'Shop',
  reasonAt: [],
  rules: [],
  fixes: {},
  redirected: '',
  notJson: '',
  unexpectedShape: '',
};

const BASE = 'https://shop.example/api';

/** A shop that has these records, at their paths, and refuses to be written to. */
function shopWith(records: Record<string, object>, rehearsal: Partial<StoreRehearsal> = {}) {
  const requests: string[] = [];
  const answer: Send = async ({ method, url }: HttpRequest) => {
    const { pathname } = new URL(url);
    const path = pathname.replace('/api', '');
    requests.push(`${method} ${path}`);
    const found = records[path];
    return await Promise.resolve({
      status: found ? 200 : 404,
      headers: {},
      body: JSON.stringify(found ?? {}),
    });
  };
  const open = () =>
    createRestClient(
      {
        base: BASE,
        words: WORDS,
        paging: { at: 'page', counts: 'pages', size: 'size', maxSize: 50, honoursSize: true },
        rehearsal: { system: 'Shop', base: BASE, ...rehearsal },
      },
      { send: onlyReading(answer) },
    );
  const writing =
    (method: 'PATCH' | 'POST' | 'PUT') =>
    async (path: string, body: object, client = open()): Promise<Record<string, unknown>> =>
      await client.call({ method, path, body, schema: z.record(z.unknown()) });
  return { requests, open, put: writing('PUT'), post: writing('POST') };
}

async function planned(work: () => Promise<unknown>): Promise<PlannedWrite[]> {
  const journal = new Journal();
  await inDryRun(journal, work);
  return journal.takeCommon();
}

describe('a write in a dry run', () => {
  const PRODUCT = { '/products/7': { id: 7, price: '9.90', name: 'Mug', enabled: 'E' } };

  it('reads the record, and tells of the columns that differ by their values', async () => {
    const { put, requests } = shopWith(PRODUCT);
    const [write] = await planned(async () => {
      const answer = await put('/products/7', { price: 9.9, enabled: true, name: 'Cup' });
      expect(answer).toEqual({ id: 7, price: 9.9, enabled: true, name: 'Cup' });
    });
    expect(write).toEqual({
      action: 'update',
      system: 'Shop',
      table: 'products',
      id: '7',
      columns: [{ column: 'name', before: 'Mug', after: 'Cup' }],
    });
    expect(requests).toEqual(['GET /products/7']);
  });

  it('is none where everything is there already', async () => {
    const { put } = shopWith(PRODUCT);
    const [write] = await planned(async () => await put('/products/7', { price: 9.9 }));
    expect(write).toEqual({ action: 'unchanged', system: 'Shop', table: 'products', id: '7' });
  });

  it('is seen by what is read and written afterwards', async () => {
    const shop = shopWith(PRODUCT);
    const writes = await planned(async () => {
      const client = shop.open();
      await shop.put('/products/7', { price: 12 }, client);
      const schema = z.record(z.unknown());
      const read = await client.call({ method: 'GET', path: '/products/7', schema });
      expect(read).toMatchObject({ price: 12, name: 'Mug' });
      await shop.put('/products/7', { price: 12 }, client);
      await client.remove('/products/7');
      await expect(client.call({ method: 'GET', path: '/products/7', schema })).rejects.toThrow(
        /404/,
      );
    });
    expect(writes.map(({ action }) => action)).toEqual(['update', 'unchanged', 'delete']);
  });

  it('tells all columns of what is made, for which an ID stands that later nodes can read', async () => {
    const shop = shopWith({});
    let id: unknown;
    const [write] = await planned(async () => {
      ({ id } = await shop.post('/products', { name: 'Pan', size: { width: 3 } }));
    });
    expect(write).toMatchObject({
      action: 'create',
      table: 'products',
      columns: [
        { column: 'name', before: null, after: 'Pan' },
        { column: 'size.width', before: null, after: 3 },
      ],
      note: `Shop gives it its ID, for which ${String(id)} stands.`,
    });
    expect(write).not.toHaveProperty('id');
    const [later] = await planned(
      async () => await shop.put(`/products/${String(id)}`, { name: 'Pot' }),
    );
    expect(later).toMatchObject({
      action: 'update',
      columns: [{ column: 'name', before: 'Pan', after: 'Pot' }],
    });
    expect(shop.requests).toEqual([]);
  });

  it('tells files by name and size, and no secret', async () => {
    const shop = shopWith({}, { files: { content: 'file' } });
    const content = Buffer.from('made up').toString('base64');
    const [write] = await planned(async () => {
      const answer = await shop.post('/customers', {
        ...{ file: 'photo.png', content, password: 'made-up', CardNumber: '4111111111111111' },
        url: 'https://n8n.example/hook?key=made-up',
      });
      expect(answer).not.toHaveProperty('password');
    });
    expect(JSON.stringify(write)).not.toMatch(/made-up|4111/);
    expect(write?.columns).toContainEqual({
      column: 'content',
      before: null,
      after: 'photo.png, 7 bytes',
    });
  });

  it('fails as the shop would where there is no such record', async () => {
    const { put } = shopWith({});
    const work = async () => await put('/products/8', { price: 1 });
    await expect(planned(work)).rejects.toMatchObject({ class: 'not-found' });
  });

  it('is sent where nothing is rehearsed', async () => {
    const { put } = shopWith(PRODUCT);
    // The shop of this test lets nothing through, and says so.
    await expect(put('/products/7', { price: 1 })).rejects.toMatchObject({ code: 'DRY_RUN' });
  });
});

describe('who asks for a write', () => {
  const ORDERS = { '/orders/5': { id: 5, state: 'new' } };

  it('are all who name the record, of whom the first has it', async () => {
    const shop = shopWith(ORDERS);
    const journal = new Journal();
    await inDryRun(journal, async () => {
      const work = async () => await shop.put('/orders/5', { state: 'paid' });
      await askedByName(new Map([['5', [1, 3]]]), work);
    });
    expect(journal.of(1)).toMatchObject([{ action: 'update', id: '5' }]);
    expect(journal.of(3)).toEqual([
      { action: 'unchanged', system: 'Shop', table: 'orders', id: '5' },
    ]);
  });

  it('is each for its own record of a request that writes many', async () => {
    const shop = shopWith(
      { '/orders/5': { id: 5, state: 'new' }, '/orders/6': { id: 6, state: 'new' } },
      {
        routes: [
          {
            methods: ['PUT'],
            path: '/orders',
            action: 'update',
            rows: (body) => (body as { all: Array<Record<string, unknown>> }).all,
            id: ({ row }) => String(row['id']),
            place: ({ row }) => ({ read: `/orders/${String(row['id'])}` }),
          },
        ],
        answer: (all) => ({ status: 200, body: { written: all.length } }),
      },
    );
    const journal = new Journal();
    const wishes = [standsFor({ id: 6 }, [0]), standsFor({ id: 5 }, [2])];
    await inDryRun(journal, async () => {
      const all = wishes.map((wish) => ({ ...wish, state: 'paid' }));
      await asked(wishes, async () => await shop.put('/orders', { all }));
    });
    expect(journal.of(0)).toMatchObject([{ id: '6' }]);
    expect(journal.of(2)).toMatchObject([{ id: '5' }]);
    expect(journal.takeCommon()).toEqual([]);
  });
});
