import { validationError } from '../errors';
import { add, formatAmount, sameAmount, subtract } from './money';
import type { Order } from './order';

const FIX =
  'Compare the lines and surcharges of this order in the shop, correct the order there and send it again.';

/** What the order's parts come to: lines + shipping + handling + tax − discount. */
export function computedTotal({ totals }: Pick<Order, 'totals'>): number {
  return subtract(add(totals.lines, totals.shipping, totals.handling, totals.tax), totals.discount);
}

/**
 * Refuses an order whose own numbers do not agree to the last minor unit. It is never corrected here: which of
 * two figures is wrong only a person can say.
 */
export function checkTotals(order: Pick<Order, 'number' | 'currency' | 'lines' | 'totals'>): void {
  const { currency, lines, totals, number } = order;
  const lineSum = add(0, ...lines.map(({ amount }) => amount));
  if (!sameAmount(lineSum, totals.lines, currency)) {
    throw validationError(
      `Order ${number}: its lines add up to ${formatAmount(lineSum, currency)}, ` +
        `but its sub-total says ${formatAmount(totals.lines, currency)}`,
      FIX,
    );
  }
  const computed = computedTotal(order);
  if (!sameAmount(computed, totals.total, currency)) {
    throw validationError(
      `Order ${number}: lines + shipping + handling + tax − discount come to ` +
        `${formatAmount(computed, currency)}, but the order total says ` +
        `${formatAmount(totals.total, currency)}`,
      FIX,
    );
  }
}
