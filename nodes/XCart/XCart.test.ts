import type { IDataObject, INode } from 'n8n-workflow';

import { openLedger } from '../../core/ledger/open';
import { XCartApi } from '../../credentials/XCartApi.credentials';
import { type NodeRun, runNode } from '../../test/engine';
import { ledger, order, useOwnLedger } from '../../test/support/ledger';
import {
  KEY,
  iso,
  startXCartSandbox,
  storedOrder,
  storedVariant,
  type XCartSandbox,
} from '../../test/support/xcartSandbox';
import { XCart } from './XCart.node';

let store: XCartSandbox;

beforeEach(async () => {
  store = await startXCartSandbox();
});

afterEach(async () => await store.close());

async function run(
  resource: string,
  operation: string,
  parameters: IDataObject,
  input: object[] = [{}],
  onError?: INode['onError'],
): Promise<NodeRun> {
  return await runNode({
    nodeType: new XCart(),
    parameters: { resource, operation, ...parameters } as INode['parameters'],
    credentialTypes: [new XCartApi()],
    credentials: {
      xCartApi: { storeUrl: store.url, storeName: 'b2c', apiKey: KEY, version: '5.5.0' },
    },
    input,
    onError,
  });
}

const byId = (value: string) => ({ __rl: true, mode: 'id', value });
const puts = () =>
  store.requests.filter(({ method }) => method === 'PUT').map(({ path, body }) => [path, body]);

describe('order', () => {
  it('gets many at once, in their order, linked to their items, signed by the credential', async () => {
    store.orders.push(...Array.from({ length: 50 }, (_, index) => storedOrder(index, 100)));
    const input = Array.from({ length: 50 }, (_, index) => ({ wanted: 49 - index }));
    const result = await run('order', 'get', { order: byId('={{ $json.wanted }}') }, input);
    expect(result.output().map(({ id }) => id)).toEqual(input.map(({ wanted }) => wanted));
    expect(result.items('Node').map(({ pairedItem }) => pairedItem)).toEqual(
      input.map((_, item) => ({ item })),
    );
    expect(store.requests[0]?.headers['x-auth-token']).toBe(KEY);
    expect(result.output()[0]?.source).toEqual({
      readAt: expect.stringMatching(/Z$/) as string,
      platform: 'xcart',
      store: 'b2c',
      address: new URL(store.url).host,
      kind: 'order',
      id: '49',
      number: '1049',
      event: 'poll',
      version: '1970-01-01T00:01:40+00:00',
    });
  });

  it('gets one by its number', async () => {
    store.orders.push(storedOrder(1, 100, { order_number: 'A-1' }));
    const order = { __rl: true, mode: 'number', value: 'A-1' };
    const result = await run('order', 'get', { order, addSource: false });
    expect(result.output()).toMatchObject([{ id: 1, order_number: 'A-1' }]);
    expect(result.output()[0]).not.toHaveProperty('source');
    expect(store.requests).toHaveLength(1);
  });

  it('lists with filters, simplified or as they are', async () => {
    store.orders.push(
      ...Array.from({ length: 130 }, (_, index) => storedOrder(index, index, { extra: 1 })),
      storedOrder(999, 999, { payment_status: { code: 'P' } }),
    );
    const filters = { paymentStatuses: ['Q'], placedAfter: iso(0) };
    const few = await run('order', 'getAll', { limit: 3, filters });
    expect(few.output()).toHaveLength(3);
    expect(few.output()[0]).toMatchObject({ id: 0, payment_status: 'Q' });
    expect(few.output()[0]).not.toHaveProperty('extra');
    const all = await run('order', 'getAll', { returnAll: true, simplify: false, filters });
    expect(all.output()).toHaveLength(130);
    expect(all.output()[0]).toMatchObject({ extra: 1, source: { store: 'b2c' } });
  });

  it('says that 5.5.0 cannot filter by the last change', async () => {
    const result = await run('order', 'getAll', { filters: { changedAfter: iso(0) } });
    expect(result.error?.message).toMatch(/5\.5\.0 has no filter/);
    expect(store.requests).toHaveLength(0);
  });

  it('sets statuses, also those of the merchant', async () => {
    store.orders.push(storedOrder(5, 1));
    const paid = await run('order', 'updatePaymentStatus', {
      order: byId('5'),
      paymentStatus: 'P',
    });
    const status = { id: expect.any(Number) as number, code: 'P', name: 'Paid' };
    expect(paid.output()).toEqual([
      { id: 5, payment_status: { ...status, customer_name: 'Paid' }, outcome: 'updated' },
    ]);
    // The sandbox has no statuses but X-Cart's own.
    store.intercept = ({ method, body }) => (method === 'PUT' ? { status: 200, body } : undefined);
    const number = { __rl: true, mode: 'number', value: '1005' };
    await run('order', 'updateShippingStatus', { order: number, shippingStatus: 'WXYZ' });
    expect(puts()).toEqual([
      ['/api/orders/5/payment_status', { code: 'P' }],
      ['/api/orders/5/shipping_status', { code: 'WXYZ' }],
    ]);
  });

  it('sends what failed to the error branch, complete, and only that', async () => {
    store.orders.push(storedOrder(1, 1), storedOrder(3, 1));
    const result = await run(
      'order',
      'get',
      { order: byId('={{ $json.wanted }}') },
      [{ wanted: 1 }, { wanted: 2, note: 'kept' }, { wanted: 'x' }, { wanted: 3 }],
      'continueErrorOutput',
    );
    expect(result.output(0).map(({ id }) => id)).toEqual([1, 3]);
    expect(result.output(1)).toMatchObject([
      {
        wanted: 2,
        note: 'kept',
        error: expect.stringContaining('404') as string,
        details: { class: 'not-found', status: 404, retryable: false },
      },
      { wanted: 'x', details: { class: 'validation' } },
    ]);
  });

  it('stops with the reason and the repair otherwise', async () => {
    store.intercept = () => ({ status: 403, body: { detail: 'Access Denied.' } });
    const parameters = { order: byId('5'), paymentStatus: 'P' };
    const result = await run('order', 'updatePaymentStatus', parameters);
    expect(result.status).toBe('error');
    expect(result.error).toMatchObject({
      message: expect.stringContaining('Access Denied.') as string,
      description: expect.stringContaining('read/write key') as string,
    });
  });
});

