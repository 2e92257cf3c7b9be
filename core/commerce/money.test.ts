import fc from 'fast-check';

import {
  add,
  allocate,
  divide,
  formatAmount,
  multiply,
  round,
  roundMoney,
  roundToTotal,
  sameAmount,
  subtract,
  toAmount,
  toDecimal,
} from './money';

const CURRENCIES = { USD: 2, JPY: 0, KWD: 3 } as const;
const currency = fc.constantFrom(...(Object.keys(CURRENCIES) as (keyof typeof CURRENCIES)[]));

/** An amount of `units` minor units, made without any arithmetic: by writing its digits. */
function amountOf(units: number, decimals: number): number {
  const digits = String(Math.abs(units)).padStart(decimals + 1, '0');
  const cut = digits.length - decimals;
  const text = decimals === 0 ? digits : `${digits.slice(0, cut)}.${digits.slice(cut)}`;
  return Number(units < 0 ? `-${text}` : text);
}

const units = fc.integer({ min: -1_000_000_000, max: 1_000_000_000 });

describe('arithmetic', () => {
  test('has no float cents', () => {
    expect(add(0.1, 0.2)).toBe(0.3);
    expect(multiply(1.005, 100)).toBe(100.5);
    expect(subtract(0.3, 0.1, 0.2)).toBe(0);
    expect(toAmount(divide('10.00', 4))).toBe(2.5);
  });

  test('adds and subtracts as whole minor units do', () => {
    fc.assert(
      fc.property(units, units, (a, b) => {
        expect(add(amountOf(a, 2), amountOf(b, 2))).toBe(amountOf(a + b, 2));
        expect(subtract(amountOf(a, 2), amountOf(b, 2))).toBe(amountOf(a - b, 2) || 0);
      }),
    );
  });

  test('multiplies as whole numbers do', () => {
    const price = fc.integer({ min: 0, max: 10_000_000 });
    const quantity = fc.integer({ min: 0, max: 10_000 });
    fc.assert(
      fc.property(price, quantity, (a, b) => {
        expect(multiply(amountOf(a, 2), b)).toBe(amountOf(a * b, 2));
      }),
    );
  });

  test('refuses to divide by zero', () => {
    expect(() => divide(1, 0)).toThrow('cannot divide by zero');
  });
});

describe('reading numbers', () => {
  test.each([
    ['12.50', 12.5],
    [' +3 ', 3],
    ['.5', 0.5],
    ['1e2', 100],
    ['7.', 7],
    [-0, 0],
  ])('%p is %p', (given, expected) => {
    expect(toAmount(toDecimal(given))).toBe(expected);
  });

  test.each([
    ['abc'],
    ['1,5'],
    [''],
    [null],
    [undefined],
    [NaN],
    [Infinity],
    [{}],
    ['0x10'],
    [true],
  ])('refuses %p', (given) => {
    expect(() => toDecimal(given)).toThrow('expected a number');
  });
});

describe('rounding', () => {
  test.each([
    [2.345, 2.34],
    [2.355, 2.36],
    [-2.345, -2.34],
    [1.005, 1],
    ['0.5', 0.5],
    [1e-7, 0],
  ])('%p USD becomes %p', (given, expected) => {
    expect(roundMoney(given, 'USD')).toBe(expected);
  });

  test('follows the decimals of the currency', () => {
    expect(roundMoney(2.5, 'JPY')).toBe(2);
    expect(roundMoney(1.23456, 'KWD')).toBe(1.235);
    expect(roundMoney(10.001, 'USD', 'up')).toBe(10.01);
    expect(roundMoney(10.009, 'USD', 'down')).toBe(10);
    expect(round(2.345, 2, 'half-up')).toBe(2.35);
  });

  test('leaves what is already rounded exactly as it is', () => {
    fc.assert(
      fc.property(units, currency, (amount, code) => {
        const value = amountOf(amount, CURRENCIES[code]);
        expect(roundMoney(value, code)).toBe(value || 0);
      }),
    );
  });

  test('shows and compares amounts by their currency', () => {
    expect(formatAmount(5, 'USD')).toBe('5.00 USD');
    expect(formatAmount(5, 'JPY')).toBe('5 JPY');
    expect(sameAmount(0.1 + 0.2, 0.3, 'USD')).toBe(true);
    expect(sameAmount(1.01, 1.02, 'USD')).toBe(false);
  });
});

