import { type HttpServer, startHttpServer } from '../../../test/support/httpServer';
import { fetchTransport } from '../../http/fetch';
import { isByContent } from '../../feeds/feed';
import { firstPage } from '../../http/pages';
import { begin, readChanges } from '../../feeds/poll';
import { sourceOf } from '../../feeds/records';
import { createClarity } from './client';
import { requireGet } from './followed';
import { PAYMENTS, pieceFeed, RETURNS, SHIPMENTS, STOCK_LEVELS } from './pieces';
import { readProfile } from './profile/read';
import type { Profile } from './profile/schema';

let server: HttpServer;
let rows: object[];

beforeEach(async () => {
  server = await startHttpServer(() => ({ body: { items: rows, Results: rows } }));
});

afterEach(async () => await server.close());

const open = (profile: Profile) =>
  createClarity({ url: server.origin, profile, send: fetchTransport() });
const profileOf = (base: string, more: object = {}): Profile =>
  readProfile(JSON.stringify({ extends: base, ...more }));

const SINCE = new Date('2026-11-25T14:00:00Z');
const BEFORE = '2026-01-01T00:00:00Z';
const AFTER = '2026-11-25T14:30:00Z';

test.each([
  [PAYMENTS, '/payments?', { paymentId: 7 }],
  [SHIPMENTS, '/shipments?', { id: 7 }],
  [RETURNS, '/returns?', { returnId: '7' }],
  [STOCK_LEVELS, '/inventory?', { inventoryId: 7, sku: 'TS-M' }],
] as const)('what is new and changed of $many is asked for', async (type, path, row) => {
  rows = [
    { ...row, createdDate: BEFORE, modifiedDate: AFTER },
    { ...row, [Object.keys(row)[0] ?? 'id']: 8, createdDate: AFTER, modifiedDate: AFTER },
  ];
  const feed = pieceFeed(open(profileOf('brief')), type as typeof PAYMENTS);
  if (isByContent(feed)) throw new Error('another feed');
  const options = { overlapMs: 0, max: 100 };
  const from = await begin(feed, 'shop', options, { from: SINCE });
  const { changes } = await readChanges(feed, from, options);
  const told = changes.map(({ event, record }) => `${feed.type.idOf(record)} ${event}`).sort();
  expect(told).toEqual([`7 ${type.kind}.changed`, `8 ${type.kind}.created`]);
  expect(server.received[0]?.url).toContain(path);
  const store = { name: 'main', address: 'shop.example' };
  const source = sourceOf(feed.type, store, changes[0]?.record ?? {}, 'poll', SINCE.getTime());
  expect(source).toMatchObject({ platform: 'clarity', kind: type.kind, version: AFTER });
  expect(source.volatile).toContain('modifiedDate');
});

test('a payment is as new as its own date says where the service names no other', () => {
  expect(PAYMENTS.createdAt({ paymentId: '7', date: AFTER })).toBe(Date.parse(AFTER));
  expect(SHIPMENTS.createdAt({ shipmentId: '7', shippedAt: AFTER })).toBe(Date.parse(AFTER));
});

test('where the list cannot be asked for changes all is read and compared', async () => {
  rows = [{ ID: 7, TrackingNumber: '1Z1', UpdatedDate: AFTER }];
  const feed = pieceFeed(open(profileOf('cef')), SHIPMENTS);
  if (!isByContent(feed)) throw new Error('another feed');
  const page = await firstPage(feed.changes.all());
  expect(page).toMatchObject([{ shipmentId: '7', modifiedDate: AFTER }]);
});

test('the id of a profile that names it as such alone is taken', async () => {
  rows = [{ receiptNo: 7, createdDate: AFTER, modifiedDate: AFTER }];
  const own = profileOf('brief', {
    resources: { payments: { id: 'receiptNo', fields: { paymentId: 'receiptNo' } } },
  });
  const { paymentId: _named, ...fields } = own.resources.payments?.fields ?? {};
  const bare = {
    ...own,
    resources: {
      ...own.resources,
      payments: { ...own.resources.payments, id: 'receiptNo', fields },
    },
  };
  for (const profile of [own, bare]) {
    const feed = pieceFeed(open(profile), PAYMENTS);
    if (isByContent(feed) || !('changedSince' in feed.changes)) throw new Error('another feed');
    expect(await firstPage(feed.changes.changedSince(SINCE))).toMatchObject([{ paymentId: '7' }]);
  }
});

