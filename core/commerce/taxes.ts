import { share, shareByAmount, sum } from './shares';

/**
 * The tax of an order on its lines, in whole minor units: systems with tax on their lines have no other place for it. Both
 * for tax on top of the prices and for tax inside them.
 */

/** What documents state for each line; undefined where they state nothing. */
export type Stated = readonly (number | undefined)[];

/** Zeros alone say no more than nothing: shops write them on each line where they keep the tax of the order only. */
export function isStated(taxes: Stated): boolean {
  return taxes.some((tax) => tax !== undefined && tax !== 0);
}

/**
 * - What is stated is used: 10 and 20 of 30 are 10 and 20.
 * - What the order has beyond it goes to the lines that state nothing, or, where all do, over all of them (the tax of
 *   shipping, which has no line): 10 and 20 of 36 are 13 and 23 on lines of the same amount.
 * - Tax that is said to be of shipping is shared over all lines in any case.
 * - What is stated beyond the order's tax is scaled down to it: 10 and 20 of 27 are 9 and 18.
 * - Without anything stated it is shared by amount.
 */
export function taxByLine(
  total: number,
  stated: Stated,
  amounts: readonly number[],
  ofShipping = 0,
): number[] {
  if (!isStated(stated)) return shareByAmount(total, amounts);
  const known = stated.map((tax) => tax ?? 0);
  const sumOfKnown = sum(known);
  if (total === sumOfKnown) return known;
  // A correction of the whole order says nothing of its lines.
  if (total * sumOfKnown < 0) return shareByAmount(total, amounts);
  if (Math.abs(total) < Math.abs(sumOfKnown)) return share(total, known);
  const rest = total - sumOfKnown;
  const shipping = ofShipping * rest > 0 && Math.abs(ofShipping) <= Math.abs(rest) ? ofShipping : 0;
  const ofLines = shareByAmount(rest - shipping, openAmounts(stated, amounts));
  const ofAll = shareByAmount(shipping, amounts);
  return known.map((tax, at) => tax + (ofLines[at] ?? 0) + (ofAll[at] ?? 0));
}

/** The amounts of the lines that state nothing, if there are any. */
function openAmounts(stated: Stated, amounts: readonly number[]): readonly number[] {
  const open = amounts.map((amount, index) => (stated[index] === undefined ? amount : 0));
  return open.some((amount) => amount > 0) ? open : amounts;
}