describe('records', () => {
  it('creates from fields, and from the input item', async () => {
    store.intercept = ({ method, body }) =>
      method === 'POST' ? { status: 201, body: { id: 9, ...body } } : undefined;
    const fields = {
      sku: 'TS-1',
      name: 'T-shirt',
      amount: 4,
      additionalFields: { price: 39.99, otherFields: '{ "market_price": 49 }' },
    };
    const entered = await run('product', 'create', fields);
    expect(entered.output()).toEqual([
      { id: 9, sku: 'TS-1', name: 'T-shirt', amount: 4, price: 39.99, market_price: 49 },
    ]);
    await run('product', 'create', { fieldsFrom: 'input', inputField: 'product' }, [
      { product: { sku: 'A', name: 'a' }, source: {} },
    ]);
    await run('product', 'create', { fieldsFrom: 'input' }, [{ sku: 'B', name: 'b', source: {} }]);
    expect(store.requests.map(({ body }) => body).slice(1)).toEqual([
      { sku: 'A', name: 'a' },
      { sku: 'B', name: 'b' },
    ]);
  });

  it('changes only what it is given', async () => {
    store.products.push({ id: 7, sku: 'A', amount: 3 });
    const result = await run('product', 'update', {
      product: byId('7'),
      additionalFields: { price: 5 },
    });
    expect(puts()).toEqual([['/api/products/7', { price: 5 }]]);
    expect(result.output()).toMatchObject([{ id: 7, amount: 3, price: 5 }]);
    const nothing = await run('product', 'update', { product: byId('7') });
    expect(nothing.error?.message).toMatch(/no fields to write/);
  });

  it('reads below a parent and deletes', async () => {
    const variant = storedVariant(70, 'A-1', { amount: 1, default_amount: false });
    store.products.push({ id: 7, sku: 'A', amount: 3, variants: [variant] });
    const below = { product: byId('7') };
    const whole = await run('variant', 'getAll', { ...below, simplify: false });
    expect(whole.output()).toEqual([variant]);
    const variants = await run('variant', 'getAll', below);
    expect(variants.output()).toEqual([
      {
        id: 70,
        sku: 'A-1',
        amount: 1,
        default_amount: false,
        price: 0,
        default_price: true,
        default_variant: false,
      },
    ]);
    store.intercept = () => ({ status: 204, body: '' });
    const parameters = { product: byId('7'), variant: byId('70') };
    expect((await run('variant', 'delete', parameters)).output()).toEqual([{ deleted: true }]);
    expect(store.requests.at(-1)).toMatchObject({
      method: 'DELETE',
      path: '/api/products/7/variants/70',
    });
  });

  it('finds a customer by e-mail address, whole and not in part', async () => {
    const ada = { id: 2, login: 'Ada@example.com' };
    const answers: Record<string, unknown> = {
      '/api/profiles': [{ id: 1, login: 'xada@example.com' }, ada],
      '/api/profiles/2': ada,
      '/api/profiles/2/addresses': [{ id: 5, lastname: 'Byron' }],
    };
    store.intercept = ({ path }) => ({ status: 200, body: answers[path] });
    const customer = { __rl: true, mode: 'email', value: 'ada@example.com' };
    const result = await run('customer', 'get', { customer });
    expect(result.output()).toMatchObject([{ id: 2, addresses: [{ lastname: 'Byron' }] }]);
    expect(store.requests[0]?.query.get('login')).toBe('ada@example.com');
  });
});

