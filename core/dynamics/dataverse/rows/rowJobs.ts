import { omit } from 'lodash';

import type { Row } from '../../../odata/types';
import type { Memory } from '../../../sync/memory';
import { type ChangeFacts, type Conflicts, rulesFor } from '../../../sync/threeWay';
import { guidIn } from '../../../values';
import type { RowResult } from '../../tables';
import type { ServiceError } from '../../../errors';
import { columnsToRead, rowChanges, type RowChanges, type RowWord } from './changes';
import type { RowWrite } from './writeRows';

/** What is known of one write beside its columns. */
export interface RowFacts extends ChangeFacts {
  /** It is sent again after a failure: the row may be what is missing, and so is looked at. */
  isRetry?: boolean;
  /** It was looked for and is not there, whatever was sent before: it is written as a whole. */
  isMissing?: boolean;
}

/** One row on its way, and all that the writes of a run say of it. */
export interface RowJob {
  id: string;
  /** Table and key; of its columns each word has its own. */
  write: RowWrite;
  /** The places of its writes, in their order; `words` are in the same. */
  places: number[];
  /** Places of those who ask for it, among all that the run works on together. */
  askedBy: number[];
  words: RowWord[];
  isRetry: boolean;
  isMissing: boolean;
  memory?: Memory;
  /** As it was read; undefined: it was not read, or is not there. */
  stored?: Row;
  /** What is to be sent to a row that is there. Absent: the row is written as a whole. */
  plan?: RowChanges;
  outcome?: RowResult;
  error?: ServiceError;
}

/** The key of a write whose row can be remembered: by its primary key, as another key does not tell which row it is. */
function idOf({ key, primaryId, row }: RowWrite): string | undefined {
  return guidIn(key ?? row[primaryId])?.toLowerCase();
}

const NAME = /^\w+(?:@odata\.bind)?$/;

/**
 * Whether all columns have values that can be compared: no rows of a deep insert, and no other annotations. What holds
 * for one version of the row alone is compared by the service.
 */
function isComparable({ row, ifMatch }: RowWrite): boolean {
  if (ifMatch !== undefined) return false;
  return Object.entries(row).every(
    ([name, value]) => NAME.test(name) && (typeof value !== 'object' || value === null),
  );
}

/** The columns of a write that say something. */
function columnsOf({ row, primaryId }: RowWrite): Row {
  const defined = Object.entries(row).filter(([, value]) => value !== undefined);
  return omit(Object.fromEntries(defined), primaryId);
}

/** One job for each row whose writes can be compared; the other writes are in none. */
export function rowJobs(
  writes: RowWrite[],
  conflicts: Conflicts,
  factsOf: (place: number) => RowFacts,
): RowJob[] {
  const jobs = new Map<string, RowJob>();
  const others = new Set<RowJob>();
  for (const [place, write] of writes.entries()) {
    const id = idOf(write);
    if (id === undefined) continue;
    const identity = `${write.set} ${id}`;
    const known = jobs.get(identity);
    const job: RowJob = known ?? {
      id,
      write,
      places: [],
      askedBy: [],
      words: [],
      isRetry: false,
      isMissing: false,
    };
    const facts = factsOf(place);
    job.places.push(place);
    job.askedBy.push(...(write.places ?? [place]));
    job.words.push({
      row: columnsOf(write),
      conflicts: rulesFor(conflicts, facts),
      changedAt: facts.changedAt,
    });
    job.isRetry ||= facts.isRetry ?? false;
    job.isMissing ||= facts.isMissing ?? false;
    if (!isComparable(write)) others.add(job);
    jobs.set(identity, job);
  }
  return [...jobs.values()].filter((job) => !others.has(job));
}

/** All that the words say, the last one of each column. */
export function whole({ words }: RowJob): Row {
  return Object.assign({}, ...words.map(({ row }) => row)) as Row;
}

/** Whether a row is written as a whole: it is not there, or nothing was sent to it. */
function isWhole({ isMissing, memory }: RowJob): boolean {
  return isMissing || !memory;
}

/**
 * Plans a row without reading it.
 * @returns whether it has to be read. `mustSee`: also where nothing is to be sent.
 */
export function planUnread(job: RowJob, mustSee: boolean): boolean {
  if (isWhole(job) || !job.memory) return false;
  const plan = rowChanges(job.words, job.memory);
  if (!plan) return true;
  job.plan = plan;
  return mustSee && Object.keys(plan.changes).length === 0;
}

export function planRead(job: RowJob, stored: Row): void {
  job.stored = stored;
  job.plan = job.memory && rowChanges(job.words, job.memory, stored);
}

function asksForTime({ rule, columns = {} }: Conflicts): boolean {
  return [rule, ...Object.values(columns)].includes('newest');
}

/** The columns to read of a row; undefined: all. */
export function columnsOfJob({ memory, words, write }: RowJob): string[] | undefined {
  const columns = memory && columnsToRead(words, memory);
  // Not every table has it, so that it is asked for only where a rule does.
  const times = words.some(({ conflicts }) => asksForTime(conflicts)) ? ['modifiedon'] : [];
  return columns && [...new Set([write.primaryId, ...columns, ...times])];
}

/** What is remembered of a row when it is sent. */
export function documentOf(job: RowJob): Row {
  return job.plan?.document ?? whole(job);
}

/** Whether a word of a row waits for a person. */
export function isWordHeld({ plan }: RowJob, word: number): boolean {
  return (plan?.said[word]?.held.length ?? 0) > 0;
}

/**
 * Whether a row may not be sent, because each of its words waits for a person; of what goes all or none, because one
 * does.
 */
export function isHeld(job: RowJob, allOrNothing: boolean): boolean {
  const { said = [] } = job.plan ?? {};
  const isOne = (_: unknown, word: number) => isWordHeld(job, word);
  return allOrNothing ? said.some(isOne) : said.length > 0 && said.every(isOne);
}
