import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import {
  type CatchUpMemory,
  isPaused,
  nothingPutOutYet,
  pauseCatchUp,
  planCatchUp,
} from '../../core/stores/kit/catchUp';
import type { Feed } from '../../core/stores/kit/feed';
import {
  begin,
  type Change,
  latestRecords,
  type PollOptions,
  readChanges,
} from '../../core/stores/kit/poll';
import { sourceOf } from '../../core/stores/kit/records';
import { sweepOn } from '../../core/stores/kit/sweep';
import { noteHandOut } from '../../core/stores/kit/trail';
import type { Watermark } from '../../core/stores/kit/watermark';
import { orderFeed, ORDERS } from '../../core/stores/xcart/feed';
import type { Order } from '../../core/stores/xcart/wire';
import { poll } from '../shared/polling';
import { openStore, type Store } from '../XCart/connection';
import { catchUpSituation } from './catchUp';
import { markBehind, markCaughtUp, takeForTestRun } from './memory';
import { readSettings, startDate, type TriggerSettings } from './settings';

const SAMPLE_SIZE = 5;
const TIMEOUT_MS = 30_000;
/** n8n gives a poll five minutes, with its durable scheduler less than one. */
const USUAL_BUDGET_MS = 300_000;
/** What is left of the budget is for handing over. */
const READING_SHARE = 0.8;

/** What n8n keeps for this node, and saves together with the execution. Written here and nowhere else. */
interface Memory extends CatchUpMemory {
  watermark?: Watermark;
}

export function orderItem(
  store: string,
  order: Order,
  event: string,
  readAt: number,
): INodeExecutionData {
  return {
    json: { ...order, source: { ...sourceOf(ORDERS, store, order, event, readAt) } } as IDataObject,
  };
}

function budgetOf(context: IPollFunctions): number {
  // Absent in n8n before the durable scheduler.
  const ask: (() => number) | undefined = context.getPollBudgetMs?.bind(context);
  return ask?.() ?? USUAL_BUDGET_MS;
}

/** n8n's static data are live proxies: copied, so that nothing moves before the poll has succeeded. */
function saved(context: IPollFunctions): Memory {
  return JSON.parse(JSON.stringify(context.getWorkflowStaticData('node'))) as Memory;
}

/** Another store (by name: it may move to another address) or start: what was remembered is of no use. */
function originOf(store: Store, { startFrom }: TriggerSettings): string {
  return `${store.name}|${startFrom}`;
}

interface Reading {
  context: IPollFunctions;
  store: Store;
  feed: Feed<Order>;
  settings: TriggerSettings;
  options: PollOptions;
}

/** The new orders, and the memory for the next poll. */
async function readNew({ context, store, feed, settings, options }: Reading, memory: Memory) {
  const origin = originOf(store, settings);
  const isKnown = memory.watermark?.origin === origin;
  const watermark =
    isKnown && memory.watermark
      ? memory.watermark
      : await begin(feed, origin, options, {
          from: startDate(settings.startFrom),
          unfiltered: orderFeed(store.client),
        });
  if (!isKnown) markCaughtUp(context);
  const known: Memory = isKnown ? memory : { ...nothingPutOutYet(Date.now()), watermark };
  const result = await readChanges(feed, watermark, options);
  markBehind(context, result.more);
  return { changes: result.changes, memory: { ...known, watermark: result.watermark }, watermark };
}

/** Orders that were put out before, as far as there is room for them. A failure costs nothing but time. */
async function readAgain({ context, feed, options }: Reading, memory: Memory, room: number) {
  const nothing: Array<Change<Order>> = [];
  if (!memory.sweep || room < 1 || isPaused(memory, Date.now()))
    return { changes: nothing, memory };
  try {
    const { changes, sweep } = await sweepOn(feed, memory.sweep, { ...options, max: room });
    return { changes, memory: { ...memory, sweep } };
  } catch (error) {
    context.logger.warn(`The look back is put off: ${(error as Error).message}`);
    return { changes: nothing, memory: pauseCatchUp(memory, Date.now()) };
  }
}

async function changes(context: IPollFunctions, settings: TriggerSettings) {
  const budgetMs = budgetOf(context);
  const deadline = Date.now() + budgetMs * READING_SHARE;
  const store = await openStore(context, { timeoutMs: TIMEOUT_MS, patienceMs: budgetMs / 4 });
  const feed = orderFeed(store.client, { ...store, ...settings });
  const { overlapMs, maxOrders: max, events } = settings;
  const options: PollOptions = { overlapMs, max, events, deadline };
  const reading: Reading = { context, store, feed, settings, options };
  const fresh = await readNew(reading, saved(context));
  // Only now: a poll that fails has caught up with nothing.
  const situation = catchUpSituation(context, settings.catchUpMs);
  const { memory: planned, begins } = planCatchUp(fresh.memory, fresh.watermark, situation);
  if (begins) markCaughtUp(context);
  const { trail = [] } = planned;
  const noted =
    fresh.changes.length > 0
      ? noteHandOut(trail, Date.now(), fresh.watermark.cursor, settings.catchUpMs)
      : trail;
  const room = settings.maxOrders - fresh.changes.length;
  const { watermark } = fresh.memory;
  const again = await readAgain(reading, { ...planned, trail: noted, watermark }, room);
  const memory: Memory = context.getWorkflowStaticData('node');
  replace(memory, again.memory);
  const ids = new Set(fresh.changes.map(({ record }) => record.id));
  const others = again.changes.filter(({ record }) => !ids.has(record.id));
  return [...fresh.changes, ...others].map(({ record, readAt }) =>
    orderItem(store.name, record, 'poll', readAt),
  );
}

/** n8n saves what is written to its own object. */
function replace(memory: Memory, next: Memory): void {
  if (!next.sweep) delete memory.sweep;
  Object.assign(memory, JSON.parse(JSON.stringify(next)));
}

/** For a test run in the editor: what a webhook has just brought, else the latest orders. Moves nothing. */
async function sample(
  context: IPollFunctions,
  settings: TriggerSettings,
): Promise<INodeExecutionData[]> {
  const delivered = takeForTestRun(context);
  if (delivered) return [delivered];
  const store = await openStore(context, { timeoutMs: TIMEOUT_MS });
  const readAt = Date.now();
  const orders = await latestRecords(orderFeed(store.client, settings), SAMPLE_SIZE);
  return orders.map((order) => orderItem(store.name, order, 'poll', readAt)).reverse();
}

export async function pollOrders(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
  return await poll(this, async () => {
    const settings = readSettings(this);
    if (this.getMode() === 'manual') return await sample(this, settings);
    return settings.receiveBy === 'webhook' ? [] : await changes(this, settings);
  });
}
