import type { OverlayRow } from './plan';
import { unknownPath } from './sample';

const DOCUMENT = {
  name: 'a.b',
  fields: [{ path: 'items[*].sku', type: 'text', required: false }],
} as unknown as Parameters<typeof unknownPath>[1];

const SAMPLES = [
  { email: 'a', address: { city: 'x' }, items: [{ sku: 'A' }], empty: [], none: null, 'a.b': 1 },
  { gift: null, items: { 0: { note: 'n' }, 2: {} } },
];

const unknown = (row: Partial<OverlayRow>) =>
  unknownPath({ to: 'x', ...row }, DOCUMENT, SAMPLES)?.path;

test.each([
  ['a field of one of them', { from: 'email' }],
  ['one that is there without a value', { from: 'gift' }],
  ['one that the document lists', { from: 'items[*].sku' }],
  ['one of a list with gaps', { from: 'items[*].note' }],
  ['one of a list without elements', { from: 'empty[*].x' }],
  ['one of what is not there this time', { from: 'none.x' }],
  ['an element of one', { from: 'items[2].sku ?? items["0"].note' }],
  ['a letter of a text', { from: 'email[0]' }],
  ['a name with a dot', { from: '["a.b"]' }],
  ['the second of two', { from: 'emial ?? email' }],
  ['what is not of the document', { from: '@source.store' }],
  ['one that may be absent', { from: 'emial', default: 'x' }],
  ['one that is asked for', { value: 1, when: { path: 'emial', is: 'exists' } }],
  ['what cannot be read, and is refused elsewhere', { from: 'items[' }],
] as [string, Partial<OverlayRow>][])('%s is known', (_name, row) => {
  expect(unknown(row)).toBeUndefined();
});

test.each([
  [{ from: 'emial' }, 'emial', 'Did you mean "email"?'],
  [{ from: 'address.cty' }, 'address.cty', 'Did you mean "address.city"?'],
  [{ from: 'email.x' }, 'email.x', ''],
  [{ from: 'items[*].skuu' }, 'items[*].skuu', 'Did you mean "items[*].sku"?'],
  [{ from: 'items[0].nte' }, 'items[0].nte', ''],
  [{ template: 'A {emial}' }, 'emial', 'email'],
  [{ value: 1, when: { path: 'emial', is: 'equals', value: 1 } }, 'emial', 'email'],
  [{ value: 1, transforms: [{ type: 'phone', country: { from: 'contry' } }] }, 'contry', ''],
] as [Partial<OverlayRow>, string, string][])('%j is not', (row, path, suggestion) => {
  const found = unknownPath({ to: 'x', ...row }, DOCUMENT, SAMPLES);
  expect(found?.path).toBe(path);
  expect(found?.suggestion).toContain(suggestion);
});
