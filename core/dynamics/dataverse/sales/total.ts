import {
  add,
  formatAmount,
  multiply,
  roundMoney,
  sameAmount,
  subtract,
} from '../../../commerce/money';
import { validationError } from '../../../errors';
import type { SalesOrder } from './documents';

/** What counts for the total of a document, whichever of Sales it is; its lines have another name in each. */
type Head = Pick<
  SalesOrder,
  'name' | 'transactioncurrency' | 'freightamount' | 'discountamount' | 'expectedtotal'
>;

type Line = Pick<
  SalesOrder['order_details'][number],
  'priceperunit' | 'quantity' | 'tax' | 'manualdiscountamount'
>;

/**
 * What Dynamics makes of a sales order: per line, price × quantity − manual discount, and its tax once; then the
 * freight, less the discount of the order (Dataverse docs: salesorder and salesorderdetail, calculated columns).
 */
export function salesOrderTotal({ order_details: lines, ...order }: SalesOrder): number {
  return totalOf(order, lines);
}

function totalOf(order: Head, lines: readonly Line[]): number {
  const { transactioncurrency: currency } = order;
  const added = [order.freightamount ?? 0];
  const taken = [order.discountamount ?? 0];
  for (const { priceperunit, quantity, tax, manualdiscountamount } of lines) {
    added.push(roundMoney(multiply(priceperunit, quantity), currency), tax ?? 0);
    taken.push(manualdiscountamount ?? 0);
  }
  return subtract(add(...added), ...taken);
}

/**
 * Refuses a document that would come to another total than the shop's order.
 *
 * @param words of the document, as a message begins: `Sales order`
 */
export function checkTotal(words: string, document: Head, lines: readonly Line[]): void {
  const { expectedtotal, transactioncurrency: currency } = document;
  if (typeof expectedtotal !== 'number' || !Array.isArray(lines)) return;
  const computed = totalOf(document, lines);
  if (sameAmount(computed, expectedtotal, currency)) return;
  throw validationError(
    `${words} "${document.name}" would come to ${formatAmount(computed, currency)} in Dynamics 365, ` +
      `but the shop's order says ${formatAmount(expectedtotal, currency)}`,
    'Check the rows that set priceperunit, quantity, manualdiscountamount, tax, freightamount and discountamount.',
  );
}
