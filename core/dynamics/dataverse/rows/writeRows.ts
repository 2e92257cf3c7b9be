import { ServiceError, toServiceError, validationError } from '../../../errors';
import { isGuidText } from '../../../odata/query';
import { sendAll } from '../../../odata/sendAll';
import type {
  BatchAnswer,
  ODataClient,
  RecordKey,
  Row,
  SingleOperation,
} from '../../../odata/types';
import {
  notCarriedOut,
  sendTogether,
  sendTogetherOnce,
  type Together,
} from '../../../odata/together';
import type { Outcome } from '../../../outcome';
import type { RowResult, WriteKind } from '../../tables';
import { createOperation, updateOperation, upsertOperation, written } from '../operations';
import { blameColumn } from './blame';
import { bulkJobs, sendInBulk } from './bulk';
import { idMade, rowsMade } from './rowsMade';
import type { RowWrite, WriteJob, WriteOptions } from './writeJob';

export type { RowWrite, WriteOptions } from './writeJob';

interface Job extends WriteJob {
  operation?: SingleOperation;
}

function keyOf({ key, primaryId, row }: RowWrite): RecordKey {
  if (key !== undefined) return key;
  const own = row[primaryId];
  if (typeof own === 'string' && own !== '') return own;
  throw validationError(
    `The columns have no "${primaryId}"`,
    `Map ${primaryId} to the row's GUID, or choose another key.`,
  );
}

/** The primary key that the sender made, for an answer that does not repeat it. */
function ownKey({ key, primaryId, row }: RowWrite): string | undefined {
  const own = key ?? row[primaryId];
  return isGuidText(own) ? own.toLowerCase() : undefined;
}

/** The key stands in the address; in the body it could only contradict it. */
function withoutPrimaryId({ row, primaryId, key }: RowWrite): Row {
  if (key !== undefined && typeof key !== 'string') return row;
  return Object.fromEntries(Object.entries(row).filter(([column]) => column !== primaryId));
}

const MODES = { create: 'create-only', update: 'update-only', upsert: 'either' } as const;

/**
 * An upsert answers 204 whether it created or updated; asked to give something back it answers 201 or 200, and
 * with an alternate key that is also the only way to the primary key (Dataverse docs: use-upsert-insert-update).
 */
function toOperation({ kind, write }: Job, options: WriteOptions): SingleOperation {
  const { set, primaryId, row } = write;
  const { headers, returnRow } = options;
  const idOnly = kind === 'create' ? undefined : [primaryId];
  const { places } = write;
  const returning = returnRow ? (true as const) : idOnly;
  const common = { headers, primaryId, returning, places };
  if (kind === 'create') {
    const repeatable = typeof row[primaryId] === 'string' && row[primaryId] !== '';
    return createOperation(set, row, { ...common, repeatable });
  }
  const key = keyOf(write);
  const sent = withoutPrimaryId(write);
  if (kind === 'upsert') return upsertOperation(set, key, sent, common);
  return updateOperation(set, key, sent, { ...common, ifMatch: write.ifMatch });
}

function identityOf(write: RowWrite): string {
  const key = keyOf(write);
  const parts = typeof key === 'string' ? key.toLowerCase() : Object.entries(key).sort();
  return JSON.stringify([write.set, parts]);
}

/**
 * One job per row: what later inputs say of a row is laid over what earlier ones said, as if each had been
 * written in turn. Creates stand alone, for two without a key are two rows.
 */
function jobsOf(usual: WriteKind, writes: RowWrite[]): Job[] {
  const byIdentity = new Map<string, Job>();
  return writes.map((one, place) => {
    const write = { ...one, places: one.places ?? [place] };
    const { kind = usual } = write;
    if (kind === 'create' || write.ifMatch !== undefined) return { kind, write };
    try {
      const identity = identityOf(write);
      const known = byIdentity.get(identity);
      const job = known ?? { kind, write };
      const places = known ? [...(known.write.places ?? []), ...write.places] : write.places;
      job.write = { ...write, row: { ...job.write.row, ...write.row }, places };
      byIdentity.set(identity, job);
      return job;
    } catch (error) {
      return { kind, write, outcome: { ok: false, error: toServiceError(error) } };
    }
  });
}

function prepare(jobs: Job[], options: WriteOptions): Job[] {
  for (const job of jobs) {
    try {
      job.operation = toOperation(job, options);
    } catch (error) {
      job.outcome = { ok: false, error: toServiceError(error) };
    }
  }
  return jobs.filter(({ operation }) => operation !== undefined);
}

export const UNANSWERED = {
  ok: false as const,
  error: new ServiceError('There was no answer for this row', { class: 'transient' }),
};

/** Cannot insert duplicate key; entity key violated (Dataverse docs: web-service-error-codes). */
const KEY_TAKEN = new Set(['0x80040237', '0x80060892']);

