import {
  changedNames,
  type DeltaBook,
  isSamePrint,
  type KnownRecord,
  packBook,
  printOf,
  unpackBook,
} from './deltaBook';

const watched = (value: number, other = 0): Record<string, unknown> => ({ value, other });

it('sees each of two columns change, of ten thousand contents', () => {
  const before = printOf(watched(-1));
  for (let value = 0; value < 10_000; value += 1) {
    expect(changedNames(watched(value, 1), before)).toEqual(['other', 'value']);
  }
});

it('takes all for changed by a print that an earlier release has kept, and knows the same content by it', () => {
  const now = printOf(watched(1));
  const kept = `${now.slice(0, 6)}${now.slice(6, 8)}${now.slice(10, 12)}`;
  expect(isSamePrint(kept, now)).toBe(true);
  expect(changedNames(watched(2), kept)).toEqual(['other', 'value']);
});

it('keeps what was met last where there is no room for all, says so, and reads what was kept in any form', () => {
  const guid = (place: number): string =>
    `0f00c0de-0000-4000-8000-${String(place).padStart(12, '0')}`;
  const known: KnownRecord = { version: '1', print: 'abc', seenAt: 1, putOutAt: 2, isNew: true };
  const book: DeltaBook = new Map([
    ...[1, 2, 3].map((place) => [guid(place), known] as const),
    ['a b$', { ...known, isNew: undefined, isGone: true as const }],
  ]);
  expect(unpackBook(packBook(book))).toEqual(book);
  const cuts: number[] = [];
  const cut = packBook(book, { most: 80, onCut: (kept) => cuts.push(kept) });
  expect([...unpackBook(cut).keys()]).toEqual([guid(3), 'a b$']);
  expect(cuts).toEqual([2]);
  expect(unpackBook(`${guid(1)} 1 abc 1 2!`).get(guid(1))).toEqual({
    ...known,
    isNew: undefined,
    isGone: true,
  });
});
