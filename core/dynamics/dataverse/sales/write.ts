import { partition } from 'lodash';

import { type ErrorClass, ServiceError, toServiceError, validationError } from '../../../errors';
import { noteUnchanged } from '../../../odata/rehearsal/unchanged';
import { sendAll } from '../../../odata/sendAll';
import type { BatchOperation, Row, SingleOperation } from '../../../odata/types';
import { type Outcome, settle } from '../../../outcome';
import { createOperation } from '../operations';
import type { Dataverse } from '../types';
import { keptForm } from '../../../sync/kept';
import type { SentMemory } from '../../../sync/memory';
import { type ChangeFacts, type Conflicts, rulesFor } from '../../../sync/threeWay';
import { closed, type Known, salesChanges, type SentDocument, sentDocument } from './changes';
import { isPricedOtherwise, readPriceDecimals } from './decimals';
import { type Job, titleOf } from './job';
import { lookUpSalesNames } from './lookups';
import { readSalesDocument } from './read';
import { outcomeOf, readTotals, type ResultOptions, type SalesResult } from './result';
import { type LineOptions, salesRows, type SalesRows } from './rows';
import type { SalesDocument } from './salesDocument';
import { readOperation, type ReadMore, readStates } from './stored';

export interface SalesOptions extends LineOptions, ResultOptions {
  /** What was sent before. Without it the source's document is brought into the stored one as a whole. */
  memory?: SentMemory;
  /** Default: the source wins. */
  conflicts?: Conflicts;
  /** Of the document at this place. */
  factsOf?: (index: number) => ChangeFacts;
  /** Its place among all that the run works on together, where some of them are not handed in. */
  placeOf?: (index: number) => number;
}

/** Runs a step that may fail for one document without stopping the others. */
function attempt(job: Job, step: () => void): void {
  try {
    step();
  } catch (error) {
    job.error = toServiceError(error);
  }
}

/** Reads the documents. The last one of a key wins: it is the newest. */
function readDocuments(
  kind: SalesDocument,
  documents: Row[],
  options: SalesOptions,
): { jobs: Job[]; ofDocument: Array<Job | ServiceError> } {
  const { placeOf = (index) => index } = options;
  const byKey = new Map<string, Job>();
  const read = documents.map((document, index) => {
    try {
      const plan = readSalesDocument(kind, document);
      const places = [...(byKey.get(plan.id)?.places ?? []), placeOf(index)];
      byKey.set(plan.id, { plan, places, known: knownOf(options, index) });
      return plan.id;
    } catch (error) {
      return toServiceError(error);
    }
  });
  const ofDocument = read.map((key) => (typeof key === 'string' ? byKey.get(key) : key));
  return {
    jobs: [...byKey.values()],
    ofDocument: ofDocument.filter((entry) => entry !== undefined),
  };
}

function knownOf({ conflicts = { rule: 'source' }, factsOf }: SalesOptions, index: number): Known {
  const facts = factsOf?.(index) ?? {};
  return { conflicts: rulesFor(conflicts, facts), changedAt: facts.changedAt };
}

/** A document that has been read, whose names have been replaced. */
interface Ready extends Job {
  rows: SalesRows;
}

function ready(jobs: Job[]): Ready[] {
  return jobs.filter((job): job is Ready => job.rows !== undefined && !job.error);
}

/** Writes documents of one kind; each step takes all of them together. */
class Writer {
  private priceDecimals?: ReturnType<typeof readPriceDecimals>;

  constructor(
    readonly client: Dataverse,
    readonly kind: SalesDocument,
    readonly memory?: SentMemory,
  ) {}

  async replaceNames(jobs: Job[], options: LineOptions): Promise<void> {
    const names = await lookUpSalesNames(
      this.client,
      jobs.map(({ plan }) => plan.names),
    );
    for (const job of jobs) {
      const { currency } = job.plan.names;
      const decimals = { currency: currency ? names.currencyDecimals(currency) : undefined };
      job.known = { ...job.known, decimals };
      attempt(job, () => (job.rows = salesRows(this.kind, job.plan, names, options)));
    }
  }

  /** @returns those that are already there, or that may be there: what cannot be created may well be unchanged. */
  async create(jobs: Ready[]): Promise<Ready[]> {
    for (const job of jobs) {
      job.isGone = false;
      job.error = job.rows.lines?.find(({ obstacle }) => obstacle)?.obstacle;
    }
    const [blocked, creatable] = partition(jobs, ({ error }) => error !== undefined);
    await this.remember(creatable, { isWhole: true });
    const answers = await sendAll(
      this.client,
      creatable.map((job) => insertOperation(this.kind, job)),
    );
    const existing = creatable.filter((job, index) => {
      const answer = answers[index];
      if (answer?.ok) job.outcome = 'created';
      else job.error = answer?.error;
      return job.error?.class === 'duplicate';
    });
    return [...existing, ...blocked];
  }

