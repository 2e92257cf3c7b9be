import fc from 'fast-check';

import { isRounded } from './rounded';

test.each([
  [3.333, 3.33, 2, true],
  [3.3334, 3.333, 2, true],
  ['3.339', 3.34, 2, true],
  [3.335, 3.33, 2, true],
  [3.335, 3.34, 2, true],
  [3.304, 3.3, 2, true],
  [-3.333, -3.33, 2, true],
  [100.4, 100, 0, true],
  [5.1234, 5.123, 3, true],
  // Changed by a cent, or to a rounder amount.
  [3.333, 3.34, 2, false],
  [3.333, 3.3, 2, false],
  [3.333, 3, 2, false],
  // What the column can hold is no rounding, whatever it differs by.
  [3.33, 3.34, 2, false],
  [3.33, 3.331, 2, false],
  [100, 101, 0, false],
  [3.33, 3.33, 2, false],
  [null, 3.33, 2, false],
  ['a', 3.33, 2, false],
  [3.333, '3.33', 2, false],
  [3.333, null, 2, false],
])('%p stands as %p in a column of %i decimals: %p', (sent, stored, decimals, expected) => {
  expect(isRounded(sent, stored, decimals)).toBe(expected);
});

test('no edit of a cent is taken for a rounding', () => {
  const cents = fc.integer({ min: -1_000_000, max: 1_000_000 });
  fc.assert(
    fc.property(cents, fc.integer({ min: 1, max: 49 }), (amount, beyond) => {
      const sent = (amount * 100 + beyond) / 10_000;
      expect(isRounded(sent, amount / 100, 2)).toBe(true);
      expect(isRounded(sent, (amount + 1) / 100, 2)).toBe(false);
      expect(isRounded(sent, (amount - 1) / 100, 2)).toBe(false);
    }),
  );
});
