import { type HttpServer, startHttpServer } from '../../../test/support/httpServer';
import { fetchTransport } from '../../http/fetch';
import { isByContent } from '../kit/feed';
import { firstPage } from '../kit/pages';
import { sourceOf } from '../kit/records';
import { createClarity } from './client';
import { hasStatus, orderFeed, ORDERS, productFeed } from './feed';
import { BRIEF } from './profile/brief';
import { CEF } from './profile/cef';
import type { Order } from './wire';

let server: HttpServer;

beforeEach(async () => {
  server = await startHttpServer(() => ({ body: { items: [], Results: [] } }));
});

afterEach(async () => await server.close());

const open = (profile = BRIEF) =>
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
    volatile: expect.arrayContaining(['modifiedDate']) as string[],
  });
  expect(ORDERS.changedAt(order)).toBe(Date.parse('2026-11-25T15:00:00Z'));
  expect(ORDERS.createdAt(order)).toBe(SINCE.getTime());
});
