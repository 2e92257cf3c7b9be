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
  const currency = order.transactioncurrency;
  const lines = order.order_details.flatMap((line) => [
    roundMoney(multiply(line.priceperunit, line.quantity), currency),
    line.tax ?? 0,
  ]);
  const discounts = order.order_details.map((line) => line.manualdiscountamount ?? 0);
  return subtract(add(...lines, order.freightamount ?? 0), ...discounts, order.discountamount ?? 0);
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
