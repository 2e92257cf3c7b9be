/** Sharing of whole minor units, so that the parts add up to exactly what is shared. */

/** (a × b) ÷ `by`, rounded down, and what is left; `by` is above 0. */
function divide(a: number, b: number, by: number): { floor: number; rest: number } {
  const product = a * b;
  if (Number.isSafeInteger(product)) {
    const floor = Math.floor(product / by);
    return { floor, rest: product - floor * by };
  }
  const exact = BigInt(a) * BigInt(b);
  const divisor = BigInt(by);
  const rest = ((exact % divisor) + divisor) % divisor;
  return { floor: Number((exact - rest) / divisor), rest: Number(rest) };
}

export function sum(values: readonly number[]): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

/**
 * In proportion to weights of either sign, whose sum is not 0: each part is its exact share rounded down, and what is left
 * goes, one unit each, to the largest remainders (the earlier one where they are equal). So no part is further from 0 than
 * its exact share rounded away from 0, and a weight of 0 takes nothing.
 */
export function share(total: number, weights: readonly number[]): number[] {
  const whole = sum(weights);
  const sign = whole < 0 ? -1 : 1;
  const parts = weights.map((weight) => divide(total, weight * sign, whole * sign));
  const shares = parts.map(({ floor }) => floor + 0);
  const left = total - sum(shares);
  if (left === 0) return shares;
  const byRest = parts
    .map(({ rest }, index) => ({ rest, index }))
    .sort((a, b) => b.rest - a.rest || a.index - b.index);
  for (const { index } of byRest.slice(0, left)) shares[index] = (shares[index] ?? 0) + 1;
  return shares;
}

/** By amounts: what gives money back (below 0) takes no share. Where none is above 0, all take the same. */
export function shareByAmount(total: number, amounts: readonly number[]): number[] {
  if (total === 0) return amounts.map(() => 0);
  const weights = amounts.map((amount) => Math.max(amount, 0));
  return share(total, sum(weights) > 0 ? weights : amounts.map(() => 1));
}
