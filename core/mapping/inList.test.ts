import { cutList, listRead, within } from './inList';
import type { FieldRule } from './spec';

test.each([
  ['items[*].sku', { list: 'items', field: 'sku' }],
  ['a.b[*].c[*].d', { list: 'a.b', field: 'c[*].d' }],
  ['items[0].sku', undefined],
  ['items[*]', undefined],
])('cuts %s', (path, parts) => {
  expect(cutList(path)).toEqual(parts);
});

test.each([
  [{ from: 'items[*].sku' }, 'items'],
  [{ from: 'email ?? items[*].sku' }, 'items'],
  [{ template: '{number} {items[*].sku}' }, 'items'],
  [{ value: 1, when: { path: 'items[*].sku', is: 'exists' } }, 'items'],
  [{ value: 1, transforms: [{ type: 'phone', country: { from: 'items[*].cc' } }] }, 'items'],
  [{ from: 'items[' }, undefined],
  [{ from: 'email' }, undefined],
] as [Partial<FieldRule>, string | undefined][])('%j reads a list: %s', (rule, list) => {
  expect(listRead(rule)).toBe(list);
});

test('a rule reads from the element what is in the list, and from the document what is not', () => {
  const rule: FieldRule = {
    to: 'x',
    from: 'items[*].sku ?? number ?? @index',
    template: '{{x}} {items[*].name} {$.total}',
    transforms: ['trim', { type: 'phone', country: { from: 'cc' }, format: 'E164' }],
    when: { and: [{ path: 'items[*].sku', is: 'exists' }, { not: { path: 'a', is: 'missing' } }] },
  };
  expect(within(rule, 'items')).toEqual({
    to: 'x',
    from: 'sku ?? $.number ?? @index',
    template: '{{x}} {name} {$.total}',
    transforms: ['trim', { type: 'phone', country: { from: '$.cc' }, format: 'E164' }],
    when: { and: [{ path: 'sku', is: 'exists' }, { not: { path: '$.a', is: 'missing' } }] },
  });
});
