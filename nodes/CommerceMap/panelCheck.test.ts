import type { IDataObject } from 'n8n-workflow';

import { runNode } from '../../test/engine';
import { FROM, LINE, order, other, refused, run, salesorder } from '../../test/support/mapPanel';
import { CommerceMap } from './CommerceMap.node';

/** Rows of both lists of the panel are refused for the same reasons, by their names. */

const LINES = [LINE, { ...LINE, id: 2, sku: 'B', item_net_price: 0, amount: 1 }];
const TEXT = 'salesorder.order_details[*].productdescription';

interface Panel {
  columns?: Record<string, unknown>;
  rows?: object[];
}

const panel = ({ columns = {} }: Panel) => ({ ...FROM, columns: { value: columns } });

/** What a person is told who tries the panel. */
const told = (given: Panel, changes: object = {}) =>
  refused(given.rows ?? [], changes, panel(given));

async function tried(given: Panel, changes: object = {}, mode?: 'manual') {
  const { error, output } = await run(order(changes), given.rows, panel(given), mode);
  return { error: error?.message, salesorder: output()[0]?.salesorder as IDataObject | undefined };
}

const path = (target: string, expression: string) => ({
  target,
  source: 'path',
  path: `={{ $json.${expression} }}`,
});

describe.each<[string, (target: string, expression: string) => Panel, string]>([
  ['Columns', (to, field) => ({ columns: { [to]: `={{ $json.${field} }}` } }), 'Columns'],
  ['Field Overrides', (to, field) => ({ rows: [path(to, field)] }), 'Field 1'],
])('a row of %s', (_list, row, name) => {
  test('that reads a list or an object into one field is refused, with a value of it', async () => {
    expect(await told(row('salesorder.name', 'items'))).toContain(
      `${name} ("salesorder.name") reads "items", which is a list, into one field → Name a single value of it, such as items[0].`,
    );
    expect(await told(row('salesorder.name', 'billing_address'))).toContain(
      'which is an object with fields of its own, into one field → Name a single value of it, such as billing_address.',
    );
    expect(await told(row('salesorder.name', 'items[0]'))).toContain('which is an object');
    expect(await told(row('salesorder.name', 'gift'), { gift: { text: 'For Ada' } })).toContain(
      'reads "gift", which is an object with fields of its own, into one field → Name a single value of it, such as gift.text',
    );
    const options = [{ ...LINE, options: [{ name: 'Colour', value: 'red' }] }];
    expect(await told(row(TEXT, 'items[0].options'), { items: options })).toContain(
      `${name} ("${TEXT}") reads "items[*].options", which is a list, into one field → Name a single value of it, such as items[*].options[0].name`,
    );
  });

  test('that finds one in production fails its document by its name', async () => {
    const given = row('salesorder.name', 'gift');
    const { error } = await tried(given, { gift: { text: 'For Ada' } });
    expect(error).toContain('Cannot fill "salesorder.name" (from "gift"): ');
    expect(error).toContain('found an object');
    expect((await tried(given, { gift: 'x' })).salesorder).toMatchObject({ name: 'x' });
    expect((await tried(given, { gift: [] })).salesorder).not.toHaveProperty('name');
    expect((await tried(given, { gift: [1] })).error).toContain('found a list');
    const inLine = { items: [{ ...LINE, note: { a: 1 } }] };
    expect((await tried(row(TEXT, 'items[0].note'), inLine)).error).toContain('found an object');
  });

  test('that reads what neither the document nor the sample has is refused, with what was meant', async () => {
    expect(await told(row('salesorder.name', 'emial'))).toContain(
      `${name} ("salesorder.name") reads "emial", which the X-Cart order does not have, nor any item of this run. Did you mean "email"?`,
    );
    for (const known of ['notes', 'shipping_address.firstname', 'tracking_numbers[0].value']) {
      expect((await tried(row('salesorder.name', known), {}, 'manual')).error).toBeUndefined();
    }
    const gift = await tried(row('salesorder.name', 'gift'), { gift: null }, 'manual');
    expect(gift.error).toBeUndefined();
  });

  test('that reads another list beside the lines is refused, also where both have as many elements', async () => {
    expect(await told(row(TEXT, 'surcharges[0].code'), { items: [LINE] })).toContain(
      `${name} ("${TEXT}") is a field of each element of "salesorder.order_details", which come from "items", and reads "surcharges", which is another list`,
    );
    const { salesorder: made } = await tried(row(TEXT, 'items[0].sku'), { items: LINES });
    expect(made?.order_details).toMatchObject([
      { productdescription: 'A' },
      { productdescription: 'B' },
    ]);
  });

  test('of a list that PHP writes as an object gives each line its own', async () => {
    const items = { 0: LINES[0], 2: LINES[1] };
    const { salesorder: made } = await tried(row(TEXT, "items['0'].sku"), { items }, 'manual');
    expect(made?.order_details).toMatchObject([
      { productdescription: 'A' },
      { productdescription: 'B' },
    ]);
  });

  test('that gives no number fails its document, because null would clear the column', async () => {
    const { error } = await tried(row('salesorder.freightamount', 'weight * 2'));
    expect(error).toContain('gives no number (NaN)');
    const { salesorder: made } = await tried(row('salesorder.new_weight', 'weight * 2'), {
      weight: 2,
    });
    expect(made).toMatchObject({ new_weight: 4 });
  });
});

