import fc from 'fast-check';

import { canonicalJson, contentHash } from './hash';

function shuffled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shuffled);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, part]) => [key, shuffled(part)]);
  return Object.fromEntries(entries.reverse());
}

test('is JSON that means the same, whatever the order of keys', () => {
  fc.assert(
    fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
      const plain = JSON.parse(JSON.stringify(value)) as unknown;
      expect(JSON.parse(canonicalJson(value))).toEqual(plain);
      expect(canonicalJson(shuffled(value))).toBe(canonicalJson(value));
    }),
  );
});

test.each([
  [{ a: 1, b: undefined }, { a: 1.0 }],
  [{ a: -0 }, { a: 0 }],
  [{ at: new Date('2026-01-01T00:00:00Z') }, { at: '2026-01-01T00:00:00.000Z' }],
  [[undefined], [null]],
  [{ a: Number.NaN }, { a: null }],
])('%j has the hash of %j', (left, right) => {
  expect(contentHash(left)).toBe(contentHash(right));
});

test.each([
  [{ sku: '007' }, { sku: '7' }],
  [{ qty: '1' }, { qty: 1 }],
  [{ a: null }, {}],
  [
    [1, 2],
    [2, 1],
  ],
  [{ a: { b: 1 } }, { 'a.b': 1 }],
])('%j has another hash than %j', (left, right) => {
  expect(contentHash(left)).not.toBe(contentHash(right));
});

test('is SHA-256 of the canonical text', () => {
  expect(canonicalJson({ b: [1, 'x'], a: { d: true, c: null } })).toBe(
    '{"a":{"c":null,"d":true},"b":[1,"x"]}',
  );
  expect(contentHash({})).toBe('44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a');
});

test('leaves out ignored fields, in every element of a list', () => {
  const ignore = new Set(['update_date', 'items.seen']);
  const before = {
    update_date: 1,
    items: [
      { sku: 'A', seen: 1 },
      { sku: 'B', seen: 2 },
    ],
  };
  const after = { update_date: 2, items: [{ sku: 'A', seen: 3 }, { sku: 'B' }] };
  expect(contentHash(before, { ignore })).toBe(contentHash(after, { ignore }));
  const other = { ...after, items: [{ sku: 'C' }, { sku: 'B' }] };
  expect(contentHash(other, { ignore })).not.toBe(contentHash(after, { ignore }));
});
