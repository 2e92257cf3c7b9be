import type { ServiceError } from '../../../errors';
import { backoffMs, type Clock, systemClock } from '../../../http/wait';
import { type Outcome, settle } from '../../../outcome';
import type { Environment } from './environment';
import { check, make } from './kinds';
import { type Found, type Item, nameOf, type PreparedItem, type Requirement } from './requirement';

/** Most times that one change is tried, where another customization or a lost answer comes in between. */
const ATTEMPTS = 6;
const PAUSE = { baseMs: 2_000, maxMs: 30_000 };

/** How often keys that are being built are looked at: at first soon, as most indexes are built in seconds. */
const LOOKS = { firstMs: 5_000, growth: 1.5, maxMs: 60_000 };

function itemOf(wanted: Requirement, { state, change, step, fix }: Found): Item {
  const { part, kind, table } = wanted;
  return {
    part,
    kind,
    table,
    name: nameOf(wanted),
    state,
    change,
    request: step ? `${step.method} ${step.path}` : null,
    body: step?.body ?? null,
    fix: fix ?? null,
  };
}

/** A read that failed says nothing of its requirement, and concerns it alone: what is known of the others is kept. */
async function look(read: () => Promise<Found>): Promise<Found> {
  const found = await settle(read);
  if (found.ok) return found.value;
  const { message, fix } = found.error;
  return { state: 'failed', change: `Unknown: it could not be read. ${message}`, fix };
}

/** One item for each requirement, in their order. Reads only. */
export async function checkEnvironment(
  environment: Environment,
  requirements: readonly Requirement[],
): Promise<Item[]> {
  const items: Item[] = [];
  for (const wanted of requirements) {
    items.push(itemOf(wanted, await look(() => check(environment, wanted))));
  }
  return items;
}

/** Looks at what is there now, and not at what was read before. */
async function lookAgain(environment: Environment, wanted: Requirement): Promise<Found> {
  if (wanted.kind === 'key') await environment.readKeys(wanted.table);
  else environment.forget(wanted.table);
  return await check(environment, wanted);
}

const CUSTOMIZER =
  'Give the application user the role System Customizer for as long as it prepares the environment, or run Prepare with the credential of an administrator.';

function reasonOf({ message, class: errorClass, fix }: ServiceError, own: string | undefined) {
  const repair = errorClass === 'permission' ? (own ?? CUSTOMIZER) : (fix ?? own ?? null);
  return { reason: message, fix: repair };
}

interface Progress {
  clock: Clock;
  signal?: AbortSignal;
}

/** What a requirement has come to, and the failure where it has come to one. */
interface Brought {
  outcome: PreparedItem['outcome'];
  /** What was found before anything was done: it says what was changed. */
  before: Found;
  after: Found;
  error?: ServiceError;
}

const stands = ({ state }: Found): boolean => state === 'present' || state === 'building';

/** In a dry run nothing is there afterwards to be looked at: what would be sent is told, and taken as done. */
async function rehearse(
  environment: Environment,
  wanted: Requirement,
  before: Found,
): Promise<Brought> {
  const made = await settle(() => make(environment, wanted, before));
  if (!made.ok) return { outcome: 'failed', before, after: before, error: made.error };
  return { outcome: 'done', before, after: { ...before, state: 'present', fix: undefined } };
}

/**
 * Makes one change, and looks whether it is there. What a lost answer leaves open is seen by looking again, and so is
 * what another run has made in the meantime.
 */
async function bring(
  environment: Environment,
  wanted: Requirement,
  { clock, signal }: Progress,
): Promise<Brought> {
  const before = await look(() => check(environment, wanted));
  if (stands(before)) return { outcome: 'unchanged', before, after: before };
  if (!before.step) return { outcome: 'failed', before, after: before };
  if (environment.client.dryRun) return await rehearse(environment, wanted, before);
  let after = before;
  let error: ServiceError | undefined;
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const made: Outcome<void> = await settle(() => make(environment, wanted, before));
    error = made.ok ? undefined : made.error;
    after = await look(() => lookAgain(environment, wanted));
    const isOurs = made.ok || made.error.retryable;
    if (stands(after)) return { outcome: isOurs ? 'done' : 'unchanged', before, after };
    // A key whose index fails again is not helped by building it once more.
    if (!isOurs || (made.ok && after.state === 'failed')) break;
    if (attempt < ATTEMPTS) await clock.sleep(backoffMs(attempt, clock.random, PAUSE), signal);
  }
  return { outcome: 'failed', before, after, error };
}

function preparedItem(
  wanted: Requirement,
  { outcome, before, after, error }: Brought,
): PreparedItem {
  // Of what was done, the change that was made; of what is left, what is still to be done.
  const shown = outcome === 'done' ? before : after;
  const item = { ...itemOf(wanted, shown), state: after.state, outcome, reason: null };
  if (outcome === 'done') return { ...item, fix: after.state === 'building' ? BUILDING : null };
  if (outcome === 'unchanged') return item;
  return { ...item, ...(error ? reasonOf(error, after.fix) : { reason: after.change }) };
}

const BUILDING =
  'Dynamics 365 builds the index of the key in the background; run Check later to see whether it is active.';

/** Looks at the keys that are being built until none is left or the time is over. */
async function awaitKeys(
  environment: Environment,
  building: Map<number, Requirement>,
  until: number,
  { clock, signal }: Progress,
): Promise<Map<number, Found>> {
  const finished = new Map<number, Found>();
  let pauseMs = LOOKS.firstMs;
  while (building.size > finished.size && clock.now() < until) {
    await clock.sleep(Math.min(pauseMs, until - clock.now()), signal);
    pauseMs = Math.min(LOOKS.maxMs, pauseMs * LOOKS.growth);
    for (const [place, wanted] of building) {
      if (finished.has(place)) continue;
      // A look that failed leaves the key as it was: the next one may tell.
      const found = await settle(() => lookAgain(environment, wanted));
      if (found.ok && found.value.state !== 'building') finished.set(place, found.value);
    }
  }
  return finished;
}

export interface PrepareOptions {
  /** How long indexes of keys are waited for, all together. Default 60,000; what is not ready then is `building`. */
  keyWaitMs?: number;
  clock?: Clock;
  signal?: AbortSignal;
}

/**
 * Makes what is missing, one change after the other: Dataverse takes one customization at a time. What is there is left
 * as it is, so that a run which was ended half way, or a second one, does no harm. A failure concerns its item alone.
 */
export async function prepareEnvironment(
  environment: Environment,
  requirements: readonly Requirement[],
  { keyWaitMs = 60_000, clock = systemClock, signal }: PrepareOptions = {},
): Promise<PreparedItem[]> {
  const progress = { clock, signal };
  const brought: Brought[] = [];
  for (const wanted of requirements) brought.push(await bring(environment, wanted, progress));
  const building = new Map(
    requirements.flatMap((wanted, place) =>
      brought[place]?.after.state === 'building' ? [[place, wanted] as const] : [],
    ),
  );
  const finished = await awaitKeys(environment, building, clock.now() + keyWaitMs, progress);
  return requirements.map((wanted, place) => {
    const one = brought[place] as Brought;
    const after = finished.get(place);
    if (!after) return preparedItem(wanted, one);
    const outcome = after.state === 'present' ? one.outcome : 'failed';
    return preparedItem(wanted, { ...one, after, outcome });
  });
}
