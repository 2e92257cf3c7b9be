/**
 * Every operation of the 3dcart node, in a workflow against the sandbox. What it puts out must have every field of its
 * preview; `WRITE_PREVIEWS=1` writes them from what came.
 */
import type { IDataObject, INode, INodePropertyOptions } from 'n8n-workflow';

import { ThreeDCartApi } from '../../credentials/ThreeDCartApi.credentials';
import { ThreeDCart } from '../../nodes/ThreeDCart/ThreeDCart.node';
import { type RunningSandbox, startSandbox } from '../../sandbox/start';
import { editorContext, runNode } from '../engine';
import { merged, pathsOf, readPreview, schemaOf, writePreview } from './previews';

const node = new ThreeDCart();
const tried = new Set<string>();
let sandbox: RunningSandbox;
let credentials: Record<string, IDataObject>;

async function control<T>(method: string, path: string, body: object): Promise<T> {
  const options = { method, body: JSON.stringify(body) };
  const response = await fetch(`${sandbox.control.url}/threedcart/${path}`, options);
  const text = await response.text();
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

beforeAll(async () => {
  sandbox = await startSandbox();
  await control('PUT', 'switches', { requestsPerSecond: 0 });
  const { url: apiUrl, secureUrl, privateKey, token } = sandbox.threedcart;
  credentials = {
    threeDCartApi: { apiUrl, secureUrl, privateKey, token, requestsPerSecond: 1000 },
  };
});

afterAll(async () => await sandbox.stop());

const by = (mode: string, value: unknown) => ({ __rl: true, mode, value: String(value) });

async function run(
  resource: string,
  operation: string,
  more: IDataObject = {},
  input: object[] = [{}],
): Promise<IDataObject[]> {
  tried.add(`${resource}: ${operation}`);
  const result = await runNode({
    nodeType: node,
    parameters: { resource, operation, ...more } as INode['parameters'],
    input,
    credentialTypes: [new ThreeDCartApi()],
    credentials,
  });
  if (result.error) throw result.error;
  return result.output();
}

/** The same, beside the preview. */
async function shown(...asked: Parameters<typeof run>): Promise<IDataObject[]> {
  const [resource, operation] = asked;
  const output = await run(...asked);
  expect(output).not.toHaveLength(0);
  const preview = { node: 'ThreeDCart', version: '1.0.0', resource, operation };
  const came = merged(output.map(schemaOf));
  if (process.env.WRITE_PREVIEWS) writePreview(preview, came);
  const there = new Set(pathsOf(came));
  const previewed = readPreview(preview);
  expect(previewed).toBeDefined();
  expect(previewed && pathsOf(previewed).filter((path) => !there.has(path))).toEqual([]);
  return output;
}

const place = async (count: number): Promise<Array<{ id: string; number: string }>> =>
  await control('POST', 'orders', { count, lines: 2, state: 'paid' });

test('orders', async () => {
  const [first, second] = await place(6);
  const order = by('id', first?.id);
  await shown('order', 'getAll');
  await shown('order', 'get', { order: by('number', second?.number) });
  await shown('order', 'getItems', { order });
  await run('order', 'getQuestions', { order });
  await shown('order', 'getShipments', { order });
  await shown('order', 'getPaymentTransactions', { order });
  await shown('order', 'updateStatus', { order, status: '2' });
  await shown('order', 'update', { order, additionalFields: { SalesPerson: 'Ada' } });
  const [shipped] = await shown('order', 'addShipment', { order, trackingNumber: '1Z1' });
  expect(shipped).toMatchObject({ OrderStatusID: 4, outcome: 'updated' });
  await shown('order', 'writeBackNumber', { order, number: 'SO-1' });
  const refund = { order, amount: 0.01, reference: 'CM-1' };
  expect(await shown('order', 'recordRefund', refund)).toMatchObject([{ outcome: 'created' }]);
  expect(await run('order', 'recordRefund', refund)).toMatchObject([{ outcome: 'unchanged' }]);
  const [read] = await run('order', 'get', { order });
  expect(read).toMatchObject({
    AlternateOrderID: 'SO-1',
    OrderStatusID: 4,
    SalesPerson: 'Ada',
    ShipmentList: [{ ShipmentTrackingCode: '1Z1' }],
  });
  const OrderItemList = { item: [{ ItemID: 'MUG-BLUE', ItemQuantity: 1, ItemUnitPrice: 5 }] };
  const [made] = await shown('order', 'create', {
    BillingEmail: 'ada@example.com',
    additionalFields: { BillingFirstName: 'Ada', OrderItemList, bypassEmail: true },
  });
  expect(made).toMatchObject({ BillingEmail: 'ada@example.com', OrderItemList: [{}] });
});

test('customers and their groups', async () => {
  const names = { BillingFirstName: 'Ada', BillingLastName: 'Byron' };
  const [made] = await shown('customer', 'create', {
    Email: 'byron@example.com',
    additionalFields: names,
  });
  const customer = by('email', 'BYRON@example.com');
  await shown('customer', 'get', { customer });
  await shown('customer', 'getAll');
  await shown('customer', 'update', { customer, additionalFields: { Comments: 'New' } });
  await run('addressBook', 'getAll', { customer });
  const [group] = await run('customerGroup', 'getAll');
  if (group) {
    await shown('customerGroup', 'getAll');
    await shown('customerGroup', 'get', { customerGroup: by('id', group.CustomerGroupID) });
  }
  await run('customer', 'delete', { customer: by('id', made?.CustomerID) });
});

test('products, variants, stock and prices', async () => {
  const [made] = await shown('product', 'create', {
    SKU: 'PREVIEW',
    Name: 'Preview',
    additionalFields: { Price: 3, Stock: 1 },
  });
  expect(made).toMatchObject({ SKUInfo: { SKU: 'PREVIEW', Price: 3 } });
  const product = by('sku', 'PREVIEW');
  await shown('product', 'getAll');
  await shown('product', 'get', { product });
  await shown('product', 'getSkuInfo', { product });
  await shown('product', 'update', { product, additionalFields: { Price: 4 } });
  await shown('stock', 'update', {}, [{ sku: 'PREVIEW', quantity: -3 }]);
  await shown('product', 'updatePrices', {}, [{ sku: 'PREVIEW', price: 4.5 }]);
  const [read] = await run('product', 'get', { product });
  expect(read).toMatchObject({ SKUInfo: { Price: 4.5, Stock: -3 } });
  await run('product', 'delete', { product });
  const all = await run('product', 'getAll', { returnAll: true, simplify: false });
  const parent = all.find(({ AdvancedOptionList: list }) => Array.isArray(list) && list.length > 0);
  const { CatalogID } = parent?.SKUInfo as { CatalogID: number };
  const [variant] = await shown('variant', 'getAll', { product: by('id', CatalogID) });
  await shown('variant', 'update', {
    product: by('id', CatalogID),
    variant: by('id', variant?.AdvancedOptionCode),
    additionalFields: { AdvancedOptionStock: 7 },
  });
});

test('categories and returns', async () => {
  const [made] = await shown('category', 'create', { CategoryName: 'Preview' });
  const category = by('id', made?.CategoryID);
  await shown('category', 'getAll');
  await shown('category', 'get', { category });
  await shown('category', 'update', { category, additionalFields: { Sorting: 3 } });
  await run('category', 'delete', { category });
  const [rma] = await run('rma', 'getAll');
  if (rma) {
    await shown('rma', 'getAll');
    await shown('rma', 'get', { rma: by('id', rma.RMAID) });
  } else tried.add('rma: get');
});

test('webhooks, whose events the store names', async () => {
  const [event] = await shown('webhook', 'getEvents');
  const context = editorContext({
    nodeType: node,
    parameters: {},
    credentialTypes: [new ThreeDCartApi()],
    credentials,
  });
  const load = async (name: 'getOrderStatuses' | 'getWebhookEvents') =>
    (await node.methods.loadOptions[name]?.call(context)) as INodePropertyOptions[];
  expect(await load('getWebhookEvents')).toContainEqual({
    name: event?.EventName,
    value: event?.EventType,
  });
  expect((await load('getOrderStatuses')).length).toBeGreaterThanOrEqual(12);
  const [made] = await shown('webhook', 'create', {
    Name: 'Preview',
    Url: 'https://n8n.example/webhook/x?key=y',
    EventType: event?.EventType as number,
  });
  const webhook = by('id', made?.Id);
  expect(await shown('webhook', 'getAll')).toMatchObject([{ Name: 'Preview', Enabled: true }]);
  await shown('webhook', 'update', { webhook, additionalFields: { Enabled: false } });
  await run('webhook', 'delete', { webhook });
  expect(await run('webhook', 'getAll')).toEqual([]);
});

test('all of them were tried', () => {
  const all = node.description.properties
    .filter(({ name }) => name === 'operation')
    .flatMap(({ options, displayOptions }) =>
      (options as INodePropertyOptions[]).map(
        ({ value }) => `${String(displayOptions?.show?.resource?.[0])}: ${String(value)}`,
      ),
    );
  expect(all.length).toBeGreaterThan(30);
  expect(all.filter((one) => !tried.has(one))).toEqual([]);
});
