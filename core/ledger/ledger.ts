import type { ErrorDetails } from '../errors';
import type { Stores } from './stores';
import type { Memory } from '../sync/memory';
import type { OwnWrites } from '../sync/ownWrites';
import type { ConfirmedSent, SentTo } from './memory';
import type {
  ConflictWinner,
  LedgerState,
  OpenState,
  RecordError,
  RecordId,
  RecordLink,
  Target,
} from './record';

/**
 * The memory of what was sent where. Every call takes many records and is one transaction: it happens wholly or
 * not at all, also when several workers call at once.
 */
export interface Ledger {
  /** Which store each name means. */
  readonly stores: Stores;
  /** Which database this is: the same for all who have it open, and for copies of it. */
  readonly id: string;
  /**
   * Asks for the right to send these records. Of all who ask for one record at a time exactly one gets a token.
   * One outcome for each request, in the same order.
   */
  claim(requests: ClaimRequest[], options: ClaimOptions): Promise<ClaimOutcome[]>;
  /**
   * What `take` would answer now: as `claim`, but a person waits for no retry, nor for a test run of this process that has
   * left a record behind; with `asRun` it says what `claim` would answer. Takes nothing, and changes nothing.
   */
  preview(requests: ClaimRequest[], options?: { asRun?: boolean }): Promise<PreviewOutcome[]>;
  /**
   * Takes what was previewed before, be it long ago: only while the record holds the content that was seen then, or
   * the request's own. Of all who ask for one record at a time exactly one gets a token (`lookToken`), and what is
   * refused changes nothing. Whoever took it by the same look before goes on with it, as a retry. What is not completed
   * is given back: the record is what it was before, or what `claim` would have made due meanwhile.
   */
  take(requests: TakeRequest[]): Promise<ClaimOutcome[]>;
  /**
   * Keeps claimed records for their holder for another `leaseMs` from now; one answer for each token. False: the
   * record is somebody else's by now, or done, and must not be sent any more: what the holder has may be older than
   * what was sent since. A record that failed under this token is taken up again by it.
   */
  renew(tokens: string[], options: { leaseMs: number }): Promise<boolean[]>;
  /** Whether each token is of a record of this ledger, whatever has become of that record. */
  knows(tokens: string[]): Promise<boolean[]>;
  /** Which records these tokens are of; undefined for one that is no record's, or no more. */
  recordsOf(tokens: string[]): Promise<(RecordId | undefined)[]>;
  /** The records were sent. */
  complete(completions: Completion[]): Promise<Settlement[]>;
  /**
   * The records were not sent, because something on their way is only rehearsed: each waits to be sent, and no attempt is
   * counted. What a test run has is what it was before. Tokens that are no record's any more are left alone.
   */
  giveBack(tokens: string[]): Promise<Settlement[]>;
  /** The records could not be sent; the error's class decides what becomes of them. */
  fail(failures: Failure[], options?: { maxAttempts?: number }): Promise<Settlement[]>;

  /** Notes where records are in another system; a record not known so far counts as done. */
  link(links: RecordLink[]): Promise<void>;
  /** For each reference the records it names: one per flow, none when unknown. */
  lookUp(references: RecordReference[]): Promise<RecordView[][]>;
  /** For each of these numbers the records that people call so; several shops may have the same. */
  lookUpByNumber(numbers: string[]): Promise<RecordView[][]>;
  /** For each target the records that were written to it. */
  lookUpByTarget(targets: Target[]): Promise<RecordView[][]>;

  /** What was sent to these rows of other systems; undefined: nothing that is known, or can be read. */
  recall(targets: SentTo[]): Promise<(Memory | undefined)[]>;
  /**
   * Writes down what is about to be sent to a row. Before it is sent: where the answer is lost, it is known that it
   * may have arrived. Returns those that are too large to be kept: of their rows nothing is known from now on.
   */
  remember(entries: Array<{ target: SentTo; document: object }>): Promise<SentTo[]>;
  /** It was sent: what was remembered of a row is what it was sent last, and earlier attempts are forgotten. */
  confirm(confirmed: ConfirmedSent[]): Promise<void>;
  /** The rows are gone; with `attempts`: what was not confirmed was certainly not carried out, the rest holds. */
  forget(targets: SentTo[], options?: { only?: 'attempts' }): Promise<void>;

  getWatermark(flow: string): Promise<string | undefined>;
  /** Returns the watermark that holds afterwards. With `onlyForward` an older value changes nothing. */
  setWatermark(flow: string, value: string, options?: { onlyForward?: boolean }): Promise<string>;