  /** @returns those whose change failed in a way that a second look may clear up. */
  async update(jobs: Ready[]): Promise<Ready[]> {
    await this.read(jobs);
    await this.learnPrices(jobs);
    const changed = jobs
      .filter(({ error, isGone }) => !error && !isGone)
      .map((job) => ({ job, changes: this.changesOf(job) }))
      .filter(({ changes }) => changes.length > 0);
    await this.remember(changed.map(({ job }) => job));
    for (const { job } of changed) attempted(job);
    const answers = await sendAll(
      this.client,
      changed.map(({ job, changes }) => asOne(job, changes)),
    );
    for (const [index, { job }] of changed.entries()) {
      const answer = answers[index];
      job.changeSent = true;
      if (answer?.ok) job.outcome = 'updated';
      else job.error = answer?.error;
    }
    return changed
      .map(({ job }) => job)
      .filter(({ error }) => error && WORTH_A_SECOND_LOOK.has(error.class));
  }

  /** Tells the refusal of a change by its reason where somebody has closed the document since it was read. */
  async explain(jobs: Job[]): Promise<void> {
    const refused = jobs.filter(({ changeSent, error }) => changeSent && error && !error.retryable);
    if (refused.length === 0) return;
    const ids = refused.map(({ plan }) => plan.id);
    const states = await settle(() => readStates(this.client, this.kind, ids));
    if (!states.ok) return;
    for (const job of refused) {
      const state = states.value.get(job.plan.id);
      const isClosed = state !== undefined && !this.kind.editable.includes(state);
      if (isClosed) job.error = closed(this.kind, job.plan, state);
    }
  }

  /** Looks up what was sent before. */
  async recall(jobs: Ready[]): Promise<void> {
    const memories = await this.memory?.recall(jobs.map(({ plan }) => plan.id));
    memories?.forEach((memory, index) => {
      const job = jobs[index];
      if (job && memory) job.known = { ...job.known, memory };
    });
  }

  /** Writes down what is about to be sent, so that it is known also where its answer is lost. */
  private async remember(jobs: Ready[], { isWhole = false } = {}): Promise<void> {
    if (jobs.length === 0) return;
    await this.memory?.remember(
      jobs.map(({ plan, rows, known }) => ({
        id: plan.id,
        document: sentDocument(rows, isWhole ? undefined : known.memory),
      })),
    );
  }

  /** What was written, or was there already, is what was sent last. */
  async confirm(jobs: Ready[]): Promise<void> {
    const settled = jobs.filter(({ error, outcome }) => !error && outcome !== undefined);
    if (settled.length === 0) return;
    await this.remember(settled.filter(({ outcome }) => outcome === 'unchanged'));
    await this.memory?.confirm(settled.map(({ plan }) => plan.id));
  }

  private async read(jobs: Ready[]): Promise<void> {
    const answers = await sendAll(
      this.client,
      jobs.map((job) => readOperation(this.kind, job.plan.id, job.rows, toRead(job))),
    );
    for (const [index, job] of jobs.entries()) {
      const answer = answers[index];
      if (answer?.ok) {
        job.stored = answer.value.body as Row;
        job.error = undefined;
      } else {
        const isMissing = answer?.error.class === 'not-found';
        job.isGone = isMissing && job.error === undefined;
        job.error = isMissing ? notThere(this.kind, job) : answer?.error;
      }
    }
  }

  /** Asks how prices are rounded where one stands otherwise than it is sent: that may be nobody's edit. */
  private async learnPrices(jobs: Ready[]): Promise<void> {
    const priced = jobs.filter((job) => job.known.memory && isPricedOtherwise(this.kind, job));
    if (priced.length === 0) return;
    this.priceDecimals ??= readPriceDecimals(this.client);
    const price = await this.priceDecimals;
    for (const job of priced) {
      if (price.ok) job.known.decimals = { ...job.known.decimals, price: price.value };
      else job.error = price.error;
    }
  }

  private noteUnchanged({ plan: { id }, places }: Job): void {
    noteUnchanged(this.client, { set: this.kind.set, id }, places);
  }

  private changesOf(job: Ready): SingleOperation[] {
    let changes: SingleOperation[] = [];
    attempt(job, () => {
      const { kind } = this;
      const found = salesChanges(kind, job.plan, job.rows, job.stored ?? {}, job.known);
      changes = found.operations;
      job.decisions = found.merge.decisions;
      job.movesTotal = found.movesTotal;
      if (changes.length === 0) job.outcome = job.changeSent ? 'updated' : 'unchanged';
      if (job.outcome === 'unchanged') this.noteUnchanged(job);
    });
    return changes;
  }
}

