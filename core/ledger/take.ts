import { isAbandoned, lendAgain, skip, decideClaim, decideRenew } from './claim';
import type { ClaimContext, ClaimDecision } from './claim';
import { CLAIMED_OUTCOMES, type TakeRequest } from './ledger';
import type { LedgerRecord } from './record';

/** What of the context is the same for all requests; lease and token are each request's own. */
export type TakeContext = Omit<ClaimContext, 'byHand' | 'leaseMs' | 'newToken'>;

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
 * A person tries the same look once more, or another branch of the same run comes to write. What was sent under it
 * before may have arrived, so it is a retry. Another process may still be at it; of this one the caller knows.
 */
function takeAgain(
  known: LedgerRecord,
  request: TakeRequest,
  context: ClaimContext,
): ClaimDecision {
  if (known.state === 'done' || known.state === 'skipped') return skip('unchanged', known);
  if (known.token === lookToken(request)) {
    return { outcome: 'retry', record: decideRenew(known, context) ?? known, keepPayload: false };
  }
  const isElsewhere = known.state === 'in_flight' && known.owner !== context.owner;
  if (isElsewhere && !isAbandoned(known, context)) return skip('busy', known);
  return lendAgain('retry', known, context);
}

const isTaken = ({ outcome }: ClaimDecision): boolean =>
  CLAIMED_OUTCOMES.some((taken) => taken === outcome);

/**
 * The look may be old, because what a node put out can be pinned. Content without a version cannot be told to be older
 * than what was sent since, so it is taken only over what was seen, or over itself.
 */
function takeFirst(
  known: LedgerRecord | undefined,
  request: TakeRequest,
  context: ClaimContext,
): ClaimDecision {
  const decision = decideClaim(known, request, context);
  // Of what is refused nothing is noted: the request is a person's trial, and its content may be of yesterday.
  if (!known) return decision;
  if (!isTaken(decision)) return { ...decision, record: known, keepPayload: false };
  const isAsSeen = known.hash === request.seen || known.hash === request.hash;
  return isAsSeen ? decision : skip('stale', known);
}

/** What it means for a record when somebody who has looked at it before comes to send it. Pure, as `decideClaim`. */
export function decideTake(
  known: LedgerRecord | undefined,
  request: TakeRequest,
  { now, owner, isGone }: TakeContext,
): ClaimDecision {
  const newToken = (): string => lookToken(request);
  const { leaseMs } = request;
  const context: ClaimContext = { now, owner, isGone, leaseMs, newToken, byHand: true };
  return known && isOfLook(known, request)
    ? takeAgain(known, request, context)
    : takeFirst(known, request, context);
}
