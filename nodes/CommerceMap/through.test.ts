import type { IDataObject } from 'n8n-workflow';

import { runNode } from '../../test/engine';
import {
  FROM,
  LINE,
  namesIn,
  oneLine,
  order,
  refusal,
  rowFor,
  run,
  type Given,
} from '../../test/support/mapPanel';
import { CommerceMap } from './CommerceMap.node';

/**
 * An order that is refused goes through by the panel alone: each case takes the rows that the message names, finds them
 * in the list of target fields by that name, puts them into Field Overrides, and maps the same order again.
 */

const LINES = '[items.{"id": $string(id), "quantity": amount, "unitPrice": item_net_price}]';

test.each<[string, object, Given]>([
  ['no currency', { currency: null }, { Currency: 'USD' }],
  ['a currency as an object', { currency: { code: 'USD' } }, { Currency: 'usd' }],
  ['a currency outside ISO', { currency: 'Euro' }, { Currency: 'EUR' }],
  ['no total', { total: null }, { Total: '56.40' }],
  ['a total as text of people', { total: '56,40' }, { Total: '56.40' }],
  [
    'a total with a comma, read',
    { total: '56,40' },
    {
      Total: {
        source: 'path',
        path: 'total',
        transform: 'number',
        transformOptions: '{"decimalSeparator": ","}',
      },
    },
  ],
  ['no id', { id: null }, { 'ID of the Order in the Shop': '1042' }],
  [
    'a number as an object',
    { order_number: { a: 1 } },
    {
      'Name of the Order': { source: 'template', template: 'X-Cart {id}' },
      'Number of the Order': { source: 'path', path: 'id' },
    },
  ],
  [
    'a customer as an object',
    { customer_id: { id: 15 } },
    { 'ID of Customer': { source: 'remove' } },
  ],
  [
    'a line without a price',
    oneLine({ item_net_price: null }),
    { 'Unit Price of Each Line': '25' },
  ],
  [
    'a line without a quantity',
    oneLine({ amount: null }),
    {
      'Quantity of Each Line': { source: 'path', path: 'items[*].amount', default: '2' },
    },
  ],
  [
    'a line with an SKU as an object',
    oneLine({ sku: {} }),
    { 'SKU of Each Line': { source: 'remove' } },
  ],
  [
    'a tax of a line that is no number',
    oneLine({ surcharges: [{ type: 'tax', value: 'abc' }] }),
    { 'Tax of Each Line': { source: 'remove' } },
  ],
  [
    'a line alone, without a list',
    { items: LINE },
    { Lines: { source: 'formula', formula: LINES } },
  ],
  [
    'a line that is nothing',
    { items: [null, LINE] },
    {
      'Quantity of Each Line': { source: 'path', path: 'items[*].amount', default: '0' },
      'Unit Price of Each Line': { source: 'path', path: 'items[*].item_net_price', default: '0' },
    },
  ],
  [
    'a surcharge that is no number',
    { surcharges: [{ type: 'tax', value: 'abc' }] },
    { 'Amount of Each Surcharge': '6.4', 'Total of Tax': '6.4' },
  ],
  ['surcharges as text', { surcharges: 'x', total: 50 }, { Surcharges: { source: 'remove' } }],
  [
    'a surcharge that may be included or not',
    { surcharges: [{ type: 'tax', include: 'maybe', value: 6.4 }] },
    { 'Included in Prices of Each Surcharge': 'no' },
  ],
  [
    'a payment that is no number',
    { payment_transactions: [{ backend_transactions: [{ id: 1, type: 'sale', value: 'abc' }] }] },
    { 'Amount of Each Payment': '0' },
  ],
  ['a total that nobody can pay', { total: 1e17 }, { Total: '56.4' }],
])('%s is refused with rows that let it through', async (_name, changes, given) => {
  const document = order(changes);
  const fix = await refusal(document);
  const names = Object.keys(given).map((name) => `Common Order: ${name}`);
  expect(namesIn(fix)).toEqual(names);
  const rows = await Promise.all(
    Object.values(given).map((value, at) => rowFor(names[at] ?? '', value)),
  );
  const { error, output } = await run(document, rows);
  expect(error).toBeUndefined();
  const [json] = output();
  expect(json?.salesorder).toMatchObject({ expectedtotal: document.total === 50 ? 50 : 56.4 });
});

/** What the list offers for totals that do not agree; each row by itself lets the order through. */
describe.each<[string, object, Given]>([
  [
    'a total one cent off',
    { total: 56.41 },
    {
      'Tolerated Difference of Totals': '0.01',
      Total: { source: 'formula', formula: 'sub_total + $sum(surcharges.value)' },
      'Total of Fees': '0.01',
      'Total of Discounts': '-0.01',
    },
  ],
  [
    'a total a tenth off',
    { total: 50.76 },
    {
      'Tolerated Difference of Totals': '5.64',
      Total: '56.40',
      'Total of Fees': '-5.64',
      'Total of Discounts': '5.64',
    },
  ],
  [
    'a sub-total one cent off',
    { sub_total: 50.01 },
    {
      'Tolerated Difference of Totals': '0.01',
      'Sub-Total': { source: 'remove' },
      'Amount of Each Line': '50.01',
    },
  ],
])('%s', (_name, changes, given) => {
  test('names each of its rows', async () => {
    expect(namesIn(await refusal(order(changes)))).toEqual(
      Object.keys(given).map((name) => `Common Order: ${name}`),
    );
  });

  // With the amount of a line changed, the sub-total agrees, and the total is next to be asked for.
  const alone = Object.entries(given).filter(([name]) => name !== 'Amount of Each Line');

  test.each(alone)('goes through by %s', async (name, value) => {
    const { error, output } = await run(order(changes), [
      await rowFor(`Common Order: ${name}`, value),
    ]);
    expect(error).toBeUndefined();
    expect(output()[0]).toHaveProperty('salesorder.expectedtotal');
  });
});

