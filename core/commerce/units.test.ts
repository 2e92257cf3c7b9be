import Big from 'big.js';
import fc from 'fast-check';

import { add, multiply, round, ROUNDING_MODES, subtract } from './money';

/** The same by decimals of any length, without any code of the pack. */
const Exact = Big();
Exact.DP = 30;
const sum = (values: number[]): number =>
  values.reduce((total, value) => total.plus(value), new Exact(0)).toNumber();

function rounded(value: number, decimals: number, mode: string): number {
  const exact = new Exact(value);
  const ceiling = exact.lt(0) ? 0 : 3;
  const modes: Record<string, 0 | 1 | 2 | 3> = { down: 0, 'half-up': 1, 'half-even': 2, up: 3 };
  return exact.round(decimals, modes[mode] ?? ceiling).toNumber() + 0;
}

/** Amounts as shops write them, and any others: long ones, huge ones, sums of floats. */
const amount = fc.oneof(
  fc.integer({ min: -10_000_000, max: 10_000_000 }).map((cents) => cents / 100),
  fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }).map((units) => units / 10_000),
  fc.maxSafeInteger().map((units) => units / 10_000),
  fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e20, max: 1e20 }),
  fc.constantFrom(0, -0, 0.1 + 0.2, 1.005, 2.675, 1e-7, 99_999_999_999.9999, 1e15, 2 ** 53),
);

describe('arithmetic with amounts is exact, whichever way it goes', () => {
  test('add and subtract', () => {
    fc.assert(
      fc.property(fc.array(amount, { minLength: 1, maxLength: 30 }), (values) => {
        expect(add(...values)).toBe(sum(values) + 0);
        const [first = 0, ...others] = values;
        expect(subtract(first, ...others)).toBe(sum([first, ...others.map((value) => -value)]) + 0);
      }),
    );
  });

  test('multiply', () => {
    fc.assert(
      fc.property(amount, amount, (a, b) => {
        expect(multiply(a, b)).toBe(new Exact(a).times(b).toNumber() + 0);
      }),
    );
  });

  test('round, in every mode', () => {
    fc.assert(
      fc.property(
        amount,
        fc.integer({ min: 0, max: 6 }),
        fc.constantFrom(...ROUNDING_MODES),
        (value, decimals, mode) => {
          expect(round(value, decimals, mode)).toBe(rounded(value, decimals, mode));
        },
      ),
    );
  });
});
