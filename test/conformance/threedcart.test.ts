import { setTimeout as delay } from 'node:timers/promises';

import { fetchTransport } from '../../core/http/fetch';
import { createSend } from '../../core/http/send';
import { createThrottle } from '../../core/http/throttle';
import { DOCUMENTS, findPreset } from '../../core/presets';
import { compileMapping } from '../../core/mapping';
import { orderSchema } from '../../core/commerce/order';
import { createHooks, deleteHooks, repairHooks } from '../../core/webhooks/hooks';
import { firstRows } from '../../core/http/pages';
import { emptyContents, readContents } from '../../core/feeds/contentPoll';
import { begin, type PollOptions, readChanges } from '../../core/feeds/poll';
import { writePrices } from '../../core/stores/kit/prices';
import { writeStock } from '../../core/stores/kit/stock';
import { isAuthentic, readHints } from '../../core/webhooks/webhook';
import { createThreeDCart, type ThreeDCart } from '../../core/stores/threedcart/client';
import { customerFeed, orderFeed, productFeed } from '../../core/stores/threedcart/feed';
import { orderNumber } from '../../core/stores/threedcart/orders';
import { pricesOf } from '../../core/stores/threedcart/prices';
import { stockOf } from '../../core/stores/threedcart/stock';
import { DELIVERIES, hookRegistry, hookUrl, PROOFS } from '../../core/stores/threedcart/webhook';
import { type RunningSandbox, startSandbox } from '../../sandbox/start';
import { type Doors, doorsOf } from '../../scripts/n8n/doors';
import { startHttpServer } from '../support/httpServer';

const OPTIONS: PollOptions = { overlapMs: 300_000, max: 1000 };

let sandbox: RunningSandbox;
let control: Doors;
let client: ThreeDCart;

beforeAll(async () => {
  sandbox = await startSandbox();
  control = doorsOf(sandbox.control.url);
});

afterAll(async () => await sandbox.stop());

beforeEach(async () => {
  sandbox.reset();
  await control('PUT', '/threedcart/switches', { requestsPerSecond: 0 }).catch(() => undefined);
  client = clientWith();
});

function clientWith(more: Partial<Parameters<typeof createThreeDCart>[0]> = {}): ThreeDCart {
  const { url, secureUrl, privateKey, token } = sandbox.threedcart;
  const send = createSend({
    transport: fetchTransport(),
    throttle: createThrottle({ start: 4, max: 12 }),
    retry: { baseMs: 10 },
  });
  return createThreeDCart({ apiUrl: url, secureUrl, privateKey, token, send, ...more });
}

interface Placed {
  id: string;
  number: string;
  total: number;
  document: { OrderID: number };
}

const place = async (count: number, more: object = {}): Promise<Placed[]> =>
  await control('POST', '/threedcart/orders', { count, ...more });

const all = async (query: object = {}) =>
  await firstRows((page) => client.orders.pages(query, page), Infinity);

it.each(['v1', 'v2'] as const)('reads orders one by one and in pages, %s', async (version) => {
  const placed = await place(7);
  client = clientWith({ version });
  expect(placed.map(({ id }) => id)).toEqual((await all()).map(({ OrderID }) => String(OrderID)));
  for (const { id, number, total } of placed) {
    const order = await client.orders.get(id);
    expect([orderNumber(order), order.OrderAmount]).toEqual([number, total]);
    expect((await client.orders.byNumber(number)).OrderID).toBe(Number(id));
  }
  expect(await all({ email: 'nobody@nowhere.example' })).toEqual([]);
});

it.each(['message', 'results'])('tells a wrong token by a %s', async (deniedBody) => {
  await control('PUT', '/threedcart/switches', { deniedBody });
  await expect(clientWith({ token: 'wrong' }).orders.get(1)).rejects.toMatchObject({
    class: 'authentication',
    message: expect.stringContaining('Authorization has been denied') as string,
  });
});

it('tells a record that there is not', async () => {
  await expect(client.orders.get(99_999_999)).rejects.toMatchObject({ class: 'not-found' });
  await expect(client.orders.byNumber('AB-99999999')).rejects.toMatchObject({ class: 'not-found' });
});

it('pages through more orders than one answer holds', async () => {
  await place(620);
  expect(new Set((await all()).map(({ OrderID }) => OrderID)).size).toBe(620);
});

it('maps whatever the shop places to the common model, to the cent', async () => {
  const placed = await place(120, { guests: 40, lines: 4, discount: true, unknownSku: 0 });
  const preset = findPreset('threedcart.order', 'commerce.order') ?? {
    from: '',
    to: '',
    fields: [],
  };
  const mapping = compileMapping(preset, { documents: DOCUMENTS });
  const context = { source: { platform: 'threedcart', store: 'main', currency: 'USD' } };
  for (const order of await all({ includeNotCompleted: true })) {
    const result = mapping.map(order, context);
    if (!result.ok) throw result.error;
    const { total } = placed.find(({ id }) => id === String(order.OrderID)) ?? {};
    expect(orderSchema.parse(result.document).totals.total).toBe(total);
  }
});