test('a difference that is tolerated is told, and the total stays what the shop says', async () => {
  const row = await rowFor('Common Order: Tolerated Difference of Totals', '10');
  const more = (await run(order({ total: 57 }), [row])).output()[0];
  expect(more?.salesorder).toMatchObject({ expectedtotal: 57, freightamount: 0.6 });
  const less = (await run(order({ total: 50 }), [row])).output()[0];
  expect(less?.salesorder).toMatchObject({ expectedtotal: 50, discountamount: 6.4 });
  expect(less?.notes).toEqual([
    {
      field: 'totals.discount',
      message: 'the parts differ from the total by 6.40 USD, which counts as a discount',
    },
  ]);
  expect((await run(order({ total: 67 }), [row])).error?.message).toContain('67.00 USD');
});

test.each<[string, object, string[]]>([
  ['no items at all', { items: null, sub_total: 0, total: 6.4 }, ['totals.tax']],
  ['items as an object', { items: { 0: LINE } }, []],
  ['a blank number', { order_number: '  ' }, []],
  ['an unknown date', { create_date: 'some day' }, ['placedAt']],
  [
    'a country as an object',
    { billing_address: { country_code: { code: 'US' } } },
    ['billingAddress.country'],
  ],
  ['a currency that nobody knows', { currency: 'XQZ' }, []],
  ['a quantity of 0', { ...oneLine({ amount: 0 }), sub_total: 0, total: 6.4 }, []],
  ['a quantity below 0', { ...oneLine({ amount: -2 }), sub_total: -50, total: -43.6 }, []],
  [
    'a quantity of one and a half',
    { ...oneLine({ amount: 1.5 }), sub_total: 37.5, total: 43.9 },
    [],
  ],
  ['no lines', { items: [], sub_total: 0, total: 6.4 }, ['totals.tax']],
  ['a line without an id', oneLine({ id: null }), ['lines[0].id']],
  ['a line with an odd id', oneLine({ id: {} }), ['lines[0].id', 'lines[0].id']],
  [
    'a line without SKU, name and product',
    oneLine({ sku: null, name: null, product_id: null }),
    [],
  ],
  [
    'two lines of the same id',
    { items: [LINE, LINE], sub_total: 100, total: 106.4 },
    ['lines[1].id'],
  ],
  ['a status of its own', { payment_status: { code: 'ZZ', name: 'Ours' } }, []],
  ['nobody', { customer_id: null, email: null, billing_address: null, shipping_address: null }, []],
])('%s goes through, and what was changed is told', async (_name, changes, told) => {
  const { error, output } = await run(order(changes));
  expect(error).toBeUndefined();
  const notes = (output()[0]?.notes ?? []) as { field: string }[];
  expect(notes.map(({ field }) => field)).toEqual(told);
});

test('the node says where notes are to be read, once and only where there are any', async () => {
  const hintsOf = async (...orders: IDataObject[]) => {
    const { run: ended } = await runNode({
      nodeType: new CommerceMap(),
      parameters: { operation: 'map', ...FROM },
      input: orders,
    });
    return ended.data.resultData.runData.Node?.[0]?.hints ?? [];
  };
  expect(await hintsOf(order())).toEqual([]);
  const odd = order({ create_date: 'some day' });
  expect(await hintsOf(odd, odd)).toMatchObject([
    { message: expect.stringContaining('<b>notes</b>') as string, location: 'outputPane' },
  ]);
});

test('lines keep keys of their own whatever ids the shop gives them', async () => {
  const lines = [LINE, { ...LINE, id: null }, LINE, { ...LINE, id: '1 (2)' }];
  const { output } = await run(order({ items: lines, sub_total: 200, total: 206.4 }));
  const { order_details: details } = output()[0]?.salesorder as {
    order_details: { salesorderdetailid: string }[];
  };
  expect(new Set(details.map((line) => line.salesorderdetailid)).size).toBe(4);
});

test('ornaments that are all odd at once stop no order, and each is told once', async () => {
  const { error, output } = await run(
    order({
      create_date: '99/99/9999',
      notes: {},
      shipping_method_name: {},
      email: ['a@example.com'],
      coupons: 'x',
      billing_address: {
        firstname: {},
        lastname: [],
        street: {},
        city: 7.5e30,
        state_name: ['Texas'],
        zipcode: {},
        country_code: 'XI1',
        phone: 'call me',
      },
      items: [{ ...LINE, weight: 'heavy', name: {}, variant: {} }],
    }),
  );
  expect(error).toBeUndefined();
  const notes = output()[0]?.notes as { field: string; message: string }[];
  const fields = notes.map(({ field }) => field);
  expect(new Set(fields).size).toBe(fields.length);
  expect(fields).toEqual(
    expect.arrayContaining([
      'placedAt',
      'customer.email',
      'customer.firstName',
      'customer.phone',
      'customerNote',
      'shippingMethod',
      'billingAddress.firstName',
      'billingAddress.line1',
      'billingAddress.city',
      'billingAddress.state',
      'billingAddress.postalCode',
      'billingAddress.country',
      'billingAddress.phone',
      'lines[0].name',
      'lines[0].variantId',
    ]),
  );
});
