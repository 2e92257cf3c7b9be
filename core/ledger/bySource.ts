import type { ClaimDecision } from './claim';
import type { ClaimRequest } from './ledger';
import { awaitsDocument, type LedgerRecord } from './record';

export type Decide<Request> = (known: LedgerRecord | undefined, request: Request) => ClaimDecision;

/** What the ledger reads of the `source` of a document (`core/commerce/source.ts`). */
interface SourceWords {
  number?: string;
}

/** Nobody checks what a user's own nodes put there. */
function wordsOf(document: object): SourceWords {
  const { source } = document as { source?: unknown };
  if (typeof source !== 'object' || source === null) return {};
  const { number } = source as Record<string, unknown>;
  return typeof number === 'string' && number !== '' ? { number } : {};
}

/** A record that waits for its document has it from whoever brings it in. */
function withDocument(known: LedgerRecord | undefined, decision: ClaimDecision): ClaimDecision {
  const isBrought = known && awaitsDocument(known) && decision.record.state === 'in_flight';
  return isBrought ? { ...decision, keepPayload: true } : decision;
}

/** Decides, and notes what the document's source says of the record beside its content. */
export function decideBySource<Request extends ClaimRequest>(
  known: LedgerRecord | undefined,
  request: Request,
  decide: Decide<Request>,
): ClaimDecision {
  const decision = withDocument(known, decide(known, request));
  const { record } = decision;
  const { number } = wordsOf(request.payload);
  if (record === known || number === undefined || number === record.number) return decision;
  return { ...decision, record: { ...record, number } };
}
