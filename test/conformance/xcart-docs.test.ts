/** The documentation of the sandbox's X-Cart, read by API Platform's own parser. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { XCART_CREDENTIALS } from '../../sandbox/xcart';
import { startTestStore, type TestStore } from '../../sandbox/xcart/test-store';

interface Told {
  title: string;
  resources: Record<
    string,
    {
      url: string;
      fields: Record<string, string>;
      required: string[];
      writable: string[];
      operations: string[];
    }
  >;
}

interface Read {
  hydra: Told;
  parameters: Record<string, string[]>;
  openApi: Told;
}

let store: TestStore;
let read: Read;

beforeAll(async () => {
  store = await startTestStore();
  const script = join(__dirname, 'xcart-docs.mjs');
  const { stdout } = await promisify(execFile)(process.execPath, [
    script,
    store.url,
    XCART_CREDENTIALS.readKey,
  ]);
  read = JSON.parse(stdout) as Read;
});

afterAll(async () => await store.close());

const ALL = ['list', 'create', 'show', 'edit', 'delete'];

it('names every list that stands below nothing, by its address', () => {
  const { title, resources } = read.hydra;
  expect(title).toBe('X-Cart API');
  expect(Object.keys(resources)).toEqual(
    expect.arrayContaining(['orders', 'carts', 'products', 'categories', 'profiles', 'coupons']),
  );
  expect(resources.products?.url).toBe(`${store.url}/api/products`);
});

it('tells what can be done: orders are only read, products are written', () => {
  const { orders, products, coupons } = read.hydra.resources;
  expect(orders?.operations).toEqual(['list', 'show']);
  expect(orders?.writable).toEqual([]);
  expect(products?.operations).toEqual(ALL);
  expect(coupons?.operations).toEqual(ALL);
});

it('tells fields by their types, which are required, and which the store alone writes', () => {
  const { products, coupons } = read.hydra.resources;
  expect(products?.fields).toMatchObject({
    id: 'integer',
    sku: 'string',
    price: 'decimal',
    enabled: 'boolean',
    images: 'array',
  });
  expect(products?.required).toEqual(['sku', 'name']);
  expect(products?.writable).toContain('amount');
  expect(products?.writable).not.toContain('create_date');
  expect(coupons?.required).toContain('code');
});

it('tells by what a list is narrowed and sorted', () => {
  expect(read.parameters.orders).toEqual(
    expect.arrayContaining(['paymentStatus.code', 'date[after]', 'order[lastRenewDate]']),
  );
  // X-Cart has no filter by SKU.
  expect(read.parameters.products).toEqual(['order[name]', 'order[price]', 'order[arrivalDate]']);
});

it('tells the same in OpenAPI', () => {
  const { products, coupons } = read.openApi.resources;
  expect(products?.fields).toMatchObject({ sku: 'string', amount: 'integer', price: 'number' });
  expect(products?.required).toEqual(['sku', 'name']);
  expect(products?.operations).toEqual(['show', 'edit', 'delete']);
  expect(coupons?.fields).toMatchObject({ code: 'string', uses_limit: 'integer', zones: 'array' });
});

it('shows no documentation without a key, and points to it from every answer', async () => {
  for (const path of ['/api/docs.jsonld', '/api/docs.json', '/api/contexts/Product'])
    expect((await store.ask(path, { key: '' })).status).toBe(401);
  const { headers } = await store.ask('/api/products/999');
  expect(headers.get('link')).toBe(
    `<${store.url}/api/docs.jsonld>; rel="http://www.w3.org/ns/hydra/core#apiDocumentation"`,
  );
  expect((await store.ask('/api/contexts/Nothing')).status).toBe(404);
});
