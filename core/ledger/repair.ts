import { setTimeout as pause } from 'node:timers/promises';

import { chunk, omit } from 'lodash';

import { byId, findAll, saveChanges, viewsOf } from './bulk';
import { openAll } from './handOut';
import type { ResendQuery, ResentRecord, Revision, Selection, StoppedRecord } from './ledger';
import { idText, numberOf, type LedgerRecord } from './record';
import { decideResend, type ResendContext, type ReviseDecision } from './revise';
import type { Seal } from './seal';
import type { LedgerReader, LedgerStorage, LedgerTransaction, StoppedFilter } from './storage';

/** What a person does with many records at once. */

const PORTION = 1000;
/** Another process that finds the file locked tries again after 50 ms at most, so that it comes through in some portions. */
const OTHERS_TURN_MS = 20;

/** Each portion is one transaction, and others, of this process and of others, have their turn before the next. */
async function inPortions<T, R>(
  storage: LedgerStorage,
  all: T[],
  work: (transaction: LedgerTransaction, portion: T[]) => Promise<R[]>,
): Promise<R[]> {
  const done: R[][] = [];
  for (const portion of chunk(all, PORTION)) {
    if (done.length > 0) await pause(OTHERS_TURN_MS);
    done.push(await storage.write(async (transaction) => work(transaction, portion)));
  }
  return done.flat();
}

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

/** What a selection means at this moment. */
async function findSelected(reader: LedgerReader, selection: Selection): Promise<LedgerRecord[]> {
  if (Array.isArray(selection)) return await findAll(reader, selection);
  const { state = 'dead', flow } = selection;
  return await reader.stoppedRecords({ state, flow, limit: Infinity });
}

/**
 * What is selected, in portions. Each record is decided on as it is when its portion comes: one that was selected by its
 * state and has another by then is not among them any more. Where it ends midway, what is left is selected the next time.
 */
export async function reviseInPortions(
  storage: LedgerStorage,
  selection: Selection,
  decide: (record: LedgerRecord) => ReviseDecision,
): Promise<Revision[]> {
  const found = await storage.read(async (reader) => findSelected(reader, selection));
  const state = Array.isArray(selection) ? undefined : (selection.state ?? 'dead');
  return await inPortions(storage, found, async (transaction, portion) => {
    const records = await transaction.records(portion);
    const selected = records.filter((record) => state === undefined || record.state === state);
    const revisions = await reviseRecords(transaction, selected, decide);
    return revisions.map((revision): Revision => omit(revision, 'record'));
  });
}

/** What a query means. */
async function findFinished(
  reader: LedgerReader,
  {
    states = ['done', 'skipped'],
    from = 0,
    to = Number.MAX_SAFE_INTEGER,
    waitsForSource: _waitsForSource,
    ...query
  }: ResendQuery,
): Promise<LedgerRecord[]> {
  return await reader.finishedRecords({ states, from, to, ...query });
}

/** Of these the ones whose document is kept; whether it can be read shows when it is handed out. */
async function withDocuments(reader: LedgerReader, records: LedgerRecord[]): Promise<Set<string>> {
  return new Set((await reader.keptPayloads(records)).map(idText));
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
  query: ResendQuery,
): Promise<ResentRecord[]> {
  const records = await findFinished(reader, query);
  const withDocument = await withDocuments(reader, records);
  const views = await viewsOf(reader, records);
  return views.map((view) => ({
    ...view,
    changed: false,
    finishedAt: view.updatedAt,
    hasDocument: withDocument.has(idText(view)),
  }));
}

/** What was found before; what is not finished any more stays as it is. */
async function resendRecords(
  transaction: LedgerTransaction,
  found: ResentRecord[],
  { now, waitsForSource }: Omit<ResendContext, 'hasDocument'>,
): Promise<ResentRecord[]> {
  const records = await transaction.records(found);
  const withDocument = await withDocuments(transaction, records);
  const revised = await reviseRecords(transaction, records, (record) =>
    decideResend(record, { now, hasDocument: withDocument.has(idText(record)), waitsForSource }),
  );
  const views = byId(
    await viewsOf(
      transaction,
      revised.map(({ record }) => record),
    ),
  );
  const changed = new Set(revised.filter((one) => one.changed).map(({ record }) => idText(record)));
  return found.map((was) => {
    const id = idText(was);
    const hasDocument = withDocument.has(id);
    return { ...was, ...views.get(id), hasDocument, changed: changed.has(id) };
  });
}

export async function resendInPortions(
  storage: LedgerStorage,
  found: ResentRecord[],
  context: Omit<ResendContext, 'hasDocument'>,
): Promise<ResentRecord[]> {
  return await inPortions(storage, found, async (transaction, portion) =>
    resendRecords(transaction, portion, context),
  );
}
