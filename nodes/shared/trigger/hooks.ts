import { randomBytes } from 'node:crypto';

import type { IHookFunctions, IWebhookFunctions, WebhookSetupMethodNames } from 'n8n-workflow';

import { toServiceError, validationError } from '../../../core/errors';
import {
  createHooks,
  deleteHooks,
  type HookIds,
  type HookRegistry,
  repairHooks,
  type WantedHook,
} from '../../../core/stores/kit/hooks';
import { triggerError } from '../triggerError';
import type { StoreTriggerDefinition, TriggerStore, TriggerWebhook } from './definition';
import { forgetCatchUp } from './memory';
import { readSettings, type TriggerSettings } from './settings';
import { requireOwnStoreName } from './storeName';

/** What the node keeps in its static data of the webhooks that it has made in the store. */
interface HookMemory {
  webhooks?: {
    secret: string;
    ids: HookIds;
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
}

async function registration<Store extends TriggerStore>(
  context: IHookFunctions,
  definition: StoreTriggerDefinition<Store>,
  settings: TriggerSettings<Store>,
  { open, urlOf = ({ url }) => url }: NonNullable<TriggerWebhook<Store>['registry']>,
): Promise<Registration> {
  const store = await definition.open(context);
  const { kind } = settings.kind.type;
  const secret =
    store.webhookSecret || memoryOf(context).webhooks?.secret || randomBytes(32).toString('hex');
  const chosen =
    settings.events.length > 0 ? settings.events : [`${kind}.created`, `${kind}.changed`];
  const url = addressOf(context);
  const registry = open(store);
  const offered = chosen.filter((event) => registry.offers?.(event) ?? true);
  // Where the store tells of none of them, it is asked all the same, and says so.
  const wanted = (offered.length > 0 ? offered : chosen).map((event): WantedHook => {
    const hook = { event, url, secret };
    return { ...hook, url: urlOf(hook) };
  });
  return { registry, wanted, secret };
}

/** Ids of the workflow's own webhooks that have the secret that is wanted now. */
function knownIds(context: IHookFunctions, secret: string): HookIds {
  const kept = memoryOf(context).webhooks;
  const { id } = context.getWorkflow();
  return kept?.secret === secret && (kept.workflow ?? id) === id ? { ...kept.ids } : {};
}

function keep(context: IHookFunctions, secret: string, ids: HookIds): void {
  memoryOf(context).webhooks = { secret, ids, workflow: context.getWorkflow().id };
}

/** @returns whether all stands that is wanted */
async function check(context: IHookFunctions, wish: Registration): Promise<boolean> {
  const { registry, wanted, secret } = wish;
  const standing = await repairHooks(registry, wanted, knownIds(context, secret));
  keep(context, secret, standing);
  return wanted.every(({ event }) => Object.hasOwn(standing, event));
}

async function create(context: IHookFunctions, { registry, wanted, secret }: Registration) {
  const ids = await createHooks(registry, wanted, knownIds(context, secret));
  keep(context, secret, ids);
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

/** Gives n8n a failure with what to do about it. */
async function withErrors(context: IHookFunctions, work: () => Promise<boolean>): Promise<boolean> {
  try {
    return await work();
  } catch (error) {
    throw triggerError(context, error);
  }
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
      return await withErrors(this, async () => {
        const { receiveBy } = readSettings(this, definition);
        if (receiveBy === 'webhook') await checkStoreName(this, definition);
        const wanted = await wish(this);
        if (wanted) return await check(this, wanted);
        if (!registry && receiveBy === 'webhook') await requireSecret(this, definition, webhook);
        return true;
      });
    },
    async create() {
      return await withErrors(this, async () => {
        const wanted = await wish(this);
        if (wanted) await create(this, wanted);
        return true;
      });
    },
    async delete() {
      const memory = memoryOf(this);
      if (!registry || !memory.webhooks) return true;
      try {
        await deleteHooks(registry.open(await definition.open(this)), memory.webhooks.ids);
        delete memory.webhooks;
        return true;
      } catch (error) {
        // Nobody is to be kept from switching a workflow off; the next check finds what is left, and repairs it.
        const { message } = toServiceError(error);
        this.logger.warn(`${definition.displayName} could not delete its webhooks: ${message}`);
        return false;
      }
    },
  };
}
