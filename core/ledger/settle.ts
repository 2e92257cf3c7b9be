import { redact } from '../http/redact';
import type { Completion, Failure, Settlement } from './ledger';
import { promoteWaiting, type LedgerRecord, type RecordError } from './record';
import { judge } from './retry';

const LONGEST_MESSAGE = 1_000;

export interface SettleDecision {
  outcome: Settlement['outcome'];
  /** The record as it is from now on; the same object when nothing changes. */
  record: LedgerRecord;
}

export interface FailContext {
  now: number;
  /** 0 ≤ x < 1 */
  random: number;
  maxAttempts: number;
  /** When a record of this flow was last done. */
  lastDoneAt?: number;
}

/** The token stays, so that the same answer given twice is recognised. */
function settled(
  record: LedgerRecord,
  state: 'done' | 'skipped' | 'dead',
  now: number,
  error?: RecordError,
): SettleDecision {
  return {
    outcome: state,
    record: {
      ...record,
      state,
      error,
      owner: undefined,
      dueAt: undefined,
      hiddenUntil: 0,
      waitingHash: undefined,
      waitingVersion: undefined,
      updatedAt: now,
    },
  };
}

/** `record` is the one that bears the completion's token. */
export function decideComplete(
  record: LedgerRecord,
  { outcome = 'done' }: Pick<Completion, 'outcome'>,
  now: number,
): SettleDecision {
  if (record.state === 'done' || record.state === 'skipped') {
    return { outcome: record.state, record };
  }
  if (record.waitingHash !== undefined) {
    return { outcome: 'superseded', record: { ...promoteWaiting(record, now), error: undefined } };
  }
  return settled(record, outcome, now);
}

/** Last line of defence: whoever made the error was to redact it. */
function keptError({ message, details }: Failure): RecordError {
  const { class: errorClass, code, fix } = details;
  return {
    class: errorClass,
    code,
    message: redact(message).slice(0, LONGEST_MESSAGE),
    fix: fix === undefined ? undefined : redact(fix).slice(0, LONGEST_MESSAGE),
  };
}

/** `record` is the one that bears the failure's token. */
export function decideFail(
  record: LedgerRecord,
  failure: Failure,
  { now, random, maxAttempts, lastDoneAt = 0 }: FailContext,
): SettleDecision {
  if (record.state !== 'in_flight') return repeated(record);
  const error = keptError(failure);
  if (record.waitingHash !== undefined) {
    return { outcome: 'superseded', record: { ...promoteWaiting(record, now), error } };
  }
  const { class: errorClass, retryAfterMs } = failure.details;
  const { attempts, failedAt, updatedAt } = record;
  // In a run the done ones are noted before the failed ones, or together with them.
  const alone = lastDoneAt < (failedAt ?? updatedAt);
  const verdict = judge({ class: errorClass, attempts, retryAfterMs, maxAttempts, alone, random });
  if (verdict.state === 'dead') return settled(record, 'dead', now, error);
  return {
    outcome: 'retry',
    record: {
      ...record,
      state: 'retry',
      error,
      attempts: verdict.attempts,
      failedAt: now,
      owner: undefined,
      dueAt: now + verdict.delayMs,
      hiddenUntil: 0,
      updatedAt: now,
    },
  };
}

/** The attempt was settled before; what was said first holds. */
function repeated(record: LedgerRecord): SettleDecision {
  const { state } = record;
  if (state === 'done' || state === 'skipped' || state === 'dead')
    return { outcome: state, record };
  return { outcome: 'retry', record };
}