  /**
   * Records to be sent now: due for a retry or requeued, or left behind by a worker that is gone. They are hidden
   * from the next call for `visibilityMs`, so that two ticks do not put out the same; a claim remains the arbiter.
   */
  due(query: DueQuery): Promise<DueRecord[]>;
  /** Most recently updated first, as `listHeld`. */
  listDead(query: StoppedQuery): Promise<StoppedRecord[]>;
  /** Records that wait for a person or for the other side to change. */
  listHeld(query: HeldQuery): Promise<StoppedRecord[]>;
  /** Where a fault of the mapping holds records: each row of each flow once. */
  failingRows(query: { flow?: string }): Promise<FailingRow[]>;
  /**
   * Sends dead letters and held records again, and brings waiting retries forward. `conflicts` goes with the record,
   * as `source.conflicts`, until its content is completed or changes.
   * Very many go a thousand in one transaction, as with `discard`.
   */
  requeue(selection: Selection, options?: { conflicts?: ConflictWinner }): Promise<Revision[]>;
  /**
   * Sends dead letters, held records and waiting retries again with a document that a person has changed. What came from
   * the source is kept beside it, and is no news when it comes again; newer content wins. The `source` of the document
   * stays as it was. For each edit the records that it is about.
   */
  edit(edits: Edit[]): Promise<Revision[][]>;
  /** Gives records up for good. The same content is not taken again, changed content is. */
  discard(selection: Selection): Promise<Revision[]>;
  /**
   * Sends again what is done or skipped, as it is, a thousand in one transaction: a column is mapped by now that was not, say. Where the document is
   * not kept any more, the record waits until its source brings it in again. Longest finished first.
   */
  resend(query: ResendQuery, options?: { lookOnly?: boolean }): Promise<ResentRecord[]>;
  /** Goes through all records, which takes a second where there are a million. */
  statistics(query?: { flow?: string }): Promise<Statistics>;
  /** The flows that have records, and how many of those are not finished. At once, however many are. */
  flows(): Promise<OpenFlow[]>;
  /** How many records there are. */
  count(): Promise<number>;
  /**
   * Forgets what was done or skipped longer ago than this, and what was sent to rows that nothing was sent to for as long
   * as any flow keeps its records. Facts of a record (`factOf`) live as long as the record. Returns how many records were
   * forgotten.
   */
  purge(query: PurgeQuery): Promise<number>;
  close(): Promise<void>;
}

export interface ClaimRequest extends RecordId {
  /** What people call the flow; the latest holds. Left out: it keeps the name that it has. */
  flowName?: string;
  /** Of the content, as `contentHash` gives it. */
  hash: string;
  /** Orders contents in time: a date, or a number that grows. Older content than known is refused. */
  version?: string;
  /** What is needed to send the record again. */
  payload: object;
  /** What the pack itself has written back into the record. */
  ownWrites?: OwnWrites;
}

export interface ClaimOptions {
  leaseMs: number;
  /** Whether a node on the way is known to be dry, so that what is given back may be due at once. */
  isGivenBack?: boolean;
}

/** These come with a token: the record is the caller's until it is settled or the lease ends. */
export const CLAIMED_OUTCOMES = ['new', 'changed', 'retry', 'reclaimed'] as const;
/**
 * `unchanged`: already sent. `busy`: someone else has it, or its next attempt is not due. `stale`: newer content
 * is known. `dead`: this content is a dead letter. `held`: this content waits for a person or for a change.
 */
export const SKIPPED_OUTCOMES = ['unchanged', 'busy', 'stale', 'dead', 'held'] as const;

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
        /** What the person who released the record said of conflicts. */
        conflicts?: ConflictWinner;
      }
    | { outcome: SkippedOutcome; target?: Target }
  );

/** Without a token, because nothing was taken. */
export type PreviewOutcome =
  | (RecordId & {
      outcome: ClaimedOutcome;
      attempt: number;
      hash: string;
      /** Content that the record has now; left out: there is no record. */
      seen?: string;
      target?: Target;
      conflicts?: ConflictWinner;
    })
  | (RecordId & { outcome: SkippedOutcome; target?: Target });

export interface TakeRequest extends ClaimRequest {
  /** Which preview it comes from: one name for each record of each preview. */
  look: string;
  /** Which run takes it. */
  run: string;
  /** What the preview said of the record's content. */
  seen?: string;
  /** When that was, in milliseconds since the epoch. */
  at: number;
  leaseMs: number;
}

export interface Completion {
  token: string;
  /** `skipped`: looked at, and nothing was to be sent. `held`: not to be sent now; `remark` says why. */
  outcome?: 'done' | 'skipped' | 'held';
  /** What became of the record, for people: "Refund of 20.00 USD in the shop". At most 500 characters are kept. */
  remark?: string;
  /**
   * Facts of the record (`factOf`) that were remembered while it was worked on, and are confirmed together with its
   * end: what has been acted upon is known exactly where the record is done.
   */
  facts?: string[];
  links?: Array<Target & { targetHash?: string }>;
}

