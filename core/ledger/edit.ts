import { isEqual, omit, union } from 'lodash';

import { byId, findAll, saveChanges } from './bulk';
import { openAll } from './handOut';
import { contentHash } from './hash';
import type { Edit, Revision } from './ledger';
import { idText, numberOf, type LedgerRecord } from './record';
import { decideEdit, decideRequeue } from './revise';
import type { Seal } from './seal';
import { sourceInKey } from './sourceOf';
import type { LedgerTransaction, StoredPayload } from './storage';

const LONGEST_REMARK = 500;

const contentOf = (document: object): Record<string, unknown> =>
  omit(document as Record<string, unknown>, ['source', 'claim']);

/** Names alone: what stands in the fields is nobody's business here. */
function remarkOn(before: Record<string, unknown>, after: Record<string, unknown>): string {
  const names = union(Object.keys(before), Object.keys(after));
  const changed = names.filter((name) => !isEqual(before[name], after[name]));
  return `A person changed ${changed.join(', ')}`.slice(0, LONGEST_REMARK);
}

interface Edited {
  record: LedgerRecord;
  changed: boolean;
  payload?: Pick<StoredPayload, 'hash'> & { document: object };
}

function editOne(
  record: LedgerRecord,
  kept: { source?: object } | undefined,
  { document, now }: { document: object; now: number },
): Edited {
  const content = contentOf(document);
  const before = kept ? contentOf(kept) : {};
  if (isEqual(content, before)) return decideRequeue(record, { now });
  const hash = contentHash(content);
  const source = { ...sourceInKey(record.key), ...kept?.source, edited: hash };
  const decided = decideEdit(record, { now, hash, remark: remarkOn(before, content) });
  if (!decided.changed || decided.record.original === undefined) return decided;
  return { ...decided, payload: { hash, document: { ...content, source } } };
}

/** Gives records another document and sends them again; of two edits of one record the later one holds. */
export async function editRecords(
  transaction: LedgerTransaction,
  seal: Seal,
  { edits, now }: { edits: Edit[]; now: number },
): Promise<Revision[][]> {
  const found = await findAll(transaction, edits);
  const before = byId(found);
  const opened = await openAll(transaction, seal, found);
  const kept = new Map(opened.map(({ record, document }) => [idText(record), document]));
  const after = new Map(before);
  const payloads = new Map<string, StoredPayload>();
  const revisions = edits.map(({ key, flow, document }) =>
    found
      .filter((record) => record.key === key && (flow === undefined || record.flow === flow))
      .map((record): Revision => {
        const id = idText(record);
        const { payload, changed, ...edited } = editOne(record, kept.get(id), { document, now });
        after.set(id, edited.record);
        if (payload) {
          const body = seal.close(payload.document, id);
          payloads.set(id, { flow: record.flow, key, hash: payload.hash, body });
        }
        const { state } = edited.record;
        return { flow: record.flow, key, number: numberOf(record), state, changed };
      }),
  );
  await saveChanges(transaction, before, after);
  await transaction.keepPayloads([...payloads.values()]);
  return revisions;
}
