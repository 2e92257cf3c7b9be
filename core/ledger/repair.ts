import { byId, saveChanges, viewsOf } from './bulk';
import { openAll } from './handOut';
import type { ResendQuery, ResentRecord, Revision, StoppedRecord } from './ledger';
import { idText, numberOf, type LedgerRecord } from './record';
import { decideResend, type ReviseDecision } from './revise';
import type { Seal } from './seal';
import type { LedgerReader, LedgerTransaction, StoppedFilter } from './storage';

/** What a person does with many records at once, in one transaction. */

/** Each as it is decided; one answer for each, in the same order. */
export async function reviseRecords(
  transaction: LedgerTransaction,
  found: LedgerRecord[],
  decide: (record: LedgerRecord) => ReviseDecision,
): Promise<Array<Revision & { record: LedgerRecord }>> {
  const before = byId(found);
  const after = new Map<string, LedgerRecord>();
  const revisions = [...before].map(([id, known]) => {
    const { record, changed } = decide(known);
    after.set(id, record);
    const { flow, key, state } = record;
    return { flow, key, number: numberOf(record), state, changed, record };
  });
  await saveChanges(transaction, before, after);
  return revisions;
}

/** What a query means, and which of it can be handed out as it is. */
async function findFinished(
  reader: LedgerReader,
  seal: Seal,
  {
    states = ['done', 'skipped'],
    from = 0,
    to = Number.MAX_SAFE_INTEGER,
    waitsForSource: _waitsForSource,
    ...query
  }: ResendQuery,
): Promise<{ records: LedgerRecord[]; withDocument: Set<string> }> {
  const records = await reader.finishedRecords({ states, from, to, ...query });
  const opened = await openAll(reader, seal, records);
  const readable = opened.filter(({ document }) => document !== undefined);
  return { records, withDocument: new Set(readable.map(({ record }) => idText(record))) };
}

/** With their documents, unless nobody asks for them: for a person who repairs them. */
export async function lookForStopped(
  reader: LedgerReader,
  seal: Seal,
  { documents = true, ...filter }: StoppedFilter & { documents?: boolean },
): Promise<StoppedRecord[]> {
  const records = await reader.stoppedRecords(filter);
  const views = await viewsOf(reader, records);
  if (!documents) return views;
  const opened = await openAll(reader, seal, records);
  return views.map((view, index) => ({ ...view, document: opened[index]?.document }));
}

export async function lookForResend(
  reader: LedgerReader,
  seal: Seal,
  query: ResendQuery,
): Promise<ResentRecord[]> {
  const { records, withDocument } = await findFinished(reader, seal, query);
  const views = await viewsOf(reader, records);
  return views.map((view) => ({
    ...view,
    changed: false,
    finishedAt: view.updatedAt,
    hasDocument: withDocument.has(idText(view)),
  }));
}

export async function resendRecords(
  transaction: LedgerTransaction,
  seal: Seal,
  { query, now }: { query: ResendQuery; now: number },
): Promise<ResentRecord[]> {
  const { waitsForSource } = query;
  const looked = await lookForResend(transaction, seal, query);
  const known = byId(looked);
  const revised = await reviseRecords(transaction, await transaction.records(looked), (record) =>
    decideResend(record, {
      now,
      hasDocument: known.get(idText(record))?.hasDocument ?? false,
      waitsForSource,
    }),
  );
  const views = byId(
    await viewsOf(
      transaction,
      revised.map(({ record }) => record),
    ),
  );
  const changed = new Set(revised.filter((one) => one.changed).map(({ record }) => idText(record)));
  return looked.map((was) => ({
    ...was,
    ...views.get(idText(was)),
    changed: changed.has(idText(was)),
  }));
}
