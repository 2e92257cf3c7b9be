import type { Order } from '../../commerce/model';
import {
  add,
  formatAmount,
  multiply,
  roundMoney,
  sameAmount,
  subtract,
} from '../../commerce/money';
import { checkTotals } from '../../commerce/totals';
import { validationError } from '../../errors';
import type { Target } from '../write';
import type { SalesOrder } from './dataverse';

/**
 * What Dynamics makes of a sales order: per line, price × quantity − manual discount, and its tax once; then the
 * freight, less the discount of the order (Dataverse docs: salesorder and salesorderdetail, calculated columns).
 */
export function salesOrderTotal(order: SalesOrder): number {
  const currency = order.transactioncurrency;
  const lines = order.order_details.flatMap((line) => [
    roundMoney(multiply(line.priceperunit, line.quantity), currency),
    -(line.manualdiscountamount ?? 0),
    line.tax ?? 0,
  ]);
  return subtract(add(...lines, order.freightamount ?? 0), order.discountamount ?? 0);
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

const CHECKS: ReadonlyMap<string, (document: Target) => void> = new Map<
  string,
  (document: Target) => void
>([
  ['commerce.order', (document) => checkTotals(document as unknown as Order)],
  [
    'dataverse.salesorder',
    ({ salesorder }) => {
      if (salesorder !== undefined) checkSalesOrder(salesorder as SalesOrder);
    },
  ],
]);

/** What a known document must satisfy beyond its fields. Throws a validation error that names both figures. */
export function checkDocument(name: string, document: Target): void {
  CHECKS.get(name)?.(document);
}
