import { jsonText } from './json';

test.each([
  [{ freightamount: NaN }, 'freightamount'],
  [{ lines: [{ tax: 1 }, { tax: -Infinity, note: null }] }, 'lines.1.tax'],
])(
  '%j would clear a column where a number was meant, and is refused by its place',
  (row, place) => {
    expect(() => jsonText(row, 'The row')).toThrow(
      `The row holds no number (NaN, or an endless one) in "${place}"`,
    );
  },
);

test('null and texts that say so are written', () => {
  const row = { a: null, b: 'null', c: [0, null], d: undefined, e: new Date(0) };
  expect(jsonText(row, 'The row')).toBe(JSON.stringify(row));
});

test('what JSON cannot hold is refused in words', () => {
  const round: Record<string, unknown> = {};
  round.round = round;
  for (const value of [1n, round])
    expect(() => jsonText(value, 'The row')).toThrow('The row holds a value that JSON cannot');
});
