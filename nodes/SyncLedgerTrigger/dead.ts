import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import type { StoppedRecord } from '../../core/ledger/ledger';
import { idText } from '../../core/ledger/record';
import { ledgerOf } from '../SyncLedger/connection';
import { presentRecord } from '../SyncLedger/present';
import { poll } from '../shared/polling';
import { markOf } from './mark';
import { DEFAULT_QUIET_MINUTES } from './properties';
import { chooseRows, rowItem, type ToldRows } from './rows';
import { triggerFlow } from './scope';

const MINUTE_MS = 60_000;
const SAMPLE_SIZE = 5;
/** Mostly nothing is new: a look at the newest shows it. */
const FIRST_LOOK = 20;
/** A record is kept with the time at which its write began, which may have waited for others. */
const LATE_MS = 10 * MINUTE_MS;

/** In n8n's static data of the node: what has been put out. Times are milliseconds since the epoch. */
interface Told {
  /** Everything that was given up until then. */
  until?: number;
  /** What was given up since. */
  records?: string[];
  /** Reason → when it was put out. */
  reasons?: Record<string, number>;
  /** Whether records wait for their reason's quiet time to end. */
  isHoldingBack?: boolean;
  /** What is known of faults of the mapping. */
  rows?: ToldRows;
}

const recordMark = (record: StoppedRecord): string =>
  markOf(`${idText(record)}\u0000${record.updatedAt}`);

/** What one repair mends. The class is enough where the message names the record's own values. */
const reasonMark = ({ flow, error }: StoppedRecord): string =>
  markOf(`${flow}\u0000${error?.class ?? ''}\u0000${error?.code ?? error?.message ?? ''}`);

export interface Choice {
  put: StoppedRecord[];
  told: Omit<Told, 'rows'>;
}

/**
 * What is new, once. A reason that was put out a short time ago stays back with all its records, and comes with them
 * together when the quiet time is over: a storm is a message an hour, not one for each order.
 *
 * @param records the dead letters, the newest first
 */
export function chooseNew(
  records: StoppedRecord[],
  told: Told,
  { now, quietMs }: { now: number; quietMs: number },
): Choice {
  const { until = 0, records: marks = [], reasons = {} } = told;
  const known = new Set(marks);
  const isQuiet = (record: StoppedRecord): boolean =>
    now - (reasons[reasonMark(record)] ?? -Infinity) < quietMs;
  const fresh = records.filter(
    (record) => record.updatedAt > until && !known.has(recordMark(record)),
  );
  const put = fresh.filter((record) => !isQuiet(record));
  const back = fresh.filter(isQuiet);
  const nextUntil = Math.max(
    until,
    Math.min(now - LATE_MS, ...back.map(({ updatedAt }) => updatedAt - 1)),
  );
  const isToldSince = (record: StoppedRecord): boolean =>
    record.updatedAt > nextUntil && !back.includes(record);
  const stillQuiet = Object.entries(reasons).filter(([, at]) => now - at < quietMs);
  return {
    put,
    told: {
      until: nextUntil,
      records: records.filter(isToldSince).map(recordMark),
      reasons: {
        ...Object.fromEntries(stillQuiet),
        ...Object.fromEntries(put.map((record) => [reasonMark(record), now])),
      },
      isHoldingBack: back.length > 0,
    },
  };
}

/** Behind what stays back for its reason another reason may stand that is new. */
const isNothing = ({ put, told }: Choice): boolean => put.length === 0 && !told.isHoldingBack;

/** As the lists of Sync Ledger put it out, without the document: messages are made of it. */
const deadItem = (record: StoppedRecord): INodeExecutionData => ({ json: presentRecord(record) });

/**
 * Puts out what has become a dead letter since the last poll, and what a fault of the mapping has begun to hold. A test run shows
 * the newest and notes nothing.
 */
export async function pollDead(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
  return await poll(this, async () => {
    const ledger = await ledgerOf(this);
    const flow = await triggerFlow(this, ledger);
    const list = async (limit: number) => await ledger.listDead({ flow, limit, documents: false });
    const failing = await ledger.failingRows({ flow });
    if (this.getMode() === 'manual')
      return [...failing.map(rowItem), ...(await list(SAMPLE_SIZE)).map(deadItem)];

    const { quietMinutes = DEFAULT_QUIET_MINUTES } = this.getNodeParameter('deadOptions', {}) as {
      quietMinutes?: number;
    };
    const memory = this.getWorkflowStaticData('node') as IDataObject & Told;
    const when = { now: Date.now(), quietMs: quietMinutes * MINUTE_MS };
    const rows = chooseRows(failing, memory.rows, when);
    memory.rows = rows.told;
    const items = rows.put.map(rowItem);
    const look = memory.isHoldingBack ? undefined : await list(FIRST_LOOK);
    if (look && isNothing(chooseNew(look, memory, when))) return items;
    const { put, told } = chooseNew(await list(Infinity), memory, when);
    Object.assign(memory, told);
    return [...items, ...put.map(deadItem)];
  });
}
