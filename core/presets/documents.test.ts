import { compileMapping } from '../mapping';
import { DOCUMENTS, PRESETS, findDocument, findPreset } from '.';

const CONTEXT = { source: { platform: 'xcart', store: 'main', currency: 'USD' } };

/** Every field of a value, lists with `[*]`; nothing of what is empty. */
function pathsOf(value: unknown, prefix = ''): string[] {
  if (value === null || value === undefined || value === '') return [];
  if (Array.isArray(value)) return value.flatMap((one) => pathsOf(one, `${prefix}[*]`));
  if (typeof value !== 'object') return [prefix];
  return Object.entries(value).flatMap(([key, part]) => {
    const name = /[.[\]]/.test(key) ? `["${key}"]` : key;
    return pathsOf(
      part,
      prefix === '' || name.startsWith('[') ? prefix + name : `${prefix}.${name}`,
    );
  });
}

describe.each(DOCUMENTS.map((document) => [document.name, document] as const))(
  '%s',
  (name, { schema, sample, fields, check }) => {
    test('has a sample that satisfies its schema and its check', () => {
      expect(schema.parse(sample)).toEqual(sample);
      expect(() => check?.(sample)).not.toThrow();
    });

    test('has no field in its sample that is not described', () => {
      const known = new Set(fields.map(({ path }) => path));
      const unknown = pathsOf(sample)
        .map((path) => path.replace(/\[\*\]$/, ''))
        .filter((path) => !known.has(path));
      expect(unknown).toEqual([]);
    });

    test('has all that mappings cannot do without in its sample', () => {
      const given = pathsOf(sample);
      const needed = fields.filter(
        ({ required, type }) => required && type !== 'object' && type !== 'list',
      );
      expect(needed.map(({ path }) => path).filter((path) => !given.includes(path))).toEqual([]);
    });

    test('goes through every preset, and comes out as what that promises', () => {
      for (const preset of PRESETS.filter(({ from }) => from === name)) {
        const result = compileMapping(preset, { documents: DOCUMENTS }).map(sample, CONTEXT);
        if (!result.ok) throw result.error;
        expect(findDocument(preset.to)?.schema.parse(result.document)).toEqual(result.document);
      }
    });
  },
);

test('presets between two services are made of their halves, and named by what they join', () => {
  expect(PRESETS.map(({ name, from, to }) => [name, from, to])).toEqual([
    ['X-Cart order to Dynamics 365 sales order', 'xcart.order', 'dataverse.salesorder'],
    ['X-Cart product to Dynamics 365 product', 'xcart.product', 'dataverse.product'],
    ['X-Cart customer to Dynamics 365 contact', 'xcart.profile', 'dataverse.contact'],
    ['3dcart order to Dynamics 365 sales order', 'threedcart.order', 'dataverse.salesorder'],
    ['3dcart product to Dynamics 365 product', 'threedcart.product', 'dataverse.product'],
    ['3dcart customer to Dynamics 365 contact', 'threedcart.customer', 'dataverse.contact'],
    ['Clarity order to Dynamics 365 sales order', 'clarity.order', 'dataverse.salesorder'],
    ['Clarity product to Dynamics 365 product', 'clarity.product', 'dataverse.product'],
    ['Clarity customer to Dynamics 365 contact', 'clarity.customer', 'dataverse.contact'],
    ['X-Cart order to common order', 'xcart.order', 'commerce.order'],
    ['X-Cart product to common product', 'xcart.product', 'commerce.product'],
    ['X-Cart customer to common customer', 'xcart.profile', 'commerce.customer'],
    ['3dcart order to common order', 'threedcart.order', 'commerce.order'],
    ['3dcart product to common product', 'threedcart.product', 'commerce.product'],
    ['3dcart customer to common customer', 'threedcart.customer', 'commerce.customer'],
    ['Clarity order to common order', 'clarity.order', 'commerce.order'],
    ['Clarity product to common product', 'clarity.product', 'commerce.product'],
    ['Clarity customer to common customer', 'clarity.customer', 'commerce.customer'],
    ['Common product to 3dcart product', 'commerce.product', 'threedcart.product'],
    ['Common customer to 3dcart customer', 'commerce.customer', 'threedcart.customer'],
    ['Common order to Dynamics 365 sales order', 'commerce.order', 'dataverse.salesorder'],
    ['Common product to Dynamics 365 product', 'commerce.product', 'dataverse.product'],
    ['Common customer to Dynamics 365 contact', 'commerce.customer', 'dataverse.contact'],
  ]);
  expect(findPreset('xcart.order', 'dataverse.salesorder')).toBe(PRESETS[0]);
});
