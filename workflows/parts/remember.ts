import type { Part } from '../compose';
import type { Destination, Service } from '../services/service';
import { ledgerStep, PATIENT } from './ledger';

export const DONE = 'Mark as done';
export const FAILED = 'Keep what failed';

/** What is done is remembered with where it went; what failed is kept, to be tried again or as a dead letter. */
export function remember(service: Service, { record, cancel }: Destination): Part {
  const { system, table, resultField } = record;
  const complete = {
    operation: 'complete',
    targetSystem: system,
    targetTable: table,
    targetIdField: `${resultField}.id`,
    options: {
      outcomeField: `${resultField}.outcome`,
      // What became of it by its state in the source: a refund, a cancellation.
      ...(cancel && { remarkField: 'state.remark' }),
    },
  };
  return {
    note: `## Remember\nDone, with the link to ${service.name}; or kept with the reason, to be tried again or repaired.`,
    steps: [
      ledgerStep(DONE, 'line', complete, { ...PATIENT, onError: 'continueErrorOutput' }),
      ledgerStep(FAILED, 'keeper', { operation: 'fail', options: {} }),
    ],
  };
}
