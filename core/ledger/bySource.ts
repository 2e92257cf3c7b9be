import { type ClaimDecision, seenAgain, skip } from './claim';
import type { ClaimRequest, SkippedOutcome } from './ledger';
import { asWritten } from './ownWrites';
import { lacksDocument, type LedgerRecord, type LedgerState } from './record';

export type Decide<Request> = (known: LedgerRecord | undefined, request: Request) => ClaimDecision;

/** What the ledger reads of the `source` of a document (`core/commerce/source.ts`). */
interface SourceWords {
  number?: string;
  edited?: string;
}

/** Nobody checks what a user's own nodes put there. */
function wordsOf(document: object): SourceWords {
  const { source } = document as { source?: unknown };
  if (typeof source !== 'object' || source === null) return {};
  const { number, edited } = source as Record<string, unknown>;
  return {
    ...(typeof number === 'string' && number !== '' && { number }),
    ...(typeof edited === 'string' && { edited }),
  };
}

/** A record of which no document is kept has it from whoever brings it in. */
function withDocument(known: LedgerRecord | undefined, decision: ClaimDecision): ClaimDecision {
  const isBrought = known && lacksDocument(known) && decision.record?.state === 'in_flight';
  return isBrought ? { ...decision, keepPayload: true } : decision;
}

/** What is kept of a record is what stands under its content. */
const keptAs = (isNew: boolean, decision: ClaimDecision): ClaimDecision =>
  isNew ? { ...decision, keepPayload: true } : decision;

/** Dead for want of its document alone: it waits for whoever brings that in. */
function asWaiting(known: LedgerRecord | undefined): LedgerRecord | undefined {
  if (known?.state !== 'dead' || !lacksDocument(known)) return known;
  return { ...known, state: 'pending', error: undefined, dueAt: undefined };
}

const SEEN: Record<LedgerState, SkippedOutcome> = {
  pending: 'busy',
  retry: 'busy',
  in_flight: 'busy',
  done: 'unchanged',
  skipped: 'unchanged',
  dead: 'dead',
  held: 'held',
};

/**
 * Where a person has changed the document: that document is the record's content, whatever it hashes to by the rules of
 * the one who claims; what came from the source before has been seen; and anything else ends the change.
 */
function decideEdited<Request extends ClaimRequest>(
  known: LedgerRecord | undefined,
  request: Request,
  { edited, decide }: { edited?: string; decide: Decide<Request> },
): ClaimDecision {
  if (!known || (known.original === undefined && edited === undefined)) {
    return decide(known, request);
  }
  if (edited !== undefined) {
    if (edited !== known.hash) return skip('stale', known);
    return decide(known, { ...request, hash: known.hash, version: known.version });
  }
  if (request.hash === known.original && known.waitingHash === undefined) {
    return seenAgain(SEEN[known.state], known, request);
  }
  // Also where the source has come to what the person has made of it: what it says next is a change.
  const decision = decide(known, request);
  const { record } = decision;
  return record ? { ...decision, record: { ...record, original: undefined } } : decision;
}

/** Decides, and notes what the document's source says of the record beside its content. */
export function decideBySource<Request extends ClaimRequest>(
  known: LedgerRecord | undefined,
  request: Request,
  decide: Decide<Request>,
): ClaimDecision {
  const { number, edited } = wordsOf(request.payload);
  const waiting = asWaiting(known);
  const standing = waiting && asWritten(waiting, request);
  const decided = keptAs(standing !== waiting, decideEdited(standing, request, { edited, decide }));
  const isSkipped = known !== undefined && decided.record === waiting;
  const decision = withDocument(known, isSkipped ? { ...decided, record: known } : decided);
  const { record } = decision;
  if (!record || record === known || number === undefined || number === record.number) {
    return decision;
  }
  return { ...decision, record: { ...record, number } };
}
