import { countBy, partition } from 'lodash';
import type { IExecuteFunctions } from 'n8n-workflow';

import { CLAIMED_OUTCOMES, type ClaimOutcome, SKIPPED_OUTCOMES } from '../../../core/ledger/ledger';
import type { LedgerState } from '../../../core/ledger/record';
import { isByHand } from '../../shared/byHand';

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

/** What a person does about records that are skipped, in the order of the answers. */
const REPAIRS: Partial<Record<ClaimOutcome['outcome'], string>> = {
  unchanged: 'Unchanged: sent already. Sync Ledger: Resend sends it again.',
  busy: 'Busy: another run is sending it just now.',
  stale: 'Stale: the ledger knows newer content.',
  dead: 'Dead: it was given up. Mend what its reason says (Sync Ledger: List Dead Letters), then send it again: with Sync Ledger: Requeue, or Send Again on the repair page.',
  held: 'Held: it waits for a change in the shop, or for you to release it with Sync Ledger: Requeue.',
};

const TRIED =
  'What would be skipped goes on, too, so that a mapping can be tried with it; a node that writes refuses it.';

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
  const repairs = SKIPPED_OUTCOMES.filter((outcome) => outcomes.includes(outcome));
  const words = repairs.flatMap((outcome) => REPAIRS[outcome] ?? []);
  const tried = skipped.count > 0 ? [TRIED] : [];
  hint(context, [`Test run: ${parts.join(', ')}. ${nothing}`, ...words, ...tried].join(' '));
}

/** Says above the output of Claim what a dry run has found. */
export function hintRehearsed(
  context: IExecuteFunctions,
  outcomes: Array<ClaimOutcome['outcome']>,
) {
  const sent = counted(outcomes, CLAIMED_OUTCOMES);
  const skipped = counted(outcomes, SKIPPED_OUTCOMES);
  const parts = [
    `${sent.count} would be sent${sent.count > 0 ? ` (${sent.text})` : ''}`,
    ...(skipped.count > 0 ? [`${skipped.count} skipped (${skipped.text})`] : []),
  ];
  hint(
    context,
    `Dry run: ${parts.join(', ')}. Nothing is taken, and the nodes after this one only say what they would write.`,
  );
}

const WOULD: Partial<Record<LedgerState, string>> = {
  dead: 'become a dead letter',
  retry: 'be tried again',
  held: 'be held',
  skipped: 'be marked as skipped',
};

/** What would become of a record outside of a test run, for people: "be held". */
const wouldWords = (state: LedgerState = 'done'): string => WOULD[state] ?? `be ${state}`;

/** What of an answer of Complete, Fail or Hold is not noted. */
interface Unsaid {
  would?: LedgerState;
  settlement?: object;
  isDry?: boolean;
}

const NOT_TAKEN =
  'Nothing is noted, because Claim has only looked at these records, as it does in a test run, and no node that writes has taken them in this run.';
const GIVEN_BACK =
  'Nothing is noted: a test run gives back what it cannot send, and the records are as they were before.';

const DRY = 'Nothing is noted, because this is a dry run.';

/**
 * Says above the output of Complete, Fail and Hold of which records nothing is noted, because they are of a dry run, or a test
 * run has them.
 */
export function hintNotNoted(context: IExecuteFunctions, all: Unsaid[]): void {
  const testRun = isByHand(context) ? 'Test run: ' : '';
  const [dry, others] = partition(all, ({ isDry }) => isDry);
  const unsaid = others.filter(({ would }) => would !== undefined);
  const [givenBack, untaken] = partition(unsaid, ({ settlement }) => settlement !== undefined);
  const said: Array<[Unsaid[], string, string]> = [
    [dry, 'Dry run: ', DRY],
    [untaken, testRun, NOT_TAKEN],
    [givenBack, testRun, GIVEN_BACK],
  ];
  for (const [some, start, why] of said) {
    const counts = Object.entries(countBy(some.map(({ would }) => wouldWords(would))));
    const parts = counts.map(([words, count]) => `${count} would ${words}`);
    if (some.length > 0) hint(context, `${start}${parts.join(', ')}. ${why}`);
  }
}
