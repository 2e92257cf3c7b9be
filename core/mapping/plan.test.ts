import { checkMapping } from './check';
import { compileMapping } from './compile';
import { compose, override, targetFields } from './plan';
import type { OverlayRow } from './plan';
import { DOCUMENTS, PRESETS } from '../presets';
import { rowsToSpec } from './rows';
import type { MappingSpec } from './spec';

const FIRST: MappingSpec = {
  from: 'shop',
  to: 'common',
  fields: [
    { to: 'number', from: 'no' },
    { to: 'lines', each: 'items', fields: [{ to: 'code', from: 'sku' }] },
  ],
};
const SECOND: MappingSpec = {
  from: 'common',
  to: 'crm',
  fields: [
    { to: 'order.name', template: 'Order {number}', required: true },
    { to: 'order.rows', each: 'lines', fields: [{ to: 'product', from: 'code' }] },
  ],
};
const DOCUMENT = {
  no: 7,
  colour: 'red',
  items: [
    { sku: 'A', size: 'L' },
    { sku: 'B', size: 'M' },
  ],
};

function run(rows: OverlayRow[]): unknown {
  const result = compileMapping(override(compose(FIRST, SECOND), rows)).map(DOCUMENT);
  if (!result.ok) throw result.error;
  return result.document;
}

describe('compose', () => {
  test('two mappings make one, through what lies between them', () => {
    const plan = compose(FIRST, SECOND);
    expect([plan.from, plan.to]).toEqual(['shop', 'crm']);
    expect(compileMapping(plan).map(DOCUMENT)).toEqual({
      ok: true,
      document: { order: { name: 'Order 7', rows: [{ product: 'A' }, { product: 'B' }] } },
    });
    expect(targetFields(plan)).toEqual(['order.name', 'order.rows[*].product']);
  });

  test('refuses two that do not meet', () => {
    expect(() => compose(SECOND, FIRST)).toThrow('"crm" cannot be followed by one from "shop"');
  });
});

describe('override', () => {
  test('rows read the first document and write the last', () => {
    expect(
      run([
        { to: 'order.name', from: 'colour' },
        { to: 'order.new_colour', value: 'blue' },
        { to: 'order.rows[*].size', from: 'items[*].size' },
        { to: 'order.rows[*].colour', from: 'colour' },
        {
          to: 'order.rows[*].product',
          from: '@mapped.order.rows[*].product',
          transforms: ['lower'],
        },
      ]),
    ).toEqual({
      order: {
        name: 'red',
        new_colour: 'blue',
        rows: [
          { product: 'a', size: 'L', colour: 'red' },
          { product: 'b', size: 'M', colour: 'red' },
        ],
      },
    });
  });

  test('a text with the mapped value in it builds on what is there', () => {
    expect(run([{ to: 'order.name', template: '{@mapped.order.name} web' }])).toMatchObject({
      order: { name: 'Order 7 web' },
    });
  });

  test('a mistake is told by the name that the editor gives the row', () => {
    expect(() => run([{ to: 'order.name', from: '[' }])).toThrow(
      'Field 1 ("order.name"): path "["',
    );
  });

  test('removes fields', () => {
    expect(
      run([
        { to: 'order.name', remove: true },
        { to: 'order.rows[*].product', remove: true },
      ]),
    ).toEqual({ order: { rows: [{}, {}] } });
  });

  test('a row takes the place of the rule that would fail', () => {
    const document = { items: [] };
    const plan = override(compose(FIRST, SECOND), [{ to: 'order.name', value: 'unnamed' }]);
    const strict: MappingSpec = {
      ...SECOND,
      fields: [{ to: 'order.name', from: 'number', required: true }],
    };
    expect(compileMapping(compose(FIRST, strict)).map(document).ok).toBe(false);
    expect(compileMapping(plan).map(document).ok).toBe(true);
  });

  test('lists of different length are not laid over one another', () => {
    expect(() => run([{ to: 'order.rows[*].x', from: 'nothing[*].y' }])).toThrow(
      'different lengths',
    );
    expect(() => run([{ to: 'order.rows[*].a[*].b', value: 1 }])).toThrow('goes through two lists');
  });
});

