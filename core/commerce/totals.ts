import { validationError } from '../errors';
import { add, formatAmount, sameAmount, subtract } from './money';
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

type Summed = Omit<Totals, 'fees' | 'includedTax'> & Partial<Pick<Totals, 'fees'>>;

/** What the order's parts come to: lines + shipping + handling + fees + tax − discount. Tax inside the prices adds nothing. */
export function computedTotal({ totals }: { totals: Summed }): number {
  const { lines, shipping, handling, fees = 0, tax, discount } = totals;
  return subtract(add(lines, shipping, handling, fees, tax), discount);
}

function fix(difference: string, rows: string): string {
  return (
    `Compare the lines and surcharges of this order in the shop: the difference is ${difference}. Where the shop's figures ` +
    `are right as they are, say in Commerce Map what counts, with a row of Field Overrides: ${rows}.`
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
      fix(
        formatAmount(subtract(totals.lines, lineSum), currency),
        '"commerce.order:totals.lines" for the sub-total, "commerce.order:lines[*].amount" for what the lines come to',
      ),
    );
  }
  const computed = computedTotal(order);
  if (!sameAmount(computed, totals.total, currency)) {
    const fees = totals.fees ? ' + fees' : '';
    throw validationError(
      `Order ${number}: lines + shipping + handling${fees} + tax − discount come to ` +
        `${formatAmount(computed, currency)}, but the order total says ` +
        `${formatAmount(totals.total, currency)}`,
      fix(
        formatAmount(subtract(totals.total, computed), currency),
        '"commerce.order:totals.total" for the total, "commerce.order:totals.fees" or "commerce.order:totals.discount" for what the shop counts besides',
      ),
    );
  }
}