interface Switches {
  orderKeys?: string;
  timeZone?: string;
  errorsInside200?: string;
}

describe.each<[string, Switches]>([
  ['as the recording of 2015 has it', { orderKeys: '2015' }],
  ['in another zone', { timeZone: 'Asia/Tokyo' }],
  ['with errors inside a success', { errorsInside200: 'always' }],
])('the store %s', (_what, switches) => {
  beforeEach(async () => {
    await control('PUT', '/threedcart/switches', { requestsPerSecond: 0, ...switches });
    client = clientWith({ timeZone: switches.timeZone });
  });

  it('is read and followed all the same', async () => {
    const feed = orderFeed(client);
    const watermark = await begin(feed, 'here', OPTIONS, { from: new Date(Date.now() - 60_000) });
    const placed = await place(3);
    const { changes } = await readChanges(feed, watermark, OPTIONS);
    expect(changes.map(({ record }) => String(record.OrderID))).toEqual(placed.map(({ id }) => id));
    const [{ record } = {}] = changes;
    expect(Math.abs(Date.parse(record?.OrderDate ?? '') - Date.now())).toBeLessThan(60_000);
    expect(await all({ email: 'nobody@nowhere.example' })).toEqual([]);
    expect(await all({ placedAfter: new Date(Date.now() - 60_000) })).toHaveLength(3);
    expect(await all({ placedAfter: new Date(Date.now() + 60_000) })).toEqual([]);
    await expect(client.orders.get(99_999_999)).rejects.toMatchObject({ class: 'not-found' });
    await expect(client.orders.update(99_999_999, { SalesPerson: 'x' })).rejects.toMatchObject({
      class: 'not-found',
    });
  });
});

it('follows orders, and what is written back makes no echo', async () => {
  await place(3);
  const feed = orderFeed(client);
  let watermark = await begin(feed, 'here', OPTIONS);
  const poll = async () => {
    const result = await readChanges(feed, watermark, OPTIONS);
    ({ watermark } = result);
    return result.changes.map(({ record, event }) => `${event} ${record.OrderID}`);
  };
  expect(await poll()).toEqual([]);
  const [order] = await place(1);
  const id = order?.id ?? '';
  expect(await poll()).toEqual([`order.created ${id}`]);
  await client.orders.update(id, { AlternateOrderID: 'SO-1' });
  expect((await client.orders.get(id)).AlternateOrderID).toBe('SO-1');
  expect(await poll()).toEqual([]);
  await client.orders.updateShipment(id, 0, { ShipmentTrackingCode: '1Z999' });
  expect(await poll()).toEqual([`order.changed ${id}`]);
  expect((await client.orders.shipments(id))[0]?.ShipmentTrackingCode).toBe('1Z999');
});

it.each(['elements', 'elementsAndStatus', 'first'])(
  'writes many at once, and tells what became of each: a failure is told by %s',
  async (bulkFailure) => {
    await control('PUT', '/threedcart/switches', { bulkFailure });
    const placed = await place(3);
    const ids = [placed[0]?.id, 99_999_999, placed[2]?.id];
    const outcomes = await client.orders.updateMany(
      ids.map((OrderID) => ({ OrderID, InternalComments: 'written' })),
    );
    expect(outcomes.map(({ ok }) => ok)).toEqual([true, false, true]);
    const comments = (await all()).map(({ InternalComments }) => InternalComments);
    expect(comments.filter((text) => text === 'written')).toHaveLength(2);
  },
);

it('adds a transaction that gives money back', async () => {
  const [order] = await place(1);
  const id = order?.id ?? '';
  const before = (await client.orders.transactions(id)).length;
  await client.orders.addTransaction(id, {
    TransactionType: 'Refund',
    TransactionAmount: -5,
    TransactionID: 'CM-1',
  });
  const transactions = await client.orders.transactions(id);
  expect(transactions).toHaveLength(before + 1);
  expect(transactions.at(-1)).toMatchObject({ TransactionType: 'Refund', TransactionAmount: -5 });
});

