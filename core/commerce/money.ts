import Big from 'big.js';

import { validationError } from '../errors';
import { readAmount } from '../values';
import { minorUnits } from './currencies';
import { multiplyUnits, roundUnits, sumUnits, toUnits } from './units';

/**
 * Decimal arithmetic for money. An amount travels as a JSON number with at most the decimals of its currency, as
 * the services write it; whatever is calculated goes through here, never through `+` and `*` on floats.
 */
export type Amount = number;
export type Decimal = Big;
export type DecimalInput = number | string | Decimal;

export const ROUNDING_MODES = ['half-even', 'half-up', 'up', 'down', 'ceiling'] as const;
/** `half-even` is banker's rounding; `up` and `down` mean away from and towards zero, `ceiling` to the larger. */
export type RoundingMode = (typeof ROUNDING_MODES)[number];

/** A copy with its own settings: big.js keeps them on the constructor, where others might change them. */
const Exact = Big();
Exact.DP = 30;

/** `ceiling` is one of the others, by the sign of the value. */
const BIG_ROUNDING: Record<Exclude<RoundingMode, 'ceiling'>, 0 | 1 | 2 | 3> = {
  down: 0,
  'half-up': 1,
  'half-even': 2,
  up: 3,
};

/** A number or a numeric text ("39.90") as an exact decimal; anything else is a validation error. */
export function toDecimal(value: unknown): Decimal {
  if (value instanceof Exact) return value;
  // What arithmetic comes to may be beyond what is read.
  return new Exact(Number.isFinite(value) ? (value as number) : readAmount(value));
}

/** Back to a JSON number: the one that prints as exactly this decimal. */
export function toAmount(value: Decimal): Amount {
  return value.toNumber() || 0;
}

export function add(...values: DecimalInput[]): Amount {
  if (values.length === 0) return 0;
  return (
    sumUnits(values) ??
    toAmount(values.reduce<Decimal>((sum, value) => sum.plus(toDecimal(value)), new Exact(0)))
  );
}

/** The first value less all others. */
export function subtract(first: DecimalInput, ...others: DecimalInput[]): Amount {
  return (
    sumUnits([first, ...others], -1) ??
    toAmount(
      others.reduce<Decimal>((rest, value) => rest.minus(toDecimal(value)), toDecimal(first)),
    )
  );
}

export function multiply(...values: DecimalInput[]): Amount {
  const [a, b] = values;
  const quick = values.length === 2 ? multiplyUnits(a, b) : undefined;
  return (
    quick ??
    toAmount(
      values.reduce<Decimal>((product, value) => product.times(toDecimal(value)), new Exact(1)),
    )
  );
}

export function divide(dividend: DecimalInput, divisor: DecimalInput): Decimal {
  const by = toDecimal(divisor);
  if (by.eq(0)) {
    throw validationError('cannot divide by zero', 'Correct the value that is divided by.');
  }
  return toDecimal(dividend).div(by);
}

export function round(
  value: DecimalInput,
  decimals: number,
  mode: RoundingMode = 'half-even',
): Amount {
  if (mode === 'ceiling') {
    const isNegative = typeof value === 'number' ? value < 0 : toDecimal(value).lt(0);
    return round(value, decimals, isNegative ? 'down' : 'up');
  }
  return (
    roundUnits(value, decimals, mode) ??
    toAmount(toDecimal(value).round(decimals, BIG_ROUNDING[mode]))
  );
}

/** Rounds to the decimals of the currency (ISO 4217), half to even where nothing else is asked. */
export function roundMoney(
  value: DecimalInput,
  currency?: string,
  mode: RoundingMode = 'half-even',
): Amount {
  return round(value, minorUnits(currency), mode);
}

/** Whether two amounts are the same to the last minor unit of the currency. */
export function sameAmount(a: DecimalInput, b: DecimalInput, currency?: string): boolean {
  return roundMoney(a, currency) === roundMoney(b, currency);
}

/** An amount as people read it in a message: `129.90 USD`. */
export function formatAmount(value: DecimalInput, currency?: string): string {
  const text = toDecimal(value).toFixed(minorUnits(currency), BIG_ROUNDING['half-even']);
  return currency === undefined ? text : `${text} ${currency}`;
}

