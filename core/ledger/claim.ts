import { CLAIMED_OUTCOMES } from './ledger';
import type { ClaimedOutcome, ClaimRequest, SkippedOutcome } from './ledger';
import { isSetBack } from './ownWrites';
import {
  type Former,
  isAbandoned,
  isDue,
  isTried,
  type LedgerRecord,
  type LedgerState,
} from './record';
import { isOlder, newest } from './version';

export interface ClaimContext {
  now: number;
  leaseMs: number;
  owner: string;
  /** A person tries the workflow, and gives back this where nothing comes of it; or a node of it is dry. */
  former?: Former;
  newToken(): string;
  /** Whether a lease's owner provably runs no more. */
  isGone(owner: string): boolean;
}

export interface ClaimDecision {
  outcome: ClaimedOutcome | SkippedOutcome;
  /** The record as it is from now on; the same object when nothing changes. Left out: there is none. */
  record?: LedgerRecord;
  /** Whether the request's payload is to be kept. */
  keepPayload: boolean;
}

/** Whether whoever asked has it now. */
export function isClaimed(
  decision: ClaimDecision,
): decision is ClaimDecision & { record: LedgerRecord } {
  return CLAIMED_OUTCOMES.some((claimed) => claimed === decision.outcome);
}

type Decide = (known: LedgerRecord, request: ClaimRequest, context: ClaimContext) => ClaimDecision;

/** A worker that dies this often over the same content dies of the content. */
export const MAX_ABANDONED_ATTEMPTS = 8;

export const skip = (outcome: SkippedOutcome, record?: LedgerRecord): ClaimDecision => ({
  outcome,
  record,
  keepPayload: false,
});

/** Lends the record as it stands to the one who asks. */
function lend(record: LedgerRecord, context: ClaimContext): LedgerRecord {
  return {
    ...record,
    state: 'in_flight',
    attempts: record.attempts + 1,
    owner: context.owner,
    token: context.newToken(),
    dueAt: context.now + context.leaseMs,
    hiddenUntil: 0,
    startedAt: isTried(context) ? undefined : context.now,
    former: context.former,
    updatedAt: context.now,
  };
}

function lendNew(request: ClaimRequest, context: ClaimContext): ClaimDecision {
  const { flow, key, hash, version } = request;
  const { now } = context;
  const record: LedgerRecord = {
    flow,
    key,
    hash,
    version,
    state: 'pending',
    attempts: 0,
    hiddenUntil: 0,
    createdAt: now,
    updatedAt: now,
  };
  return { outcome: 'new', record: lend(record, context), keepPayload: true };
}

/** The record for its holder for longer; undefined when it is no more for the holder to send. */
export function decideRenew(
  record: LedgerRecord,
  { now, leaseMs, owner }: Pick<ClaimContext, 'now' | 'leaseMs' | 'owner'>,
): LedgerRecord | undefined {
  const { state, dueAt = 0 } = record;
  if (state === 'done' || state === 'skipped') return undefined;
  if (state === 'in_flight' && dueAt >= now + leaseMs / 2) return record;
  // What one branch of a run has given back, and another comes to send, is handed out once more: that attempt counts.
  const isAgain = state === 'retry' && record.startedAt === undefined;
  return {
    ...record,
    ...(isAgain && { attempts: record.attempts + 1, startedAt: now }),
    state: 'in_flight',
    owner,
    dueAt: now + leaseMs,
    hiddenUntil: 0,
  };
}

/** The request's content takes the place of all that was known; its attempts count from the start. */
function lendChanged(
  known: LedgerRecord,
  request: ClaimRequest,
  context: ClaimContext,
): ClaimDecision {
  const record: LedgerRecord = {
    ...known,
    hash: request.hash,
    version: newest(known.version, request.version),
    waitingHash: undefined,
    waitingVersion: undefined,
    attempts: 0,
    failedAt: undefined,
    error: undefined,
    remark: undefined,
    // Whoever decided a conflict had seen the former content.
    conflicts: undefined,
  };
  return { outcome: 'changed', record: lend(record, context), keepPayload: true };
}

