import type { TellField } from '../documents';
import type { Settled } from './draft';
import { add, formatAmount, roundMoney, subtract } from './money';
import { computedTotal } from './totals';

/**
 * Where a person has said how far the figures of an order may be apart, what is left after all rounding goes in as a fee,
 * or as a discount where it is below 0. The order's total always stays what the shop says.
 */
export function tolerateDifference({ lines, totals, currency }: Settled, tell: TellField): void {
  const { tolerance = 0 } = totals;
  if (tolerance === 0) return;
  const lineSum = add(0, ...lines.map(({ amount }) => amount));
  const ofLines = difference(totals.lines, lineSum, currency);
  if (ofLines !== 0 && Math.abs(ofLines) <= tolerance) {
    totals.lines = lineSum;
    const said = formatAmount(ofLines, currency);
    tell('totals.lines', `the sub-total differs from the lines by ${said}; the lines count`);
  }
  const rest = difference(totals.total, computedTotal({ totals }), currency);
  if (rest === 0 || Math.abs(rest) > tolerance) return;
  const [name, kind] = rest > 0 ? (['fees', 'fee'] as const) : (['discount', 'discount'] as const);
  totals[name] = add(totals[name], Math.abs(rest));
  const said = formatAmount(Math.abs(rest), currency);
  tell(`totals.${name}`, `the parts differ from the total by ${said}, which counts as a ${kind}`);
}

function difference(stated: number, computed: number, currency: string): number {
  return roundMoney(subtract(stated, computed), currency);
}