test('a table of rows makes a mapping with lists', () => {
  const mapping = rowsToSpec('shop', 'x', [
    { to: 'n', from: 'no' },
    { to: 'l[*].k', value: 1 },
    { to: 'l[*].s', from: 'items[*].sku' },
    { to: 'l[*].c', from: 'colour' },
  ]);
  expect(compileMapping(mapping).map(DOCUMENT)).toEqual({
    ok: true,
    document: {
      n: 7,
      l: [
        { k: 1, s: 'A', c: 'red' },
        { k: 1, s: 'B', c: 'red' },
      ],
    },
  });
});

describe('checkMapping', () => {
  test.each(PRESETS.map((preset) => [preset.name ?? '', preset] as const))(
    'finds nothing wrong with %s',
    async (_name, preset) => {
      expect(await checkMapping(preset, DOCUMENTS)).toEqual([]);
    },
  );

  test('finds unknown fields on both sides and required ones that nothing fills', async () => {
    const findings = await checkMapping(
      {
        from: 'xcart.order',
        to: 'commerce.product',
        fields: [
          { to: 'sku', from: 'items[0].sku' },
          { to: 'nmae', from: 'order_numbr', when: { path: 'emial', is: 'exists' } },
          { to: 'price', calculate: { add: ['total', 'sub_totl'] } },
        ],
      },
      DOCUMENTS,
    );
    const text = findings.map(({ severity, message }) => `${severity}: ${message}`);
    expect(text).toEqual([
      'warning: the target document has no field "nmae". Did you mean "name"?',
      'warning: the source document has no "order_numbr". Did you mean "order_number"?',
      'warning: the source document has no "emial". Did you mean "email"?',
      'warning: the source document has no "sub_totl". Did you mean "sub_total"?',
      'error: "source.platform" is required and no row fills it',
      'error: "source.store" is required and no row fills it',
      'error: "source.id" is required and no row fills it',
      'error: "name" is required and no row fills it',
    ]);
  });

  test('reports mistakes in the rules instead of throwing', async () => {
    const [finding] = await checkMapping(
      { from: 'a', to: 'b', fields: [{ to: 'x', from: '[' }] },
      DOCUMENTS,
    );
    expect(finding).toMatchObject({ severity: 'error', field: 'field 1 ("x")' });
  });
});

describe('parts of a document', () => {
  const preset: MappingSpec = {
    from: 'a.order',
    to: 'b.order',
    fields: [
      { to: 'contact', required: true, fields: [{ to: 'name', from: 'name', required: true }] },
      {
        to: 'account',
        when: { path: 'company', is: 'exists' },
        fields: [
          { to: 'id', from: 'id' },
          { to: 'name', from: 'company', required: true },
        ],
      },
      { to: 'lines', each: 'items', fields: [{ to: 'sku', from: 'sku' }] },
    ],
  };
  const order = { id: 7, name: 'Ada', city: 'Austin', items: [{ sku: 'A', code: 'B' }] };
  const mapped = (rows: OverlayRow[], document: object) => {
    const result = compileMapping(override(preset, rows)).map(document);
    return result.ok ? result.document : result.error.message;
  };

  test('a row alone makes none that the mapping has left out for this document', () => {
    const rows = [
      { to: 'account.city', from: 'city' },
      { to: 'account.name', value: 'Mine' },
    ];
    expect(mapped(rows, order)).not.toHaveProperty('account');
    expect(mapped(rows, { ...order, company: 'Byron' })).toMatchObject({
      account: { id: 7, name: 'Mine', city: 'Austin' },
    });
  });

  test('all rows of one may be replaced', () => {
    const rows = [
      { to: 'contact.name', from: 'city' },
      { to: 'account.id', from: 'city' },
      { to: 'account.name', from: 'city' },
      { to: 'lines[*].sku', from: 'items[*].code' },
    ];
    expect(mapped(rows, order)).toEqual({ contact: { name: 'Austin' }, lines: [{ sku: 'B' }] });
    expect(mapped(rows, { ...order, company: 'Byron' })).toMatchObject({
      account: { id: 'Austin', name: 'Austin' },
    });
  });
});
