import type { Operation } from '../../../shared/operation';
import { operations } from '../operations';
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
  return operations(
    resource.subject,
    createSalesDocument(resource),
    getSalesDocument(resource),
    upsertSalesDocument(resource),
    ...more,
  );
}