/**
 * Two runs that upsert one row at the same moment may both find it missing; the second insert is then refused.
 * Sent once more, the upsert finds the row and updates it.
 */
const isUpsert = ({ kind }: Job): boolean => kind === 'upsert';

function lostRace({ kind, outcome }: Job): boolean {
  return kind === 'upsert' && outcome?.ok === false && KEY_TAKEN.has(outcome.error.code ?? '');
}

async function sendJobs(client: ODataClient, jobs: Job[], options: WriteOptions): Promise<void> {
  const answers = await sendAll(
    client,
    jobs.flatMap(({ operation }) => operation ?? []),
  );
  for (const [index, job] of jobs.entries()) {
    const answer = answers[index];
    if (answer) job.outcome = outcomeOf(job, answer, options);
  }
}

function outcomeOf(
  { kind, write }: Job,
  answer: Outcome<BatchAnswer>,
  { returnRow }: WriteOptions,
): Outcome<RowResult> {
  if (!answer.ok) return { ok: false, error: blameColumn(answer.error, write.row) };
  const { primaryId } = write;
  const { id, created, row } = written(answer.value, { primaryId, mode: MODES[kind] });
  return {
    ok: true,
    value: {
      id: id ?? ownKey(write),
      outcome: created ? 'created' : 'updated',
      ...(returnRow && row && { row }),
    },
  };
}

/** A create is refused the second time, so that it is looked for where it has a key. */
async function sendChangeSet(
  client: ODataClient,
  jobs: Job[],
  { returnRow }: WriteOptions,
): Promise<Together> {
  const operations = jobs.flatMap(({ operation }) => operation ?? []);
  if (jobs.every(({ kind, write }) => kind === 'create' && idMade(write) !== undefined)) {
    const writes = jobs.map(({ write }) => write);
    return await sendTogetherOnce(client, operations, async (since) => {
      const rows = await rowsMade(client, writes, { since, whole: returnRow });
      return rows?.map((body) => ({ status: 201, headers: {}, body }));
    });
  }
  const sent = await sendTogether(client, operations);
  const lost = !sent.ok && KEY_TAKEN.has(sent.error.code ?? '') && jobs.every(isUpsert);
  return lost ? await sendTogether(client, operations) : sent;
}

/** One change set for all; where one job cannot even be sent, none is. */
async function sendTogetherOrNot(
  client: ODataClient,
  all: Job[],
  options: WriteOptions,
): Promise<void> {
  const jobs = [...new Set(all)];
  const nameOf = (job: Job): string => options.allOrNothing?.(all.indexOf(job)) ?? '';
  const refuse = (bad: Job, error: ServiceError): void => {
    const others = notCarriedOut(error, nameOf(bad));
    for (const job of jobs) job.outcome = { ok: false, error: job === bad ? error : others };
  };
  const bad = jobs.find(({ outcome }) => outcome?.ok === false);
  if (bad?.outcome?.ok === false) {
    refuse(bad, bad.outcome.error);
    return;
  }
  const sent = await sendChangeSet(client, jobs, options);
  if (sent.ok) {
    for (const [index, job] of jobs.entries()) {
      const value = sent.answers[index];
      if (value) job.outcome = outcomeOf(job, { ok: true, value }, options);
    }
    return;
  }
  const failed = sent.place === undefined ? undefined : jobs[sent.place];
  if (failed) refuse(failed, blameColumn(sent.error, failed.write.row));
  else for (const job of jobs) job.outcome = sent;
}

/**
 * Writes many rows, of one table or several, in a handful of requests.
 *
 * @returns one outcome for each write, in their order. Writes of the same row share one: the row is sent once,
 * with the last value of each column.
 */
export async function writeRows(
  client: ODataClient,
  kind: WriteKind,
  writes: RowWrite[],
  options: WriteOptions = {},
): Promise<Outcome<RowResult>[]> {
  const jobs = jobsOf(kind, writes);
  const unsent = [...new Set(jobs)].filter(({ outcome }) => outcome === undefined);
  const sendable = prepare(unsent, options);
  if (options.allOrNothing) {
    await sendTogetherOrNot(client, jobs, options);
    return jobs.map(({ outcome }) => outcome ?? UNANSWERED);
  }
  // A dry run tells each row by itself, and reads many of them in one batch anyway.
  const inBulk = await bulkJobs(client.dryRun ? [] : sendable, options);
  const others = sendable.filter((job) => !inBulk.has(job));
  await Promise.all([sendJobs(client, others, options), sendInBulk(client, [...inBulk], options)]);
  // What a bulk message did not settle goes by itself, so that each row has its own answer.
  const left = [...inBulk].filter(({ outcome }) => outcome === undefined);
  await sendJobs(client, left, options);
  const again = sendable.filter(lostRace);
  await sendJobs(client, again, options);
  return jobs.map(({ outcome }) => outcome ?? UNANSWERED);
}