test('a list may be kept where somebody says so', async () => {
  const row = { ...path('salesorder.new_tags', 'tags'), ...other('salesorder.new_tags') };
  const rows = [{ ...row, combine: 'list' }];
  expect((await tried({ rows }, { tags: ['a', 'b'] }, 'manual')).salesorder).toMatchObject({
    new_tags: ['a', 'b'],
  });
});

describe('Only If Field', () => {
  const onlyIf = (field: string, more: object = {}) => ({
    rows: [
      { target: 'salesorder.name', source: 'value', value: 'x', onlyIf: field, comparedWith: 'A' },
    ].map((row) => ({ ...row, ...more })),
  });

  test('of a list or an object is refused, unless it asks whether there is one', async () => {
    expect(await told(onlyIf('={{ $json.items }}'))).toContain(
      'Only If Field of Field 1 ("salesorder.name") compares "items", which is a list',
    );
    expect(await told(onlyIf('={{ $json.billing_address }}'))).toContain('which is an object');
    expect(await told(onlyIf('={{ $json.items }}', { comparison: 'contains' }))).toContain(
      'which is a list',
    );
    const exists = onlyIf('={{ $json.items }}', { comparison: 'exists' });
    expect((await tried(exists, {}, 'manual')).salesorder).toMatchObject({ name: 'x' });
    const contains = onlyIf('={{ $json.tags }}', { comparison: 'contains' });
    expect((await tried(contains, { tags: ['A'] }, 'manual')).salesorder).toMatchObject({
      name: 'x',
    });
  });

  test('of a line that compares several values of it is refused', async () => {
    const items = [{ ...LINE, options: [{ n: 'A' }] }];
    const row = { target: TEXT, onlyIf: 'other', otherOnlyIf: 'items[*].options[*].n' };
    expect(await told(onlyIf('', row), { items })).toContain(
      'compares "items[*].options[*].n", which has several values',
    );
    const sku = onlyIf('', { target: TEXT, onlyIf: 'other', otherOnlyIf: 'items[*].sku' });
    expect((await tried(sku, {}, 'manual')).salesorder?.order_details).toMatchObject([
      { productdescription: 'x' },
    ]);
  });
});

test('objects are no part of a text', async () => {
  const rows = [{ target: 'salesorder.name', source: 'template', template: 'T {items}' }];
  expect((await tried({ rows })).error).toContain('found an object where a text is put together');
  const tags = [{ target: 'salesorder.name', source: 'template', template: 'T {tags}' }];
  expect((await tried({ rows: tags }, { tags: ['a', 'b'] })).salesorder).toMatchObject({
    name: 'T a, b',
  });
});

