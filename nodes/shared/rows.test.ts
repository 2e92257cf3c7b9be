import { number, text } from './entry';
import { rows, withRows } from './rows';

const lines = rows({
  displayName: 'Items',
  name: 'lines',
  each: 'Item',
  values: [number('Quantity', 'quantity', { default: 1 }), text('SKU', 'sku')],
  amounts: [text('Price', 'price')],
});
const address = rows({ displayName: 'Address', name: 'address', values: [text('City', 'city')] });

const document = withRows(lines, address);

/** As n8n hands over a row of which only the SKU was entered. */
const UNTOUCHED = { sku: 'A', quantity: 1, price: '' };

test('leaves out what nobody has entered, because n8n fills in the whole row', () => {
  expect(
    document({ lines: { row: [UNTOUCHED] }, address: { row: { city: '' } }, note: '' }),
  ).toEqual({ lines: [{ sku: 'A', quantity: 1 }], note: '' });
});

test('takes an amount that was entered for a number, 0 too', () => {
  const row = [
    { ...UNTOUCHED, price: '0' },
    { ...UNTOUCHED, price: 2.5 },
  ];
  expect(document({ lines: { row } })).toEqual({
    lines: [
      { sku: 'A', quantity: 1, price: 0 },
      { sku: 'A', quantity: 1, price: 2.5 },
    ],
  });
});

test('leaves out a part that was added and got no row', () => {
  expect(document({ lines: {}, address: {} })).toEqual({});
});

test('takes what an expression gives as the part itself', () => {
  expect(document({ lines: [{ sku: 'A' }], address: { city: 'Austin' } })).toEqual({
    lines: [{ sku: 'A' }],
    address: { city: 'Austin' },
  });
});

test('names the field whose amount is no number', () => {
  expect(() => document({ lines: { row: [{ ...UNTOUCHED, price: '1,50' }] } })).toThrow(
    /^Price is not a number/,
  );
});
