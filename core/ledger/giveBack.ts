import { type ClaimContext, type ClaimDecision, decideClaim, isClaimed } from './claim';
import { decideBySource } from './bySource';
import type { ClaimRequest } from './ledger';
import { isAbandoned, isTried, type LedgerRecord } from './record';

/**
 * What a test run has taken and does not complete is given back: the record is what it was before. Whoever tries a
 * mapping neither makes dead letters of orders, nor has a sample sent later that nobody has published. What a published
 * workflow has taken and a dry node of it has not written waits instead (`decideGiveBack`): nobody else may bring it again.
 */

/** What a record that a test run has taken is without that; undefined: there is none. */
export function givenBack({ former, number }: LedgerRecord): LedgerRecord | undefined {
  const record = former?.record;
  return record && record.number === undefined ? { ...record, number } : record;
}

/** What is known of a record by now: a test run that has left it gives it back without a word. */
export function asItStands(
  found: LedgerRecord | undefined,
  context: Pick<ClaimContext, 'now' | 'isGone'>,
): LedgerRecord | undefined {
  return found && isTried(found) && isAbandoned(found, context) ? givenBack(found) : found;
}

/** What was claimed, as a record that waits and is due now; no attempt is counted. */
function queued(
  claimed: LedgerRecord,
  before: LedgerRecord | undefined,
  now: number,
): LedgerRecord {
  const isChanged = claimed.hash !== before?.hash;
  return {
    ...claimed,
    state: 'retry',
    attempts: claimed.attempts - 1,
    original: isChanged ? undefined : claimed.original,
    owner: undefined,
    token: undefined,
    dueAt: now,
    hiddenUntil: 0,
    startedAt: before?.startedAt,
    former: undefined,
  };
}

/**
 * What a claim of the published flow means, also while a test run has the record: what it would have got then is noted
 * on what the test run gives back, and due as soon as it does.
 */
export function decideForFlow(
  found: LedgerRecord | undefined,
  request: ClaimRequest,
  { isGivenBack = false, ...given }: ClaimContext & { isGivenBack?: boolean },
): ClaimDecision {
  const context: ClaimContext = isGivenBack ? { ...given, former: { isPublished: true } } : given;
  const decide = (known: LedgerRecord | undefined): ClaimDecision =>
    decideBySource(known, request, (one, asked) => decideClaim(one, asked, context));
  const known = asItStands(found, given);
  const decision = decide(known);
  if (!known || !isTried(known) || !decision.record) return decision;
  const before = known.former?.record;
  const then = decide(before);
  const isWanted = isClaimed(then);
  const record = isWanted ? queued(then.record, before, given.now) : then.record;
  return {
    outcome: isWanted ? 'busy' : then.outcome,
    record:
      record === before
        ? decision.record
        : { ...decision.record, former: { ...known.former, record } },
    keepPayload: isWanted || decision.keepPayload,
  };
}
