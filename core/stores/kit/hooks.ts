import { ServiceError, toServiceError } from '../../errors';

/** What a trigger wants the store to send, and where to. */
export interface WantedHook {
  /** What is to be told, such as `order.created`. */
  event: string;
  /** Where to; holds the secret where the store signs nothing. */
  url: string;
  /** What the store is to sign with, or to send along. */
  secret: string;
}

/** A webhook as the store's list shows it. */
export interface RegisteredHook {
  id: string;
  event: string;
  url: string;
  /** False: the store has switched it off, as some do after failures. */
  isEnabled?: boolean;
}

/** A store's API for its webhooks. */
export interface HookRegistry {
  /** Whether the store tells of this event; what it does not tell of, the poll finds. Left out: of each. */
  offers?(event: string): boolean;
  /** All that the store has, also those of others. */
  list(): Promise<RegisteredHook[]>;
  /** @returns the id of the new webhook */
  create(hook: WantedHook): Promise<string>;
  /** Makes it what is wanted, and switches it on. Left out: it is deleted and created again. */
  update?(id: string, hook: WantedHook): Promise<void>;
  delete(id: string): Promise<void>;
  /** Asks the store whether a new webhook works; rejects where not. Default: the list has to show it as it is wanted. */
  verify?(id: string, hook: WantedHook): Promise<void>;
}

/** What a trigger keeps of its webhooks: their ids, by event. */
export type HookIds = Record<string, string>;

const isGone = (error: unknown): boolean => toServiceError(error).class === 'not-found';

/** What is gone already needs no deleting. */
async function deleteHook(registry: HookRegistry, id: string): Promise<void> {
  try {
    await registry.delete(id);
  } catch (error) {
    if (!isGone(error)) throw error;
  }
}

function pathOf(url: string): string | undefined {
  return URL.parse(url)?.pathname;
}

/**
 * Ours by id, or by path: that is made for one node of one workflow, while the host changes when n8n moves, and the
 * query when there is a new secret.
 */
function isOurs(hook: RegisteredHook, wanted: WantedHook[], known: HookIds): boolean {
  const paths = wanted.map(({ url }) => pathOf(url));
  return Object.values(known).includes(hook.id) || paths.includes(pathOf(hook.url));
}

const isAsWanted = (hook: RegisteredHook, wanted: WantedHook): boolean =>
  hook.event === wanted.event && hook.url === wanted.url && hook.isEnabled !== false;

/**
 * Looks at what the store has of ours: what is as it should be stays, what has another address, is switched off or has
 * another secret is repaired, and what nobody wants any more is deleted.
 *
 * @param known what the trigger keeps, with the secret that is wanted; none where its secret is another
 * @returns the webhooks that stand, by event; what is wanted and not among them has to be created
 */
export async function repairHooks(
  registry: HookRegistry,
  wanted: WantedHook[],
  known: HookIds,
): Promise<HookIds> {
  const standing: HookIds = {};
  const ours = (await registry.list()).filter((hook) => isOurs(hook, wanted, known));
  for (const hook of ours) {
    const wish = wanted.find(({ event }) => event === hook.event);
    const hasOurSecret = Object.values(known).includes(hook.id);
    const isNeeded = wish !== undefined && !Object.hasOwn(standing, wish.event);
    if (!isNeeded) await deleteHook(registry, hook.id);
    else if (hasOurSecret && isAsWanted(hook, wish)) standing[wish.event] = hook.id;
    else if (registry.update) {
      await registry.update(hook.id, wish);
      standing[wish.event] = hook.id;
    } else await deleteHook(registry, hook.id);
  }
  return standing;
}

async function verify(registry: HookRegistry, id: string, hook: WantedHook): Promise<void> {
  if (registry.verify) return await registry.verify(id, hook);
  const there = (await registry.list()).find((each) => each.id === id);
  if (there && isAsWanted(there, hook)) return;
  throw new ServiceError(`The store does not show the webhook for ${hook.event} that it has made`, {
    class: 'unknown',
    fix: 'Look in the store at its webhooks, and whether it accepts the address of this n8n; then publish the workflow again.',
  });
}

/**
 * Creates what does not stand yet, and sees that it does. Where one fails, none of those made here is left behind.
 *
 * @returns all webhooks of the trigger, by event
 */
export async function createHooks(
  registry: HookRegistry,
  wanted: WantedHook[],
  standing: HookIds,
): Promise<HookIds> {
  const created: HookIds = {};
  try {
    for (const hook of wanted.filter(({ event }) => !Object.hasOwn(standing, event))) {
      const id = await registry.create(hook);
      created[hook.event] = id;
      await verify(registry, id, hook);
    }
  } catch (error) {
    // The failure itself is what there is to say; what cannot be deleted now is found by the next repair.
    await Promise.allSettled(Object.values(created).map((id) => deleteHook(registry, id)));
    throw error;
  }
  return { ...standing, ...created };
}

export async function deleteHooks(registry: HookRegistry, known: HookIds): Promise<void> {
  for (const id of Object.values(known)) await deleteHook(registry, id);
}
