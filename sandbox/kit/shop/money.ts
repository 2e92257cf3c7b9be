import Big from 'big.js';

const CENTS = 2;

/** Rounds half up to the digits of a currency, as a plain number for JSON. */
export const rounded = (amount: Big, digits = CENTS): number =>
  amount.round(digits, Big.roundHalfUp).toNumber();

export const sum = (amounts: readonly number[]): Big =>
  amounts.reduce((total, amount) => total.plus(amount), new Big(0));
