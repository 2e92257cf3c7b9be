import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import type { DueRecord, Ledger } from '../../core/ledger/ledger';
import { idText } from '../../core/ledger/record';
import { ledgerOf } from '../SyncLedger/connection';
import { poll } from '../shared/polling';
import { isDry } from '../shared/trigger/dryRun';
import { markOf } from './mark';
import {
  DEFAULT_HIDE_MINUTES,
  DEFAULT_KEEP_DAYS,
  DEFAULT_KEEP_DOCUMENTS_DAYS,
  DEFAULT_MAX_RECORDS,
} from './properties';
import { triggerFlow } from './scope';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const SAMPLE_SIZE = 5;

interface Options {
  maxRecords?: number;
  hideMinutes?: number;
  keepDays?: number;
  keepDocumentsDays?: number;
}

/** The document as the first trigger gave it, marked as a retry of the flow that it failed in. */
export function retryItem({ flow, document }: DueRecord): INodeExecutionData {
  const { source, ...rest } = document as IDataObject;
  const marked = { ...(source as IDataObject | undefined), event: 'retry', flow };
  return { json: { ...rest, source: marked } };
}

/** 0: for ever. */
const daysMs = (days: number): number => (days > 0 ? days * DAY_MS : Infinity);

/** When this process last looked for records to forget, by ledger and flow. */
const lastPurges = new WeakMap<Ledger, Map<string | undefined, number>>();

/** Of the trigger's own flow. What is handed out by now must get through, whatever becomes of the tidying. */
async function purgeDaily(
  context: IPollFunctions,
  { ledger, flow }: { ledger: Ledger; flow?: string },
  options: Options,
) {
  const now = Date.now();
  const last = lastPurges.get(ledger) ?? new Map<string | undefined, number>();
  lastPurges.set(ledger, last);
  if (now - (last.get(flow) ?? 0) < DAY_MS) return;
  last.set(flow, now);
  try {
    await ledger.purge({
      flow,
      olderThanMs: daysMs(options.keepDays ?? DEFAULT_KEEP_DAYS),
      documentsOlderThanMs: daysMs(options.keepDocumentsDays ?? DEFAULT_KEEP_DOCUMENTS_DAYS),
    });
  } catch (error) {
    context.logger.warn(`Old records could not be forgotten: ${(error as Error).message}`);
  }
}

/** In n8n's static data of the node while the workflow is dry: marks of what was put out and is still due. */
interface DryTold {
  dry?: string[];
}

/** One that was tried meanwhile comes again. */
const dueMark = (record: DueRecord): string => markOf(`${idText(record)}\u0000${record.attempts}`);

/**
 * What is due, for a dry run: each once, and the ledger neither hides nor counts it, so that all of it is due afterwards as it
 * was before.
 */
async function dueDry(
  memory: DryTold,
  ledger: Ledger,
  query: { flow?: string; limit: number; visibilityMs: number },
): Promise<DueRecord[]> {
  const told = new Set(memory.dry);
  const limit = query.limit + told.size;
  const due = await ledger.due({ ...query, limit, peek: true });
  const records = due.filter((record) => !told.has(dueMark(record))).slice(0, query.limit);
  const isDue = new Set(due.map(dueMark));
  memory.dry = [...[...told].filter((mark) => isDue.has(mark)), ...records.map(dueMark)];
  return records;
}

/**
 * Puts out what is due. A test run in the editor only looks: it hides and forgets nothing, and neither does a dry run. The
 * ledger itself knows what was put out otherwise, so n8n's static data stay empty.
 */
export async function pollDue(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
  return await poll(this, async () => {
    const options = this.getNodeParameter('options', {}) as Options;
    const peek = this.getMode() === 'manual';
    const ledger = await ledgerOf(this);
    const flow = await triggerFlow(this, ledger);
    const query = {
      flow,
      limit: peek ? SAMPLE_SIZE : (options.maxRecords ?? DEFAULT_MAX_RECORDS),
      visibilityMs: (options.hideMinutes ?? DEFAULT_HIDE_MINUTES) * MINUTE_MS,
    };
    const memory = this.getWorkflowStaticData('node') as DryTold;
    if (!peek && isDry(this)) return (await dueDry(memory, ledger, query)).map(retryItem);
    if (!peek && memory.dry) delete memory.dry;
    const records = await ledger.due({ ...query, peek });
    if (!peek) await purgeDaily(this, { ledger, flow }, options);
    return records.map(retryItem);
  });
}
