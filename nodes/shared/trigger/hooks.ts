import { randomBytes } from 'node:crypto';

import type { IHookFunctions, IWebhookFunctions, WebhookSetupMethodNames } from 'n8n-workflow';

import { toServiceError, validationError } from '../../../core/errors';
import { inTurn } from '../../../core/http/in-turn';
import {
  createHooks,
  deleteHooks,
  type HookIds,
  type HookRegistry,
  idsLeadingTo,
  repairHooks,
  type WantedHook,
} from '../../../core/webhooks/hooks';
import { triggerError } from '../triggerError';
import type { AnyKind, StoreTriggerDefinition, TriggerStore, TriggerWebhook } from './definition';
import { forgetCatchUp, forgetHooks, keyOf, madeHooks, type MadeHooks, noteHooks } from './memory';
import { readSettings, type ReceiveBy, type TriggerSettings } from './settings';
import { settingsIn } from './settingsIn';
import { requireOwnStoreName } from './storeName';

/** What the node keeps in its static data of the webhooks that it has made in the store. */
interface HookMemory {
  webhooks?: MadeHooks & {
    /** Whose they are: a copy of the workflow may come with what the first one keeps, and must not take its webhooks. */
    workflow?: string;
  };
}

const memoryOf = (context: IHookFunctions | IWebhookFunctions): HookMemory =>
  context.getWorkflowStaticData('node');

/** The secret that the trigger has made itself; empty where it has made none. */
export function keptSecret(context: IWebhookFunctions): string {
  return memoryOf(context).webhooks?.secret ?? '';
}

function addressOf(context: IHookFunctions): string {
  const url = context.getNodeWebhookUrl('default');
  if (url) return url;
  throw validationError(
    'n8n does not know the address of this webhook',
    'Set WEBHOOK_URL to the address under which the store reaches this n8n.',
  );
}

/** The store's API for webhooks, and what the trigger wants of it. */
interface Registration {
  registry: HookRegistry;
  wanted: WantedHook[];
  secret: string;
  /** Address of the store. */
  store: string;
}

/**
 * The events of the store that tell of those that are chosen. What it does not tell of, the poll finds; without a poll, or where
 * it tells of none of them, it is asked all the same, and says so.
 */
async function toldBy(
  registry: HookRegistry,
  chosen: readonly string[],
  receiveBy: ReceiveBy,
): Promise<string[]> {
  const offered: string[] = [];
  for (const event of chosen) {
    if ((await registry.offers?.(event)) ?? true) offered.push(event);
  }
  const asked = receiveBy === 'webhook' || offered.length === 0 ? chosen : offered;
  const all = new Set(asked);
  for (const event of asked) {
    for (const other of (await registry.alsoToldBy?.(event)) ?? []) all.add(other);
  }
  return [...all];
}

/** All that a kind can be told of. */
function eventsOf({ type: { kind }, tellsDeleted }: AnyKind<never>): string[] {
  const events = [`${kind}.created`, `${kind}.changed`];
  return tellsDeleted ? [...events, `${kind}.deleted`] : events;
}

async function registration<Store extends TriggerStore>(
  context: IHookFunctions,
  definition: StoreTriggerDefinition<Store>,
  given: TriggerSettings<Store>,
  { open, urlOf = ({ url }) => url }: NonNullable<TriggerWebhook<Store>['registry']>,
): Promise<Registration> {
  const store = await definition.open(context);
  const settings = settingsIn(given, store);
  settings.kind.requireLookUp?.(store);
  const secret = store.webhookSecret || kept(context)?.secret || randomBytes(32).toString('hex');
  const chosen = settings.events.length > 0 ? settings.events : eventsOf(settings.kind);
  const url = addressOf(context);
  const registry = open(store);
  const told = await toldBy(registry, chosen, settings.receiveBy);
  const wanted = told.map((event): WantedHook => {
    const hook = { event, url, secret };
    return { ...hook, url: urlOf(hook) };
  });
  return { registry, wanted, secret, store: store.address };
}

/**
 * What this process has made last counts: n8n may have read what the node keeps before that was saved, as where a workflow
 * is published while n8n starts.
 */
function kept(context: IHookFunctions): MadeHooks | undefined {
  return madeHooks(context) ?? memoryOf(context).webhooks;
}

/** The workflow's own webhooks, with whatever secret, in whatever store. */
function ownHooks(context: IHookFunctions): MadeHooks | undefined {
  const made = madeHooks(context);
  if (made) return made;
  const { webhooks } = memoryOf(context);
  const { id } = context.getWorkflow();
  return (webhooks?.workflow ?? id) === id ? webhooks : undefined;
}

/** Ids are often small numbers: where the credential leads to another store, the webhooks of others have the same. */
const idsIn = (store: string, hooks: MadeHooks | undefined): HookIds =>
  hooks?.store === store ? { ...hooks.ids } : {};

/** Those that have the secret that is wanted now. */
async function knownIds(context: IHookFunctions, wish: Registration): Promise<HookIds> {
  const { registry, wanted, secret, store } = wish;
  const own = ownHooks(context);
  if (own?.secret !== secret) return {};
  if (own.store !== undefined) return idsIn(store, own);
  const urls = wanted.map(({ url }) => url);
  return await idsLeadingTo(registry, urls, own.ids);
}

