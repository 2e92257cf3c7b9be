import {
  KEY,
  startXCartSandbox,
  storedVariant,
  type XCartSandbox,
} from '../../../test/support/xcartSandbox';
import { fetchTransport } from '../../http/fetch';
import { writePrices } from '../kit/prices';
import { createXCart } from './client';
import { pricesOf } from './prices';

let store: XCartSandbox;

beforeEach(async () => {
  store = await startXCartSandbox();
  store.products = [
    {
      id: 1,
      sku: 'TEE',
      amount: 5,
      variants: [
        storedVariant(11, 'TEE-M', { price: 21, default_price: false }),
        storedVariant(12, 'TEE-L', { price: 19, default_price: true }),
      ],
    },
    { id: 2, sku: 'MUG', amount: 5 },
  ];
});

afterEach(async () => await store.close());

it('writes the prices that differ, of a variant so that it holds', async () => {
  const client = createXCart({ storeUrl: store.url, apiKey: KEY, send: fetchTransport() });
  const levels = [
    { sku: 'MUG', amount: 7.95 },
    { sku: 'TEE-M', amount: 21 },
    // The 19 that it holds is not what a customer pays.
    { sku: 'TEE-L', amount: 19 },
    { sku: 'TEE', amount: -1 },
    { sku: 'CUP', amount: 3 },
  ];
  const outcomes = await writePrices(pricesOf(client), levels);
  expect(outcomes.map((each) => (each.ok ? each.value.outcome : each.error.message))).toEqual([
    'updated',
    'unchanged',
    'updated',
    'The price of TEE is not a number of 0 or more',
    'The store has no product with the SKU CUP',
  ]);
  const written = store.requests.filter(({ method }) => method === 'PUT');
  expect(written.map(({ path, body }) => [path, body])).toEqual([
    ['/api/products/2', { price: 7.95 }],
    ['/api/products/1/variants/12', { price: 19, default_price: false }],
  ]);
});

it('does not choose between two prices of a SKU', async () => {
  const client = createXCart({ storeUrl: store.url, apiKey: KEY, send: fetchTransport() });
  const [one, other] = await writePrices(pricesOf(client), [
    { sku: 'MUG', amount: 7 },
    { sku: 'MUG', amount: 8 },
  ]);
  for (const outcome of [one, other]) {
    expect(outcome).toMatchObject({
      error: { message: 'MUG is given more than once, with different prices' },
    });
  }
  expect(store.requests).toEqual([]);
});
