import { validationError } from '../errors';
import { orderRows } from './labels';
import { add, formatAmount, roundMoney, sameAmount, subtract } from './money';
import type { Order, Surcharge, Totals } from './order';

/** What comes on top of the lines, or off them; `fees` is all that is none of the others. */
export const CHARGES = ['shipping', 'handling', 'fees', 'tax', 'discount'] as const;

export type Charge = (typeof CHARGES)[number];

const NAMED: ReadonlyMap<string, Charge> = new Map(
  CHARGES.filter((name) => name !== 'fees').map((name) => [name, name]),
);

/** What a surcharge counts as: own types of a shop are fees. */
export function chargeOf({ type }: Pick<Surcharge, 'type'>): Charge {
  return NAMED.get(type) ?? 'fees';
}

type Summed = Omit<Totals, 'fees' | 'includedTax' | 'tolerance'> & Partial<Pick<Totals, 'fees'>>;

/** What the order's parts come to: lines + shipping + handling + fees + tax − discount. Tax inside the prices adds nothing. */
export function computedTotal({ totals }: { totals: Summed }): number {
  const { lines, shipping, handling, fees = 0, tax, discount } = totals;
  return subtract(add(lines, shipping, handling, fees, tax), discount);
}

/**
 * Never "correct it in the shop": the shop's figures may be right as they are, and of an order that is paid nobody changes
 * them.
 */
function fix(difference: number, currency: string, paths: readonly string[]): string {
  const apart = formatAmount(difference, currency);
  const least = roundMoney(Math.abs(difference), currency);
  return (
    `They are ${apart} apart. To let the order through as it is, add ${orderRows(['totals.tolerance'])}, with the fixed ` +
    `value ${least} or more: the difference goes in as a fee or a discount, and is told. To say what counts, add ` +
    `${orderRows(paths)}, with the field that holds it or a formula.`
  );
}

/**
 * Refuses an order whose own numbers do not agree to the last minor unit. It is never corrected here: which of
 * two figures is wrong only a person can say.
 */
export function checkTotals(
  order: Pick<Order, 'number' | 'currency' | 'lines'> & { totals: Summed },
): void {
  const { currency, lines, totals, number } = order;
  const lineSum = add(0, ...lines.map(({ amount }) => amount));
  if (!sameAmount(lineSum, totals.lines, currency)) {
    throw validationError(
      `Order ${number}: its lines add up to ${formatAmount(lineSum, currency)}, ` +
        `but its sub-total says ${formatAmount(totals.lines, currency)}`,
      fix(subtract(totals.lines, lineSum), currency, ['totals.lines', 'lines[*].amount']),
    );
  }
  const computed = computedTotal(order);
  if (!sameAmount(computed, totals.total, currency)) {
    const fees = totals.fees ? ' + fees' : '';
    throw validationError(
      `Order ${number}: lines + shipping + handling${fees} + tax − discount come to ` +
        `${formatAmount(computed, currency)}, but the order total says ` +
        `${formatAmount(totals.total, currency)}`,
      fix(subtract(totals.total, computed), currency, [
        'totals.total',
        'totals.fees',
        'totals.discount',
      ]),
    );
  }
}
