import { groupBy } from 'lodash';
import PQueue from 'p-queue';

import type { ServiceError } from '../../../errors';
import { chunkRows } from '../../../odata/batch-plan';
import { jsonText } from '../../../odata/json';
import { isGuidText } from '../../../odata/query';
import type { ODataService } from '../../../odata/service';
import type { BatchAnswer, ODataClient, Row } from '../../../odata/types';
import { type Outcome, settle, settleNow } from '../../../outcome';
import { writtenIn } from '../errors/bulkRows';
import type { BulkMessage, BulkMessages } from '../metadata/messages';
import { actionOperation } from '../operations';
import { rowsMade } from './rowsMade';
import type { WriteJob, WriteOptions } from './writeJob';

/**
 * `CreateMultiple` and `UpdateMultiple`: many rows of one table in one message, which does the work of each once for all
 * of them (Dataverse docs: bulk-operations). Of a standard table either all rows are written or none. What is refused is
 * left to the caller, who sends it row by row in a batch: there one bad row fails alone.
 *
 * An upsert is never sent this way: `UpsertMultiple` does not say which rows it has made.
 */

/** Fewer are not worth the question whether the table has the message. */
const LEAST_ROWS = 100;

/** Where more than a quarter of the messages are refused, what is left is sent row by row at once. */
const REFUSED_SHARE = 1 / 4;

/** Of these a message is told the rows that it wrote, where it wrote some. */
const ANNOTATIONS = 'odata.include-annotations="Microsoft.PowerApps.CDS.ErrorDetails.*"';

const MESSAGES: Partial<Record<WriteJob['kind'], BulkMessage>> = {
  create: 'CreateMultiple',
  update: 'UpdateMultiple',
};

/** A related row, or a list of them, is a deep insert, which no bulk message is documented to take. */
const isPlain = (row: Row): boolean =>
  Object.values(row).every(
    (value) => typeof value !== 'object' || value === null || value instanceof Date,
  );

/** Both messages name a row by its primary key: an update has to, and a create without one cannot be looked for. */
function idOf({ kind, write: { key, row, primaryId } }: WriteJob): string | undefined {
  const id = kind === 'update' ? (key ?? row[primaryId]) : row[primaryId];
  return isGuidText(id) ? id : undefined;
}

function fits(job: WriteJob): boolean {
  const { kind, write } = job;
  return (
    MESSAGES[kind] !== undefined &&
    write.table !== undefined &&
    write.ifMatch === undefined &&
    idOf(job) !== undefined &&
    isPlain(write.row)
  );
}

/** A row as a message names it. */
interface Target {
  job: WriteJob;
  body: Row;
  bytes: number;
}

const groupOf = ({ kind, write }: WriteJob): string => `${kind} ${write.set}`;

/** The jobs that go in bulk messages: enough plain rows of a table that the environment says to have the message. */
export async function bulkJobs<J extends WriteJob>(
  jobs: J[],
  { bulk, returnRow }: WriteOptions,
): Promise<Set<J>> {
  // A message answers with keys, and no columns.
  if (!bulk || returnRow) return new Set();
  const groups = Object.values(groupBy(jobs.filter(fits), groupOf)).filter(
    ({ length }) => length >= LEAST_ROWS,
  );
  const kept = await Promise.all(
    groups.map(async (group) => ((await has(bulk, group[0])) ? group : [])),
  );
  return new Set(kept.flat());
}

async function has(bulk: BulkMessages, job: WriteJob | undefined): Promise<boolean> {
  const message = job && MESSAGES[job.kind];
  const table = job?.write.table;
  return message !== undefined && table !== undefined && (await bulk.has(table, message));
}

/** Sends jobs of `bulkJobs`. Those without an outcome afterwards were not written, and are to be sent row by row. */
export async function sendInBulk(
  client: ODataClient,
  jobs: WriteJob[],
  options: WriteOptions,
): Promise<void> {
  const groups = Object.values(groupBy(jobs.filter(fits), groupOf));
  await Promise.all(groups.map((group) => new BulkSender(client, group, options).send()));
}

/** Rows of one table, for one message. */
class BulkSender {
  private answered = 0;
  private refused = 0;
  private isKnown = true;

