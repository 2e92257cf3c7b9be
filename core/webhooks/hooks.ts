import { pickBy } from 'lodash';

import { ServiceError, toServiceError } from '../errors';
import { settle } from '../outcome';

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
  /** True: it tells of this event otherwise than is wanted, such as of fewer fields. */
  isOutdated?: boolean;
}

/** A store's API for its webhooks. */
export interface HookRegistry {
  /** Whether the store tells of this event; what it does not tell of, the poll finds. Left out: of each. */
  offers?(event: string): boolean | Promise<boolean>;
  /** Further events by which the store tells of the same, such as a new status that is no update. Left out: none. */
  alsoToldBy?(event: string): Promise<string[]>;
  /** All that the store has, also those of others. */
  list(): Promise<RegisteredHook[]>;
  /** @returns the id of the new webhook */
  create(hook: WantedHook): Promise<string>;
  /** Makes it what is wanted, and switches it on. Left out: it is deleted and created again. */
  update?(id: string, hook: WantedHook): Promise<void>;
  delete(id: string): Promise<void>;
  /** The address of each holds its secret: of two with one address either works. Left out: none can be seen in the list. */
  addressHoldsSecret?: boolean;
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

async function deleteEach(registry: HookRegistry, ids: readonly string[]): Promise<void> {
  for (const id of ids) await deleteHook(registry, id);
}

const idsIn = (hooks: readonly RegisteredHook[]): string[] => hooks.map(({ id }) => id);

function pathOf(url: string): string | undefined {
  return URL.parse(url)?.pathname;
}

/**
 * Ours by id, or by path: that is made for one node of one workflow, while the host changes when n8n moves, and the
 * query when there is a new secret.
 */
function isOurs(hook: RegisteredHook, urls: readonly string[], known: HookIds): boolean {
  return Object.values(known).includes(hook.id) || urls.map(pathOf).includes(pathOf(hook.url));
}

const urlsOf = (wanted: readonly WantedHook[]): string[] => wanted.map(({ url }) => url);

const isAsWanted = (hook: RegisteredHook, wanted: WantedHook): boolean =>
  hook.event === wanted.event &&
  hook.url === wanted.url &&
  hook.isEnabled !== false &&
  hook.isOutdated !== true;

/**
 * Those ids whose webhooks lead to these addresses: where nobody has noted which store has given them, another webhook may
 * have one of them.
 */
export async function idsLeadingTo(
  registry: HookRegistry,
  urls: readonly string[],
  ids: HookIds,
): Promise<HookIds> {
  if (Object.keys(ids).length === 0) return {};
  const leading = idsIn((await registry.list()).filter((hook) => isOurs(hook, urls, {})));
  return pickBy(ids, (id) => leading.includes(id));
}

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
  const ours = (await registry.list()).filter((hook) => isOurs(hook, urlsOf(wanted), known));
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

/** Ids that a store counts go by their number, others by their letters: any two processes find the same order. */
function isBefore(one: string, other: string): boolean {
  const isCounted = [one, other].every((id) => /^\d{1,15}$/.test(id));
  return isCounted ? Number(one) < Number(other) : one < other;
}

const first = (ids: readonly string[]): string =>
  ids.reduce((least, id) => (isBefore(id, least) ? id : least));

function requireShown(
  hooks: readonly RegisteredHook[],
  wanted: readonly WantedHook[],
  made: HookIds,
): void {
  for (const hook of wanted.filter(({ event }) => Object.hasOwn(made, event))) {
    const there = hooks.find(({ id }) => id === made[hook.event]);
    if (there && isAsWanted(there, hook)) continue;
    throw new ServiceError(
      `The store does not show the webhook for ${hook.event} that it has made`,
      {
        class: 'unknown',
        fix: 'Look in the store at its webhooks, and whether it accepts the address of this n8n; then publish the workflow again.',
      },
    );
  }
}

const madeElsewhere = (): ServiceError =>
  new ServiceError('Another process of n8n makes the webhooks of this trigger at the same time', {
    class: 'conflict',
    fix: 'Its webhooks stand, and those that were made here are deleted. Publish the workflow again, if it is not published.',
  });

/**
 * Leaves one of each where more came about meanwhile: made by another process, which knows nothing of this one, or by a
 * request whose answer was lost. Of two with one secret the first stays. Of two whose secrets are two, all of the
 * process that was first stay. What stays both processes find alike, so that never all are deleted.
 *
 * @param made here, and with our secret
 * @returns those that stay of what was made
 */
async function keepOneOfEach(
  registry: HookRegistry,
  wanted: readonly WantedHook[],
  standing: HookIds,
  made: HookIds,
): Promise<HookIds> {
  const hooks = await registry.list();
  const own = [...Object.values(standing), ...Object.values(made)];
  const others = hooks.filter((hook) => !own.includes(hook.id) && isOurs(hook, urlsOf(wanted), {}));
  const kept: HookIds = {};
  const alike: string[] = [];
  for (const hook of wanted.filter(({ event }) => Object.hasOwn(made, event))) {
    const twins = registry.addressHoldsSecret
      ? others.filter((each) => isAsWanted(each, hook))
      : [];
    const all = [made[hook.event] ?? '', ...idsIn(twins)];
    kept[hook.event] = first(all);
    alike.push(...all);
  }
  const foreign = idsIn(others).filter((id) => !alike.includes(id));
  if (foreign.length > 0 && isBefore(first(foreign), first(alike))) throw madeElsewhere();
  requireShown(hooks, wanted, kept);
  const staying = Object.values(kept);
  await deleteEach(
    registry,
    [...alike, ...foreign].filter((id) => !staying.includes(id)),
  );
  return kept;
}

/** What the store has refused, it has not made: what looks like it is another process's. */
const isRefusal = ({ status = 0 }: ServiceError): boolean =>
  status >= 400 && status < 500 && status !== 408;

/**
 * Deletes what was made, and what a request may have made whose answer was lost; nothing that another process has made, which
 * believes that it stands. What cannot be deleted now, the next repair finds.
 *
 * @param lost what the request asked for
 * @param before ids of what the store had before anything was made here
 */
async function removeLost(
  registry: HookRegistry,
  lost: WantedHook | undefined,
  before: readonly string[],
  made: HookIds,
): Promise<void> {
  await settle(async () => await deleteEach(registry, Object.values(made)));
  await settle(async () => {
    const hooks = (await registry.list()).filter((hook) => lost && isAsWanted(hook, lost));
    await deleteEach(
      registry,
      idsIn(hooks).filter((id) => !before.includes(id)),
    );
  });
}

/**
 * Makes of what the store has of ours what is wanted, and sees that it does: looks before, because another publication may
 * have been quicker, and after, because another process may. Where one cannot be made, none of those made here is left
 * behind. Within a process one trigger's webhooks are worked on by one at a time; whoever calls sees to that.
 *
 * @param known as in `repairHooks`
 * @returns all webhooks of the trigger, by event
 */
export async function createHooks(
  registry: HookRegistry,
  wanted: WantedHook[],
  known: HookIds,
): Promise<HookIds> {
  const standing = await repairHooks(registry, wanted, known);
  const missing = wanted.filter(({ event }) => !Object.hasOwn(standing, event));
  if (missing.length === 0) return standing;
  const before = idsIn(await registry.list());
  const made: HookIds = {};
  const creating = await settle(async () => {
    for (const hook of missing) made[hook.event] = await registry.create(hook);
  });
  if (!creating.ok) {
    const lost = isRefusal(creating.error)
      ? undefined
      : missing.find(({ event }) => !Object.hasOwn(made, event));
    await removeLost(registry, lost, before, made);
    throw creating.error;
  }
  const looking = await settle(async () => await keepOneOfEach(registry, wanted, standing, made));
  if (looking.ok) return { ...standing, ...looking.value };
  // The failure itself is what there is to say; what cannot be deleted now is found by the next repair.
  await settle(async () => await deleteEach(registry, Object.values(made)));
  throw looking.error;
}

/**
 * Deletes what the store has of ours, also what a publication has made that ended before it could say so.
 *
 * @param url of the trigger; undefined where n8n does not say it any more
 */
export async function deleteHooks(
  registry: HookRegistry,
  known: HookIds,
  url: string | undefined,
): Promise<void> {
  await deleteEach(registry, Object.values(known));
  if (url === undefined) return;
  const left = (await registry.list()).filter((hook) => isOurs(hook, [url], {}));
  await deleteEach(registry, idsIn(left));
}