function keep(context: IHookFunctions, { secret, store }: Registration, ids: HookIds): void {
  memoryOf(context).webhooks = { secret, ids, store, workflow: context.getWorkflow().id };
  // A secret that no webhook has yet is nothing to hold against what another process may save.
  if (Object.keys(ids).length > 0) noteHooks(context, { secret, ids, store });
}

/** @returns whether all stands that is wanted */
async function check(context: IHookFunctions, wish: Registration): Promise<boolean> {
  const { registry, wanted } = wish;
  const known = await knownIds(context, wish);
  forgetHooks(context);
  const standing = await repairHooks(registry, wanted, known);
  keep(context, wish, standing);
  return wanted.every(({ event }) => Object.hasOwn(standing, event));
}

async function create(context: IHookFunctions, wish: Registration): Promise<void> {
  const known = await knownIds(context, wish);
  // Where it fails, what n8n has saved counts again.
  forgetHooks(context);
  keep(context, wish, await createHooks(wish.registry, wish.wanted, known));
}

/** With polling beside it a missing secret costs seconds; alone it would cost every record. */
async function requireSecret<Store extends TriggerStore>(
  context: IHookFunctions,
  { open }: StoreTriggerDefinition<Store>,
  { noSecret }: TriggerWebhook<Store>,
): Promise<void> {
  const { webhookSecret } = await open(context);
  if (!webhookSecret) throw validationError(noSecret.message, noSecret.fix);
}

/** Whoever publishes is told at once where no poll would say it. n8n that starts would leave the workflow inactive. */
async function checkStoreName<Store extends TriggerStore>(
  context: IHookFunctions,
  { open, kinds }: StoreTriggerDefinition<Store>,
): Promise<void> {
  const mode = context.getActivationMode();
  if (mode === 'init' || mode === 'leadershipChange') return;
  await requireOwnStoreName(context, kinds[0].type.platform, await open(context));
}

type HookMethods = Record<WebhookSetupMethodNames, (this: IHookFunctions) => Promise<boolean>>;

/**
 * Works on the webhooks of one trigger when all earlier work on them has ended: n8n checks and creates them where a workflow is
 * published and where n8n starts, which may be at the same moment. Gives n8n a failure with what to do about it.
 */
async function alone(context: IHookFunctions, work: () => Promise<boolean>): Promise<boolean> {
  try {
    return await inTurn([`webhooks ${keyOf(context)}`], work);
  } catch (error) {
    throw triggerError(context, error);
  }
}

async function openToDelete<Store extends TriggerStore>(
  context: IHookFunctions,
  definition: StoreTriggerDefinition<Store>,
  registry: NonNullable<TriggerWebhook<Store>['registry']>,
): Promise<{ registry: HookRegistry; address: string }> {
  if (registry.openToDelete) return await registry.openToDelete(context);
  const store = await definition.open(context);
  return { registry: registry.open(store), address: store.address };
}

/** Deletes what the trigger has in the store, whoever has made it. */
async function remove(
  context: IHookFunctions,
  registry: HookRegistry,
  store: string,
): Promise<void> {
  const ids = idsIn(store, ownHooks(context));
  await deleteHooks(registry, ids, context.getNodeWebhookUrl('default'));
  delete memoryOf(context).webhooks;
  forgetHooks(context);
}

/**
 * How n8n sets a webhook up: checked when the workflow is published and when n8n starts, created where the check found
 * something missing, deleted when the workflow is no longer published. A store without an API for webhooks has nothing
 * to look for, to create or to delete; what can be checked then is our own side.
 */
export function hookMethods<Store extends TriggerStore>(
  definition: StoreTriggerDefinition<Store>,
  webhook: TriggerWebhook<Store>,
): HookMethods {
  const { registry } = webhook;
  const wish = async (context: IHookFunctions): Promise<Registration | undefined> => {
    const settings = readSettings(context, definition);
    return registry && settings.receiveBy !== 'poll'
      ? await registration(context, definition, settings, registry)
      : undefined;
  };
  return {
    async checkExists() {
      // A test run needs none: it polls for a sample.
      if (this.getActivationMode() === 'manual') return true;
      forgetCatchUp(this);
      return await alone(this, async () => {
        const { receiveBy } = readSettings(this, definition);
        if (receiveBy === 'webhook') await checkStoreName(this, definition);
        const wanted = await wish(this);
        if (wanted) return await check(this, wanted);
        if (!registry && receiveBy === 'webhook') await requireSecret(this, definition, webhook);
        return true;
      });
    },
    async create() {
      return await alone(this, async () => {
        const wanted = await wish(this);
        if (wanted) await create(this, wanted);
        return true;
      });
    },
    async delete() {
      return await alone(this, async () => {
        const isPolled = this.getNodeParameter('receiveBy', 'both') === 'poll';
        if (!registry || (isPolled && !kept(this))) return true;
        try {
          const opened = await openToDelete(this, definition, registry);
          await remove(this, opened.registry, opened.address);
          return true;
        } catch (error) {
          // Nobody is to be kept from switching a workflow off; the next check finds what is left, and repairs it.
          const { message } = toServiceError(error);
          this.logger.warn(`${definition.displayName} could not delete its webhooks: ${message}`);
          return false;
        }
      });
    },
  };
}