test('records without an id are not taken for one: where it is not is said', async () => {
  rows = [{ no: 7, createdDate: AFTER, modifiedDate: AFTER }];
  const feed = pieceFeed(open(profileOf('brief')), RETURNS);
  if (isByContent(feed) || !('changedSince' in feed.changes)) throw new Error('another feed');
  await expect(firstPage(feed.changes.changedSince(SINCE))).rejects.toMatchObject({
    class: 'configuration',
    message: 'The returns of the store have no id: there is nothing at returnId ?? id',
    fix: expect.stringContaining('resources.returns.id') as string,
  });
});

describe('stock levels that the service knows by their SKU alone', () => {
  const level = (place: object) => ({ sku: 'TS-M', modifiedDate: AFTER, ...place });

  async function levels(profile = profileOf('brief')): Promise<string[]> {
    const feed = pieceFeed(open(profile), STOCK_LEVELS);
    if (isByContent(feed)) throw new Error('another feed');
    const options = { overlapMs: 0, max: 100 };
    const from = await begin(feed, 'shop', options, { from: SINCE });
    const { changes } = await readChanges(feed, from, options);
    return changes.map(({ record }) => feed.type.idOf(record)).sort();
  }

  test('are one for each warehouse', async () => {
    rows = ['MAIN', 'EAST', 'a@b'].map((warehouse) => level({ warehouse }));
    expect(await levels()).toEqual(['TS-M@EAST', 'TS-M@MAIN', 'TS-M@a%40b']);
  });

  test('keep the SKU as their id where there are no warehouses', async () => {
    rows = [level({}), level({ sku: 'TS-L' })];
    expect(await levels()).toEqual(['TS-L', 'TS-M']);
  });

  test('keep an id of their own', async () => {
    rows = ['MAIN', 'EAST'].map((warehouse, id) => level({ id: 7 + id, warehouse }));
    expect(await levels()).toEqual(['7', '8']);
  });

  test('are not taken for one where the profile does not tell them apart', async () => {
    rows = ['MAIN', 'EAST'].map((location) => level({ location }));
    await expect(levels()).rejects.toMatchObject({
      class: 'configuration',
      message:
        'Several stock levels of the store have the id TS-M, which stands at inventoryId ?? id ?? sku',
      fix: expect.stringContaining('resources.inventory.id') as string,
    });
    const own = { resources: { inventory: { fields: { warehouse: 'location' } } } };
    expect(await levels(profileOf('brief', own))).toEqual(['TS-M@EAST', 'TS-M@MAIN']);
  });
});

describe('what a profile does not have is said', () => {
  const lacking = (part: object | null, more: object = {}) =>
    profileOf('brief', { resources: { inventory: part }, ...more });

  test.each([
    [lacking({ list: null }), 'Choose Webhook Only'],
    [lacking(null), 'Choose another kind of record'],
    [lacking({ list: null }, { webhooks: null }), 'Choose another kind of record'],
  ])('a list to poll', async (profile, fix) => {
    const feed = pieceFeed(open(profile), STOCK_LEVELS);
    if (!isByContent(feed)) throw new Error('another feed');
    await expect(async () => await firstPage(feed.changes.all())).rejects.toMatchObject({
      message:
        'The API profile "brief, edited" has no resources.inventory.list, so that stock levels cannot be polled',
      fix: expect.stringContaining(fix) as string,
    });
    expect(server.received).toEqual([]);
  });

  test.each([
    [lacking({ get: null }), 'Choose Poll Only'],
    [lacking(null), 'Choose another kind of record'],
  ])('a way to look up what a webhook tells', (profile, fix) => {
    expect(() => requireGet(open(profile), STOCK_LEVELS)).toThrow(
      expect.objectContaining({
        message: expect.stringContaining('has no resources.inventory.get') as string,
        fix: expect.stringContaining(fix) as string,
      }) as Error,
    );
    expect(() => requireGet(open(profile), PAYMENTS)).not.toThrow();
  });
});
