import type { ClaimOutcome, RecordView } from './ledger';
import {
  idText,
  numberOf,
  type LedgerRecord,
  type RecordId,
  type RecordLink,
  type Target,
} from './record';

/** A record as it is shown; without its token, which is for its holder alone. */
export function present(
  record: LedgerRecord,
  links: RecordLink[],
  flowName: string | undefined,
): RecordView {
  const { flow, key, state, hash, version, attempts, error, remark, conflicts } = record;
  const { dueAt, createdAt, updatedAt } = record;
  const isQueued = state === 'retry' || state === 'pending';
  return {
    flow,
    ...(flowName !== undefined && { flowName }),
    key,
    number: numberOf(record),
    state,
    hash,
    ...(version !== undefined && { version }),
    attempts,
    ...(error && { error }),
    ...(remark !== undefined && { remark }),
    ...(record.original !== undefined && { edited: true as const }),
    ...(conflicts && { conflicts }),
    ...(isQueued && { nextAttempt: dueAt }),
    ...(state === 'in_flight' && { leaseUntil: dueAt }),
    links: links.map(({ system, table, id, targetHash }) => ({
      system,
      table,
      id,
      ...(targetHash !== undefined && { targetHash }),
    })),
    createdAt,
    updatedAt,
  };
}

export function linksById(links: RecordLink[]): Map<string, RecordLink[]> {
  const map = new Map<string, RecordLink[]>();
  for (const link of links) {
    const id = idText(link);
    const list = map.get(id);
    if (list) list.push(link);
    else map.set(id, [link]);
  }
  return map;
}

/** The row that stands for the record: the one linked last. */
function targetOf(links: RecordLink[] | undefined): Target | undefined {
  const last = links?.at(-1);
  return last && { system: last.system, table: last.table, id: last.id };
}

/** What the one who claimed is told. */
export function claimOutcome(
  record: RecordId & Partial<LedgerRecord>,
  outcome: ClaimOutcome['outcome'],
  links: RecordLink[] | undefined,
): ClaimOutcome {
  const { flow, key, hash = '', attempts: attempt = 0, token = '', conflicts } = record;
  const target = targetOf(links);
  switch (outcome) {
    case 'new':
    case 'changed':
    case 'retry':
    case 'reclaimed':
      return {
        flow,
        key,
        outcome,
        token,
        attempt,
        hash,
        ...(target && { target }),
        ...(conflicts && { conflicts }),
      };
    default:
      return { flow, key, outcome, ...(target && { target }) };
  }
}
