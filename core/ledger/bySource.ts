import type { ClaimDecision } from './claim';
import type { ClaimRequest } from './ledger';
import type { LedgerRecord } from './record';

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

/** Decides, and notes what the document's source says of the record beside its content. */
export function decideBySource<Request extends ClaimRequest>(
  known: LedgerRecord | undefined,
  request: Request,
  decide: Decide<Request>,
): ClaimDecision {
  const decision = decide(known, request);
  const { record } = decision;
  const { number } = wordsOf(request.payload);
  if (record === known || number === undefined || number === record.number) return decision;
  return { ...decision, record: { ...record, number } };
}
