import { compileMapping } from './compile';
import type { FieldRule } from './spec';

function map(fields: FieldRule[], document: unknown): unknown {
  const result = compileMapping({ name: 'test', from: 'a', to: 'b', fields }).map(document);
  if (!result.ok) throw result.error;
  return result.document;
}

describe('lists and groups', () => {
  const document = {
    number: '1',
    tax: 0.1,
    items: [{ p: 1, tags: ['a', 'b'] }, { p: 1 }, { p: 1, tags: [] }],
  };

  test('maps each element, with the element around it and its place', () => {
    const fields: FieldRule[] = [
      {
        to: 'lines',
        each: 'items',
        fields: [
          { to: 'at', from: '@index' },
          { to: 'order', from: '^.number' },
          { to: 'tax', allocate: { total: '^.tax', weights: '^.items[*].p' } },
          { to: 'tags', each: 'tags', fields: [{ to: 'name', from: '^.^.number' }] },
        ],
      },
    ];
    expect(map(fields, document)).toEqual({
      lines: [
        { at: 0, order: '1', tax: 0.04, tags: [{ name: '1' }, { name: '1' }] },
        { at: 1, order: '1', tax: 0.03 },
        { at: 2, order: '1', tax: 0.03, tags: [] },
      ],
    });
  });

  test('rounds the elements so that they add up to a total', () => {
    const line: FieldRule = {
      to: 'amount',
      roundTo: { value: { calculate: { multiply: ['price', 'quantity'] } }, total: '^.total' },
    };
    const order = {
      total: 4,
      items: [
        { price: 1.3333, quantity: 1 },
        { price: 0.66665, quantity: 4 },
      ],
      gifts: [{ price: 4, quantity: 1 }],
    };
    const lists = ['items', 'gifts'].map((each) => ({ to: each, each, fields: [line] }));
    expect(map(lists, order)).toEqual({
      items: [{ amount: 1.33 }, { amount: 2.67 }],
      gifts: [{ amount: 4 }],
    });
  });

  test('a group without values is not written', () => {
    const fields: FieldRule[] = [
      { to: 'address', fields: [{ to: 'city', from: 'city' }] },
      { to: 'order', fields: [{ to: 'number', from: 'number' }] },
    ];
    expect(map(fields, document)).toEqual({ order: { number: '1' } });
  });

  test('an element may be mapped from a filter, or from text', () => {
    const fields: FieldRule[] = [
      { to: 'x', each: 'items[p=1]', fields: [{ to: 'p', from: 'p' }] },
      { to: 'y', each: 'number', split: ',', fields: [{ to: 'v', from: '$.number' }] },
    ];
    expect(map(fields, document)).toEqual({ x: [{ p: 1 }, { p: 1 }, { p: 1 }], y: [{ v: '1' }] });
  });
});
