import { countBy } from 'lodash';
import type { IExecuteFunctions } from 'n8n-workflow';

import { CLAIMED_OUTCOMES, type ClaimOutcome, SKIPPED_OUTCOMES } from '../../../core/ledger/ledger';
import type { LedgerState } from '../../../core/ledger/record';

function hint(context: IExecuteFunctions, message: string): void {
  context.addExecutionHints({ message, type: 'info', location: 'outputPane' });
}

/** "3 new, 2 changed", in the order of the words. */
function counted(given: string[], words: readonly string[]): { count: number; text: string } {
  const counts = countBy(given);
  const named = words.filter((word) => counts[word] !== undefined);
  return {
    count: named.reduce((sum, word) => sum + (counts[word] ?? 0), 0),
    text: named.map((word) => `${counts[word]} ${word}`).join(', '),
  };
}

/** Says above the output of Claim what a test run has found. */
export function hintLook(context: IExecuteFunctions, outcomes: Array<ClaimOutcome['outcome']>) {
  const sent = counted(outcomes, CLAIMED_OUTCOMES);
  const skipped = counted(outcomes, SKIPPED_OUTCOMES);
  const parts = [
    `${sent.count} would be sent${sent.count > 0 ? ` (${sent.text})` : ''}`,
    ...(skipped.count > 0 ? [`${skipped.count} skipped (${skipped.text})`] : []),
  ];
  const nothing =
    sent.count > 0 ? 'Nothing is taken until a node that writes runs.' : 'Nothing was taken.';
  hint(context, `Test run: ${parts.join(', ')}. ${nothing}`);
}

const WOULD: Partial<Record<LedgerState, string>> = {
  dead: 'become a dead letter',
  retry: 'be tried again',
  held: 'be held',
  skipped: 'be marked as skipped',
};

/** What would become of a record outside of a test run, for people: "be held". */
export const wouldWords = (state: LedgerState): string => WOULD[state] ?? `be ${state}`;

/** Says above the output of Complete, Fail and Hold that a test run has noted nothing of these records. */
export function hintUntaken(context: IExecuteFunctions, states: LedgerState[]): void {
  if (states.length === 0) return;
  const counts = Object.entries(countBy(states.map(wouldWords)));
  const parts = counts.map(([words, count]) => `${count} would ${words}`);
  hint(
    context,
    `Test run: ${parts.join(', ')}. Nothing is noted, because no node that writes has taken these records in this run.`,
  );
}
