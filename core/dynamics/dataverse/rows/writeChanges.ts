import { noteUnchanged } from '../../../odata/rehearsal/unchanged';
import { sendAll } from '../../../odata/sendAll';
import { notCarriedOut } from '../../../odata/together';
import type { ODataClient, Row } from '../../../odata/types';
import type { Outcome } from '../../../outcome';
import type { SentMemory } from '../../../sync/memory';
import type { Conflicts } from '../../../sync/threeWay';
import type { RowResult, WriteKind } from '../../tables';
import { undecided } from '../conflicts';
import { decisionNote } from '../decisions';
import { getOperation } from '../operations';
import {
  columnsOfJob,
  documentOf,
  isHeld,
  isWordHeld,
  planRead,
  planUnread,
  type RowFacts,
  type RowJob,
  rowJobs,
  whole,
} from './rowJobs';
import { type RowWrite, UNANSWERED, type WriteOptions, writeRows } from './writeRows';

export interface ChangeOptions extends WriteOptions {
  /**
   * What was sent before to the rows of an entity set; `placeOf` tells the place of a write to a row. Left out: each
   * row is written as a whole.
   */
  memoryOf?: (set: string, placeOf: (id: string) => number | undefined) => SentMemory;
  /** Default: the source wins. */
  conflicts?: Conflicts;
  /** Of the write at this place. */
  factsOf?: (place: number) => RowFacts;
}

/** The memories of all tables that a run writes to. */
class Memories {
  private readonly bySet = new Map<string, { memory: SentMemory; jobs: RowJob[] }>();

  constructor(memoryOf: NonNullable<ChangeOptions['memoryOf']>, jobs: RowJob[]) {
    for (const [set, own] of groupBySet(jobs)) {
      const places = new Map(own.map(({ id, places: all }) => [id, all.at(-1)]));
      this.bySet.set(set, { memory: memoryOf(set, (id) => places.get(id)), jobs: own });
    }
  }

  async recall(): Promise<void> {
    for (const { memory, jobs } of this.bySet.values()) {
      const memories = await memory.recall(jobs.map(({ id }) => id));
      for (const [index, job] of jobs.entries()) job.memory = memories[index];
    }
  }

  async remember(jobs: RowJob[]): Promise<void> {
    for (const [set, own] of groupBySet(jobs)) {
      const entries = own.map((job) => ({ id: job.id, document: documentOf(job) }));
      await this.bySet.get(set)?.memory.remember(entries);
    }
  }

  async confirm(jobs: RowJob[]): Promise<void> {
    for (const [set, own] of groupBySet(jobs)) {
      await this.bySet.get(set)?.memory.confirm(own.map(({ id }) => id));
    }
  }
}

function groupBySet(jobs: RowJob[]): Map<string, RowJob[]> {
  const groups = new Map<string, RowJob[]>();
  for (const job of jobs) {
    const group = groups.get(job.write.set);
    if (group) group.push(job);
    else groups.set(job.write.set, [job]);
  }
  return groups;
}

/** Reads rows together, and plans them by what stands there; one that has gone is to be written as a whole. */
async function readAndPlan(
  client: ODataClient,
  jobs: RowJob[],
  { returnRow }: WriteOptions,
): Promise<void> {
  const operations = jobs.map((job) =>
    getOperation(job.write.set, job.id, { select: returnRow ? undefined : columnsOfJob(job) }),
  );
  const answers = await sendAll(client, operations);
  for (const [index, job] of jobs.entries()) {
    const answer = answers[index];
    if (answer?.ok) planRead(job, answer.value.body as Row);
    else if (answer?.error.class === 'not-found') job.plan = undefined;
    else job.error = answer?.error;
  }
}

/** The request that a row needs; undefined: none. */
function writeOf(job: RowJob): RowWrite | undefined {
  const { id, write, plan, askedBy: places } = job;
  const { set, table, primaryId } = write;
  if (!plan) return { set, table, primaryId, key: id, row: whole(job), places };
  if (Object.keys(plan.changes).length === 0) return undefined;
  // Never an upsert: a row that has gone would come back with these columns alone.
  return { set, table, primaryId, key: id, row: plan.changes, kind: 'update', places };
}

function receive(job: RowJob, outcome: Outcome<RowResult> | undefined): void {
  if (outcome?.ok) job.outcome = outcome.value;
  else job.error = outcome?.error;
}

function settleUnsent(client: ODataClient, job: RowJob, { returnRow }: WriteOptions): void {
  const { id, stored, write, askedBy } = job;
  noteUnchanged(client, { set: write.set, id }, askedBy);
  job.outcome = { id, outcome: 'unchanged', ...(returnRow && stored && { row: stored }) };
}

function outcomeOf(job: RowJob, word: number): Outcome<RowResult> {
  const { decisions = [], held = [] } = job.plan?.said[word] ?? {};
  if (held.length > 0)
    return { ok: false, error: undecided(`The row ${job.write.set}(${job.id})`, held) };
  if (job.error) return { ok: false, error: job.error };
  if (!job.outcome) return UNANSWERED;
  const told = decisions.length > 0 ? { decisions, notes: decisions.map(decisionNote) } : {};
  return { ok: true, value: { ...job.outcome, ...told } };
}

