import Big from 'big.js';
import type { Row, Value } from '../store/row';

/**
 * Amounts of order and invoice. Source: column descriptions of salesorder and salesorderdetail:
 * extendedamount = price × quantity − manual discount + tax;
 * totalamount = totalamountlessfreight + freightamount + totaltax.
 */

/** Digits of an amount: those of the currency, two where nothing else is known. */
export const DEFAULT_PRECISION = 2;

const big = (value: Value | undefined): Big => new Big(typeof value === 'number' ? value : 0);

const sum = (values: readonly Big[]): Big =>
  values.reduce((total, value) => total.plus(value), new Big(0));

export interface LineAmounts {
  baseamount: number;
  extendedamount: number;
}

export function lineAmounts(line: Row, precision = DEFAULT_PRECISION): LineAmounts {
  const base = big(line.priceperunit)
    .minus(big(line.volumediscountamount))
    .times(big(line.quantity))
    .round(precision);
  const extended = base.minus(big(line.manualdiscountamount)).plus(big(line.tax)).round(precision);
  return { baseamount: base.toNumber(), extendedamount: extended.toNumber() };
}

export interface DocumentTotals {
  totallineitemamount: number;
  totallineitemdiscountamount: number;
  totaldiscountamount: number;
  totalamountlessfreight: number;
  totaltax: number;
  totalamount: number;
}

/** `totallineitemamount` is the lines without tax, so that tax enters `totalamount` once. */
export function documentTotals(
  document: Row,
  lines: readonly Row[],
  precision = DEFAULT_PRECISION,
): DocumentTotals {
  const items = sum(lines.map((line) => big(line.extendedamount).minus(big(line.tax))));
  const tax = sum(lines.map((line) => big(line.tax)));
  const share = items.times(big(document.discountpercentage)).div(100).round(precision);
  const discount = share.plus(big(document.discountamount));
  const lessFreight = items.minus(discount);
  return {
    totallineitemamount: items.toNumber(),
    totallineitemdiscountamount: sum(
      lines.map((line) => big(line.manualdiscountamount)),
    ).toNumber(),
    totaldiscountamount: discount.toNumber(),
    totalamountlessfreight: lessFreight.toNumber(),
    totaltax: tax.toNumber(),
    totalamount: lessFreight.plus(big(document.freightamount)).plus(tax).toNumber(),
  };
}
