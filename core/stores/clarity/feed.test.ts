import { type HttpServer, startHttpServer } from '../../../test/support/httpServer';
import { fetchTransport } from '../../http/fetch';
import { emptyContents, readContents } from '../../feeds/contentPoll';
import { isByContent } from '../../feeds/feed';
import { firstPage } from '../../http/pages';
import { begin, readChanges } from '../../feeds/poll';
import { sourceOf } from '../../feeds/records';
import { contentDigest } from '../../feeds/watermark';
import { createClarity } from './client';
import { hasStatus, orderFeed, ORDERS, productFeed } from './feed';
import { BRIEF } from './profile/brief';
import { CEF } from './profile/cef';
import { readProfile } from './profile/read';
import type { Profile } from './profile/schema';
import type { Order } from './wire';

let server: HttpServer;

beforeEach(async () => {
  server = await startHttpServer(() => ({ body: { items: [], Results: [] } }));
});

afterEach(async () => await server.close());

const open = (profile: Profile = BRIEF) =>
  createClarity({ url: server.origin, profile, send: fetchTransport() });

const SINCE = new Date('2026-11-25T14:00:00Z');

test('what changed is asked for where the service can be asked', async () => {
  const feed = orderFeed(open());
  if (isByContent(feed) || !('changedSince' in feed.changes)) throw new Error('another feed');
  expect(await firstPage(feed.changes.changedSince(SINCE))).toEqual([]);
  expect(server.received[0]?.url).toContain('modifiedSince=2026-11-25T14%3A00%3A00.000Z');
});

test('all is read and compared where it cannot', async () => {
  const feed = productFeed(open(CEF));
  if (!isByContent(feed)) throw new Error('another feed');
  expect(await firstPage(feed.changes.all())).toEqual([]);
  expect(server.received[0]?.url).toMatch(/\/Products\/Products\?StartIndex=1&Size=50$/);
});

test('orders of other statuses stay out, however a status is spelled', () => {
  const orders = ['shipped', 'on-hold', 'Being Packed', null].map(
    (status) => ({ status }) as Order,
  );
  const chosenBy = (...chosen: string[]) =>
    orders.filter((order) => hasStatus(order, chosen)).map(({ status }) => status);
  expect(chosenBy('Shipped', 'On Hold')).toEqual(['shipped', 'on-hold']);
  expect(chosenBy('Being Packed')).toEqual(['Being Packed']);
  expect(chosenBy()).toHaveLength(4);
});

test('an order is known by the names of the profile', () => {
  const order = {
    orderId: '1042',
    orderNumber: 'SO-1042',
    orderDate: '2026-11-25T14:00:00Z',
    modifiedDate: '2026-11-25T15:00:00Z',
  };
  const store = { name: 'main', address: 'shop.example' };
  expect(sourceOf(ORDERS, store, order, 'order.created', SINCE.getTime())).toMatchObject({
    platform: 'clarity',
    kind: 'order',
    id: '1042',
    number: 'SO-1042',
    version: '2026-11-25T15:00:00Z',
  });
  expect(ORDERS.changedAt(order)).toBe(Date.parse('2026-11-25T15:00:00Z'));
  expect(ORDERS.createdAt(order)).toBe(SINCE.getTime());
});

describe('what a record is, the profile says', () => {
  const FIELDS = '{"modifiedDate":"changedOn","externalId":"foreignKey"}';
  const own = readProfile(
    `{"extends":"brief","resources":{"orders":{"fields":${FIELDS},"volatile":["sync.at"]}}}`,
  );

  test('a change of its date or key alone is none, whatever the deployment calls them', () => {
    const { type } = orderFeed(open(own));
    const digestOf = (more: object) =>
      contentDigest(type, { orderId: '7', status: 'Pending', ...more } as Order, 16);
    const before = digestOf({ changedOn: 1, modifiedDate: 'a', foreignKey: null });
    const after = { changedOn: 2, modifiedDate: 'b', foreignKey: 'ERP', externalId: 'ERP' };
    expect(digestOf({ ...after, sync: { at: 3 } })).toBe(digestOf({ sync: {} }));
    expect(digestOf(after)).toBe(before);
    expect(digestOf({ ...after, status: 'Shipped' })).not.toBe(before);
    expect(digestOf({ ...after, UpdatedDate: 1 })).not.toBe(before);
  });
});

