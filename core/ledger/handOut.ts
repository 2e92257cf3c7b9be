import { omit } from 'lodash';

import { ServiceError, toServiceError } from '../errors';
import { byId } from './bulk';
import { DOCUMENT_MISSING, idText, promoteWaiting, type LedgerRecord } from './record';
import type { Seal } from './seal';
import type { LedgerReader } from './storage';

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

/** Hidden for a while; dead when it cannot be read, so that a person sees why nothing goes. */
export function afterHandOut(
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
