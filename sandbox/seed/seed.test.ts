import { CATALOGUE, CUSTOMERS, SELLABLE_ITEMS, STORE_ONLY_ITEMS, UNITS } from './index';

const cents = (price: number): number => Math.round(price * 100) / 100;

test('the catalogue has about sixty products, each SKU once and short enough for X-Cart', () => {
  const skus = [...CATALOGUE, ...CATALOGUE.flatMap(({ variants }) => variants)].map(
    ({ sku }) => sku,
  );
  expect(CATALOGUE).toHaveLength(60);
  expect(new Set(skus).size).toBe(skus.length);
  expect(Math.max(...skus.map(({ length }) => length))).toBeLessThanOrEqual(32);
});

test('prices are whole cents above zero', () => {
  for (const { price } of SELLABLE_ITEMS) {
    expect(price).toBeGreaterThan(0);
    expect(cents(price)).toBe(price);
  }
});

test('a product with variants is sold by its variants only', () => {
  const sold = new Set(SELLABLE_ITEMS.map(({ sku }) => sku));
  expect(sold.has('TS-1')).toBe(false);
  expect(sold.has('TS-RED-M')).toBe(true);
  expect(UNITS).toContain('Each');
});

test('what only the store sells is not in the catalogue', () => {
  const known = new Set(SELLABLE_ITEMS.map(({ sku }) => sku));
  expect(STORE_ONLY_ITEMS.filter(({ sku }) => known.has(sku))).toEqual([]);
});

test('customers are made up: forty addresses at example.com, phone numbers with 555', () => {
  expect(new Set(CUSTOMERS.map(({ email }) => email)).size).toBe(40);
  for (const { email, phone } of CUSTOMERS) {
    expect(email).toMatch(/^[a-z]+\.[a-z]+@example\.com$/);
    expect(phone).toContain('555');
  }
});
