import type { Stated } from './taxes';
import { isStated } from './taxes';
import { share, sum } from './shares';

/**
 * Tax that is inside the amounts of an order, taken out of them, in whole minor units. What each line states is taken out of
 * that line; the rest out of all that may hold it, at one rate: the lines that state nothing, and freight less discount.
 *
 * Example: a line of 60.00, freight of 12.00 and a discount of 3.00 hold 11.02 of tax (19 %): 9.58 of it is in the line,
 * 1.92 in the freight, and the discount has taken 0.48 of it back; 50.42 + 10.08 − 2.52 + 11.02 = 69.00.
 */

export interface Amounts {
  lines: readonly number[];
  /** 0 or more. */
  freight: number;
  /** 0 or more. */
  discount: number;
}

export interface TakenOut {
  lines: number[];
  freight: number;
  discount: number;
  /** What nothing could hold; of either sign. */
  left: number;
}

/** No tax is half of the price: a higher rate says that the tax is in something else as well. */
const HIGHEST_RATE = 1 / 2;

/** As much of a tax as an amount can hold without changing its sign. */
function within(tax: number, amount: number): number {
  return amount < 0 ? Math.max(Math.min(tax, 0), amount) : Math.min(Math.max(tax, 0), amount);
}

function canHold(rest: number, whole: number, rate: number): boolean {
  return whole !== 0 && rest / whole >= 0 && rest / whole <= rate;
}

/** What may hold the rest: the lines, the freight and the discount, each weight of which its tax is a part. */
interface Holders {
  weights: number[];
  rate: number;
}

function holdersOf({ lines, freight, discount }: Amounts, stated: Stated, rest: number): Holders[] {
  const open = lines.map((amount, at) => (stated[at] === undefined ? amount : 0));
  const above = (amount: number): number => Math.max(amount, 0);
  const unstated =
    rest > 0
      ? [...open.map(above), freight, 0]
      : [...open.map((amount) => Math.min(amount, 0)), 0, -discount];
  const left = lines.map((amount, at) => amount - within(stated[at] ?? 0, amount));
  return [
    { weights: [...open, freight, -discount], rate: HIGHEST_RATE },
    { weights: unstated, rate: HIGHEST_RATE },
    { weights: [...left.map(above), freight, 0], rate: 1 },
    { weights: unstated, rate: 1 },
  ];
}

export function takeOut(tax: number, given: Stated, amounts: Amounts): TakenOut {
  const stated = isStated(given) ? given : [];
  const lines = amounts.lines.map((amount, at) => within(stated[at] ?? 0, amount));
  const held = sum(lines);
  // What is stated beyond the order's tax is scaled down to it, but for what a discount has taken back.
  const rest = tax - held;
  const none = { lines, freight: 0, discount: 0, left: rest };
  if (rest === 0) return none;
  const holders = holdersOf(amounts, stated, rest).find(({ weights, rate }) =>
    canHold(rest, sum(weights), rate),
  );
  if (holders === undefined) {
    const isLess = tax * held >= 0 && Math.abs(tax) < Math.abs(held);
    return isLess ? { ...none, lines: share(tax, lines), left: 0 } : none;
  }
  const shares = share(rest, holders.weights);
  return {
    lines: lines.map((taken, at) => taken + (shares[at] ?? 0)),
    freight: shares[lines.length] ?? 0,
    discount: 0 - (shares[lines.length + 1] ?? 0),
    left: 0,
  };
}