/** A write that is compared with nothing, and its place among all. */
interface PlacedWrite {
  write: RowWrite;
  place: number;
}

/** Sends what is to be sent in one go, the writes that are compared with nothing among it. */
async function send(
  client: ODataClient,
  kind: WriteKind,
  { jobs, others }: { jobs: RowJob[]; others: PlacedWrite[] },
  options: WriteOptions,
): Promise<Outcome<RowResult>[]> {
  const sent = jobs.flatMap((job) => {
    const write = writeOf(job);
    if (!write) settleUnsent(client, job, options);
    return write ? [{ job, write }] : [];
  });
  const writes = [
    ...sent.map(({ write }) => write),
    ...others.map(({ write, place }) => ({ ...write, places: write.places ?? [place] })),
  ];
  const places = [...sent.map(({ job }) => job.places.at(-1)), ...others.map(({ place }) => place)];
  const nameOf = options.allOrNothing;
  const outcomes = await writeRows(client, kind, writes, {
    ...options,
    allOrNothing: nameOf && ((at) => nameOf(places[at] ?? at)),
  });
  for (const [index, { job }] of sent.entries()) receive(job, outcomes[index]);
  return outcomes.slice(sent.length);
}

/** Of rows that are written all or none one could not be read, or waits for a person. */
function refuseAll(
  writes: RowWrite[],
  wordAt: ReadonlyMap<number, { job: RowJob; word: number }>,
  nameOf: NonNullable<WriteOptions['allOrNothing']>,
): Outcome<RowResult>[] {
  const own = writes.map((_, place) => {
    const found = wordAt.get(place);
    const isWell = !found || (!found.job.error && !isWordHeld(found.job, found.word));
    const outcome = isWell ? undefined : outcomeOf(found.job, found.word);
    return outcome?.ok === false ? outcome : undefined;
  });
  const place = own.findIndex((outcome) => outcome !== undefined);
  const error = own[place]?.error ?? UNANSWERED.error;
  const others = { ok: false as const, error: notCarriedOut(error, nameOf(place)) };
  return own.map((outcome) => outcome ?? others);
}

/** Sends rows as a whole that were there when something was sent to them last, and have gone since. */
async function makeAgain(
  client: ODataClient,
  jobs: RowJob[],
  memories: Memories,
  options: WriteOptions,
): Promise<void> {
  const gone = jobs.filter(({ plan, error }) => plan && error?.class === 'not-found');
  for (const job of gone) {
    job.plan = undefined;
    job.error = undefined;
  }
  await memories.remember(gone);
  await send(client, 'upsert', { jobs: gone, others: [] }, options);
}

/**
 * Writes rows, of one table or several, and leaves what only a person has changed there (see `threeWay.ts`). What the
 * source says as it said it last is not sent at all; a row is read only where it decides what is to be sent, all of
 * them together. A row whose memory is empty, that is found by an alternate key, or that brings related rows along is
 * written as a whole, as `writeRows` does.
 *
 * @returns one outcome for each write, in their order. Writes of the same row share one request, which has the effect
 * of all in turn; each has the decisions about its own columns. `held` where a person is to decide.
 */
export async function writeRowChanges(
  client: ODataClient,
  kind: 'update' | 'upsert',
  writes: RowWrite[],
  { memoryOf, conflicts = { rule: 'source' }, factsOf = () => ({}), ...options }: ChangeOptions,
): Promise<Outcome<RowResult>[]> {
  if (!memoryOf) return await writeRows(client, kind, writes, options);
  const jobs = rowJobs(writes, conflicts, factsOf);
  const memories = new Memories(memoryOf, jobs);
  await memories.recall();
  const unclear = jobs.filter((job) => planUnread(job, job.isRetry || Boolean(options.returnRow)));
  await readAndPlan(client, unclear, options);
  const ready = jobs.filter((job) => !job.error && !isHeld(job, Boolean(options.allOrNothing)));
  const wordAt = new Map(
    jobs.flatMap((job) => job.places.map((place, word) => [place, { job, word }] as const)),
  );
  if (options.allOrNothing && ready.length < jobs.length) {
    return refuseAll(writes, wordAt, options.allOrNothing);
  }
  await memories.remember(ready);
  const others = writes.flatMap((write, place) => (wordAt.has(place) ? [] : [{ write, place }]));
  const otherOutcomes = (await send(client, kind, { jobs: ready, others }, options)).values();
  // A change set that failed has written nothing, and a part of it alone must not be.
  if (kind === 'upsert' && !options.allOrNothing) await makeAgain(client, ready, memories, options);
  await memories.confirm(ready.filter(({ outcome }) => outcome !== undefined));
  return writes.map((_, place) => {
    const found = wordAt.get(place);
    return found
      ? outcomeOf(found.job, found.word)
      : (otherOutcomes.next().value as Outcome<RowResult>);
  });
}
