/** Stock and prices that are entered in the panel: none is written that nobody has entered. */
import type { IDataObject, INode } from 'n8n-workflow';

import { XCartApi } from '../../credentials/XCartApi.credentials';
import { runNode } from '../../test/engine';
import { KEY, startXCartSandbox, type XCartSandbox } from '../../test/support/xcartSandbox';
import { XCart } from './XCart.node';

let store: XCartSandbox;

beforeEach(async () => {
  store = await startXCartSandbox();
  store.products.push({ id: 1, sku: 'A', amount: 5 });
});

afterEach(async () => await store.close());

interface Amount {
  resource: string;
  operation: string;
  from: string;
  one: 'price' | 'quantity';
}

const PRICES: Amount = {
  resource: 'product',
  operation: 'updatePrices',
  from: 'pricesFrom',
  one: 'price',
};
const STOCK: Amount = {
  resource: 'stock',
  operation: 'update',
  from: 'levelsFrom',
  one: 'quantity',
};

const run = async (
  { resource, operation, from }: Amount,
  parameters: IDataObject,
  input: object[] = [{}],
) =>
  await runNode({
    nodeType: new XCart(),
    parameters: { resource, operation, [from]: 'define', ...parameters } as INode['parameters'],
    credentialTypes: [new XCartApi()],
    credentials: { xCartApi: { storeUrl: store.url, storeName: 'b2c', apiKey: KEY } },
    input,
    onError: 'continueErrorOutput',
  });

const puts = () =>
  store.requests.filter(({ method }) => method === 'PUT').map(({ path, body }) => [path, body]);

describe.each([
  [PRICES, 'Price'],
  [STOCK, 'Quantity'],
])('$operation', (amount, field) => {
  const { one } = amount;

  test('does not begin where the amount was overlooked', async () => {
    await expect(run(amount, { sku: 'A' })).rejects.toThrow(`Parameter "${field}" is required`);
    expect(store.requests).toEqual([]);
  });

  test('writes nothing where an expression finds nothing, and names the field that is shown', async () => {
    const items = [{}, { amount: '' }, { amount: null }];
    const parameters = { sku: 'A', [one]: '={{ $json.amount }}' };
    const result = await run(amount, parameters, items);
    expect(result.output(0)).toEqual([]);
    expect(result.output(1)).toMatchObject(
      items.map(() => ({
        error: `The item with SKU A has no ${one}`,
        details: { fix: expect.stringMatching(`^Enter it in ${field}\\.`) as string },
      })),
    );
    expect(store.requests).toEqual([]);
  });

  test('names SKU where that is missing, and the amount alone where an ID is in its place', async () => {
    const sku = '={{ $json.code }}';
    const nameless = await run(amount, { sku, [one]: '3' });
    expect(nameless.output(1)).toMatchObject([
      {
        error: 'The item has no SKU',
        details: { fix: expect.stringMatching(/^Enter it in SKU\./) as string },
      },
    ]);
    const parameters = { sku, [one]: sku, options: { productIdField: 'id' } };
    const known = await run(amount, parameters, [{ id: 1 }]);
    expect(known.output(1)).toMatchObject([{ error: `The item has no ${one}` }]);
    expect(store.requests).toEqual([]);
  });

  test('refuses less than nothing', async () => {
    const result = await run(amount, { sku: 'A', [one]: '-1' });
    expect(result.output(1)).toMatchObject([{ details: { class: 'validation' } }]);
    expect(puts()).toEqual([]);
  });
});

test('what is entered is written as the number that it is, and 0 where that is entered', async () => {
  const priced = await run(PRICES, { sku: 'A', price: '12.50' });
  expect(priced.output(0)).toMatchObject([{ outcome: 'updated', price: 12.5 }]);
  const counted = await run(STOCK, { sku: 'A', quantity: '0' });
  expect(counted.output(0)).toMatchObject([{ outcome: 'updated', amount: 0 }]);
  expect(puts()).toEqual([
    ['/api/products/1', { price: 12.5 }],
    ['/api/products/1', { amount: 0 }],
  ]);
});
