import Big from 'big.js';
import { rounded, sum } from '../../kit/shop';
import type { TaxRule } from '../model';

const rateAt = ({ rates }: TaxRule, line: number): number => rates[line % rates.length] ?? 0;

/** What taxes stand on. */
export interface TaxBase {
  /** Each line less its discounts, the order's among them. */
  lines: readonly number[];
  shipping: number;
  digits: number;
}

type Part = 'goods' | 'shipping';

/**
 * The tax of a rule on one amount. Of taxes inside one price each is its share of what the price is above the untaxed
 * one, so that all of them together are right.
 */
function taxOf(
  rule: TaxRule,
  rules: readonly TaxRule[],
  part: Part,
  line: number,
  amount: Big,
): Big {
  const tax = amount.times(rateAt(rule, line));
  if (!rule.included) return tax;
  const inside = rules.filter(({ included, on }) => included && on.includes(part));
  return tax.div(sum(inside.map((each) => rateAt(each, line))).plus(1));
}

/** The tax of each line; undefined when the rule counts the order as a whole. */
export function lineTaxes(
  rule: TaxRule,
  rules: readonly TaxRule[],
  { lines, digits }: TaxBase,
): number[] | undefined {
  if (!rule.perLine || !rule.on.includes('goods')) return undefined;
  return lines.map((line, index) =>
    rounded(taxOf(rule, rules, 'goods', index, new Big(line)), digits),
  );
}

/** The tax of a whole order: the taxes of its lines, or the tax on all of them, and the tax on shipping. */
export function orderTax(rule: TaxRule, rules: readonly TaxRule[], base: TaxBase): number {
  const { lines, shipping, digits } = base;
  const goods = (): number =>
    rule.on.includes('goods') ? rounded(taxOf(rule, rules, 'goods', 0, sum(lines)), digits) : 0;
  const onShipping = rule.on.includes('shipping')
    ? rounded(taxOf(rule, rules, 'shipping', 0, new Big(shipping)), digits)
    : 0;
  const byLine = lineTaxes(rule, rules, base);
  return rounded((byLine ? sum(byLine) : new Big(goods())).plus(onShipping), digits);
}
