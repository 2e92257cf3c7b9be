import { redact } from '../http/redact';
import { givenBack } from './giveBack';
import type { Completion, Failure, Settlement } from './ledger';
import {
  isTried,
  promoteWaiting,
  type LedgerRecord,
  type LedgerState,
  type RecordError,
} from './record';
import { judge } from './retry';
import { attemptStart, type RowFault, waitingAtRow } from './rowFaults';

const LONGEST_MESSAGE = 1_000;
const LONGEST_REMARK = 500;

export interface SettleDecision {
  outcome: Settlement['outcome'];
  /** The record as it is from now on; the same object when nothing changes. Left out: there is none any more. */
  record?: LedgerRecord;
}

export interface FailContext {
  now: number;
  /** 0 ≤ x < 1 */
  random: number;
  maxAttempts: number;
  /** When a record of this flow was last done. */
  lastDoneAt?: number;
  /** What is known of the row of the mapping that the failure names. */
  fault?: RowFault;
}

type SettledState = 'done' | 'skipped' | 'dead' | 'held';

/** The token stays, so that the same answer given twice is recognised. */
function settled(
  record: LedgerRecord,
  state: SettledState,
  now: number,
  { error, remark }: { error?: RecordError; remark?: string },
): SettleDecision {
  const isOver = state === 'done' || state === 'skipped';
  return {
    outcome: state,
    record: {
      ...record,
      state,
      error,
      remark,
      conflicts: isOver ? undefined : record.conflicts,
      owner: undefined,
      dueAt: undefined,
      hiddenUntil: 0,
      waitingHash: undefined,
      waitingVersion: undefined,
      former: undefined,
      updatedAt: now,
    },
  };
}

/** At most so long, without secrets, and undefined when there is nothing in it. */
function keptText(text: string | undefined, longest: number): string | undefined {
  const kept = redact(text ?? '').trim();
  return kept === '' ? undefined : kept.slice(0, longest);
}

const NO_REASON = 'Held without a reason';
const RELEASE =
  'It goes by itself when it changes where it comes from. To send it as it is, change first what holds it, such as its status in Route by State, then use Requeue; to give it up, use Discard.';

function heldFor(remark: string | undefined): RecordError {
  const message = keptText(remark, LONGEST_REMARK) ?? NO_REASON;
  return { class: 'held', message, fix: RELEASE };
}

/** `record` is the one that bears the completion's token. */
export function decideComplete(
  record: LedgerRecord,
  { outcome = 'done', remark }: Pick<Completion, 'outcome' | 'remark'>,
  now: number,
): SettleDecision {
  if (record.state === 'done' || record.state === 'skipped') {
    return { outcome: record.state, record };
  }
  // Done is what has been written, whatever was said before. To be held says nothing of what was written.
  if (outcome === 'held' && record.state !== 'in_flight') return repeated(record);
  if (outcome === 'held' && isTried(record)) return returned(record);
  if (record.waitingHash !== undefined) {
    return { outcome: 'superseded', record: { ...promoteWaiting(record, now), error: undefined } };
  }
  if (outcome === 'held') return settled(record, outcome, now, { error: heldFor(remark) });
  return settled(record, outcome, now, { remark: keptText(remark, LONGEST_REMARK) });
}

/** No row alone: the node as a whole. */
const ALL_ROWS = '*';

/** Last line of defence: whoever made the error was to redact it. */
function keptError({ message, details }: Failure): RecordError {
  const { class: errorClass, code, fix, rule } = details;
  return {
    class: errorClass,
    code,
    message: redact(message).slice(0, LONGEST_MESSAGE),
    fix: fix === undefined ? undefined : redact(fix).slice(0, LONGEST_MESSAGE),
    rule: errorClass === 'configuration' ? ALL_ROWS : rule?.target,
  };
}

/** `record` is the one that bears the failure's token. */
export function decideFail(
  record: LedgerRecord,
  failure: Failure,
  { now, random, maxAttempts, lastDoneAt = 0, fault }: FailContext,
): SettleDecision {
  if (record.state !== 'in_flight') return repeated(record);
  if (isTried(record)) return returned(record);
  const error = keptError(failure);
  if (record.waitingHash !== undefined) {
    return { outcome: 'superseded', record: { ...promoteWaiting(record, now), error } };
  }
  const { class: errorClass, retryAfterMs } = failure.details;
  const { attempts, failedAt, updatedAt } = record;
  // In a run the done ones are noted before the failed ones, or together with them.
  const alone = lastDoneAt < (failedAt ?? updatedAt);
  const attempt = { class: errorClass, attempts, retryAfterMs, maxAttempts, alone, random };
  const verdict = judge({ ...attempt, row: fault });
  if (verdict.state !== 'retry') return settled(record, verdict.state, now, { error });
  return {
    outcome: 'retry',
    record: {
      ...record,
      state: 'retry',
      error: fault ? waitingAtRow(error, fault) : error,
      remark: undefined,
      attempts: verdict.attempts,
      failedAt: error.rule === undefined ? now : attemptStart(record),
      owner: undefined,
      dueAt: now + verdict.delayMs,
      hiddenUntil: 0,
      former: undefined,
      updatedAt: now,
    },
  };
}

/** How long a record waits that would come again at once: long enough for somebody to have turned the dry run off. */
const WAITS_AFTER_DRY_RUN_MS = 60 * 60_000;

/**
 * Nothing was written for the record, because a node was dry. It waits and no attempt is counted, be it new, changed or tried
 * again: nodes before the dry one may have written for it, and its trigger may not bring it a second time. It is due at once, as
 * whoever sees the dry node tells it only once; where Claim could not see that, as of a dry node in a sub-workflow, later. The
 * token stays, for another branch of the same run that is not dry. `record` bears it.
 */
export function decideGiveBack(record: LedgerRecord, now: number): SettleDecision {
  if (record.state !== 'in_flight') return repeated(record);
  if (isTried(record)) return returned(record);
  if (record.waitingHash !== undefined) {
    return { outcome: 'superseded', record: promoteWaiting(record, now) };
  }
  const waiting: LedgerRecord = {
    ...record,
    state: 'retry',
    attempts: record.attempts - 1,
    owner: undefined,
    dueAt: record.former ? now : now + WAITS_AFTER_DRY_RUN_MS,
    hiddenUntil: 0,
    startedAt: undefined,
    updatedAt: now,
  };
  return { outcome: 'retry', record: waiting };
}

const isSettled = (state: LedgerState): state is SettledState =>
  state === 'done' || state === 'skipped' || state === 'dead' || state === 'held';

/** A test run says nothing of a record that it could not send: whoever tries a mapping makes no dead letters. */
function returned(record: LedgerRecord): SettleDecision {
  return { outcome: 'given-back', record: givenBack(record) };
}

/** The attempt was settled before; what was said first holds. */
function repeated(record: LedgerRecord): SettleDecision {
  const { state } = record;
  return { outcome: isSettled(state) ? state : 'retry', record };
}
