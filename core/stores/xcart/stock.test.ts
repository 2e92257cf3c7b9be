import {
  KEY,
  startXCartSandbox,
  storedVariant,
  type XCartSandbox,
} from '../../../test/support/xcartSandbox';
import { fetchTransport } from '../../http/fetch';
import { createXCart, type XCart } from './client';
import type { Outcome } from '../../outcome';
import { type StockChange, type StockLevel, writeStock as write } from '../kit/stock';
import type { SkuOptions, SkuTarget } from './skus';
import { stockOf } from './stock';

let store: XCartSandbox;
let client: XCart;

beforeEach(async () => {
  store = await startXCartSandbox();
  client = createXCart({ storeUrl: store.url, apiKey: KEY, send: fetchTransport() });
});

afterEach(async () => await store.close());

/** What became of each level, in one word and what belongs to it. */
const said = (outcome: Outcome<StockChange<SkuTarget>>) =>
  outcome.ok ? outcome.value : { outcome: 'failed' as const, error: outcome.error };

async function writeStock(shop: XCart, levels: Array<StockLevel<SkuTarget>>, options?: SkuOptions) {
  return (await write(stockOf(shop, options), levels)).map(said);
}

const puts = () => store.requests.filter(({ method }) => method === 'PUT');

function catalogue(count: number): void {
  store.products = Array.from({ length: count }, (_, index) => ({
    id: index + 1,
    sku: `P-${index + 1}`,
    amount: 10,
  }));
}

it('writes what differs, in the order of the levels', async () => {
  catalogue(250);
  const outcomes = await writeStock(client, [
    { sku: 'P-250', amount: 3 },
    { sku: 'P-1', amount: 10 },
    { sku: 'P-2', amount: 0 },
  ]);
  expect(outcomes).toEqual([
    { sku: 'P-250', outcome: 'updated', productId: 250, before: 10, amount: 3 },
    { sku: 'P-1', outcome: 'unchanged', productId: 1, before: 10, amount: 10 },
    { sku: 'P-2', outcome: 'updated', productId: 2, before: 10, amount: 0 },
  ]);
  expect(puts().map(({ path, body }) => [path, body])).toEqual([
    ['/api/products/250', { amount: 3 }],
    ['/api/products/2', { amount: 0 }],
  ]);
});

it('reads no further than it must', async () => {
  catalogue(1000);
  await writeStock(client, [{ sku: 'P-150', amount: 1 }]);
  expect(store.requests.filter(({ path }) => path === '/api/products')).toHaveLength(2);
});

it('finds variants, first below the product whose SKU is alike', async () => {
  catalogue(40);
  store.products[30] = {
    id: 31,
    sku: 'TS-RED',
    amount: 5,
    variants: [
      storedVariant(512, 'TS-RED-M', { amount: 4, default_amount: false }),
      storedVariant(513, 'TS-RED-L', { amount: 7, default_amount: true }),
    ],
  };
  const outcomes = await writeStock(
    client,
    [
      { sku: 'TS-RED-M', amount: 4 },
      { sku: 'TS-RED-L', amount: 7 },
    ],
    { inFlight: 1 },
  );
  expect(outcomes).toMatchObject([
    { outcome: 'unchanged', productId: 31, variantId: 512 },
    { outcome: 'updated', productId: 31, variantId: 513, amount: 7 },
  ]);
  expect(puts().map(({ path, body }) => [path, body])).toEqual([
    ['/api/products/31/variants/513', { amount: 7, default_amount: false }],
  ]);
  expect(store.requests.filter(({ path }) => path.endsWith('/variants'))).toHaveLength(1);
});

it('does not look for what is named by id', async () => {
  catalogue(1);
  const [outcome] = await writeStock(client, [{ sku: '', amount: 4, target: { productId: 1 } }]);
  expect(outcome).toMatchObject({ outcome: 'updated', productId: 1 });
  expect(store.requests).toHaveLength(1);
});

it('lets one failure be one failure, with its reason', async () => {
  catalogue(5);
  store.products.push({ id: 6, sku: 'GIFT', amount: 0, inventory_traceable: false });
  store.intercept = ({ path, method }) =>
    path.endsWith('/products/2') && method === 'PUT'
      ? { status: 400, body: { detail: 'Input validations failed: amount' } }
      : undefined;
  const outcomes = await writeStock(client, [
    { sku: 'P-1', amount: 1 },
    { sku: 'P-2', amount: 1 },
    { sku: 'GONE', amount: 1 },
    { sku: 'P-3', amount: 1.5 },
    { sku: 'P-4', amount: 1 },
    { sku: 'P-4', amount: 2 },
    { sku: 'GIFT', amount: 2 },
    { sku: 'P-5', amount: 8 },
    { sku: 'P-5 ', amount: 8 },
  ]);
  expect(
    outcomes.map((outcome) =>
      outcome.outcome === 'failed'
        ? `${outcome.error.class}: ${outcome.error.message}`
        : outcome.outcome,
    ),
  ).toEqual([
    'updated',
    expect.stringMatching(/^validation: X-Cart refused PUT \/products\/2/),
    expect.stringMatching(/^not-found: .*GONE/),
    expect.stringMatching(/^validation: .*whole number/),
    expect.stringMatching(/^validation: .*more than once/),
    expect.stringMatching(/^validation: .*more than once/),
    expect.stringMatching(/^validation: .*does not count/),
    'updated',
    'updated',
  ]);
  expect(puts().map(({ path }) => path)).toEqual([
    '/api/products/1',
    '/api/products/2',
    '/api/products/5',
  ]);
});

it('fails only what it could not look up', async () => {
  catalogue(3);
  store.intercept = ({ path }) =>
    path.endsWith('/variants') ? { status: 403, body: { detail: 'Access Denied.' } } : undefined;
  const [found, unknown] = await writeStock(client, [
    { sku: 'P-1', amount: 1 },
    { sku: 'V-1', amount: 1 },
  ]);
  expect(found?.outcome).toBe('updated');
  expect(unknown).toMatchObject({ outcome: 'failed', error: { class: 'permission' } });
});
