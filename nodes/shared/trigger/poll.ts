import { omit, uniqBy } from 'lodash';
import type { INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import type { ServiceError } from '../../../core/errors';
import { settle } from '../../../core/outcome';
import { isByContent, isByDelta } from '../../../core/feeds/feed';
import { oneOf } from '../../../core/feeds/records';
import { poll } from '../polling';
import { readByContent } from './byContent';
import { readByDate } from './byDate';
import { readByDelta } from './byDelta';
import type { AnyKind, StoreTriggerDefinition, TriggerStore } from './definition';
import {
  afterDryPoll,
  type DryMemory,
  isDry,
  isOf,
  type Kept,
  lookBackMs,
  memoryFor,
  remindOfDryRun,
} from './dryRun';
import { recordItems } from './items';
import { forgetCatchUp, forgetHandedOver, hasCaughtUp } from './memory';
import { warnOnceADay } from './onceADay';
import type { Found, Memory, Reading } from './reading';
import { sample } from './sample';
import { readSettings, type TriggerSettings } from './settings';
import { settingsIn } from './settingsIn';
import { requireOwnStoreName } from './storeName';
import { readWhole, type Unread } from './unread';
import { MOST_COMPLETED } from './whole';
import { titled } from './words';

const TIMEOUT_MS = 30_000;
/** n8n gives a poll five minutes, with its durable scheduler less than one. */
const USUAL_BUDGET_MS = 300_000;
/** What is left of the budget is for handing over. */
const READING_SHARE = 0.8;

function budgetOf(context: IPollFunctions): number {
  // Absent in n8n before the durable scheduler.
  const ask: (() => number) | undefined = context.getPollBudgetMs?.bind(context);
  return ask?.() ?? USUAL_BUDGET_MS;
}

/** n8n's static data are live proxies: copied, so that nothing moves before the poll has succeeded. */
function saved(context: IPollFunctions): Kept {
  const memory = omit(context.getWorkflowStaticData('node'), 'webhooks');
  const { dry, ...own } = JSON.parse(JSON.stringify(memory)) as Memory & { dry?: DryMemory };
  return { own, ...(dry && { dry }) };
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

/** What came out of the store, in whichever way it can be followed. */
async function read<Store extends TriggerStore>(
  reading: Reading,
  { feed }: AnyKind<Store>,
  store: Store,
  memory: Memory,
  areOwn: StoreTriggerDefinition<Store>['areOwn'],
): Promise<Found<object>> {
  const { filters, options: chosen } = reading.settings;
  const followed = feed(store, filters, chosen);
  if (isByDelta(followed)) {
    const own = areOwn && { areOwn: areOwn.bind(undefined, store) };
    return await readByDelta({ ...reading, feed: followed, ...own }, memory);
  }
  if (isByContent(followed)) return await readByContent({ ...reading, feed: followed }, memory);
  const all = feed(store, {}, chosen);
  const unfiltered = isByContent(all) || isByDelta(all) ? followed : all;
  return await readByDate({ ...reading, feed: followed, unfiltered }, memory);
}

/** What could not be read of the same store and kind. */
function unreadOf(memory: Memory, origin: string): Unread[] {
  return isOf(memory, origin) ? (memory.unread ?? []) : [];
}

async function changes<Store extends TriggerStore>(
  context: IPollFunctions,
  { displayName, kinds, open, areOwn }: StoreTriggerDefinition<Store>,
  chosen: TriggerSettings<Store>,
): Promise<INodeExecutionData[]> {
  const budgetMs = budgetOf(context);
  const deadline = Date.now() + budgetMs * READING_SHARE;
  const store = await open(context, { timeoutMs: TIMEOUT_MS, patienceMs: budgetMs / 4 });
  const given = settingsIn(chosen, store);
  const { kind } = given;
  const { type } = kind;
  await requireOwnStoreName(context, type.platform, store);
  const kept = saved(context);
  const dryNow = isDry(context);
  if (dryNow) remindOfDryRun(context, kept);
  const settings = { ...given, catchUpMs: lookBackMs(kept, given.catchUpMs, dryNow) };
  const { overlapMs, events } = settings;
  const origin = originOf(store, settings, kinds[0]);
  const memory = memoryFor(kept, origin, dryNow);
  // What the dry run has put out, and caught up with, is put out again.
  if (kept.dry && !dryNow) {
    forgetCatchUp(context);
    forgetHandedOver(context);
  }
  const before = unreadOf(memory, origin);
  const most = kind.complete ? Math.min(settings.max, MOST_COMPLETED) : settings.max;
  const max = Math.max(1, most - before.length);
  const options = { overlapMs, max, events, deadline };
  const reading: Reading = { context, store: store.name, origin, settings, options };
  const hadCaughtUp = hasCaughtUp(context);
  const found = await read(reading, kind, store, memory, areOwn);
  const records = uniqBy(found.changes, ({ record }) => type.idOf(record));
  const report = (id: string, { message }: ServiceError): void =>
    context.logger.warn(
      `${displayName} could not read ${oneOf(type)} ${id}, and tries again with the next poll: ${message}`,
    );
  const whole = await settle(async () => {
    const { changes: complete, unread } = await readWhole(kind, store, records, before, report);
    const told = complete.map((change) => ({ by: 'poll', ...change }));
    return { items: await recordItems(settings, store, told), unread };
  });
  if (!whole.ok) {
    // A poll that fails has caught up with nothing.
    if (!hadCaughtUp) forgetCatchUp(context);
    throw whole.error;
  }
  const { items, unread } = whole.value;
  const next = { ...found.memory, unread: unread.length > 0 ? unread : undefined };
  if (dryNow) save(context, afterDryPoll(kept, origin, { ...found, memory: next }, type.idOf));
  else {
    save(context, { own: next });
    found.onSaved?.();
  }
  return items;
}

/** n8n saves what is written to its own object. */
function save(context: IPollFunctions, { own, dry }: Kept): void {
  const memory: Memory & { dry?: DryMemory } = context.getWorkflowStaticData('node');
  const next = { ...own, dry };
  // Of the other way to follow a store, or of what is over.
  for (const name of ['sweep', 'watermark', 'contents', 'tracked', 'unread', 'dry'] as const) {
    if (!next[name]) delete memory[name];
  }
  Object.assign(memory, JSON.parse(JSON.stringify(next)));
}

/** What is delivered nowhere is lost where nobody sends it again and no poll looks for it: once a day the log says so. */
function remindOfLoss<Store extends TriggerStore>(
  context: IPollFunctions,
  { webhook, words: { poll: way = 'Poll' } }: StoreTriggerDefinition<Store>,
  { kind }: TriggerSettings<Store>,
): void {
  if (webhook?.sendsAgain !== false) return;
  const { many } = kind.type;
  warnOnceADay(
    context,
    'loss',
    ({ node, workflow }) =>
      `"${node}" of the workflow "${workflow}" receives by webhook alone. What ${webhook.sender} cannot deliver, such as while n8n is restarted, is lost: it is not sent again, and no poll looks for it. Set Receive ${titled(many)} By to Webhook and ${way}, so that none of the ${many} is missed.`,
  );
}

export async function pollStore<Store extends TriggerStore>(
  context: IPollFunctions,
  definition: StoreTriggerDefinition<Store>,
): Promise<INodeExecutionData[][] | null> {
  return await poll(context, async () => {
    const settings = readSettings(context, definition);
    if (context.getMode() === 'manual') return await sample(context, definition, settings);
    if (settings.receiveBy !== 'webhook') return await changes(context, definition, settings);
    remindOfLoss(context, definition, settings);
    return [];
  });
}
