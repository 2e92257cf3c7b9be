import {
  isDue,
  isFinished,
  lacksDocument,
  promoteWaiting,
  type ConflictWinner,
  type LedgerRecord,
  type LedgerState,
} from './record';

export interface ReviseDecision {
  record: LedgerRecord;
  changed: boolean;
}

const unchanged = (record: LedgerRecord): ReviseDecision => ({ record, changed: false });

const REQUEUED: ReadonlySet<LedgerState> = new Set(['dead', 'held', 'retry', 'pending']);

export interface RequeueContext {
  now: number;
  /** Left out: the node that writes decides, also where an earlier release had said something else. */
  conflicts?: ConflictWinner;
}

/** A person sends it again: due at once, attempts from the start. What is done has nothing left to send. */
export function decideRequeue(
  record: LedgerRecord,
  { now, conflicts }: RequeueContext,
): ReviseDecision {
  if (!REQUEUED.has(record.state)) return unchanged(record);
  const queued: LedgerRecord = {
    ...record,
    state: 'pending',
    attempts: 0,
    failedAt: undefined,
    conflicts,
    token: undefined,
    owner: undefined,
    dueAt: lacksDocument(record) ? undefined : now,
    hiddenUntil: 0,
    updatedAt: now,
  };
  return { record: queued, changed: true };
}

/** A person sends it again with another document; what came from the source stays known. */
export function decideEdit(
  record: LedgerRecord,
  { now, hash, remark }: { now: number; hash: string; remark: string },
): ReviseDecision {
  const { record: requeued, changed } = decideRequeue(record, { now });
  if (!changed) return unchanged(record);
  const queued = { ...requeued, dueAt: now };
  const original = record.original ?? record.hash;
  // Changed back: nothing is left of the change, and the document of its source is kept.
  if (hash === original)
    return { record: { ...queued, hash, original: undefined, remark: undefined }, changed };
  return { record: { ...queued, hash, original, remark }, changed };
}

export interface ResendContext {
  now: number;
  hasDocument: boolean;
  /** Whether a record without its document waits for its source, and is not left as it is. */
  waitsForSource?: boolean;
}

/**
 * A person sends again what is finished, unchanged as it is. Without its document it cannot be handed out: it is left as
 * it is, or waits for its source.
 */
export function decideResend(
  record: LedgerRecord,
  { now, hasDocument, waitsForSource }: ResendContext,
): ReviseDecision {
  if (!isFinished(record) || !(hasDocument || waitsForSource)) return unchanged(record);
  const queued: LedgerRecord = {
    ...record,
    state: 'pending',
    attempts: 0,
    failedAt: undefined,
    error: undefined,
    token: undefined,
    owner: undefined,
    dueAt: hasDocument ? now : undefined,
    // Its source brings in what it has, whatever a person had made of it.
    ...(!hasDocument && { hash: record.original ?? record.hash, original: undefined }),
    hiddenUntil: 0,
    updatedAt: now,
  };
  return { record: queued, changed: true };
}

export interface DiscardContext {
  now: number;
  isGone(owner: string): boolean;
}

/** A person gives it up. Not while someone is sending it, and not what was newer than what was given up. */
export function decideDiscard(
  record: LedgerRecord,
  { now, isGone }: DiscardContext,
): ReviseDecision {
  const { state, owner } = record;
  if (isFinished(record)) return unchanged(record);
  if (state === 'in_flight') {
    const isLive = !isDue(record, now) && !(owner !== undefined && isGone(owner));
    if (isLive) return unchanged(record);
    if (record.waitingHash !== undefined)
      return { record: promoteWaiting(record, now), changed: true };
  }
  const given: LedgerRecord = {
    ...record,
    state: 'skipped',
    former: undefined,
    token: undefined,
    owner: undefined,
    dueAt: undefined,
    hiddenUntil: 0,
    updatedAt: now,
  };
  return { record: given, changed: true };
}
