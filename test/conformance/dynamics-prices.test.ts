/** Prices of Dynamics 365, set by what people call products, price lists and units. */
import { setPrices } from '../../core/dynamics/dataverse/prices/setPrices';
import type { Dataverse } from '../../core/dynamics/dataverse/types';
import { seedGuid } from '../../sandbox/dataverse/catalogue';
import { type RunningSandbox, startSandbox } from '../../sandbox/start';
import { dataverseClient } from './dataverse-on-sandbox';

const LIST = 'Web Store EUR';

let sandbox: RunningSandbox;

beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.stop());
beforeEach(() => sandbox.reset());

const set = async (...wishes: Parameters<typeof setPrices>[1]) =>
  await setPrices(dataverseClient(sandbox), wishes);

const items = () => sandbox.services.dataverse.rows('productpricelevels') ?? [];

test('a price is changed where there is one, made where there is none, and left where it is the same', async () => {
  const before = items().length;
  const wishes = [
    { sku: 'hmr-16', priceList: LIST, amount: 15.55 },
    { sku: 'HMR-16', priceList: LIST, unit: 'Pack', amount: 99.9 },
  ];
  const first = await set(...wishes);
  expect(first).toMatchObject([
    {
      ok: true,
      value: { outcome: 'updated', amount: 15.55, before: expect.any(Number) as number },
    },
    { ok: true, value: { outcome: 'created', amount: 99.9 } },
  ]);
  expect(items()).toHaveLength(before + 1);
  const second = await set(...wishes);
  expect(second.map((one) => one.ok && [one.value.outcome, one.value.id])).toEqual(
    first.map((one) => one.ok && ['unchanged', one.value.id]),
  );
});

test('a price that was deleted meanwhile is made again, with its product, list and unit', async () => {
  const client = dataverseClient(sandbox);
  const isPlace = (row: Record<string, unknown>) =>
    row._productid_value === seedGuid('product', 'HMR-16') &&
    row._pricelevelid_value === seedGuid('price list', 'EUR');
  const place = items().find(isPlace);
  const id = String(place?.productpricelevelid);
  const deleting: Dataverse = {
    ...client,
    request: async (operation) => {
      const isThere = items().some((row) => row.productpricelevelid === id);
      if (operation.method === 'PATCH' && isThere) await client.delete('productpricelevels', id);
      return await client.request(operation);
    },
  };
  const [outcome] = await setPrices(deleting, [{ sku: 'HMR-16', priceList: LIST, amount: 15.55 }]);
  expect(outcome).toEqual({
    ok: true,
    value: { id: expect.any(String) as string, outcome: 'created', amount: 15.55 },
  });
  const made = items().filter((row) => row._uomid_value === place?._uomid_value && isPlace(row));
  expect(made).toMatchObject([{ amount: 15.55 }]);
  expect(made[0]?.productpricelevelid).not.toBe(id);
});

test('several wishes for the same price make one item, with the price of the last', async () => {
  const before = items().length;
  const wish = { sku: 'HMR-16', priceList: LIST, unit: 'Pack' };
  const [one, other] = await set({ ...wish, amount: 1 }, { ...wish, amount: 2 });
  expect(one).toEqual(other);
  expect(items()).toHaveLength(before + 1);
  expect(other).toMatchObject({ ok: true, value: { amount: 2 } });
});

test('what cannot be found fails alone, with what to do', async () => {
  const outcomes = await set(
    { sku: 'NO-SUCH', priceList: LIST, amount: 1 },
    { sku: 'HMR-16', priceList: 'Nowhere', amount: 1 },
    { sku: 'HMR-16', priceList: LIST, currency: 'USD', amount: 1 },
    { sku: 'HMR-16', priceList: LIST, unit: 'Barrel', amount: 1 },
    { sku: 'HMR-16', priceList: seedGuid('price list', 'EUR'), amount: 1 },
  );
  expect(outcomes.map((one) => (one.ok ? one.value.outcome : one.error.message))).toEqual([
    'Product "NO-SUCH" is not in Dynamics 365',
    'Price list "Nowhere" is not in Dynamics 365, or its name stands for several',
    'Price list "Web Store EUR" in USD is not in Dynamics 365, or its name stands for several',
    'Unit "Barrel" is not a unit of product "HMR-16"',
    'updated',
  ]);
});

test('hundreds of prices take a handful of requests', async () => {
  const numbers = (sandbox.services.dataverse.rows('products') ?? []).map(({ productnumber }) =>
    String(productnumber),
  );
  const wishes = ['EUR', 'GBP', 'KWD'].flatMap((code) =>
    numbers.map((sku) => ({ sku, priceList: `Web Store ${code}`, amount: 7.25 })),
  );
  sandbox.context.counters.reset();
  const outcomes = await set(...wishes);
  expect(outcomes.every(({ ok }) => ok)).toBe(true);
  const { requests } = sandbox.context.counters.snapshot().dataverse;
  // Names, items, and a batch for each of the lanes that the client has.
  expect(requests).toBeLessThanOrEqual(2 + 16);
  expect(wishes.length).toBeGreaterThan(100);
});
