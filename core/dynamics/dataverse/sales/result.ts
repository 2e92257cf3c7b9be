import Big from 'big.js';
import { omit } from 'lodash';

import { ServiceError, validationError } from '../../../errors';
import type { Note } from '../../../notes';
import { listIn } from '../../../odata/listIn';
import { type Outcome, settle } from '../../../outcome';
import type { Decision } from '../../../sync/threeWay';
import { decisionNote } from '../decisions';
import type { Dataverse } from '../types';
import { resultColumns, storedLines } from './stored';
import { type Job, titleOf } from './job';
import type { SalesDocument } from './salesDocument';

export interface ResultOptions {
  /** Report a document whose total differs from `expectedtotal` as failed; it stays written. */
  failOnTotalDifference?: boolean;
}

/** What became of one document, with its number in the column of that name. */
export type SalesResult<N extends string = never> = {
  id: string;
  outcome: NonNullable<Job['outcome']>;
  name?: string;
  /** As Dynamics 365 computed it, in the document's currency. */
  totalamount?: number;
  /** Number of lines. */
  lines?: number;
  /** `totalamount` less `expectedtotal`, where they differ. */
  totaldifference?: number;
  /** What was decided where somebody had changed the document in Dynamics 365. */
  decisions?: Decision[];
  /** The same as sentences, and what else there is to know. */
  notes?: Note[];
} & Partial<Record<N, string>>;

/**
 * Number and totals come from the service; they are read for all documents together. Where that fails, only the
 * documents that were written fail with it: sent again, they are found unchanged.
 */
export async function readTotals(
  client: Dataverse,
  kind: SalesDocument,
  jobs: Job[],
): Promise<void> {
  const { set, key } = kind;
  const written = jobs.filter(({ outcome }) => outcome === 'created' || outcome === 'updated');
  const values = written.map(({ plan }) => plan.id);
  const totals = { set, column: key, values, select: resultColumns(kind) };
  const answer = await settle(() => listIn(client, [totals]));
  const rows = answer.ok ? answer.value.flat() : [];
  const byId = new Map(rows.map((row) => [String(row[key]).toLowerCase(), row]));
  for (const job of written) {
    const row = byId.get(job.plan.id);
    if (!row) job.error = answer.ok ? notReadBack(kind, job) : answer.error;
    // In a dry run the service has computed nothing yet, and what stands there is the total of what was there before.
    const known = client.dryRun ? omit(row, 'totalamount') : row;
    job.stored = { ...(client.dryRun ? omit(job.stored, 'totalamount') : job.stored), ...known };
  }
}

/** Said to be written, and not to be found: never to be counted as done. */
function notReadBack(kind: SalesDocument, { plan }: Job): ServiceError {
  return new ServiceError(
    `${titleOf(kind, plan)} was written, but cannot be read back from Dynamics 365`,
    {
      class: 'transient',
      code: 'NOT_READ_BACK',
      fix: `It is tried again. If that goes on, see whether a plug-in or flow deletes ${kind.words.short}s, and that the application user may read them.`,
    },
  );
}

function totalDifference({ plan, stored }: Job): number | undefined {
  const total = stored?.['totalamount'];
  if (plan.expectedTotal === undefined || typeof total !== 'number') return undefined;
  const difference = new Big(total).minus(plan.expectedTotal);
  return difference.eq(0) ? undefined : difference.toNumber();
}

function resultOf<N extends string>(kind: SalesDocument<N>, job: Job): SalesResult<N> {
  const { plan, stored, outcome = 'unchanged' } = job;
  const difference = totalDifference(job);
  return {
    id: plan.id,
    outcome,
    [kind.number]: stored?.[kind.number],
    name: stored?.['name'],
    totalamount: stored?.['totalamount'],
    lines: plan.lines?.length ?? (stored ? storedLines(kind, stored).length : undefined),
    ...(difference !== undefined && { totaldifference: difference }),
    ...(job.decisions?.length && { decisions: job.decisions, notes: notesOf(job, difference) }),
  } as SalesResult<N>;
}

/** The decisions as people read them; amounts that a person has changed are no failure, and are told. */
function notesOf({ decisions = [], movesTotal }: Job, difference: number | undefined): Note[] {
  const notes = decisions.map(decisionNote);
  if (!movesTotal || difference === undefined) return notes;
  const message = `differs by ${difference} from the source's, because amounts were changed in Dynamics 365`;
  return [...notes, { field: 'totalamount', message }];
}

function wrongTotal(kind: SalesDocument, { plan }: Job, total: number | undefined): ServiceError {
  return validationError(
    `${titleOf(kind, plan)} is written, but totals ${total} in Dynamics 365 where ${plan.expectedTotal} is expected`,
    `Compare prices, tax, discount and freight of the ${kind.words.short} with the source, and correct the mapping of the column that differs.`,
  );
}

export function outcomeOf<N extends string>(
  kind: SalesDocument<N>,
  job: Job,
  { failOnTotalDifference }: ResultOptions,
): Outcome<SalesResult<N>> {
  if (job.error) return { ok: false, error: job.error };
  const result = resultOf(kind, job);
  if (failOnTotalDifference && result.totaldifference !== undefined && !job.movesTotal) {
    return { ok: false, error: wrongTotal(kind, job, result.totalamount) };
  }
  return { ok: true, value: result };
}
