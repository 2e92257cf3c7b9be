import Big from 'big.js';

/** Rounds to cents, half up, as a plain number for JSON. */
export const cents = (amount: Big): number => amount.round(2, Big.roundHalfUp).toNumber();

export const sum = (amounts: readonly number[]): Big =>
  amounts.reduce((total, amount) => total.plus(amount), new Big(0));

/** Tax on an amount; for a tax inside the prices, the part that it is of the amount. */
export function taxOn(amount: Big, rate: number, included: boolean): number {
  const untaxed = included ? amount.div(new Big(1).plus(rate)) : amount;
  return cents(included ? amount.minus(untaxed) : amount.times(rate));
}
