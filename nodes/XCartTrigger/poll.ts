import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import {
  begin,
  changedSince,
  latestOrders,
  orderSource,
  type PollOptions,
  rewind,
  type Source,
  type Watermark,
} from '../../core/stores/xcart/events';
import type { Order } from '../../core/stores/xcart/wire';
import { openStore, type Store } from '../XCart/store';
import { triggerError } from './failure';
import { hasCaughtUp, markCaughtUp, takeForTestRun } from './memory';
import { readSettings, startDate, type TriggerSettings } from './settings';

const SAMPLE_SIZE = 5;
const TIMEOUT_MS = 30_000;
/** n8n gives a poll five minutes, with its durable scheduler less than one. */
const USUAL_BUDGET_MS = 300_000;
/** What is left of the budget is for handing over. */
const READING_SHARE = 0.8;

/** What n8n keeps for this node, and saves together with the execution. Written here and nowhere else. */
interface Memory {
  watermark?: Watermark;
}

export function orderItem(store: string, order: Order, event: Source['event']): INodeExecutionData {
  return { json: { ...order, source: { ...orderSource(store, order, event) } } as IDataObject };
}

function budgetOf(context: IPollFunctions): number {
  // Absent in n8n before the durable scheduler.
  const ask: (() => number) | undefined = context.getPollBudgetMs?.bind(context);
  return ask?.() ?? USUAL_BUDGET_MS;
}

/** n8n's static data are live proxies: copied, so that nothing moves before the poll has succeeded. */
function savedWatermark(memory: Memory): Watermark | undefined {
  return memory.watermark && (JSON.parse(JSON.stringify(memory.watermark)) as Watermark);
}

/** Another store (by name: it may move to another address) or start: what was remembered is of no use. */
function originOf(store: Store, { startFrom }: TriggerSettings): string {
  return `${store.name}|${startFrom}`;
}

async function watermarkFor(
  context: IPollFunctions,
  store: Store,
  settings: TriggerSettings,
  options: PollOptions,
): Promise<Watermark> {
  const saved = savedWatermark(context.getWorkflowStaticData('node') as Memory);
  const origin = originOf(store, settings);
  if (saved?.origin !== origin) {
    return await begin(store.client, origin, options, startDate(settings.startFrom));
  }
  if (hasCaughtUp(context) || settings.catchUpMs === 0) return saved;
  return rewind(saved, Date.now() - settings.catchUpMs);
}

async function changes(context: IPollFunctions, settings: TriggerSettings) {
  const budgetMs = budgetOf(context);
  const deadline = Date.now() + budgetMs * READING_SHARE;
  const retry = { maxTotalWaitMs: budgetMs / 4 };
  const store = await openStore(context, { timeoutMs: TIMEOUT_MS, retry });
  const options: PollOptions = {
    ...settings,
    max: settings.maxOrders,
    modifiedSinceFilter: store.modifiedSinceFilter,
    deadline,
  };
  const watermark = await watermarkFor(context, store, settings, options);
  const result = await changedSince(store.client, watermark, options);
  (context.getWorkflowStaticData('node') as Memory).watermark = result.watermark;
  // Only now: a poll that failed has caught up with nothing.
  markCaughtUp(context);
  return result.changes.map(({ order }) => orderItem(store.name, order, 'poll'));
}

/** For a test run in the editor: what a webhook has just brought, else the latest orders. Moves nothing. */
async function sample(
  context: IPollFunctions,
  settings: TriggerSettings,
): Promise<INodeExecutionData[]> {
  const delivered = takeForTestRun(context);
  if (delivered) return [delivered];
  const store = await openStore(context, { timeoutMs: TIMEOUT_MS });
  const orders = await latestOrders(store.client, SAMPLE_SIZE, settings);
  return orders.map((order) => orderItem(store.name, order, 'poll')).reverse();
}

export async function pollOrders(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
  try {
    const settings = readSettings(this);
    const isTest = this.getMode() === 'manual';
    if (settings.receiveBy === 'webhook' && !isTest) return null;
    const items = await (isTest ? sample(this, settings) : changes(this, settings));
    return items.length > 0 ? [items] : null;
  } catch (error) {
    throw triggerError(this, error);
  }
}
