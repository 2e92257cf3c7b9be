import { decideBySource } from './bySource';
import {
  type ClaimContext,
  type ClaimDecision,
  decideClaim,
  decideRenew,
  isClaimed,
  lendAgain,
  skip,
} from './claim';
import { asItStands, givenBack } from './giveBack';
import type { ClaimRequest, TakeRequest } from './ledger';
import { isAbandoned, isFinished, isTried, type LedgerRecord } from './record';

/** What of the context is the same for all requests; lease and token are each request's own. */
export type TakeContext = Omit<ClaimContext, 'former' | 'leaseMs' | 'newToken'> & {
  /** What was finished before this time may have been purged since. */
  purgedBefore: number;
};

/**
 * The token under which a run takes what a look has seen. It says both: so whoever comes behind the node that took the
 * record can tell that it was taken by this very run, and a later run that the look was the same one.
 */
export function lookToken({ look, run }: Pick<TakeRequest, 'look' | 'run'>): string {
  return `${look}:${run}`;
}

function isOfLook({ token }: LedgerRecord, { look }: TakeRequest): boolean {
  return token?.startsWith(`${look}:`) ?? false;
}

/**
 * What is known of a record for a person who looks now. What a test run of this process has left behind is taken over: of
 * nodes that write just now the caller knows, and a person who runs one step and then all of them waits for no lease.
 */
export function asPersonFinds(
  found: LedgerRecord | undefined,
  context: Pick<ClaimContext, 'now' | 'isGone' | 'owner'>,
): LedgerRecord | undefined {
  const isOwn = found && isTried(found) && found.owner === context.owner;
  return isOwn ? givenBack(found) : asItStands(found, context);
}

/** A person who has mended a mapping need not wait for the next attempt to see that it goes. */
function dueNow(known: LedgerRecord | undefined, now: number): LedgerRecord | undefined {
  const waits = known?.state === 'retry' || known?.state === 'pending';
  return waits && known.dueAt !== undefined
    ? { ...known, dueAt: Math.min(known.dueAt, now) }
    : known;
}

/** What a claim by a person would mean. */
export function decideLook(
  found: LedgerRecord | undefined,
  request: ClaimRequest,
  context: ClaimContext,
): ClaimDecision {
  const known = dueNow(asPersonFinds(found, context), context.now);
  return decideBySource(known, request, (one, asked) => decideClaim(one, asked, context));
}

/**
 * A person tries the same look once more, or another branch of the same run comes to write. What was sent under it
 * before may have arrived, so it is a retry. Another process may still be at it; of this one the caller knows.
 */
function takeAgain(
  known: LedgerRecord,
  request: TakeRequest,
  context: ClaimContext,
): ClaimDecision {
  if (isFinished(known)) return skip('unchanged', known);
  if (known.token === lookToken(request)) {
    return { outcome: 'retry', record: decideRenew(known, context) ?? known, keepPayload: false };
  }
  const isElsewhere = known.state === 'in_flight' && known.owner !== context.owner;
  if (isElsewhere && !isAbandoned(known, context)) return skip('busy', known);
  return lendAgain('retry', known, context);
}

/**
 * The look may be old, because what a node put out can be pinned. Content without a version cannot be told to be older
 * than what was sent since, so it is taken only over what was seen, or over itself; and where no record is left, only
 * where none can have been purged since.
 */
function isAsSeen(known: LedgerRecord | undefined, request: TakeRequest, purgedBefore: number) {
  if (!known) return request.seen === undefined && request.at >= purgedBefore;
  return known.hash === request.seen || known.hash === request.hash;
}

/** What it means for a record when somebody who has looked at it before comes to send it. Pure, as `decideClaim`. */
export function decideTake(
  found: LedgerRecord | undefined,
  request: TakeRequest,
  { purgedBefore, ...given }: TakeContext,
): ClaimDecision {
  const newToken = (): string => lookToken(request);
  const { leaseMs } = request;
  const context: ClaimContext = { ...given, leaseMs, newToken };
  if (found && isOfLook(found, request)) {
    const former = found.former ?? { record: found };
    return decideBySource(found, request, () => takeAgain(found, request, { ...context, former }));
  }
  const record = asPersonFinds(found, context);
  const decision = decideLook(found, request, { ...context, former: { record } });
  // Of what is refused nothing is noted: the request is a person's trial, and its content may be of yesterday.
  if (!isClaimed(decision)) return { ...decision, record: found, keepPayload: false };
  return isAsSeen(record, request, purgedBefore) ? decision : skip('stale', found);
}