export const lendAgain = (
  outcome: 'retry' | 'reclaimed',
  known: LedgerRecord,
  context: ClaimContext,
): ClaimDecision => ({ outcome, record: lend(known, context), keepPayload: false });

/** Nothing is to be done for content that is known, except to remember that it is still current. */
export function seenAgain(
  outcome: SkippedOutcome,
  known: LedgerRecord,
  request: ClaimRequest,
): ClaimDecision {
  const version = newest(known.version, request.version);
  return skip(outcome, version === known.version ? known : { ...known, version });
}

const afterSettled =
  (outcome: SkippedOutcome): Decide =>
  (known, request, context) =>
    request.hash === known.hash
      ? seenAgain(outcome, known, request)
      : lendChanged(known, request, context);

const whenDone: Decide = (known, request, context) =>
  isSetBack(known, request)
    ? lendChanged(known, request, context)
    : afterSettled('unchanged')(known, request, context);

/** An unchanged record keeps its place in the queue: a poll that sees it again must not use up its attempts. */
const whenQueued: Decide = (known, request, context) => {
  if (request.hash !== known.hash) return lendChanged(known, request, context);
  return isDue(known, context.now)
    ? lendAgain('retry', known, context)
    : seenAgain('busy', known, request);
};

/** Someone else is sending it. What is newer waits on the record, and is due as soon as that one is done. */
const whenInFlight: Decide = (known, request) => {
  const { hash, version } = request;
  if (hash === known.hash) {
    // Changed, and changed back: what waited is history. Only a version can tell that from a repeated delivery.
    const isBack = known.waitingHash !== undefined && isOlder(known.waitingVersion, version);
    if (!isBack) return skip('busy', known);
    return skip('busy', {
      ...known,
      version: newest(known.version, version),
      waitingHash: undefined,
      waitingVersion: undefined,
    });
  }
  if (hash === known.waitingHash) {
    const waitingVersion = newest(known.waitingVersion, version);
    const same = waitingVersion === known.waitingVersion;
    return skip('busy', same ? known : { ...known, waitingVersion });
  }
  const record = { ...known, waitingHash: hash, waitingVersion: version };
  return { outcome: 'busy', record, keepPayload: true };
};

function bury(known: LedgerRecord, { now }: ClaimContext): LedgerRecord {
  return {
    ...known,
    state: 'dead',
    dueAt: undefined,
    owner: undefined,
    token: undefined,
    updatedAt: now,
    error: {
      class: 'unknown',
      code: 'ABANDONED',
      message: `${known.attempts} runs took this record and ended without completing or failing it`,
      fix: 'Look at the executions of the workflow: does every way to its end lead to Complete or Fail? Then requeue the record.',
    },
  };
}

/** The one who had it is gone, or took longer than the lease. */
const whenAbandoned: Decide = (known, request, context) => {
  if (request.hash !== known.hash) return lendChanged(known, request, context);
  if (known.attempts >= MAX_ABANDONED_ATTEMPTS && known.waitingHash === undefined) {
    return skip('dead', bury(known, context));
  }
  return lendAgain('reclaimed', known, context);
};

const DECISIONS: Record<LedgerState, Decide> = {
  pending: whenQueued,
  retry: whenQueued,
  in_flight: (known, request, context) =>
    isAbandoned(known, context)
      ? whenAbandoned(known, request, context)
      : whenInFlight(known, request, context),
  done: whenDone,
  skipped: whenDone,
  dead: afterSettled('dead'),
  held: afterSettled('held'),
};

/** Older than what is known, and not one of the contents that are known. */
function isStale(known: LedgerRecord, { hash, version }: ClaimRequest): boolean {
  if (hash === known.hash || hash === known.waitingHash) return false;
  return isOlder(version, newest(known.version, known.waitingVersion));
}

/** What a claim means for a record, given all that is known of it. Pure: the storage makes it atomic. */
export function decideClaim(
  known: LedgerRecord | undefined,
  request: ClaimRequest,
  context: ClaimContext,
): ClaimDecision {
  if (!known) return lendNew(request, context);
  if (isStale(known, request)) return skip('stale', known);
  return DECISIONS[known.state](known, request, context);
}
