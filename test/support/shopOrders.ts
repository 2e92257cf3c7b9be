import fc from 'fast-check';

/**
 * Random orders of a shop, built from their parts in whole ten-thousandths, without any decimal arithmetic: what they
 * come to is known before anything of the pack has seen them.
 */

/** Ten-thousandths in one minor unit. */
const UNIT = { USD: 100n, JPY: 10_000n, KWD: 10n } as const;

export type Currency = keyof typeof UNIT;

const CURRENCIES = Object.keys(UNIT) as Currency[];

export const DIGITS: Record<Currency, number> = { USD: 2, JPY: 0, KWD: 3 };

export interface BuiltOrder {
  order: object;
  currency: Currency;
  total: number;
  /** In minor units; unknown where only the total is rounded. */
  onTop?: bigint;
  /** In minor units. */
  included: bigint;
  /** What the lines state of tax on top, in minor units, cut to whole ones. */
  lineTax: bigint;
  /** What each line states of tax, in minor units, where the order's tax is no more than that. */
  stated?: bigint[];
}

const sum = (values: readonly bigint[]): bigint => values.reduce((all, value) => all + value, 0n);

function rounded(value: bigint, by: bigint, isHalfUp: boolean): bigint {
  if (value < 0n) return -rounded(-value, by, isHalfUp);
  const whole = value / by;
  const twice = (value % by) * 2n;
  return twice > by || (twice === by && (isHalfUp || whole % 2n === 1n)) ? whole + 1n : whole;
}

/** The number that stands for so many of the last of its decimals, made by writing its digits. */
export function decimal(units: bigint, decimals: number): number {
  const digits = (units < 0n ? -units : units).toString().padStart(decimals + 1, '0');
  const cut = digits.length - decimals;
  return Number(`${units < 0n ? '-' : ''}${digits.slice(0, cut)}.${digits.slice(cut)}0`) || 0;
}

const fine = (units: bigint): number => decimal(units, 4);

const line = fc.record({
  /** In ten-thousandths; some shops write what they give back as a line. */
  price: fc.oneof(
    { weight: 12, arbitrary: fc.bigInt({ min: 0n, max: 9_999_999n }) },
    { weight: 6, arbitrary: fc.bigInt({ min: 0n, max: 999n }).map((price) => price * 10_000n) },
    { weight: 1, arbitrary: fc.bigInt({ min: -99_999n, max: -1n }) },
  ),
  /** In thousandths. */
  quantity: fc.oneof(
    { weight: 12, arbitrary: fc.bigInt({ min: 1n, max: 1000n }).map((pieces) => pieces * 1000n) },
    { weight: 4, arbitrary: fc.bigInt({ min: 1n, max: 20_000n }) },
    { weight: 1, arbitrary: fc.constantFrom(0n, -1000n, -2500n) },
  ),
  /** Of its amount, in ten-thousandths: discount. */
  discount: fc.bigInt({ min: 0n, max: 9999n }),
});

const tax = fc.record({
  isIncluded: fc.boolean(),
  isPerLine: fc.boolean(),
  /** Per cent. */
  rates: fc.array(fc.constantFrom(0n, 5n, 7n, 19n, 20n, 25n), { minLength: 1, maxLength: 3 }),
  /** On top of what the lines state: the tax of shipping. */
  beyond: fc.oneof(fc.constant(0n), fc.bigInt({ min: 0n, max: 300_000n })),
});

const amount = fc.bigInt({ min: 0n, max: 1_000_000n });
const either = fc.bigInt({ min: -200_000n, max: 200_000n });

const parts = fc.record({
  currency: fc.constantFrom(...CURRENCIES),
  /** Whether amounts keep four decimals and only the total is rounded. */
  isFine: fc.boolean(),
  isHalfUp: fc.boolean(),
  /** Whether the sub-total is the sum of what the lines come to, or of what they would without rounding. */
  isPerLine: fc.boolean(),
  lines: fc.array(line, { minLength: 1, maxLength: 20 }),
  taxes: fc.array(tax, { maxLength: 3 }),
  hasLineDiscounts: fc.boolean(),
  discounts: fc.array(fc.oneof({ weight: 6, arbitrary: amount }, either), { maxLength: 2 }),
  shipping: fc.array(fc.oneof({ weight: 6, arbitrary: amount }, either), { maxLength: 2 }),
  handling: fc.array(either, { maxLength: 1 }),
  fees: fc.array(either, { maxLength: 2 }),
  paidInside: fc.array(amount, { maxLength: 1 }),
});