/** A second look of the same run takes what it finds for what was just attempted, where the answer was lost. */
function attempted(job: Ready): void {
  const { memory } = job.known;
  if (!memory) return;
  const attempts = [...memory.attempts, keptForm(sentDocument(job.rows, memory))];
  job.known = { ...job.known, memory: { ...memory, attempts } };
}

function toRead({ known: { memory, conflicts } }: Job): ReadMore {
  const documents = [memory?.confirmed ?? {}, ...(memory?.attempts ?? [])] as SentDocument[];
  const rules = [conflicts.rule, ...Object.values(conflicts.columns ?? {})];
  return {
    sentLines: documents.flatMap(({ lines = {} }) => Object.values(lines)),
    times: rules.includes('newest'),
  };
}

/**
 * Deep insert: header and lines in one request, all or nothing (Dataverse docs: create-entity-web-api). With
 * keys of our own a second delivery is refused as a duplicate, so it may be repeated after a doubtful answer.
 */
function insertOperation(
  kind: SalesDocument,
  { plan, places, rows: { header, lines = [] } }: Ready,
): SingleOperation {
  const { set, key, lines: detail } = kind;
  const details = lines.map(({ id, row }) => withoutNulls({ [detail.key]: id, ...row }));
  const row = {
    [key]: plan.id,
    ...withoutNulls(header),
    ...(details.length > 0 && { [detail.property]: details }),
  };
  return createOperation(set, row, { repeatable: true, primaryId: key, places });
}

function withoutNulls(row: Row): Row {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null));
}

/** A duplicate that cannot be found under our key is another row with the same number or line key. */
function notThere(kind: SalesDocument, { plan, error }: Job): ServiceError | undefined {
  if (error?.class !== 'duplicate') return error;
  const { words, number } = kind;
  return validationError(
    `${titleOf(kind, plan)} was refused as a duplicate: ${error.message}`,
    `Another row has the same ${words.short} number or line key. Change ${number} (or leave it to Dynamics 365), or remove the other row.`,
  );
}

/**
 * A document that is to be changed is there, and one that is to be made refers to rows that are not: a customer who was
 * deleted since he was written. He is written again when the record is tried again, so that it is no dead letter yet.
 */
function referenceGone(kind: SalesDocument, job: Job): ServiceError | undefined {
  const { plan, error } = job;
  if (error?.class !== 'not-found') return error;
  return new ServiceError(
    job.changeSent
      ? `${titleOf(kind, plan)}, or a row that it refers to, is not in Dynamics 365 any more: ${error.message}`
      : `${titleOf(kind, plan)} refers to a row that is not in Dynamics 365: ${error.message}`,
    {
      class: 'conflict',
      code: error.code,
      fix: 'It is tried again, which writes anew what was deleted meanwhile, such as the customer. If it goes on, correct the columns that hold IDs of other rows.',
      cause: error,
    },
  );
}

/** All changes of one document or none of them. */
function asOne({ places }: Job, all: SingleOperation[]): BatchOperation {
  const changes = all.map((change) => ({ ...change, places }));
  const [only] = changes;
  return changes.length === 1 && only ? only : { changeSet: changes };
}

/** What a second look may clear up: a lost answer, or a line that somebody else wrote or removed meanwhile. */
const WORTH_A_SECOND_LOOK: ReadonlySet<ErrorClass> = new Set([
  'transient',
  'duplicate',
  'not-found',
]);

/**
 * Creates or updates documents with their lines, each exactly once, in a handful of requests: names are looked up
 * together, documents are created in batches, and only those that are already there are compared and changed.
 *
 * @returns one outcome for each document, in their order; documents with the same key share one, and the last of
 * them is what is written. A create whose answer was lost counts as `unchanged` when it is found again.
 */
export async function writeSalesDocuments<N extends string>(
  client: Dataverse,
  kind: SalesDocument<N>,
  documents: Row[],
  options: SalesOptions = {},
): Promise<Outcome<SalesResult<N>>[]> {
  const { jobs, ofDocument } = readDocuments(kind, documents, options);
  const writer = new Writer(client, kind, options.memory);
  await writer.replaceNames(jobs, options);
  await writer.recall(ready(jobs));
  // What was sent before is there, or may be; only what is not, or is new, is created. A create that is refused would
  // leave behind as sent what may have to be held.
  const [known, unknown] = partition(ready(jobs), (job) => job.known.memory);
  const doubtful = await writer.update(known);
  const existing = await writer.create([...unknown, ...known.filter(({ isGone }) => isGone)]);
  doubtful.push(...(await writer.update(existing)));
  await writer.update(doubtful);
  await writer.explain(jobs);
  for (const job of jobs) job.error = referenceGone(kind, job);
  await readTotals(client, kind, jobs);
  await writer.confirm(ready(jobs));
  return ofDocument.map((entry) =>
    'plan' in entry ? outcomeOf(kind, entry, options) : { ok: false, error: entry },
  );
}