describe('stock', () => {
  it('writes all items at once and puts out what happened to each', async () => {
    store.products.push(
      { id: 1, sku: 'A', amount: 5 },
      { id: 2, sku: 'B', amount: 6 },
      { id: 3, sku: 'C', amount: 7 },
    );
    const result = await run(
      'stock',
      'update',
      { skuField: 'product.sku', quantityField: 'available', options: { searchVariants: false } },
      [
        { product: { sku: 'C' }, available: 70 },
        { product: { sku: 'A' }, available: '5' },
        { product: { sku: 'X' }, available: 1 },
        { product: { sku: 'B' } },
        { product: { sku: 'B' }, available: 60 },
      ],
      'continueErrorOutput',
    );
    expect(result.output(0)).toEqual([
      { sku: 'C', outcome: 'updated', productId: 3, before: 7, amount: 70 },
      { sku: 'A', outcome: 'unchanged', productId: 1, before: 5, amount: 5 },
      { sku: 'B', outcome: 'updated', productId: 2, before: 6, amount: 60 },
    ]);
    expect(result.output(1)).toMatchObject([
      { available: 1, error: expect.stringContaining('SKU X') as string },
      { error: expect.stringContaining('no quantity') as string },
    ]);
    expect(store.requests.filter(({ method }) => method === 'GET')).toHaveLength(1);
  });

  it('takes for a product ID only what the shop makes, and looks for the SKU otherwise', async () => {
    store.products.push({ id: 1, sku: 'A', amount: 5 }, { id: 5, sku: 'B', amount: 6 });
    for (const id of [true, 1e21, [1], '0x1', '01', 0, 1.5]) {
      const items = [{ sku: 'B', quantity: 6, id }];
      const result = await run('stock', 'update', { options: { productIdField: 'id' } }, items);
      expect(result.output()).toMatchObject([{ outcome: 'unchanged', productId: 5 }]);
    }
    const known = [{ sku: 'B', quantity: 7, id: '5' }];
    store.requests.length = 0;
    await run('stock', 'update', { options: { productIdField: 'id' } }, known);
    expect(store.requests.map(({ method }) => method)).toEqual(['PUT']);
  });

  it('fails every item with the reason when the store cannot be read', async () => {
    store.intercept = () => ({ status: 401, body: { message: 'Invalid credentials.' } });
    const result = await run(
      'stock',
      'update',
      { levelsFrom: 'define', sku: '={{ $json.code }}', quantity: 3 },
      [{ code: 'A' }, { code: 'B' }],
      'continueErrorOutput',
    );
    expect(result.output(0)).toEqual([]);
    expect(result.output(1)).toMatchObject([
      { code: 'A', details: { class: 'authentication' } },
      { code: 'B', details: { class: 'authentication' } },
    ]);
  });
});

