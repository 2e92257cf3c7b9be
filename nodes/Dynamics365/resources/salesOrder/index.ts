import type { Operation } from '../../../shared/operation';
import { tableOperations } from '../../../shared/table/operations';
import { SALES_ORDER } from '../../subjects';
import { dataverseTables } from '../../tables';
import { cancelSalesOrder, fulfillSalesOrder } from './close';
import { createSalesOrder } from './create';
import { getSalesOrder } from './get';
import { upsertSalesOrder } from './upsert';

const special = [
  cancelSalesOrder,
  createSalesOrder,
  fulfillSalesOrder,
  getSalesOrder,
  upsertSalesOrder,
];
const replaced = new Set(special.map(({ value }) => value));

/** What every table can do, and what only an order can; in alphabetical order, but for the one that is chosen most. */
export const salesOrderOperations: Operation[] = [
  ...tableOperations(dataverseTables, SALES_ORDER).filter(({ value }) => !replaced.has(value)),
  ...special,
].sort((a, b) => a.name.localeCompare(b.name));
