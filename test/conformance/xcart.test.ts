import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

import { fetchTransport } from '../../core/http/fetch';
import { createSend } from '../../core/http/send';
import { createThrottle } from '../../core/http/throttle';
import { firstRows } from '../../core/http/pages';
import { createXCart, type XCart } from '../../core/stores/xcart/client';
import { begin, latestRecords, type PollOptions, readChanges } from '../../core/feeds/poll';
import type { Watermark } from '../../core/feeds/watermark';
import { isAuthentic, readDocuments } from '../../core/webhooks/webhook';
import { writeStock } from '../../core/stores/kit/stock';
import { orderFeed } from '../../core/stores/xcart/feed';
import { DELIVERIES, WEBHOOK_HEADERS, webhookProofs } from '../../core/stores/xcart/webhook';
import { stockOf } from '../../core/stores/xcart/stock';
import { XCartApi } from '../../credentials/XCartApi.credentials';
import { XCartTrigger } from '../../nodes/XCartTrigger/XCartTrigger.node';
import { type RunningSandbox, startSandbox } from '../../sandbox/start';
import { type Doors, doorsOf } from '../../scripts/n8n/doors';
import { publish } from '../support/trigger';

const OPTIONS: PollOptions = { overlapMs: 300_000, max: 1000 };

let sandbox: RunningSandbox;
let control: Doors;
let client: XCart;
let workflows = 0;

beforeAll(async () => {
  sandbox = await startSandbox();
  control = doorsOf(sandbox.control.url);
});

afterAll(async () => await sandbox.stop());

beforeEach(() => {
  sandbox.reset();
  client = clientWith(sandbox.xcart.writeKey);
});

function clientWith(apiKey: string, timeoutMs = 10_000): XCart {
  const send = createSend({
    transport: fetchTransport(),
    throttle: createThrottle({ start: 4, max: 12 }),
    retry: { baseMs: 10 },
  });
  return createXCart({ storeUrl: sandbox.xcart.url, apiKey, send, timeoutMs });
}

interface Placed {
  id: number;
  order_number: string;
}

const place = async (count: number, more: object = {}): Promise<Placed[]> =>
  (await control<Array<{ document: Placed }>>('POST', '/xcart/orders', { count, ...more })).map(
    ({ document }) => document,
  );

const faults = async (rules: object[]): Promise<void> =>
  await control('PUT', '/faults', { rules: rules.map((rule) => ({ service: 'xcart', ...rule })) });

describe('keys', () => {
  it('tells an unknown key from one that can only read', async () => {
    const [order] = await place(1);
    const id = order?.id ?? 0;
    await expect(clientWith('unknown').orders.get(id)).rejects.toMatchObject({
      class: 'authentication',
      status: 401,
    });
    const reader = clientWith(sandbox.xcart.readKey);
    expect((await reader.orders.get(id)).id).toBe(id);
    await expect(reader.orders.setPaymentStatus(id, 'P')).rejects.toMatchObject({
      class: 'permission',
      fix: expect.stringContaining('read/write key') as string,
    });
  });
});

describe('orders', () => {
  it('lists all pages, filters, and reads what stands below an order', async () => {
    const placed = await place(230, { lines: 2 });
    const all = await firstRows((page) => client.orders.pages({}, page), Infinity);
    expect(all.map(({ id }) => id).toSorted((a, b) => a - b)).toEqual(placed.map(({ id }) => id));
    const [first] = placed;
    const order = await client.orders.byNumber(first?.order_number ?? '');
    expect(order.id).toBe(first?.id);
    expect(order.items?.length).toBe(2);
    const [payment] = await client.orders.transactions(order.id);
    expect(payment?.backend_transactions?.length).toBeGreaterThan(0);
    expect(await client.orders.history(order.id)).toBeInstanceOf(Array);
    expect(await client.orders.details(order.id)).toBeInstanceOf(Array);
    const none = await firstRows(
      (page) => client.orders.pages({ placedAfter: new Date(Date.now() + 86_400_000) }, page),
      Infinity,
    );
    expect(none).toEqual([]);
  });

  it('writes statuses, and understands why it may not', async () => {
    const [order] = await place(1);
    const id = order?.id ?? 0;
    expect((await client.orders.setPaymentStatus(id, 'P')).code).toBe('P');
    expect((await client.orders.setShippingStatus(id, 'S')).code).toBe('S');
    expect((await client.orders.get(id)).shipping_status?.code).toBe('S');
    const paid = await firstRows(
      (page) => client.orders.pages({ paymentStatus: ['P', 'A'] }, page),
      10,
    );
    expect(paid.map((each) => each.id)).toContain(id);
    await expect(client.orders.setPaymentStatus(id, 'ZZ')).rejects.toMatchObject({
      class: 'validation',
      fix: expect.stringContaining('status') as string,
    });
    await expect(client.orders.setPaymentStatus(99_999, 'P')).rejects.toMatchObject({
      class: 'not-found',
    });
    await expect(client.orders.get(99_999)).rejects.toMatchObject({ class: 'not-found' });
  });
});

