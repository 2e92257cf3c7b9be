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

/**
 * What Dynamics makes of a sales order: per line, price × quantity − manual discount, and its tax once; then the
 * freight, less the discount of the order (Dataverse docs: salesorder and salesorderdetail, calculated columns).
 */
export function salesOrderTotal(order: SalesOrder): number {
  const { order_details: lines, transactioncurrency: currency } = order;
  const added = [order.freightamount ?? 0];
  const taken = [order.discountamount ?? 0];
  for (const { priceperunit, quantity, tax, manualdiscountamount } of lines) {
    added.push(roundMoney(multiply(priceperunit, quantity), currency), tax ?? 0);
    taken.push(manualdiscountamount ?? 0);
  }
  return subtract(add(...added), ...taken);
}

/** Refuses a sales order that would come to another total than the shop's order. */
export function checkSalesOrder(order: SalesOrder): void {
  const { expectedtotal, transactioncurrency: currency } = order;
  if (typeof expectedtotal !== 'number' || !Array.isArray(order.order_details)) return;
  const computed = salesOrderTotal(order);
  if (sameAmount(computed, expectedtotal, currency)) return;
  throw validationError(
    `Sales order "${order.name}" would come to ${formatAmount(computed, currency)} in Dynamics 365, ` +
      `but the shop's order says ${formatAmount(expectedtotal, currency)}`,
    'Check the rows that set priceperunit, quantity, manualdiscountamount, tax, freightamount and discountamount.',
  );
}
