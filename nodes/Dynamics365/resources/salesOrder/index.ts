import type { Operation } from '../../../shared/operation';
import { tableOperations } from '../../../shared/table/operations';
import { SALES_ORDER } from '../../subjects';
import { dataverseTables } from '../../tables';
import { cancelSalesOrder, fulfillSalesOrder } from './close';
import { getSalesOrder } from './get';
import { upsertSalesOrder } from './upsert';

const special = [cancelSalesOrder, fulfillSalesOrder, getSalesOrder, upsertSalesOrder];
const replaced = new Set(special.map(({ value }) => value));

const OF_COLUMNS =
  'Create one new sales order of its columns for each item; with lines, as Commerce Map makes it, by Create or Update';

/** What every table can do, and what only an order can; in alphabetical order, but for the one that is chosen most. */
export const salesOrderOperations: Operation[] = [
  ...tableOperations(dataverseTables, SALES_ORDER)
    .filter(({ value }) => !replaced.has(value))
    .map((operation) =>
      operation.value === 'create' ? { ...operation, description: OF_COLUMNS } : operation,
    ),
  ...special,
].sort((a, b) => a.name.localeCompare(b.name));