test('prices are written all at once, each beside what it was', async () => {
  store.products.push({ id: 1, sku: 'A', amount: 5 }, { id: 2, sku: 'B', amount: 6 });
  const items = [{ sku: 'A', cost: '7.95' }, { sku: 'B' }];
  const parameters = { priceField: 'cost' };
  const result = await run('product', 'updatePrices', parameters, items, 'continueErrorOutput');
  expect(result.output(0)).toMatchObject([
    { sku: 'A', outcome: 'updated', productId: 1, price: 7.95 },
  ]);
  expect(result.output(1)).toMatchObject([{ error: 'The item with SKU B has no price' }]);
  expect(puts()).toEqual([['/api/products/1', { price: 7.95 }]]);
});

/** Only the renewals of claims run on an interval. */
const EXCEPT_INTERVALS = [
  'Date',
  'hrtime',
  'nextTick',
  'performance',
  'queueMicrotask',
  'setImmediate',
  'clearImmediate',
  'setTimeout',
  'clearTimeout',
] as const;

describe('stock of records that were claimed', () => {
  useOwnLedger();

  const claimed = async (...ids: string[]): Promise<IDataObject[]> => {
    const orders = ids.map((id) => order(id, { sku: id, quantity: 70 }));
    return (await ledger('claim', orders)).output(0);
  };
  const update = async (items: object[]) =>
    await run('stock', 'update', {}, items, 'continueErrorOutput');
  beforeEach(() => {
    store.products.push({ id: 1, sku: 'A', amount: 5 }, { id: 2, sku: 'B', amount: 6 });
  });

  it('is not written where another run has taken a record over, and the rest is', async () => {
    const [lost, held] = await claimed('A', 'B');
    const taken = { ...lost, claim: { ...(lost?.claim as IDataObject), token: 'gone' } };
    const result = await update([taken, held ?? {}]);
    expect(puts()).toEqual([['/api/products/2', { amount: 70 }]]);
    expect(result.output(0)).toMatchObject([{ sku: 'B', outcome: 'updated' }]);
    expect(result.output(1)).toMatchObject([
      { sku: 'A', details: { class: 'conflict', code: 'CLAIM_LOST' } },
    ]);
  });

  it('keeps its claims for as long as it works, and no longer', async () => {
    const items = await claimed('A', 'B');
    const renew = jest.spyOn(await openLedger(), 'renew');
    jest.useFakeTimers({ doNotFake: [...EXCEPT_INTERVALS] });
    try {
      store.intercept = ({ method }) => {
        if (method === 'PUT') jest.advanceTimersByTime(60_000);
        return undefined;
      };
      const result = await update(items);
      expect(result.output(0)).toHaveLength(2);
      const tokens = items.map(({ claim }) => (claim as IDataObject).token);
      expect(renew.mock.calls.map(([asked]) => asked)).toEqual([tokens, tokens, tokens]);
      expect(jest.getTimerCount()).toBe(0);
    } finally {
      jest.useRealTimers();
    }
  });
});

test('a store that has moved is named: a status that is sent on would arrive as a read', async () => {
  store.intercept = () => ({
    status: 301,
    body: '',
    headers: { location: 'https://shop.example/api/orders/1/payment_status' },
  });
  const parameters = { order: byId('1'), paymentStatus: 'P' };
  const result = await run('order', 'updatePaymentStatus', parameters);
  expect(result.error?.message).toContain('sends PUT /orders/1/payment_status on to https://shop');
  expect(store.requests).toHaveLength(1);
});
