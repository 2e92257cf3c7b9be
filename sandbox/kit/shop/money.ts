import Big from 'big.js';

const CENTS = 2;

/** Rounds half up to the digits of a currency, as a plain number for JSON. */
export const rounded = (amount: Big, digits = CENTS): number =>
  amount.round(digits, Big.roundHalfUp).toNumber();

export const sum = (amounts: readonly number[]): Big =>
  amounts.reduce((total, amount) => total.plus(amount), new Big(0));

/** Spreads an amount over lines by their share. The last takes the rounding, so that the parts add up. */
export function spread(
  lines: ReadonlyArray<Big | number>,
  amount: number,
  digits: number,
): number[] {
  const whole = lines.reduce((all: Big, line) => all.plus(line), new Big(0));
  let left = new Big(amount);
  return lines.map((line, index) => {
    const last = index === lines.length - 1;
    const share = whole.eq(0) ? new Big(0) : new Big(amount).times(line).div(whole);
    const part = last ? left : new Big(rounded(share, digits));
    left = left.minus(part);
    return part.toNumber();
  });
}
