import Big from 'big.js';

import { numberIn } from '../../../values';

function decimalsOf({ c, e }: Big): number {
  return Math.max(c.length - e - 1, 0);
}

/**
 * Whether a stored number is what the service has made of one that was sent with more decimals than the column keeps. A
 * value that lies half-way may have gone either way: how it is rounded is not documented.
 *
 * @param decimals How many the column keeps at least. A stored number may show that it keeps more.
 */
export function isRounded(sent: unknown, stored: unknown, decimals: number): boolean {
  const number = numberIn(sent);
  if (typeof stored !== 'number' || number === undefined) return false;
  const [wanted, found] = [new Big(number), new Big(stored)];
  const kept = Math.max(decimals, decimalsOf(found));
  if (decimalsOf(wanted) <= kept) return false;
  return wanted.minus(found).abs().lte(new Big(10).pow(-kept).div(2));
}
