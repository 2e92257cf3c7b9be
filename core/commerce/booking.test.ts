import fc from 'fast-check';

import { takeOut } from './includedTax';
import { share, shareByAmount, sum } from './shares';
import { taxByLine } from './taxes';
import { priceExactly, priceLine } from './unitPrice';

describe('share', () => {
  const weights = fc.array(fc.integer({ min: -1_000_000, max: 1_000_000 }), { minLength: 1 });

  test('adds up, each part within one unit of its exact share and of no other sign', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000 }), weights, (total, given) => {
        fc.pre(sum(given) !== 0);
        const parts = share(total, given);
        expect(sum(parts)).toBe(total);
        parts.forEach((part, at) => {
          const exact = (total * (given[at] ?? 0)) / sum(given);
          expect(part).toBeGreaterThanOrEqual(Math.floor(exact));
          expect(part).toBeLessThanOrEqual(Math.ceil(exact));
        });
      }),
    );
  });

  test('is exact beyond what plain numbers hold', () => {
    const large = 9_000_000_000_001;
    expect(share(large, [large, large, large])).toEqual([3_000_000_000_001, 3e12, 3e12]);
  });

  test('gives no share to what gives money back, and the same to all where nothing else is said', () => {
    expect(shareByAmount(100, [30, -10, 10])).toEqual([75, 0, 25]);
    expect(shareByAmount(-3, [0, 0])).toEqual([-1, -2]);
  });
});

test.each([
  ['stated is used', 30, [10, 20], [100, 100], [10, 20]],
  ['the rest goes to lines that state nothing', 30, [10, undefined], [100, 100], [10, 20]],
  ['or over all where all state', 36, [10, 20], [100, 100], [13, 23]],
  ['too much is scaled down', 27, [10, 20], [100, 100], [9, 18]],
  ['down to nothing', 0, [10, 20], [100, 100], [0, 0]],
  ['zeros state nothing', 30, [0, 0], [100, 200], [10, 20]],
  ['a correction of the order is shared by amount', -3, [10, 20], [100, 200], [-1, -2]],
  ['on one line that is free', 5, [], [0], [5]],
])('tax by line: %s', (_name, total, stated, amounts, right) => {
  expect(taxByLine(total, stated, amounts)).toEqual(right);
});

test.each([
  ['at one rate', 1102, [], [6000], 1200, 300, [[958], 192, 48, 0]],
  ['of its line as stated', 1102, [1102], [6900], 500, 0, [[1102], 0, 0, 0]],
  ['the rest of freight', 2200, [2000, 0], [12_000, 5000], 1200, 0, [[2000, 0], 200, 0, 0]],
  ['less for a discount', 1833, [2000], [12_000], 0, 1000, [[2000], 0, 167, 0]],
  ['a cent of rounding stays a cent', 2001, [2000], [12_000], 1000, 999, [[2000], 1, 0, 0]],
  ['scaled down', 1500, [2000, 1000], [12_000, 6000], 0, 0, [[1000, 500], 0, 0, 0]],
  ['more than half', 800, [], [1000], 0, 500, [[800], 0, 0, 0]],
  ['what nothing can hold is left', 100, [], [0], 0, 0, [[0], 0, 0, 100]],
  ['of lines that give back', -200, [], [-1200], 0, 0, [[-200], 0, 0, 0]],
  ['of either sign', 200, [], [2400, -1200], 0, 0, [[400, -200], 0, 0, 0]],
] as const)('tax taken out: %s', (_name, tax, stated, lines, freight, discount, right) => {
  const taken = takeOut(tax, stated, { lines, freight, discount });
  expect([taken.lines, taken.freight, taken.discount, taken.left]).toEqual(right);
});

test('tax taken out makes nothing negative, and all of it is somewhere', () => {
  const amount = fc.integer({ min: 0, max: 100_000 });
  const line = fc.record({ amount, stated: fc.option(amount, { nil: undefined }) });
  fc.assert(
    fc.property(amount, fc.array(line), amount, amount, (tax, lines, freight, discount) => {
      const amounts = lines.map((one) => one.amount);
      const stated = lines.map((one) => one.stated);
      const taken = takeOut(tax, stated, { lines: amounts, freight, discount });
      expect(sum(taken.lines) + taken.freight - taken.discount + taken.left).toBe(tax);
      const left = amounts.map((one, at) => one - (taken.lines[at] ?? 0));
      expect(
        Math.min(freight - taken.freight, discount - taken.discount, ...left),
      ).toBeGreaterThanOrEqual(0);
    }),
    { numRuns: 500 },
  );
});

test('tax by line: what is of shipping is shared over all lines', () => {
  expect(taxByLine(36, [10, undefined], [100, 100], 6)).toEqual([13, 23]);
  expect(taxByLine(36, [10, undefined], [100, 100], 99)).toEqual([10, 26]);
});

describe('price and discount of a line', () => {
  test.each([
    ['plain', 39.99, 3, 11_997, 11_997, 3999, 0],
    ['with decimals', 1.3333, 3, 400, 400, 134, 2],
    ['net', 23, 3, 6900, 5798, 1933, 1],
    ['free', 10, 2, 0, 0, 1000, 2000],
    ['part of a piece', 10, 0.333, 333, 333, 1000, 0],
    ['never at half a unit', 9.99, 0.5, 499, 499, 1000, 1],
    ['given back by its price', -1.999, 2, -400, -400, -199, 2],
    ['given back by its quantity', 1.999, -2, -400, -400, 199, 2],
    ['of no pieces', 5, 0, 0, 0, 500, 0],
  ])('%s', (_name, unitPrice, quantity, amount, booked, price, discount) => {
    const line = { unitPrice, quantity, amount, booked };
    expect(priceLine(line, 100)).toEqual({ unitPrice: price, discount });
  });

  test('is the same in plain numbers as in exact ones', () => {
    const line = fc.record({
      unitPrice: fc.integer({ min: -10_000, max: 10_000_000 }).map((units) => units / 10_000),
      quantity: fc.integer({ min: 1, max: 1000 }),
      amount: fc.integer({ min: -1000, max: 100_000_000 }),
      booked: fc.integer({ min: -1000, max: 100_000_000 }),
    });
    fc.assert(
      fc.property(line, fc.constantFrom(1, 100, 1000), (one, scale) => {
        expect(priceLine(one, scale)).toEqual(priceExactly(one, scale));
      }),
      { numRuns: 1000 },
    );
  });
});
