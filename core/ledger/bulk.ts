import type { RecordReference, RecordView, Settlement } from './ledger';
import { idText, neededPayloads, numberOf, type LedgerRecord, type RecordId } from './record';
import type { SettleDecision } from './settle';
import type { LedgerReader, LedgerTransaction } from './storage';
import { linksById, present } from './view';

/** Reading and writing many records in one transaction. */

export function byId<T extends RecordId>(entries: T[]): Map<string, T> {
  return new Map(entries.map((entry) => [idText(entry), entry]));
}

/** Every record that at least one reference means, each once. */
export async function findAll(
  reader: LedgerReader,
  references: RecordReference[],
): Promise<LedgerRecord[]> {
  const keys = [...new Set(references.map(({ key }) => key))];
  const found = await reader.recordsByKey(keys);
  const flows = new Map<string, Set<string | undefined>>();
  for (const { key, flow } of references) {
    flows.set(key, (flows.get(key) ?? new Set()).add(flow));
  }
  return found.filter(
    ({ key, flow }) => flows.get(key)?.has(flow) || flows.get(key)?.has(undefined),
  );
}

export async function viewsOf(
  reader: LedgerReader,
  records: LedgerRecord[],
): Promise<RecordView[]> {
  const links = linksById(await reader.links(records));
  const names = await reader.flowNames(records.map(({ flow }) => flow));
  return records.map((record) =>
    present(record, links.get(idText(record)) ?? [], names.get(record.flow)),
  );
}

/** Writes what became different, and drops payloads that only the former content needed. undefined: there is none. */
export async function saveChanges(
  transaction: LedgerTransaction,
  before: Map<string, LedgerRecord>,
  after: Map<string, LedgerRecord | undefined>,
): Promise<void> {
  const changed = [...after].filter(([id, record]) => before.get(id) !== record);
  await transaction.save(changed.flatMap(([, record]) => record ?? []));
  const outdated = changed.flatMap(([id, record]) => {
    const known = before.get(id);
    const needed = record ? neededPayloads(record) : [];
    const isOutdated = known && neededPayloads(known).some((hash) => !needed.includes(hash));
    return isOutdated ? [{ flow: known.flow, key: known.key, except: needed }] : [];
  });
  await transaction.dropPayloads(outdated);
  await transaction.remove(
    changed.flatMap(([id, record]) => (record ? [] : (before.get(id) ?? []))),
  );
}

/** When a record was last done, by flow: of each flow that these answers are about. */
export async function lastDoneOf(
  reader: LedgerReader,
  answers: Array<{ token: string }>,
): Promise<Map<string, number>> {
  const records = await reader.recordsByToken(answers.map(({ token }) => token));
  const lastDone = new Map<string, number>();
  for (const flow of new Set(records.map((record) => record.flow))) {
    const at = await reader.lastDoneAt(flow);
    if (at !== undefined) lastDone.set(flow, at);
  }
  return lastDone;
}

/** Settles the records that bear the answers' tokens; one settlement for each answer. */
export async function settleAll<T extends { token: string }>(
  transaction: LedgerTransaction,
  answers: T[],
  decide: (answer: T, record: LedgerRecord) => SettleDecision,
): Promise<Settlement[]> {
  const before = byId(await transaction.recordsByToken(answers.map(({ token }) => token)));
  const after = new Map<string, LedgerRecord | undefined>(before);
  const ids = new Map([...before].map(([id, { token }]) => [token, id]));
  const settlements = answers.map((answer): Settlement => {
    const id = ids.get(answer.token) ?? '';
    const known = after.get(id);
    // A token given twice in one call is settled once: the first answer may have passed the record on.
    if (!known || known.token !== answer.token) return { outcome: 'lost-lease' };
    const { outcome, record } = decide(answer, known);
    after.set(id, record);
    const { flow, key } = known;
    if (!record || outcome === 'given-back') {
      return { flow, key, number: numberOf(known), state: record?.state, outcome };
    }
    const { state, attempts, dueAt, error, remark } = record;
    const heldByMapping = state === 'retry' && error?.rule !== undefined;
    const waitsForPerson = heldByMapping || state === 'held' || state === 'dead';
    return {
      flow,
      key,
      number: numberOf(record),
      state,
      outcome,
      ...(waitsForPerson && { reason: error?.message, repair: error?.fix }),
      ...(heldByMapping && { heldByMapping }),
      ...(state === 'dead' && { attempts }),
      ...(remark !== undefined && { remark }),
      ...(state === 'retry' && { nextAttempt: dueAt }),
    };
  });
  await saveChanges(transaction, before, after);
  return settlements;
}
