import type { ErrorDetails } from '../errors';
import type { LedgerState, RecordError, RecordId, RecordLink, Target } from './record';

/**
 * The memory of what was sent where. Every call takes many records and is one transaction: it happens wholly or
 * not at all, also when several workers call at once.
 */
export interface Ledger {
  /**
   * Asks for the right to send these records. Of all who ask for one record at a time exactly one gets a token.
   * One outcome for each request, in the same order.
   */
  claim(requests: ClaimRequest[], options: { leaseMs: number }): Promise<ClaimOutcome[]>;
  /**
   * Keeps claimed records for their holder for another `leaseMs` from now; one answer for each token. False: the
   * record is somebody else's by now, or done, and must not be sent any more: what the holder has may be older than
   * what was sent since. A record that failed under this token is taken up again by it.
   */
  renew(tokens: string[], options: { leaseMs: number }): Promise<boolean[]>;
  /** The records were sent. */
  complete(completions: Completion[]): Promise<Settlement[]>;
  /** The records could not be sent; the error's class decides what becomes of them. */
  fail(failures: Failure[], options?: { maxAttempts?: number }): Promise<Settlement[]>;

  /** Notes where records are in another system; a record not known so far counts as done. */
  link(links: RecordLink[]): Promise<void>;
  /** For each reference the records it names: one per flow, none when unknown. */
  lookUp(references: RecordReference[]): Promise<RecordView[][]>;
  /** For each target the records that were written to it. */
  lookUpByTarget(targets: Target[]): Promise<RecordView[][]>;

  getWatermark(flow: string): Promise<string | undefined>;
  /** Returns the watermark that holds afterwards. With `onlyForward` an older value changes nothing. */
  setWatermark(flow: string, value: string, options?: { onlyForward?: boolean }): Promise<string>;

  /**
   * Records to be sent now: due for a retry or requeued, or left behind by a worker that is gone. They are hidden
   * from the next call for `visibilityMs`, so that two ticks do not put out the same; a claim remains the arbiter.
   */
  due(query: DueQuery): Promise<DueRecord[]>;
  listDead(query: ListQuery): Promise<DeadLetter[]>;
  /** Sends dead letters again, and brings waiting retries forward. */
  requeue(selection: Selection): Promise<Revision[]>;
  /** Gives records up for good. The same content is not taken again, changed content is. */
  discard(selection: Selection): Promise<Revision[]>;
  statistics(query?: { flow?: string }): Promise<Statistics>;
  /** Forgets what was done or skipped longer ago than this. Returns how many records that were. */
  purge(query: { olderThanMs: number }): Promise<number>;
  close(): Promise<void>;
}

export interface ClaimRequest extends RecordId {
  /** Of the content, as `contentHash` gives it. */
  hash: string;
  /** Orders contents in time: a date, or a number that grows. Older content than known is refused. */
  version?: string;
  /** What is needed to send the record again. */
  payload: object;
}

/** These come with a token: the record is the caller's until it is settled or the lease ends. */
export const CLAIMED_OUTCOMES = ['new', 'changed', 'retry', 'reclaimed'] as const;
/**
 * `unchanged`: already sent. `busy`: someone else has it, or its next attempt is not due. `stale`: newer content
 * is known. `dead`: this content is a dead letter.
 */
export const SKIPPED_OUTCOMES = ['unchanged', 'busy', 'stale', 'dead'] as const;

export type ClaimedOutcome = (typeof CLAIMED_OUTCOMES)[number];
export type SkippedOutcome = (typeof SKIPPED_OUTCOMES)[number];

export type ClaimOutcome = RecordId &
  (
    | {
        outcome: ClaimedOutcome;
        token: string;
        attempt: number;
        hash: string;
        /** Where the record already is, from an earlier time. */
        target?: Target;
      }
    | { outcome: SkippedOutcome; target?: Target }
  );

export interface Completion {
  token: string;
  /** `skipped`: looked at, and nothing was to be sent. */
  outcome?: 'done' | 'skipped';
  links?: Array<Target & { targetHash?: string }>;
}

export interface Failure {
  token: string;
  message: string;
  details: Pick<ErrorDetails, 'class' | 'code' | 'fix' | 'retryAfterMs'>;
}

/**
 * `superseded`: newer content had arrived meanwhile and is due now. `lost-lease`: the token is no longer the
 * record's; nothing was changed, whoever holds the record now settles it.
 */
export interface Settlement extends Partial<RecordId> {
  outcome: 'done' | 'skipped' | 'retry' | 'dead' | 'superseded' | 'lost-lease';
  state?: LedgerState;
  nextAttempt?: number;
}

export interface RecordReference {
  key: string;
  /** Left out: in every flow. */
  flow?: string;
}

export interface RecordView extends RecordId {
  state: LedgerState;
  hash: string;
  version?: string;
  attempts: number;
  error?: RecordError;
  nextAttempt?: number;
  leaseUntil?: number;
  links: Array<Target & { targetHash?: string }>;
  createdAt: number;
  updatedAt: number;
}

export interface ListQuery {
  flow?: string;
  limit: number;
}

export interface DueQuery extends ListQuery {
  visibilityMs: number;
  /** Looks without hiding or changing anything. */
  peek?: boolean;
}

export interface DueRecord extends RecordId {
  attempts: number;
  document: object;
}

export interface DeadLetter extends RecordView {
  /** Absent when it was sealed with an encryption key that is not at hand. */
  document?: object;
}

export type Selection = RecordReference[] | { all: true; flow?: string };

export interface Revision extends RecordId {
  state: LedgerState;
  /** False when the record's state does not allow it. */
  changed: boolean;
}

export interface FlowStatistics {
  flow: string;
  states: Record<LedgerState, number>;
  /** Could be sent now. */
  due: number;
  /** When the longest waiting of those became due. */
  oldestDueAt?: number;
  /** When a record was last done. */
  lastDoneAt?: number;
  deadByClass: Partial<Record<ErrorDetails['class'], number>>;
}

export interface Statistics {
  total: Omit<FlowStatistics, 'flow'>;
  flows: FlowStatistics[];
}
