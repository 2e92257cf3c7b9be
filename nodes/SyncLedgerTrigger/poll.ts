import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import type { DueRecord, Ledger } from '../../core/ledger/ledger';
import { ledgerOf } from '../SyncLedger/connection';
import { poll } from '../shared/polling';
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

/**
 * Puts out what is due. A test run in the editor only looks: it hides and forgets nothing. The ledger itself knows
 * what was put out, so n8n's static data stay empty.
 */
export async function pollDue(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
  return await poll(this, async () => {
    const options = this.getNodeParameter('options', {}) as Options;
    const peek = this.getMode() === 'manual';
    const ledger = await ledgerOf(this);
    const flow = await triggerFlow(this, ledger);
    const records = await ledger.due({
      flow,
      limit: peek ? SAMPLE_SIZE : (options.maxRecords ?? DEFAULT_MAX_RECORDS),
      visibilityMs: (options.hideMinutes ?? DEFAULT_HIDE_MINUTES) * MINUTE_MS,
      peek,
    });
    if (!peek) await purgeDaily(this, { ledger, flow }, options);
    return records.map(retryItem);
  });
}