describe('records', () => {
  it('creates, changes in part, reads and deletes a product', async () => {
    const product = await client.products.create({
      sku: 'NEW-1',
      name: 'New',
      price: 5,
      amount: 3,
    });
    const changed = await client.products.update(product.id, { price: 6.5 });
    expect(changed).toMatchObject({ sku: 'NEW-1', price: 6.5, amount: 3 });
    await expect(client.products.create({ sku: 'NEW-1', name: 'x' })).rejects.toMatchObject({
      class: 'duplicate',
    });
    await expect(client.products.create({ name: 'x' })).rejects.toMatchObject({
      class: 'validation',
    });
    await client.products.remove(product.id);
    await expect(client.products.get(product.id)).rejects.toMatchObject({ class: 'not-found' });
  });

  it('does the same for a customer with an address', async () => {
    const profile = await client.profiles.create({
      login: 'grace@example.com',
      password: 'made-up-word-1',
    });
    const found = await firstRows((page) => client.profiles.pages({ email: 'grace@' }, page), 5);
    expect(found.map(({ id }) => id)).toEqual([profile.id]);
    const addresses = client.addresses(profile.id);
    const address = await addresses.create({ firstname: 'Grace', lastname: 'Doe', city: 'Austin' });
    const id = address.id ?? 0;
    expect((await addresses.update(id, { city: 'Dallas' })).city).toBe('Dallas');
    expect(await firstRows((page) => addresses.pages(undefined, page), 5)).toHaveLength(1);
    await addresses.remove(id);
    await client.profiles.remove(profile.id);
  });

  it('moves a category and puts a product into it', async () => {
    const [parent, child] = [
      await client.categories.create({ name: 'Parent' }),
      await client.categories.create({ name: 'Child' }),
    ];
    await client.categories.move(child.id, { parent: parent.id, position: 10 });
    const below = await firstRows(
      (page) => client.categories.pages({ parent: parent.id }, page),
      5,
    );
    expect(below.map(({ id }) => id)).toEqual([child.id]);
    const [product] = await firstRows((page) => client.products.pages({}, page), 1);
    await client.categories.addProduct(child.id, product?.id ?? 0);
    expect(await client.categories.stats(child.id)).toBeInstanceOf(Object);
    await client.categories.removeProduct(child.id, product?.id ?? 0);
    await client.categories.remove(child.id);
  });
});

describe('stock', () => {
  it('writes products and variants, also where answers get lost', async () => {
    const products = await firstRows((page) => client.products.pages({}, page), Infinity);
    const plain = products.filter(({ sku }) => sku).slice(0, 20);
    const variants = (
      await Promise.all(
        products.map(
          async ({ id }) =>
            await firstRows((page) => client.variants(id).pages(undefined, page), 9),
        ),
      )
    ).flat();
    const variant = variants.find(({ sku }) => sku);
    const levels = [
      ...plain.map(({ sku }, index) => ({ sku: sku ?? '', amount: 500 + index })),
      ...(variant ? [{ sku: variant.sku ?? '', amount: 77 }] : []),
      { sku: 'NO-SUCH-SKU', amount: 1 },
    ];
    await faults([
      { method: 'PUT', kind: 'timeout-after-commit', times: 1, holdMs: 3000 },
      { method: 'PUT', kind: '429', times: 2, retryAfterSeconds: 0.05 },
      { kind: '503', probability: 0.1, times: 5 },
      { kind: 'reset', probability: 0.1, times: 3 },
    ]);
    const outcomes = await writeStock(stockOf(clientWith(sandbox.xcart.writeKey, 500)), levels);
    expect(outcomes.map((each) => (each.ok ? each.value.outcome : 'failed'))).toEqual([
      ...levels.slice(0, -1).map(() => 'updated'),
      'failed',
    ]);
    await control('DELETE', '/faults');
    const again = await writeStock(stockOf(client), levels.slice(0, -1));
    expect(again.map((each) => (each.ok ? each.value.outcome : 'failed'))).toEqual(
      levels.slice(0, -1).map(() => 'unchanged'),
    );
    expect(variant).toBeDefined();
  });
});

