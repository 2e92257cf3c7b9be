import fc from 'fast-check';

import type { MappedSalesOrder } from '../dynamics/dataverse/documents';
import { salesOrderTotal } from '../dynamics/dataverse/sales/total';
import { compileMapping } from '../mapping/compile';
import { DOCUMENTS, findPreset } from '.';

const preset = findPreset('xcart.order', 'dataverse.salesorder');
const mapping = preset && compileMapping(preset, { documents: DOCUMENTS });

function toDynamics(document: unknown): MappedSalesOrder {
  const result = mapping?.map(document, { source: { platform: 'xcart', store: 'main' } });
  if (!result?.ok) throw result?.error ?? new Error('There is no preset');
  return result.document as unknown as MappedSalesOrder;
}

const ORDER = { id: 1042, order_number: '1001', email: 'ada@example.com', customer_id: 15 };

/** Orders as a shop makes them; all sums in whole minor units, without any decimal arithmetic. */
const DECIMALS = { USD: 2, JPY: 0, KWD: 3 } as const;

function rounded(value: bigint, divisor: bigint, halfUp = false): bigint {
  if (value < 0n) return -rounded(-value, divisor, halfUp);
  const quotient = value / divisor;
  const twice = (value % divisor) * 2n;
  if (twice > divisor || (twice === divisor && (halfUp || quotient % 2n === 1n))) {
    return quotient + 1n;
  }
  return quotient;
}

/** Shops round each line, or the sum of all lines; half to even, or up as PHP does. */
const ROUNDINGS = ['each line', 'the sum', 'the sum, half up'] as const;

function subTotalOf(
  lines: { price: bigint; quantity: number }[],
  perUnit: bigint,
  rounding: (typeof ROUNDINGS)[number],
): bigint {
  const exact = lines.map(({ price, quantity }) => price * BigInt(quantity));
  const sum = (values: bigint[]): bigint => values.reduce((a, b) => a + b, 0n);
  if (rounding === 'each line') return sum(exact.map((value) => rounded(value, perUnit)));
  return rounded(sum(exact), perUnit, rounding === 'the sum, half up');
}

function decimal(units: bigint, decimals: number): number {
  const digits = (units < 0n ? -units : units).toString().padStart(decimals + 1, '0');
  const cut = digits.length - decimals;
  return Number(`${units < 0n ? '-' : ''}${digits.slice(0, cut)}.${digits.slice(cut)}0`);
}

const money = fc.bigInt({ min: 0n, max: 100_000n });

const shopOrder = fc
  .record({
    currency: fc.constantFrom(...(Object.keys(DECIMALS) as (keyof typeof DECIMALS)[])),
    // Prices with up to four decimals, as X-Cart stores them.
    lines: fc.array(
      fc.record({
        // Some shops write what they give back as a line.
        price: fc.oneof(
          { weight: 9, arbitrary: fc.bigInt({ min: 0n, max: 9_999_999n }) },
          { weight: 1, arbitrary: fc.bigInt({ min: -9_999n, max: -1n }) },
        ),
        quantity: fc.integer({ min: 1, max: 50 }),
      }),
      { minLength: 1, maxLength: 12 },
    ),
    taxes: fc.array(money, { maxLength: 3 }),
    shipping: fc.array(money, { maxLength: 2 }),
    handling: fc.array(money, { maxLength: 1 }),
    discounts: fc.array(money, { maxLength: 2 }),
    included: fc.array(money, { maxLength: 1 }),
    rounding: fc.constantFrom(...ROUNDINGS),
  })
  .map(({ currency, lines, taxes, shipping, handling, discounts, included, rounding }) => {
    const decimals = DECIMALS[currency];
    const perUnit = 10n ** BigInt(4 - decimals);
    const sum = (values: bigint[]): bigint => values.reduce((a, b) => a + b, 0n);
    const subTotal = subTotalOf(lines, perUnit, rounding);
    const total = subTotal + sum(taxes) + sum(shipping) + sum(handling) - sum(discounts);
    const surcharge =
      (type: string, include = false) =>
      (value: bigint) => ({
        type,
        include,
        value: decimal(type === 'discount' ? -value : value, decimals),
      });
    return {
      ...ORDER,
      currency,
      items: lines.map(({ price, quantity }, index) => ({
        id: index + 1,
        sku: `S${index}`,
        item_net_price: decimal(price, 4),
        amount: quantity,
      })),
      sub_total: decimal(subTotal, decimals),
      total: decimal(total, decimals),
      surcharges: [
        ...taxes.map(surcharge('tax')),
        ...shipping.map(surcharge('shipping')),
        ...handling.map(surcharge('handling')),
        ...discounts.map(surcharge('discount')),
        ...included.map(surcharge('tax', true)),
      ],
    };
  });

describe('for any order that adds up', () => {
  test('Dynamics comes to exactly the total of the shop, with no negative part', () => {
    fc.assert(
      fc.property(shopOrder, (order) => {
        const { salesorder } = toDynamics(order);
        expect(salesOrderTotal(salesorder)).toBe(order.total);
        for (const line of salesorder.order_details) {
          expect(line.manualdiscountamount).toBeGreaterThanOrEqual(0);
          expect(line.tax ?? 0).toBeGreaterThanOrEqual(0);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('one minor unit more or less is refused', () => {
    fc.assert(
      fc.property(shopOrder, fc.constantFrom(1, -1), (order, sign) => {
        const unit = sign * 10 ** -DECIMALS[order.currency];
        expect(() => toDynamics({ ...order, total: order.total + unit })).toThrow(
          'but the order total says',
        );
      }),
    );
  });

  test('the same order gives the same document, whatever was mapped before', () => {
    fc.assert(
      fc.property(shopOrder, (order) => {
        const copy = structuredClone(order);
        expect(toDynamics(order)).toEqual(toDynamics(order));
        expect(order).toEqual(copy);
      }),
      { numRuns: 50 },
    );
  });
});
