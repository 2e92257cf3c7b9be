import { omit, uniqBy } from 'lodash';
import type { INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import {
  type CatchUpMemory,
  isPaused,
  nothingPutOutYet,
  pauseCatchUp,
  planCatchUp,
} from '../../../core/stores/kit/catchUp';
import type { Feed } from '../../../core/stores/kit/feed';
import { begin, type Change, type PollOptions, readChanges } from '../../../core/stores/kit/poll';
import { sweepOn } from '../../../core/stores/kit/sweep';
import { noteHandOut } from '../../../core/stores/kit/trail';
import type { Watermark } from '../../../core/stores/kit/watermark';
import { poll } from '../polling';
import type { AnyKind, StoreTriggerDefinition, TriggerStore } from './definition';
import { recordItem } from './items';
import { markBehind, markCaughtUp } from './memory';
import { sample } from './sample';
import { readSettings, startDate, type TriggerSettings } from './settings';
import { catchUpSituation } from './situation';
import { requireOwnStoreName } from './storeName';

const TIMEOUT_MS = 30_000;
/** n8n gives a poll five minutes, with its durable scheduler less than one. */
const USUAL_BUDGET_MS = 300_000;
/** What is left of the budget is for handing over. */
const READING_SHARE = 0.8;

/** What a poll keeps in the node's static data, which n8n saves together with the execution. Written here alone. */
interface Memory extends CatchUpMemory {
  watermark?: Watermark;
}

function budgetOf(context: IPollFunctions): number {
  // Absent in n8n before the durable scheduler.
  const ask: (() => number) | undefined = context.getPollBudgetMs?.bind(context);
  return ask?.() ?? USUAL_BUDGET_MS;
}

/** n8n's static data are live proxies: copied, so that nothing moves before the poll has succeeded. */
function saved(context: IPollFunctions): Memory {
  const memory = omit(context.getWorkflowStaticData('node'), 'webhooks');
  return JSON.parse(JSON.stringify(memory)) as Memory;
}

/**
 * Another store (by name: it may move to another address), start or kind: what was remembered is of no use. The first
 * kind goes unnamed, as it does in what earlier releases have saved.
 */
function originOf(
  store: TriggerStore,
  { startFrom, kind: { type } }: TriggerSettings<never>,
  first: AnyKind<never>,
): string {
  const start = `${store.name}|${startFrom}`;
  return type.kind === first.type.kind ? start : `${start}|${type.kind}`;
}

interface Reading<T> {
  context: IPollFunctions;
  origin: string;
  feed: Feed<T>;
  unfiltered: Feed<T>;
  settings: TriggerSettings<never>;
  options: PollOptions;
}

/** The new records, and the memory for the next poll. */
async function readNew<T>(reading: Reading<T>, memory: Memory) {
  const { context, origin, feed, unfiltered, settings, options } = reading;
  const isKnown = memory.watermark?.origin === origin;
  const watermark =
    isKnown && memory.watermark
      ? memory.watermark
      : await begin(feed, origin, options, {
          from: startDate(settings.startFrom, context.getTimezone()),
          unfiltered,
        });
  if (!isKnown) markCaughtUp(context);
  const known: Memory = isKnown ? memory : { ...nothingPutOutYet(Date.now()), watermark };
  const result = await readChanges(feed, watermark, options);
  markBehind(context, result.more);
  return { changes: result.changes, memory: { ...known, watermark: result.watermark }, watermark };
}

/** Records that were put out before, as far as there is room for them. A failure costs nothing but time. */
async function readAgain<T>({ context, feed, options }: Reading<T>, memory: Memory, room: number) {
  const nothing: Array<Change<T>> = [];
  const isWanted = room > 0 && !isPaused(memory, Date.now());
  if (!memory.sweep || !isWanted) return { changes: nothing, memory };
  try {
    const { changes, sweep } = await sweepOn(feed, memory.sweep, { ...options, max: room });
    return { changes, memory: { ...memory, sweep } };
  } catch (error) {
    context.logger.warn(`The look back is put off: ${(error as Error).message}`);
    return { changes: nothing, memory: pauseCatchUp(memory, Date.now()) };
  }
}

async function changes<Store extends TriggerStore>(
  context: IPollFunctions,
  { kinds, open }: StoreTriggerDefinition<Store>,
  settings: TriggerSettings<Store>,
): Promise<INodeExecutionData[]> {
  const { kind } = settings;
  const { type } = kind;
  const budgetMs = budgetOf(context);
  const deadline = Date.now() + budgetMs * READING_SHARE;
  const store = await open(context, { timeoutMs: TIMEOUT_MS, patienceMs: budgetMs / 4 });
  await requireOwnStoreName(context, type.platform, store);
  const { overlapMs, max, events, catchUpMs, filters } = settings;
  const reading: Reading<object> = {
    context,
    origin: originOf(store, settings, kinds[0]),
    feed: kind.feed(store, filters),
    unfiltered: kind.feed(store, {}),
    settings,
    options: { overlapMs, max, events, deadline },
  };
  const fresh = await readNew(reading, saved(context));
  // Only now: a poll that fails has caught up with nothing.
  const situation = catchUpSituation(context, catchUpMs);
  const { memory: planned, begins } = planCatchUp(fresh.memory, fresh.watermark, situation);
  if (begins) markCaughtUp(context);
  const { trail = [] } = planned;
  const noted =
    fresh.changes.length > 0
      ? noteHandOut(trail, Date.now(), fresh.watermark.cursor, catchUpMs)
      : trail;
  const { watermark } = fresh.memory;
  const room = max - fresh.changes.length;
  const again = await readAgain(reading, { ...planned, trail: noted, watermark }, room);
  save(context, again.memory);
  return uniqBy([...fresh.changes, ...again.changes], ({ record }) => type.idOf(record)).map(
    ({ record, readAt }) => recordItem(type, store, record, 'poll', readAt),
  );
}

/** n8n saves what is written to its own object. */
function save(context: IPollFunctions, next: Memory): void {
  const memory: Memory = context.getWorkflowStaticData('node');
  if (!next.sweep) delete memory.sweep;
  Object.assign(memory, JSON.parse(JSON.stringify(next)));
}

export async function pollStore<Store extends TriggerStore>(
  context: IPollFunctions,
  definition: StoreTriggerDefinition<Store>,
): Promise<INodeExecutionData[][] | null> {
  return await poll(context, async () => {
    const settings = readSettings(context, definition);
    if (context.getMode() === 'manual') return await sample(context, definition, settings);
    return settings.receiveBy === 'webhook' ? [] : await changes(context, definition, settings);
  });
}