describe.each([
  ['5.5.0', false],
  ['5.5.1', true],
])('changed orders of %s', (_, modifiedSinceFilter) => {
  const feed = () => orderFeed(client, { modifiedSinceFilter });

  beforeEach(async () => {
    await control('PUT', '/xcart/switches', { lastRenewDateFilter: modifiedSinceFilter });
  });

  async function drain(watermark: Watermark): Promise<{ ids: number[]; watermark: Watermark }> {
    const result = await readChanges(feed(), watermark, OPTIONS);
    return { ids: result.changes.map(({ record }) => record.id), watermark: result.watermark };
  }

  it('finds 1,000 new orders in one poll, then the one that changed, each once', async () => {
    await place(5);
    const start = await begin(feed(), 'sandbox', OPTIONS);
    expect((await drain(start)).ids).toEqual([]);
    const placed = await place(1000, { lines: 3 });
    const first = await drain(start);
    expect(first.ids.toSorted((a, b) => a - b)).toEqual(placed.map(({ id }) => id));
    const changed = placed[500]?.id ?? 0;
    await control('POST', `/xcart/orders/${changed}/change`, {});
    const second = await drain(first.watermark);
    expect(second.ids).toEqual([changed]);
    expect((await drain(second.watermark)).ids).toEqual([]);
  });

  it('loses none while the store is not well', async () => {
    const start = await begin(feed(), 'sandbox', OPTIONS);
    const placed = await place(350);
    await faults([
      { kind: '500', probability: 0.2, times: 6 },
      { kind: 'reset', probability: 0.2, times: 4 },
      { kind: '429', probability: 0.2, times: 4, retryAfterSeconds: 0.05 },
    ]);
    const { ids } = await drain(start);
    expect(ids.toSorted((a, b) => a - b)).toEqual(placed.map(({ id }) => id));
  });
});

interface Received {
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** What n8n would be for the store add-on. */
async function receiver(received: Received[]) {
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      received.push({ headers: request.headers, body: Buffer.concat(parts) });
      response.writeHead(200).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { url: `http://127.0.0.1:${port}/hook`, close };
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 25));
}

describe('the store add-on', () => {
  it('sends what the trigger takes: once, signed, and as the poll would', async () => {
    const received: Received[] = [];
    const { url, close } = await receiver(received);
    try {
      const secret = sandbox.xcart.webhookSecret;
      await control('PUT', '/xcart/webhook', { url, secret });
      const [order] = await place(1);
      const id = order?.id ?? 0;
      await control('POST', `/xcart/orders/${id}/notify`, {});
      await control('POST', `/xcart/orders/${id}/change`, {});
      await until(() => received.length >= 3);
      expect(received).toHaveLength(3);
      for (const { headers, body } of received) {
        const isProven = (rawBody: Buffer): boolean =>
          isAuthentic({ rawBody, headers }, secret, webhookProofs(WEBHOOK_HEADERS));
        expect(isProven(body)).toBe(true);
        expect(isProven(Buffer.concat([body, Buffer.from(' ')]))).toBe(false);
        expect(readDocuments(body, DELIVERIES).map((document) => document.id)).toEqual([id]);
      }
      const trigger = start();
      const items = [];
      for (const { headers, body } of received) {
        const answer = await trigger.deliver(body.toString(), headers as Record<string, string>);
        items.push(...answer.items);
      }
      expect(items.map(({ source }) => (source as { event: string }).event)).toEqual([
        'order.created',
        'order.changed',
      ]);
      const [latest] = await latestRecords(orderFeed(client), 1);
      expect(items[1]).toEqual({ ...latest, source: items[1]?.source });
    } finally {
      await close();
    }
  });
});

function start() {
  workflows += 1;
  const { url: storeUrl, readKey: apiKey, webhookSecret } = sandbox.xcart;
  return publish({
    trigger: new XCartTrigger(),
    credentialType: new XCartApi(),
    credential: { storeUrl, apiKey, storeName: 'main', version: '5.5.0', webhookSecret },
    id: `conformance ${workflows}`,
  });
}