describe('allocate', () => {
  const weights = fc.array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1, maxLength: 40 });

  test('gives the rest to the largest remainders', () => {
    expect(allocate(100, [1, 1, 1])).toEqual([33.34, 33.33, 33.33]);
    expect(allocate(0.05, [3, 7])).toEqual([0.02, 0.03]);
    expect(allocate(-10, [1, 2], 'JPY')).toEqual([-3, -7]);
    expect(allocate(1, [0, 0], 'USD')).toEqual([0.5, 0.5]);
    expect(allocate(0, [])).toEqual([]);
  });

  test('parts add up to the total, each within one unit of its share, none of the other sign', () => {
    fc.assert(
      fc.property(units, weights, currency, (total, shares, code) => {
        const decimals = CURRENCIES[code];
        const amount = amountOf(total, decimals);
        const parts = allocate(
          amount,
          shares.map((share) => amountOf(share, 2)),
          code,
        );
        expect(add(...parts)).toBe(amount || 0);
        const sum = shares.reduce((a, b) => a + b, 0);
        parts.forEach((part, index) => {
          expect(Math.sign(part) * Math.sign(total)).toBeGreaterThanOrEqual(0);
          const ideal = sum === 0 ? total / shares.length : (total * (shares[index] ?? 0)) / sum;
          expect(Math.abs(part * 10 ** decimals - ideal)).toBeLessThan(1 + 1e-3);
        });
      }),
    );
  });

  test('says why it cannot share', () => {
    expect(() => allocate(1, [])).toThrow('over no lines');
    expect(() => allocate(1.005, [1], 'USD')).toThrow('more than 2 decimals');
  });

  test('gives no share to a line that gives money back', () => {
    expect(allocate(1, [30, -10, 10])).toEqual([0.75, 0, 0.25]);
    expect(allocate(0, [30, -10])).toEqual([0, 0]);
  });
});

describe('roundToTotal', () => {
  test('rounds the way that gives the total', () => {
    expect(roundToTotal(254.77, [252.1008, 1.3333, 1.3333, 0])).toEqual([252.1, 1.34, 1.33, 0]);
    expect(roundToTotal(4, [1, 3.0003])).toEqual([1, 3]);
    expect(roundToTotal(-2.66, [-1.3333, -1.3333])).toEqual([-1.33, -1.33]);
    expect(roundToTotal(-2.67, [-1.3333, -1.3333])).toEqual([-1.33, -1.34]);
    expect(roundToTotal(3, [1.5, 1.5], 'JPY')).toEqual([2, 1]);
  });

  test('rounds each by itself where nothing gives the total', () => {
    expect(roundToTotal(10, [1.005, 2.009])).toEqual([1, 2.01]);
    expect(roundToTotal(0, [1, 2])).toEqual([1, 2]);
  });

  test('gives the total for any amounts, each to one of its neighbours, and what needs no rounding as it is', () => {
    const fine = fc.integer({ min: -50_000_000, max: 50_000_000 }).map((value) => value / 10_000);
    fc.assert(
      fc.property(fc.array(fine, { minLength: 1, maxLength: 40 }), currency, (values, code) => {
        const total = roundMoney(add(...values), code);
        const parts = roundToTotal(total, values, code);
        expect(add(...parts)).toBe(total);
        parts.forEach((part, index) => {
          const value = values[index] ?? 0;
          expect(Math.abs(subtract(part, value))).toBeLessThan(10 ** -CURRENCIES[code]);
        });
      }),
    );
  });
});