describe('two rows for one field', () => {
  const fixed = (to: string) => ({ ...other(to), source: 'value', value: 'x' });

  test.each([
    'dataverse.salesorder:salesorder.description',
    'salesorder["description"]',
    "dataverse.salesorder:salesorder['description']",
  ])('are refused however they name it, such as %s', async (to) => {
    const rows = [fixed('salesorder.description'), fixed(to)];
    expect(await told({ rows })).toContain('fill the same field');
    const columns = { 'salesorder.description': 'y' };
    expect(await told({ columns, rows: [fixed(to)] })).toContain(
      'is filled twice: under Columns, and by row 1 of Field Overrides',
    );
    expect((await tried({ rows: [fixed(to)] })).salesorder).toMatchObject({ description: 'x' });
  });
});

test('a text with the mapped value in it builds on what is there', async () => {
  const row = { target: 'salesorder.name', source: 'template' };
  const made = await salesorder({ ...row, template: '{@mapped.salesorder.name} web' });
  expect(made.name).toBe('X-Cart 1001 web');
});

test('in a mapping of the own, a field of another list is refused, and its sum is not', async () => {
  const custom = { from: 'custom', definition: 'rows', customFrom: 'xcart.order', customTo: 'x' };
  const rows = (more: object) => [
    { ...path('other', 'items[0].sku'), otherTarget: 'lines[*].sku' },
    { ...other('lines[*].tax'), source: 'path', path: 'surcharges[*].value', ...more },
  ];
  expect(await refused(rows({}), {}, custom)).toContain('reads "surcharges", which is another');
  const { output } = await run(order(), rows({ combine: 'sum' }), custom);
  expect(output()[0]?.lines).toEqual([{ sku: 'A', tax: 6.4 }]);
});

test('a name that needs quotes is meant in its table too', async () => {
  const row = { ...other('["new_shop@odata.bind"]'), source: 'value', value: '/new_shops(1)' };
  expect(await refused(row)).toContain('Did you mean "salesorder["new_shop@odata.bind"]"?');
  const made = await salesorder({ ...row, ...other('salesorder["new_shop@odata.bind"]') });
  expect(made['new_shop@odata.bind']).toBe('/new_shops(1)');
});

test.each([
  ['salesorder.order_details[*].quantity', { source: 'remove' }],
  ['salesorder.freightamount', { source: 'value', value: '999' }],
  ['commerce.order:lines[*].unitPrice', { source: 'value', value: '999' }],
])(
  'an order that does not add up names the own row that it is made of: %s',
  async (target, row) => {
    const { output } = await runNode({
      nodeType: new CommerceMap(),
      parameters: {
        operation: 'map',
        ...FROM,
        fieldOverrides: {
          rows: [
            { target: 'salesorder.description', source: 'value', value: 'x' },
            { target, ...row },
          ],
        },
      } as never,
      input: [order()],
      onError: 'continueErrorOutput',
    });
    expect(output(1)).toMatchObject([
      {
        details: {
          rule: { target, isOwn: true },
          fix: expect.stringMatching(/^Change a row for /) as string,
        },
      },
    ]);
  },
);

test('an order that does not add up by itself is at fault itself', async () => {
  const { output } = await runNode({
    nodeType: new CommerceMap(),
    parameters: {
      operation: 'map',
      ...FROM,
      fieldOverrides: { rows: [{ target: 'salesorder.description', source: 'value', value: 'x' }] },
    } as never,
    input: [order({ total: 99 })],
    onError: 'continueErrorOutput',
  });
  expect(output(1)).toMatchObject([{ details: { class: 'validation' } }]);
  expect(output(1)[0]?.details).not.toHaveProperty('rule');
});