function decimalsOf(value: Decimal): number {
  return Math.max(0, value.c.length - value.e - 1);
}

function wholeUnits(value: Decimal, decimals: number): bigint {
  return BigInt(value.times(new Exact(10).pow(decimals)).toFixed(0));
}

/**
 * Weights as whole numbers in the same proportion. What gives money back (a weight below zero) takes no share.
 * All zero means: share evenly.
 */
function wholeWeights(weights: DecimalInput[]): bigint[] {
  const quick = weights.map(toUnits);
  const units = quick.every((weight) => weight !== undefined) ? quick.map(BigInt) : scaled(weights);
  const whole = units.map((weight) => (weight < 0n ? 0n : weight));
  return whole.every((weight) => weight === 0n) ? whole.map(() => 1n) : whole;
}

/**
 * Shares `total` in proportion to `weights`, in whole minor units, so that the parts add up to exactly `total`:
 * everyone gets the share rounded down, and what is left goes, one unit each, to the largest remainders (the
 * earlier one where they are equal).
 */
export function allocate(
  total: DecimalInput,
  weights: DecimalInput[],
  currency?: string,
): Amount[] {
  const decimals = minorUnits(currency);
  const amount = toDecimal(total);
  if (decimalsOf(amount) > decimals) {
    throw validationError(
      `cannot share ${amount.toString()}: it has more than ${decimals} decimals`,
      'Round the amount to its currency first.',
    );
  }
  if (weights.length === 0) {
    if (amount.eq(0)) return [];
    throw validationError(
      `cannot share ${formatAmount(amount, currency)} over no lines`,
      'Check that the order has lines.',
    );
  }
  const units = wholeUnits(amount.abs(), decimals);
  if (units === 0n) return weights.map(() => 0);
  const parts = shareUnits(units, wholeWeights(weights));
  const sign = amount.lt(0) ? -1 : 1;
  const unit = new Exact(10).pow(-decimals).times(sign);
  return parts.map((part) => toAmount(new Exact(part.toString()).times(unit)));
}

function scaled(weights: DecimalInput[]): bigint[] {
  const decimals = weights.map(toDecimal);
  const scale = Math.max(0, ...decimals.map(decimalsOf));
  return decimals.map((weight) => wholeUnits(weight, scale));
}

function shareUnits(units: bigint, weights: bigint[]): bigint[] {
  const sum = weights.reduce((total, weight) => total + weight, 0n);
  const parts = weights.map((weight) => (units * weight) / sum);
  const left = Number(units - parts.reduce((total, part) => total + part, 0n));
  const byRemainder = weights
    .map((weight, index) => ({ index, remainder: (units * weight) % sum }))
    .sort((a, b) =>
      a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1,
    );
  for (const { index } of byRemainder.slice(0, left)) parts[index] = (parts[index] ?? 0n) + 1n;
  return parts;
}

/**
 * Rounds amounts so that they add up to a total that was rounded once, at its end: each goes to one of its two
 * neighbours, those with the most to cut off to the upper one. Where no such rounding gives the total, each is
 * rounded by itself, and whoever compares will see the difference.
 */
export function roundToTotal(
  total: DecimalInput,
  values: DecimalInput[],
  currency?: string,
): Amount[] {
  const wanted = roundMoney(total, currency);
  const alone = values.map((value) => roundMoney(value, currency));
  if (add(...alone) === wanted) return alone;
  const decimals = minorUnits(currency);
  const unit = new Exact(10).pow(-decimals);
  const floors = values.map((value) => {
    const up = toDecimal(round(value, decimals, 'ceiling'));
    return up.eq(toDecimal(value)) ? up : up.minus(unit);
  });
  const rests = values.map((value, index) => toDecimal(value).minus(floors[index] ?? 0));
  const left = toDecimal(subtract(wanted, ...floors))
    .div(unit)
    .toNumber();
  const open = rests.flatMap((rest, index) => (rest.gt(0) ? [index] : []));
  if (left < 0 || left > open.length) return alone;
  open.sort((a, b) => (rests[b] ?? unit).cmp(rests[a] ?? unit) || a - b);
  const raised = new Set(open.slice(0, left));
  return floors.map((floor, index) => toAmount(raised.has(index) ? floor.plus(unit) : floor));
}
