import type { ErrorClass } from '../errors';

/**
 * ```
 *             claim            complete
 *   (nothing) ─────► in_flight ────────► done | skipped
 *                     │  ▲  │              │ changed content
 *                fail │  │  │ hold         └──────────────► in_flight
 *                     │  │  │
 *                     │  │  └──► held ──changed content──► in_flight
 *                     │  │        └──requeue──► pending ──claim──► in_flight
 *                     ▼  │ claim, due
 *                    retry ──attempts used up──► dead ──requeue──► pending ──claim──► in_flight
 *
 *             take            complete
 *   (any) ─────────► in_flight ────────► done | skipped
 *     ▲               │   of a test run
 *     └─fail, hold, lease ended
 * ```
 *
 * `held` is not to be sent now, and nothing has failed: it is unpaid, say, or a person is to decide. Its `error` has
 * the class `held` and says why.
 */
export const LEDGER_STATES = [
  'pending',
  'in_flight',
  'retry',
  'held',
  'done',
  'dead',
  'skipped',
] as const;

export type LedgerState = (typeof LEDGER_STATES)[number];
/** Of what is not finished. */
export type OpenState = Exclude<LedgerState, 'done' | 'skipped'>;

/** One record of one system, on its way through one flow. Two flows send the same record independently. */
export interface RecordId {
  flow: string;
  /** `platform:store:kind:id` */
  key: string;
}

export interface RecordError {
  class: ErrorClass;
  code?: string;
  /** Redacted before it is kept. */
  message: string;
  fix?: string;
  /**
   * Where every record of the flow passes and this one failed: the target of a row of the mapping, or `*` for a node that
   * is set up wrong as a whole.
   */
  rule?: string;
}

/** Who wins where both sides changed the same field, when a person has said so. */
export type ConflictWinner = 'source' | 'target';

/** What a record was before something was tried on it; `record` is left out where there was none. */
export interface Former {
  record?: LedgerRecord;
  /**
   * A published workflow has it of which a node is dry. It has been claimed as ever, and nothing is kept of what it was: what it has
   * become by that is sent when the node writes.
   */
  isPublished?: true;
}

/** Whether a person has it, who tries a workflow. */
export const isTried = ({ former }: Pick<LedgerRecord, 'former'>): boolean =>
  former !== undefined && !former.isPublished;

/** What the ledger knows of a record, apart from its payload. Times are milliseconds since the epoch. */
export interface LedgerRecord extends RecordId {
  /** What people call it, such as the number of an order; absent where nobody has said it. */
  number?: string;
  state: LedgerState;
  /** Content that was accepted last; empty when the record is known by a link alone. */
  hash: string;
  version?: string;
  /**
   * Where a person has changed the document: the content that came from its source. Whoever brings that in again has
   * nothing new.
   */
  original?: string;
  /** How often this content has been handed out. */
  attempts: number;
  owner?: string;
  /** Of the last hand-out. Whoever shows it may settle the record. */
  token?: string;
  /** `in_flight`: when the lease ends. `retry`, `pending`: earliest next attempt. Otherwise absent. */
  dueAt?: number;
  /** Already handed out as due; not again before this time. Does not bind a claim. */
  hiddenUntil: number;
  /** Newer content that came while an older one was in flight. Only in `in_flight`. */
  waitingHash?: string;
  waitingVersion?: string;
  /**
   * A test run has it, and gives back this where it does not complete it; what the published flow wants sent meanwhile is noted
   * there. Only in `in_flight`. Or a published workflow has it, or has given it back, of which a node is dry.
   */
  former?: Former;
  error?: RecordError;
  /** What became of this content beside its state, for people; redacted before it is kept. */
  remark?: string;
  /** What the person who released this content said of conflicts. Until it is completed. */
  conflicts?: ConflictWinner;
  /** When this content last failed; of a failure at a row of the mapping, when that attempt began. */
  failedAt?: number;
  /**
   * When it was last handed out to a published workflow. Not by hand: a test run may use a mapping that nobody has
   * published, and says nothing of the one that the others go by. Absent as well where it was given back.
   */
  startedAt?: number;
  createdAt: number;
  updatedAt: number;
}

/** Where a record went: a row of another system. */
export interface Target {
  /** Such as `dataverse`. */
  system: string;
  /** Such as `salesorder`. */
  table: string;
  id: string;
}

export interface RecordLink extends RecordId, Target {
  /** Hash of what was written there, so that its echo is known when it comes back as a change. */
  targetHash?: string;
}

/** What people call a record; its id in its system where nobody has said it. */
export function numberOf({ number, key }: Pick<LedgerRecord, 'key' | 'number'>): string {
  return number ?? (key.split(':').slice(3).join(':') || key);
}

/** A record's identity as one string, for maps. */
export function idText({ flow, key }: RecordId): string {
  return `${flow}\u0000${key}`;
}

/** Done, or given up: nothing is left to do. */
export function isFinished({ state }: Pick<LedgerRecord, 'state'>): boolean {
  return state === 'done' || state === 'skipped';
}

/** Contents whose payload is kept; that of a finished record until it is purged, so that a person can send it again. */
export function neededPayloads(record: LedgerRecord): string[] {
  const { hash, waitingHash, original, former } = record;
  const own = [hash, waitingHash, original].filter((content) => content !== undefined);
  return former?.record ? [...own, ...neededPayloads(former.record)] : own;
}

/**
 * To be sent again, but its document is not kept any more: nothing to hand out, and due as soon as its source brings it
 * in again.
 */
export function awaitsDocument({ state, dueAt }: LedgerRecord): boolean {
  return state === 'pending' && dueAt === undefined;
}

/** Why a record is dead of which nothing is kept that could be sent. */
export const DOCUMENT_MISSING = 'DOCUMENT_MISSING';

/** Only its source can bring such a record in again: nothing of it is there to be handed out. */
export function lacksDocument(record: LedgerRecord): boolean {
  const isBuried = record.state === 'dead' && record.error?.code === DOCUMENT_MISSING;
  return isBuried || awaitsDocument(record);
}

/** Further ahead of the clock than the time of a record can be by a late answer. */
export const CLOCK_TURNED_BACK_MS = 10 * 60_000;

/**
 * Whether the time has come for a record that waits, or whose lease runs. A record from the future says that the
 * clock was turned back: then its times mean nothing, and waiting for them could take for ever.
 */
export function isDue({ dueAt = 0, updatedAt }: LedgerRecord, now: number): boolean {
  return dueAt <= now || updatedAt > now + CLOCK_TURNED_BACK_MS;
}

/** Whoever has it is gone, or its lease has ended. */
export function isAbandoned(
  record: LedgerRecord,
  { now, isGone }: { now: number; isGone(owner: string): boolean },
): boolean {
  return isDue(record, now) || (record.owner !== undefined && isGone(record.owner));
}

/** The newer content that waited becomes the record's content, due at once. */
export function promoteWaiting(record: LedgerRecord, now: number): LedgerRecord {
  return {
    ...record,
    state: 'retry',
    hash: record.waitingHash ?? record.hash,
    version: record.waitingVersion ?? record.version,
    waitingHash: undefined,
    waitingVersion: undefined,
    former: undefined,
    original: undefined,
    // What is known of the former content says nothing of this one.
    error: undefined,
    remark: undefined,
    conflicts: undefined,
    attempts: 0,
    failedAt: undefined,
    owner: undefined,
    token: undefined,
    dueAt: now,
    hiddenUntil: 0,
    updatedAt: now,
  };
}
