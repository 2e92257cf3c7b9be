import type { INodeExecutionData } from 'n8n-workflow';

import type { FailingRow } from '../../core/ledger/ledger';
import { presentRecord } from '../SyncLedger/present';
import { markOf } from './mark';

/** By its third attempt a record has waited for some minutes. */
const ATTEMPTS_ALONE = 3;

/** Row of the mapping → when it was put out, in milliseconds since the epoch. */
export type ToldRows = Record<string, number>;

/** Not by what is said of it: count and time in its reason change with each attempt. */
const rowMark = ({ latest }: FailingRow): string =>
  markOf(`${latest.flow}\u0000${latest.error?.rule ?? ''}`);

/** One record may be at fault itself; it is told when it has waited, or a second one stops there. */
const isTelling = ({ records, latest }: FailingRow): boolean =>
  records > 1 || latest.attempts >= ATTEMPTS_ALONE;

/**
 * What has begun to hold records, once. It counts anew when a record of its flow got through since it was put out, and
 * its quiet time is over: a row that fails for some orders only, between others that pass, is a message an hour. The
 * ledger says what got through, and no note here: n8n keeps notes only with what is put out, and forgets them with the
 * publishing that mends a row.
 */
export function chooseRows(
  rows: FailingRow[],
  told: ToldRows = {},
  { now, quietMs }: { now: number; quietMs: number },
): { put: FailingRow[]; told: ToldRows } {
  const isQuiet = (at: number): boolean => now - at < quietMs;
  const isTold = (row: FailingRow): boolean => {
    const at = told[rowMark(row)];
    return at !== undefined && (at >= row.lastDoneAt || isQuiet(at));
  };
  const put = rows.filter((row) => isTelling(row) && !isTold(row));
  const known = new Set(rows.filter(isTold).map(rowMark));
  const kept = Object.entries(told).filter(([mark, at]) => known.has(mark) || isQuiet(at));
  return {
    put,
    told: {
      ...Object.fromEntries(kept),
      ...Object.fromEntries(put.map((row) => [rowMark(row), now])),
    },
  };
}

/** One record for all that wait, and how many those are: `heldByMapping`, as in the statistics. */
export function rowItem({ latest, records }: FailingRow): INodeExecutionData {
  return { json: { ...presentRecord(latest), heldByMapping: records } };
}
