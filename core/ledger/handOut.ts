import { omit } from 'lodash';

import { ServiceError, toServiceError } from '../errors';
import { byId, saveChanges } from './bulk';
import { asItStands } from './giveBack';
import type { DueQuery } from './ledger';
import {
  CLOCK_TURNED_BACK_MS,
  DOCUMENT_MISSING,
  idText,
  isAbandoned,
  isDue,
  promoteWaiting,
  type LedgerRecord,
} from './record';
import type { Seal } from './seal';
import type { LedgerReader, LedgerTransaction } from './storage';

/** A record with the newest content that is known of it, or why that cannot be read. */
export type Opened = { record: LedgerRecord } & (
  { document: object; problem?: undefined } | { document?: undefined; problem: ServiceError }
);

export async function openAll(
  reader: LedgerReader,
  seal: Seal,
  records: LedgerRecord[],
): Promise<Opened[]> {
  const wanted = records.map(({ flow, key, hash, waitingHash }) => {
    return { flow, key, hash: waitingHash ?? hash };
  });
  const payloads = byId(await reader.payloads(wanted));
  return records.map((record) => {
    const id = idText(record);
    const payload = payloads.get(id);
    if (!payload) return { record, problem: missing() };
    try {
      return { record, document: withConflicts(seal.open(payload.body, id), record) };
    } catch (error) {
      return { record, problem: toServiceError(error) };
    }
  });
}

/**
 * What a person said of conflicts travels with the document to the node that writes. It is the record's alone: a
 * document that was kept while another word held does not bring that back.
 */
function withConflicts(document: object, { conflicts }: LedgerRecord): object {
  const { source } = document as { source?: unknown };
  const known = typeof source === 'object' && source !== null ? source : {};
  if (conflicts === undefined && !('conflicts' in known)) return document;
  return { ...document, source: { ...omit(known, 'conflicts'), ...(conflicts && { conflicts }) } };
}

function missing(): ServiceError {
  return new ServiceError('The stored document is missing', {
    class: 'validation',
    code: DOCUMENT_MISSING,
    fix: 'Bring the record in again from where it comes from: change it there, run the trigger from an earlier date, or put a node that reads it in front of Claim.',
  });
}

interface DueContext {
  now: number;
  isGone(owner: string): boolean;
}

/** As they are, and as they stand by now: what a test run has left may have gone back to waiting, or to nothing. */
async function findDue(
  reader: LedgerReader,
  query: DueQuery,
  context: DueContext,
): Promise<Array<{ found: LedgerRecord; record?: LedgerRecord }>> {
  const { now, isGone } = context;
  const goneOwners = (await reader.leaseOwners(now)).filter(isGone);
  const future = now + CLOCK_TURNED_BACK_MS;
  const all = await reader.dueRecords({ now, future, goneOwners, ...query });
  return all.map((found) => ({ found, record: asItStands(found, context) }));
}

function isToBeSent(record: LedgerRecord | undefined, { now, isGone }: DueContext): boolean {
  if (record?.dueAt === undefined) return false;
  return record.state === 'in_flight' ? isAbandoned(record, { now, isGone }) : isDue(record, now);
}

const dueAmong = (all: Awaited<ReturnType<typeof findDue>>, context: DueContext): LedgerRecord[] =>
  all.flatMap(({ record }) => (record && isToBeSent(record, context) ? [record] : []));

/** What is to be sent now, for somebody who only looks. */
export async function lookForDue(
  reader: LedgerReader,
  seal: Seal,
  query: DueQuery,
  context: DueContext,
): Promise<Opened[]> {
  return await openAll(reader, seal, dueAmong(await findDue(reader, query, context), context));
}

/** What is to be sent now, hidden from the next one who asks. */
export async function handOutDue(
  transaction: LedgerTransaction,
  seal: Seal,
  query: DueQuery,
  context: DueContext,
): Promise<Opened[]> {
  const { now } = context;
  const { visibilityMs } = query;
  const all = await findDue(transaction, query, context);
  const opened = await openAll(transaction, seal, dueAmong(all, context));
  const after = new Map(all.map(({ found, record }) => [idText(found), record]));
  for (const entry of opened) {
    after.set(idText(entry.record), afterHandOut(entry, { now, visibilityMs }));
  }
  await saveChanges(transaction, byId(all.map(({ found }) => found)), after);
  return opened;
}

/** Hidden for a while; dead when it cannot be read, so that a person sees why nothing goes. */
function afterHandOut(
  { record, problem }: Opened,
  { now, visibilityMs }: { now: number; visibilityMs: number },
): LedgerRecord {
  if (!problem) return { ...record, hiddenUntil: now + visibilityMs };
  const newest = record.waitingHash === undefined ? record : promoteWaiting(record, now);
  const { class: errorClass, code, fix, message } = problem;
  return {
    ...newest,
    state: 'dead',
    token: undefined,
    owner: undefined,
    dueAt: undefined,
    error: { class: errorClass, code, fix, message },
    updatedAt: now,
  };
}
