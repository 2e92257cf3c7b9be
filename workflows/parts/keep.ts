import type { Part } from '../compose';
import { ledgerStep } from './ledger';

export const FAILED = 'Keep what failed';

/** The part with one more node below it, where all error outputs lead: tried again where time helps, or a dead letter. */
export function keepBelow({ note, steps }: Part): Part {
  return {
    note: `${note} **${FAILED}** keeps each failure with its reason.`,
    steps: [...steps, ledgerStep(FAILED, 'keeper', { operation: 'fail', options: {} })],
  };
}
