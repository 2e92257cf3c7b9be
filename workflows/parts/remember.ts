import type { Part } from '../compose';
import type { Destination, Service } from '../services/service';
import { ledgerStep } from './ledger';

export const DONE = 'Mark as done';

/** The part with one more node at its end: what is done is remembered with where it went. */
export function remember(
  { note, steps }: Part,
  service: Service,
  { record, cancel }: Destination,
): Part {
  const { system, table, idField, outcomeField } = record;
  const complete = {
    operation: 'complete',
    targetSystem: system,
    targetTable: table,
    targetIdField: idField,
    options: {
      outcomeField,
      // What became of it by its state in the source: a refund, a cancellation.
      ...(cancel && { remarkField: 'state.remark' }),
    },
  };
  return {
    note: `${note} **${DONE}** keeps the link to ${service.name}.`,
    steps: [...steps, ledgerStep(DONE, 'line', complete, { onError: 'continueErrorOutput' })],
  };
}
