import type { Entry } from './batch-parts';
import type { ServiceLimits } from './service';
import type { SingleOperation } from './types';

export interface PlanOptions {
  batchSize: number;
  lanes: number;
  /** What one batch may hold at most. */
  limits: Pick<ServiceLimits, 'operations' | 'batchBytes'>;
}

/** Below this a request carries more overhead than work. */
const MIN_ROWS = 10;
/** With this many rows a request carries enough; only work beyond it is spread over all lanes. */
const FULL_ROWS = 40;
/** Requests that light work is spread over until each of them is full: a poll must not cost a request per row. */
const FEW_REQUESTS = 25;

function operationCount(entries: Entry[]): number {
  return entries.reduce((sum, { members }) => sum + members.length, 0);
}

/** Rows that an operation touches: a deep insert writes the rows it holds, one after the other. */
function rowCount({ body }: SingleOperation): number {
  if (typeof body !== 'object' || body === null) return 1;
  const children = Object.values(body).filter(Array.isArray);
  return children.reduce((sum, list) => sum + list.length, 1);
}

/**
 * Operations in a request: so many that every lane has one, so few that no lane waits for a long one, and never so
 * few that the number of requests becomes the cost.
 *
 * @param rows how many rows these operations touch together
 */
export function chunkSize(
  operations: number,
  { batchSize, lanes, limits }: PlanOptions,
  rows = operations,
): number {
  const most = Math.min(Math.max(1, batchSize), limits.operations);
  const light = Math.min(FULL_ROWS, Math.ceil(rows / FEW_REQUESTS));
  const rowsEach = Math.max(MIN_ROWS, Math.ceil(rows / lanes), light);
  return Math.min(most, Math.max(1, Math.ceil((rowsEach * operations) / Math.max(1, rows))));
}

/** Neighbours stay together and in order; a change set is never divided. */
export function planChunks(entries: Entry[], options: PlanOptions): Entry[][] {
  const operations = operationCount(entries);
  const rows = entries
    .flatMap(({ members }) => members)
    .reduce((sum, member) => sum + rowCount(member), 0);
  const size = chunkSize(operations, options, rows);
  const chunks: Entry[][] = [];
  let count = 0;
  let bytes = 0;
  for (const entry of entries) {
    const current = chunks.at(-1);
    const fits =
      count + entry.members.length <= size && bytes + entry.bytes <= options.limits.batchBytes;
    if (current && fits) {
      current.push(entry);
    } else {
      chunks.push([entry]);
      count = 0;
      bytes = 0;
    }
    count += entry.members.length;
    bytes += entry.bytes;
  }
  return chunks;
}

/** The same for rows that go as one list in the body of a request. */
export function chunkRows<T extends { bytes: number }>(rows: T[], options: PlanOptions): T[][] {
  const size = chunkSize(rows.length, options);
  const chunks: T[][] = [];
  let bytes = 0;
  for (const row of rows) {
    const current = chunks.at(-1);
    if (current && current.length < size && bytes + row.bytes <= options.limits.batchBytes) {
      current.push(row);
    } else {
      chunks.push([row]);
      bytes = 0;
    }
    bytes += row.bytes;
  }
  return chunks;
}
