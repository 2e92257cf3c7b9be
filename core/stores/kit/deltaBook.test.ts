import { changedNames, isSamePrint, printOf } from './deltaBook';

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
