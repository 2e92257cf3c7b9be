import { DOCUMENTS, PRESETS, findPreset } from '../presets';
import { explainMapping } from './explain';
import type { FieldRule } from './spec';
import type { ValueKind } from './visit';

describe('explainMapping', () => {
  it('says where a field comes from, through all steps of a preset', () => {
    const preset = findPreset('xcart.order', 'dataverse.salesorder');
    if (!preset) throw new Error('The preset is missing');
    const texts = explainMapping(preset, DOCUMENTS);
    expect(texts.get('salesorder.name')).toBe('X-Cart {order_number ?? id}');
    expect(texts.get('salesorder.emailaddress')).toContain('email');
    expect(texts.get('salesorder.freightamount')).toContain(
      'worked out from sum of surcharges[type=shipping,include!=true].value',
    );
    expect(texts.get('salesorder.order_details[*].priceperunit')).toBe(
      'worked out from items[*].item_net_price ?? items[*].price (number)',
    );
    expect(texts.get('salesorder.order_details[*].productnumber')).toContain('items[*].');
    expect(texts.get('salesorder.order_details[*].ispriceoverridden')).toBe('always true');
    expect([...texts.values()].filter((text) => text === '')).toEqual([]);
  });

  it('names calculations, shares, sums, alternatives and the list around a field', () => {
    const texts = explainMapping({
      from: 'a',
      to: 'b',
      fields: [
        { to: 'sum', from: 'parts.value', aggregate: 'sum' },
        { to: 'net', calculate: { subtract: ['total', 'tax'] } },
        { to: 'mail', from: 'email ?? login', transforms: ['trim', 'lower'] },
        {
          to: 'rows',
          each: 'items',
          fields: [{ to: 'tax', allocate: { total: '^.tax', weights: '^.items[*].price' } }],
        },
      ],
    });
    expect(Object.fromEntries(texts)).toEqual({
      sum: 'sum of parts.value',
      net: 'total − tax',
      mail: 'email ?? login (lower)',
      'rows[*].tax': 'share of tax',
    });
  });

  it('has words for every kind of value', () => {
    const inList = (rule: Omit<FieldRule, 'to'>): FieldRule[] => [
      { to: 'rows', each: 'items', fields: [{ to: 'x', ...rule }] },
    ];
    const product = { calculate: { multiply: ['price', 'amount'] } };
    const words: Record<ValueKind | 'none', [rule: Omit<FieldRule, 'to'>, text: string]> = {
      from: [{ from: 'sku' }, 'items[*].sku'],
      value: [{ value: 2 }, 'always 2'],
      template: [{ template: '{^.id}-{sku}' }, '{id}-{items[*].sku}'],
      formula: [{ formula: '$sum(x)' }, 'formula $sum(x)'],
      expression: [{ expression: 'field 1' }, 'expression field 1'],
      calculate: [product, 'items[*].price × items[*].amount'],
      allocate: [{ allocate: { total: '$.tax', weights: '^.items[*].price' } }, 'share of tax'],
      roundTo: [
        { roundTo: { value: product, total: '^.total' } },
        'items[*].price × items[*].amount, rounded to add up to total',
      ],
      none: [{ default: 'x' }, 'always "x"'],
    };
    for (const [rule, text] of Object.values(words)) {
      const texts = explainMapping({ from: 'a', to: 'b', fields: inList(rule) });
      expect(Object.fromEntries(texts)).toEqual({ 'rows[*].x': text });
    }
  });

  /** Lists whose entries have fields, by name. What stands in others has no name. */
  const listsOfRecords = DOCUMENTS.flatMap(({ fields }) =>
    fields.flatMap(({ path }) => [...path.matchAll(/(\w+)\[\*\][.[]/g)].map(([, list]) => list)),
  );

  it.each(PRESETS.map((preset) => [preset.name ?? '', preset] as const))(
    'says of each field of %s more than the list that it is in',
    (_name, preset) => {
      for (const text of explainMapping(preset, DOCUMENTS).values()) {
        expect(text).not.toBe('');
        const [, list] = /(\w+)\[\*\](?![.[])/.exec(text) ?? [];
        expect(listsOfRecords).not.toContain(list);
      }
    },
  );

  it('says where the amount of a line comes from', () => {
    const preset = findPreset('xcart.order', 'dataverse.salesorder');
    const origins = preset && explainMapping(preset, DOCUMENTS);
    expect(origins?.get('salesorder.order_details[*].manualdiscountamount')).toBe(
      'worked out from items[*].item_net_price ?? items[*].price (number), items[*].amount (number)',
    );
  });
});
