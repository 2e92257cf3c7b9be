import { MAX_OPERATIONS, type Entry } from './batch-parts';

export interface PlanOptions {
  batchSize: number;
  lanes: number;
}

/** Below this a request carries more overhead than work. */
const MIN_SIZE = 10;
const MAX_BYTES = 8 * 1024 * 1024;

function operationCount(entries: Entry[]): number {
  return entries.reduce((sum, { members }) => sum + members.length, 0);
}

/** So large that every lane has one, so small that no lane waits for a long one. */
export function chunkSize(operations: number, { batchSize, lanes }: PlanOptions): number {
  const most = Math.min(Math.max(1, batchSize), MAX_OPERATIONS);
  return Math.min(most, Math.max(MIN_SIZE, Math.ceil(operations / lanes)));
}

/** Neighbours stay together and in order; a change set is never divided. */
export function planChunks(entries: Entry[], options: PlanOptions): Entry[][] {
  const size = chunkSize(operationCount(entries), options);
  const chunks: Entry[][] = [];
  let count = 0;
  let bytes = 0;
  for (const entry of entries) {
    const current = chunks.at(-1);
    const fits = count + entry.members.length <= size && bytes + entry.bytes <= MAX_BYTES;
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
