import fc from 'fast-check';

import { keptForm, LONGEST_KEPT_TEXT, sameAsKept } from './kept';

const asStored = (document: object): object => JSON.parse(JSON.stringify(document)) as object;
const keptOf = (document: object): object => asStored(keptForm(document));

/** Documents with texts around the length from which on only a digest is kept. */
const documents = fc.dictionary(
  fc.string(),
  fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.string({ maxLength: 10, unit: 'binary' }),
      fc
        .integer({ min: LONGEST_KEPT_TEXT - 1, max: LONGEST_KEPT_TEXT + 2 })
        .map((n) => 'é'.repeat(n)),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(fc.string(), tie('value'), { maxKeys: 3 }),
    ),
  })).value,
  { maxKeys: 4 },
);

describe('what is kept of a document', () => {
  it('is the document but for long texts, which become a digest and a length', () => {
    const long = 'x'.repeat(LONGEST_KEPT_TEXT + 1);
    const kept = keptOf({ name: 'x'.repeat(LONGEST_KEPT_TEXT), lines: [{ text: long }], n: 1.5 });
    expect(kept).toEqual({
      name: 'x'.repeat(LONGEST_KEPT_TEXT),
      lines: [{ text: { '#': expect.stringMatching(/^[\w-]{43}$/) as string, n: 257 } }],
      n: 1.5,
    });
  });

  it('is the same as the document that it was made of', () => {
    fc.assert(fc.property(documents, (document) => sameAsKept(keptOf(document), document)));
  });

  it('is the same as another document exactly where JSON says so', () => {
    fc.assert(
      fc.property(documents, documents, (one, other) => {
        const isSame = JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
        expect(sameAsKept(keptOf(one), other)).toBe(isSame);
      }),
    );
  });

  it('has one spelling for the same content', () => {
    fc.assert(
      fc.property(documents, (document) => {
        const turned = Object.fromEntries(Object.entries(document).reverse());
        expect(JSON.stringify(keptForm(turned))).toBe(JSON.stringify(keptForm(document)));
      }),
    );
  });

  it.each([
    ['a member that every object seems to have', {}, { toString: 1 }],
    ['a member with an odd name', {}, JSON.parse('{"__proto__":{}}')],
    ['a long text of another content', 'a'.repeat(300), 'b'.repeat(300)],
    ['a text that grew', 'short', 'short and more'],
    ['a text that became long', 'short', 'x'.repeat(300)],
    ['a text that became short', 'x'.repeat(300), 'short'],
    ['a number for a text', '1', 1],
    ['null for nothing', undefined, null],
    ['nothing for null', null, undefined],
    ['an array that lost its end', [1, 2], [1]],
    ['an array for an object', { 0: 1 }, [1]],
    ['an object with one member more', { a: 1 }, { a: 1, b: null }],
  ])('tells %s', (_what, before, after) => {
    const { field } = keptOf({ field: before }) as { field?: unknown };
    expect(sameAsKept(field, after)).toBe(false);
  });

  it.each([
    ['members in another order', { a: 1, b: 2 }, { b: 2, a: 1 }],
    ['a member that is undefined', { a: 1 }, { a: 1, b: undefined }],
    [
      'a date as what JSON makes of it',
      '2026-01-02T03:04:05.000Z',
      new Date('2026-01-02T03:04:05Z'),
    ],
    ['a long text', 'é'.repeat(300), 'é'.repeat(300)],
  ])('takes %s as the same', (_what, before, after) => {
    const { field } = keptOf({ field: before }) as { field?: unknown };
    expect(sameAsKept(field, after)).toBe(true);
  });
});

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([name, member]) => [name, sorted(member)] as const);
  return members.sort(([a], [b]) => (a < b ? -1 : 1));
}