it('writes stock and prices of products and variants', async () => {
  const products = await firstRows((page) => client.products.pages({}, page), Infinity);
  const plain = products.find(({ AdvancedOptionList }) => !AdvancedOptionList?.length);
  const option = products.flatMap(({ AdvancedOptionList }) => AdvancedOptionList ?? [])[0];
  const skus = [plain?.SKUInfo.SKU ?? '', option?.AdvancedOptionSufix ?? ''];
  const levels = skus.map((sku, index) => ({ sku, amount: index - 7 }));
  const outcomes = await writeStock(stockOf(client), levels);
  expect(outcomes.map((outcome) => outcome.ok && outcome.value.outcome)).toEqual([
    'updated',
    'updated',
  ]);
  expect(
    (await writeStock(stockOf(client), levels)).map(
      (outcome) => outcome.ok && outcome.value.outcome,
    ),
  ).toEqual(['unchanged', 'unchanged']);
  const prices = skus.map((sku) => ({ sku, amount: 12.34 }));
  await writePrices(pricesOf(client), prices);
  expect(
    (await writePrices(pricesOf(client), prices)).map(
      (outcome) => outcome.ok && outcome.value.outcome,
    ),
  ).toEqual(['unchanged', 'unchanged']);
});

it('makes, changes and removes customers and products, and follows them', async () => {
  const watermark = await begin(productFeed(client), 'here', OPTIONS);
  const options = { ...OPTIONS, keepMs: 0 };
  const before = await readContents(
    customerFeed(client),
    emptyContents('here', undefined),
    options,
  );
  expect(before.changes).toEqual([]);
  const made = await client.customers.create({ Email: 'eva@example.com', BillingFirstName: 'Eva' });
  expect(made).toMatchObject({ Email: 'eva@example.com', BillingFirstName: 'Eva' });
  await client.customers.update(made.CustomerID, { BillingLastName: 'Holm' });
  expect(await client.customers.get(made.CustomerID)).toMatchObject({
    BillingFirstName: 'Eva',
    BillingLastName: 'Holm',
  });
  const product = await client.products.create({
    SKUInfo: { SKU: 'NEW-1', Name: 'New', Price: 5, Stock: 1 },
  });
  expect((await client.products.bySku('NEW-1'))[0]?.SKUInfo.CatalogID).toBe(
    product.SKUInfo.CatalogID,
  );
  const customers = await readContents(customerFeed(client), before.contents, options);
  expect(customers.changes.map(({ record, event }) => [event, record.Email])).toEqual([
    ['customer.created', 'eva@example.com'],
  ]);
  const products = await readChanges(productFeed(client), watermark, OPTIONS);
  expect(products.changes.map(({ record }) => record.SKUInfo.SKU)).toEqual(['NEW-1']);
  await client.customers.remove(made.CustomerID);
  await expect(client.customers.get(made.CustomerID)).rejects.toMatchObject({ class: 'not-found' });
});

it('registers its webhooks under the names of their events, repairs and removes them', async () => {
  const registry = hookRegistry(client, ['order.created', 'order.changed']);
  const wanted = ['order.created', 'order.changed'].map((event) => {
    const hook = { event, url: 'http://127.0.0.1:9/hook', secret: 'a secret' };
    return { ...hook, url: hookUrl(hook) };
  });
  const made = await createHooks(registry, wanted, {});
  expect(Object.keys(made)).toEqual(['order.created', 'order.changed']);
  await client.webhooks.update(made['order.created'] ?? '', { Enabled: false });
  expect(await repairHooks(registry, wanted, made)).toEqual(made);
  expect((await registry.list()).every(({ isEnabled }) => isEnabled !== false)).toBe(true);
  await deleteHooks(registry, made, undefined);
  expect(await registry.list()).toEqual([]);
});

it.each(['JSON', 'XML'])('reads what is delivered as %s', async (Format) => {
  const receiver = await startHttpServer(() => ({ body: {} }));
  try {
    const registry = hookRegistry(client, ['order.created']);
    const hook = { event: 'order.created', url: `${receiver.origin}/hook`, secret: 'a secret' };
    const id = await registry.create({ ...hook, url: hookUrl(hook) });
    await client.webhooks.update(id, { Format });
    const [order] = await place(1, { notify: true });
    for (let tries = 0; receiver.received.length === 0 && tries < 50; tries += 1) await delay(50);
    const [{ body, url, headers } = { body: '', url: '', headers: {} }] = receiver.received;
    const query = Object.fromEntries(new URL(url, receiver.origin).searchParams);
    const delivery = { rawBody: Buffer.from(body), headers, query };
    expect(isAuthentic(delivery, 'a secret', PROOFS)).toBe(true);
    expect(readHints(delivery, DELIVERIES)).toEqual([{ event: 'order.created', id: order?.id }]);
  } finally {
    await receiver.close();
  }
});

it('reads statuses, groups, categories and returns', async () => {
  expect((await client.statuses()).length).toBeGreaterThanOrEqual(12);
  await firstRows((page) => client.categories.pages(undefined, page), 5);
  await firstRows((page) => client.customerGroups.pages(undefined, page), 5);
  await firstRows((page) => client.rma.pages(undefined, page), 5);
});
