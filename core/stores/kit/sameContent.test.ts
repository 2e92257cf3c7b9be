import { hasContent } from './sameContent';

const record = {
  Id: 7,
  Email: 'Ada@example.com ',
  Lines: [{ Id: 1, Sku: 'A', Quantity: 2 }],
  Address: { City: 'Austin' },
};
const same = (document: object) => hasContent(record, document, new Set(['Id']));

it.each<[string, object]>([
  ['what the document does not say', {}],
  ['case, blanks and keys that are ignored', { Id: 8, Email: ' ada@EXAMPLE.com' }],
  ['what is empty in the document', { Email: '', Address: null, Lines: [] }],
  ['keys that records do not have', { Colour: 'red' }],
  [
    'lists and what stands inside',
    { Lines: [{ Sku: 'A', Quantity: '2' }], Address: { City: 'Austin' } },
  ],
])('does not differ by %s', (_, document) => {
  expect(same(document)).toBe(true);
});

it.each<[string, object]>([
  ['a value', { Email: 'bob@example.com' }],
  ['a value inside', { Address: { City: 'Dallas' } }],
  ['a line', { Lines: [{ Sku: 'B' }] }],
  ['a line more', { Lines: [{ Sku: 'A' }, { Sku: 'B' }] }],
  ['a list where there is none', { Email: ['ada@example.com'] }],
  ['a document where there is none', { Email: { of: 'ada@example.com' } }],
])('differs by %s', (_, document) => {
  expect(same(document)).toBe(false);
});
