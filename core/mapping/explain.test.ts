import { explainMapping } from './explain';
import { findPreset } from '../presets';

describe('explainMapping', () => {
  it('says where a field comes from, through all steps of a preset', () => {
    const preset = findPreset('xcart.order', 'dataverse.salesorder');
    if (!preset) throw new Error('The preset is missing');
    const texts = explainMapping(preset);
    expect(texts.get('salesorder.name')).toBe('X-Cart {order_number ?? id}');
    expect(texts.get('salesorder.emailaddress')).toContain('email');
    expect(texts.get('salesorder.freightamount')).toContain(
      'surcharges[type=shipping,include=false].value',
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
});