  constructor(
    private readonly client: ODataClient,
    private readonly jobs: WriteJob[],
    private readonly options: WriteOptions,
  ) {}

  async send(): Promise<void> {
    const { batching, service } = this.client;
    const targets = this.jobs.flatMap((job) => targetOf(job, service) ?? []);
    const chunks = chunkRows(targets, { ...batching, limits: service.limits });
    const queue = new PQueue({ concurrency: batching.lanes });
    await queue.addAll(
      chunks.map((chunk) => async () => {
        if (this.isWorthIt()) await this.sendChunk(chunk);
      }),
    );
  }

  private isWorthIt(): boolean {
    if (!this.isKnown) return false;
    return this.refused <= 1 || this.refused <= REFUSED_SHARE * this.answered;
  }

  private async sendChunk(chunk: Target[]): Promise<void> {
    const jobs = chunk.map(({ job }) => job);
    const [first] = jobs;
    const message = first && MESSAGES[first.kind];
    if (!message) return;
    const { set, table = '' } = first.write;
    const parameters = { Targets: chunk.map(({ body }) => body) };
    const since = Date.now();
    const answer = await settle(() =>
      this.client.request({
        ...actionOperation(message, parameters, { set }),
        headers: { ...this.options.headers, prefer: ANNOTATIONS },
        // After a doubtful answer a second create would be refused for the rows of the first.
        repeatable: message === 'UpdateMultiple',
      }),
    );
    this.answered += 1;
    if (answer.ok && isAnswerTo(message, answer.value, jobs.length)) {
      for (const job of jobs) job.outcome = done(job);
      return;
    }
    if (!answer.ok && isUnknown(answer.error)) {
      this.isKnown = false;
      this.options.bulk?.lacks(table, message);
      return;
    }
    this.refused += 1;
    await this.settleRefused(jobs, answer, since);
  }

  private async settleRefused(
    jobs: WriteJob[],
    answer: Outcome<BatchAnswer>,
    since: number,
  ): Promise<void> {
    const error = answer.ok ? undefined : answer.error;
    if (jobs[0]?.kind === 'create' && (!error || error.class === 'transient')) {
      await this.lookFor(jobs, since);
    } else if (error?.retryable) {
      // It has been repeated as often as a batch would be.
      for (const job of jobs) job.outcome = { ok: false, error };
    } else if (error) {
      const written = writtenIn(error);
      for (const [place, job] of jobs.entries()) if (written.has(place)) job.outcome = done(job);
    }
  }

  /** Nobody knows whether a message that makes rows was carried out. */
  private async lookFor(jobs: WriteJob[], since: number): Promise<void> {
    const writes = jobs.map(({ write }) => write);
    const made = await settle(() => rowsMade(this.client, writes, { since }));
    // Sent row by row they can be repeated: a row that is there already is refused as a duplicate.
    if (made.ok && made.value) for (const job of jobs) job.outcome = done(job);
  }
}

/** Undefined: no JSON can say it. Sent alone, the row fails with its own reason. */
function targetOf(job: WriteJob, { fitText }: ODataService): Target | undefined {
  const { table, row, primaryId } = job.write;
  const body = { '@odata.type': `Microsoft.Dynamics.CRM.${table}`, ...row, [primaryId]: idOf(job) };
  const text = settleNow(() => jsonText(body, 'The body of a request', fitText));
  return text.ok ? { job, body, bytes: Buffer.byteLength(text.value) } : undefined;
}

function done(job: WriteJob): Outcome<{ id?: string; outcome: 'created' | 'updated' }> {
  const id = idOf(job)?.toLowerCase();
  return { ok: true, value: { id, outcome: job.kind === 'create' ? 'created' : 'updated' } };
}

/** Keys of all rows that were made; of those that were changed nothing. */
function isAnswerTo(message: BulkMessage, { body }: BatchAnswer, rows: number): boolean {
  if (message === 'UpdateMultiple') return true;
  const ids = typeof body === 'object' && body !== null && 'Ids' in body ? body.Ids : undefined;
  return Array.isArray(ids) && ids.length === rows;
}

/** The table has no such message, whatever the environment said. */
const isUnknown = ({ status, code }: ServiceError): boolean =>
  status === 501 || code === '0x8006088a';