export interface Failure {
  token: string;
  message: string;
  details: Pick<ErrorDetails, 'class' | 'code' | 'fix' | 'retryAfterMs' | 'rule'>;
}

/**
 * `given-back`: a test run had it and could not send it, so it is what it was before; `state` is left out where there was
 * no record. `superseded`: newer content had arrived meanwhile and is due now. `lost-lease`: the token is no longer the
 * record's; nothing was changed, whoever holds the record now settles it.
 */
export interface Settlement extends Partial<RecordId> {
  outcome:
    'done' | 'skipped' | 'retry' | 'dead' | 'held' | 'given-back' | 'superseded' | 'lost-lease';
  state?: LedgerState;
  /** What people call the record. */
  number?: string;
  /** Why the record is held, waits for the mapping to be mended, or is a dead letter. */
  reason?: string;
  /** What a person can do about it. */
  repair?: string;
  /** It waits until a row of the mapping, or a node, is mended. */
  heldByMapping?: true;
  /** How often a dead letter was tried. */
  attempts?: number;
  remark?: string;
  nextAttempt?: number;
}

export interface RecordReference {
  key: string;
  /** Left out: in every flow. */
  flow?: string;
}

export interface RecordView extends RecordId {
  /** What people call the flow, where somebody has said so. */
  flowName?: string;
  /** What people call the record, such as the number of an order; its id in its system where nobody has said it. */
  number: string;
  state: LedgerState;
  hash: string;
  version?: string;
  attempts: number;
  error?: RecordError;
  remark?: string;
  /** A person has changed the document. */
  edited?: true;
  conflicts?: ConflictWinner;
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

export interface StoppedQuery extends ListQuery {
  /** False: without documents, which take most of the time. */
  documents?: boolean;
}

export interface HeldQuery extends StoppedQuery {
  /** True: only those that ask a person; false: only those that wait for the other side. */
  forPerson?: boolean;
}

export interface ResendQuery extends ListQuery {
  /** Left out: both. */
  states?: Array<'done' | 'skipped'>;
  /** What people call the records, such as the numbers of orders; left out: all. */
  numbers?: string[];
  /** When they were done or skipped, in milliseconds since the epoch: from the first on, before the second. */
  from?: number;
  to?: number;
  /**
   * Whether a record whose document is not kept any more becomes one that waits until its source brings it in again. Left
   * out: it is left as it is.
   */
  waitsForSource?: boolean;
}

/** As the record is now. */
export interface ResentRecord extends RecordView {
  /** False where somebody has only looked. */
  changed: boolean;
  finishedAt: number;
  hasDocument: boolean;
}

export interface PurgeQuery {
  /** Left out: of all flows, except for those that were ever purged by their own name: these say it themselves. */
  flow?: string;
  /** Left out: for ever. */
  olderThanMs?: number;
  /** Documents of what is done or skipped may be forgotten before. Left out: with their records. */
  documentsOlderThanMs?: number;
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

export interface StoppedRecord extends RecordView {
  /** Absent when nobody asked for it, when it is not kept any more, or was sealed with an encryption key that is not at hand. */
  document?: object;
}

/** A row of the mapping, or a whole node, at which records stop and wait; its name is `latest.error.rule`. */
export interface FailingRow {
  /** The record that was tried last. */
  latest: RecordView;
  /** How many wait. */
  records: number;
  /** When a record of the flow went last through the published workflow and was done; 0: never. */
  lastDoneAt: number;
}

/** `all`: of the dead letters, or of the records in another state that somebody has to end. */
export type Selection = RecordReference[] | { all: true; state?: 'dead' | 'held'; flow?: string };

export interface Edit extends RecordReference {
  document: object;
}

export interface Revision extends RecordId {
  /** What people call the record. */
  number: string;
  state: LedgerState;
  /** False when the record's state does not allow it. */
  changed: boolean;
}

export interface OpenFlow extends Pick<FlowStatistics, 'flow' | 'flowName'> {
  states: Record<OpenState, number>;
}

export interface FlowStatistics {
  flow: string;
  /** What people call the flow, where somebody has said so. */
  flowName?: string;
  states: Record<LedgerState, number>;
  /** Could be sent now. */
  due: number;
  /** Of those in `retry`: waiting for a row of the mapping, or a node, to be mended. */
  heldByMapping: number;
  /** Of those in `held`: asking a person to decide. The others wait for the other side to change. */
  heldForPerson: number;
  /** When the longest waiting of those became due. */
  oldestDueAt?: number;
  /** When a record was last done. */
  lastDoneAt?: number;
  deadByClass: Partial<Record<ErrorDetails['class'], number>>;
}

export interface Statistics {
  total: Omit<FlowStatistics, 'flow' | 'flowName'>;
  flows: FlowStatistics[];
}