type Parts = typeof parts extends fc.Arbitrary<infer T> ? T : never;

export const shopOrder: fc.Arbitrary<BuiltOrder> = parts.map(build);

interface Surcharge {
  type: string;
  include: boolean;
  units: bigint;
}

function build(given: Parts): BuiltOrder {
  const { currency, isFine, isHalfUp, lines } = given;
  const unit = UNIT[currency];
  /** As this shop writes amounts: with four decimals, or rounded to the currency. */
  const kept = (value: bigint, by = 1n): bigint =>
    isFine ? rounded(value, by, isHalfUp) : rounded(value, by * unit, isHalfUp) * unit;
  const exact = lines.map(({ price, quantity }) => price * quantity);
  const amounts = exact.map((value) => kept(value, 1000n));
  const subTotal = given.isPerLine ? sum(amounts) : kept(sum(exact), 1000n);
  const lineDiscounts = lines.map(({ discount }, at) =>
    given.hasLineDiscounts ? kept((amounts[at] ?? 0n) * discount, 20_000n) : 0n,
  );
  const inside: bigint[] = [];
  const surcharges: Surcharge[] = [];
  const put = (type: string, units: bigint, include = false): void => {
    surcharges.push({ type, include, units: kept(units) });
  };
  given.shipping.forEach((units) => put('shipping', units));
  given.handling.forEach((units) => put('handling', units));
  given.fees.forEach((units, at) => put(at === 0 ? 'wrapping' : 'bonus', units));
  given.discounts.forEach((units) => put('discount', -units));
  given.paidInside.forEach((units) => put('eco', units, true));
  const ofLines = sum(lineDiscounts);
  if (ofLines !== 0n) put('discount', -ofLines);
  const lineTaxes = given.taxes.map(({ isIncluded, isPerLine, rates, beyond }) => {
    const own = amounts.map((value, at) => {
      const rate = rates[at % rates.length] ?? 0n;
      return kept(value * rate, isIncluded ? 100n + rate : 100n);
    });
    put('tax', sum(own) + beyond, isIncluded);
    if (isIncluded) inside.push(sum(own) + beyond);
    return { isIncluded, isPerLine, own };
  });
  const added = surcharges.filter(({ include }) => !include).map(({ units }) => units);
  const total = rounded(subTotal + sum(added), unit, isHalfUp);
  const taxOf = (include: boolean): bigint =>
    sum(
      surcharges
        .filter((one) => one.type === 'tax' && one.include === include)
        .map((one) => one.units),
    );
  const isStated =
    !isFine && given.taxes.every(({ isPerLine, beyond }) => isPerLine && beyond === 0n);
  return {
    currency,
    total: decimal(total, DIGITS[currency]),
    onTop: isFine ? undefined : taxOf(false) / unit,
    included: isFine ? rounded(taxOf(true), unit, false) : taxOf(true) / unit,
    lineTax:
      sum(
        lineTaxes
          .filter(({ isIncluded, isPerLine }) => isPerLine && !isIncluded)
          .flatMap(({ own }) => own),
      ) / unit,
    ...(isStated && {
      stated: lines.map((_line, at) => sum(lineTaxes.map(({ own }) => own[at] ?? 0n)) / unit),
    }),
    order: {
      id: 1042,
      order_number: '1001',
      customer_id: 15,
      currency,
      sub_total: fine(subTotal),
      total: decimal(total, DIGITS[currency]),
      items: lines.map(({ price, quantity }, at) => ({
        id: at + 1,
        sku: `S${at}`,
        item_net_price: fine(price),
        amount: decimal(quantity, 3),
        discounted_subtotal: fine((amounts[at] ?? 0n) - (lineDiscounts[at] ?? 0n)),
        surcharges: lineTaxes
          .filter(({ isPerLine }) => isPerLine)
          .map(({ isIncluded, own }) => ({
            type: 'tax',
            include: isIncluded,
            value: fine(own[at] ?? 0n),
          })),
      })),
      surcharges: surcharges.map(({ type, include, units }) => ({
        type,
        include,
        value: fine(units),
      })),
    },
  };
}
