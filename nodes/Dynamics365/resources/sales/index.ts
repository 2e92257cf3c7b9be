import type { Operation } from '../../../shared/operation';
import { tableOperations } from '../../../shared/table/operations';
import { dataverseTables } from '../../tables';
import { createSalesDocument } from './create';
import { getSalesDocument } from './get';
import type { SalesResource } from './resource';
import { upsertSalesDocument } from './upsert';

/**
 * What every table can do, what a document with lines does in its own way, and what only this one can; in alphabetical
 * order.
 */
export function salesOperations<N extends string>(
  resource: SalesResource<N>,
  more: Operation[],
): Operation[] {
  const special = [
    createSalesDocument(resource),
    getSalesDocument(resource),
    upsertSalesDocument(resource),
    ...more,
  ];
  const replaced = new Set(special.map(({ value }) => value));
  return [
    ...tableOperations(dataverseTables, resource.subject).filter(
      ({ value }) => !replaced.has(value),
    ),
    ...special,
  ].sort((a, b) => a.name.localeCompare(b.name));
}