describe('new and changed', () => {
  let rows: object[];
  const CHANGED_AT = '2026-11-25T14:30:00Z';
  const askable = (fields: object = {}) =>
    readProfile(
      JSON.stringify({
        extends: 'cef',
        resources: { products: { list: { modifiedSince: 'ChangedAfter' }, fields } },
      }),
    );

  beforeEach(async () => {
    await server.close();
    server = await startHttpServer(() => ({ body: { Results: rows, items: rows } }));
  });

  /** What a poll says of them that has begun an hour before. */
  const events = async (profile: Profile): Promise<string[]> => {
    const feed = productFeed(open(profile));
    if (isByContent(feed)) throw new Error('another feed');
    const options = { overlapMs: 0, max: 100 };
    const from = await begin(feed, 'shop', options, { from: SINCE });
    const { changes } = await readChanges(feed, from, options);
    return changes.map(({ event, record }) => `${record.productId} ${event}`);
  };

  test('are told apart by the date that the profile names', async () => {
    rows = [
      { ID: 1, CreatedDate: '2020-01-01T00:00:00Z', UpdatedDate: CHANGED_AT },
      { ID: 2, CreatedDate: CHANGED_AT },
    ];
    expect((await events(askable())).sort()).toEqual(['1 product.changed', '2 product.created']);
  });

  test('are told apart by what was there before where the service does not say it', async () => {
    for (const field of ['createdDate', 'modifiedDate']) {
      expect(isByContent(productFeed(open(askable({ [field]: null }))))).toBe(true);
    }
    const cef = productFeed(open(askable({ createdDate: null })));
    if (!isByContent(cef)) throw new Error('another feed');
    rows = [{ ID: 1, Name: 'Old', UpdatedDate: CHANGED_AT }];
    const options = { overlapMs: 0, max: 100, keepMs: 0 };
    const first = await readContents(cef, emptyContents('shop', undefined), options);
    rows = [
      { ID: 1, Name: 'Changed', UpdatedDate: CHANGED_AT },
      { ID: 2, Name: 'New', UpdatedDate: CHANGED_AT },
    ];
    const { changes } = await readContents(cef, first.contents, options);
    expect(changes.map(({ event, record }) => `${record.productId} ${event}`)).toEqual([
      '1 product.changed',
      '2 product.created',
    ]);
  });

  test('products that do not say when they were made have changed, unless the profile of a user names it', async () => {
    rows = [1, 2].map((ID) => ({ ID, UpdatedDate: CHANGED_AT }));
    expect((await events(askable())).sort()).toEqual(['1 product.changed', '2 product.changed']);
    rows = [1, 2].map((productId) => ({ productId, modifiedDate: CHANGED_AT }));
    expect((await events(BRIEF)).sort()).toEqual(['1 product.changed', '2 product.changed']);
  });

  test('are guessed of nothing: that the field is not there is said', async () => {
    rows = [1, 2].map((ID) => ({ ID, UpdatedDate: CHANGED_AT }));
    await expect(events(askable({ createdDate: 'Made' }))).rejects.toMatchObject({
      class: 'configuration',
      message:
        'The products of the store do not say when they were made: they have nothing at Made',
      fix: expect.stringContaining('resources.products.fields.createdDate') as string,
    });
  });

  test('a change is not read past because its date is elsewhere than the profile says', async () => {
    rows = [{ ID: 1, CreatedDate: '2020-01-01T00:00:00Z', Altered: CHANGED_AT }];
    await expect(events(askable({ modifiedDate: 'Changed' }))).rejects.toMatchObject({
      class: 'configuration',
      message: expect.stringContaining('when they were changed') as string,
      fix: expect.stringContaining('resources.products.fields.modifiedDate') as string,
    });
  });

  test('an order that was brought from another shop is new, whatever its own date', () => {
    const order = { createdDate: CHANGED_AT, orderDate: '2020-01-01T00:00:00Z' } as Order;
    expect(ORDERS.createdAt(order)).toBe(Date.parse(CHANGED_AT));
  });
});
