import { type ToldEvents, withoutHandOuts } from '../../../core/feeds/handOuts';
import { type Reminding, warnOnceADay } from './onceADay';
import type { Found, Memory } from './reading';

/**
 * What a trigger keeps beside its own memory while the workflow is dry. Its own stays as it was, so that all that came in the
 * meantime comes again when the workflow is no longer dry.
 */
export interface DryMemory {
  /** When the dry run began, in milliseconds since the epoch. */
  since: number;
  /** On what the polls of the dry run go on. */
  memory: Memory;
  /**
   * Where the trigger has no memory of its own yet: how it will begin, which is where the dry run began, and not where it
   * ended.
   */
  begun?: Memory;
  /** What was put out of a first pass that is not over, and that this beginning does not know. */
  told?: ToldEvents;
}

/** What n8n has kept for the trigger. */
export interface Kept {
  own: Memory;
  dry?: DryMemory;
}

/**
 * Whether the workflow is dry: a *Sync Ledger: Claim* in dry run follows, or a node that writes has its own Dry Run on, and the
 * record is given back. Where others follow that are not dry, what is put out again later costs nothing, because their ledger
 * knows it. Those of sub-workflows are not seen from here.
 */
export { leadsToDryRun as isDry } from '../dryPath';

/** A workflow that is left in dry run writes nothing and fails nowhere: once a day the log says so. */
export function remindOfDryRun(context: Reminding, { dry }: Kept): void {
  if (!dry) return;
  warnOnceADay(
    context,
    'dry run',
    ({ node, workflow }) =>
      `The workflow "${workflow}" has been in a dry run since ${new Date(dry.since).toISOString()}: of what "${node}" brings nothing is written. Turn Dry Run off and publish it when the dry run is over.`,
    dry.since,
  );
}

/** Whether a memory is of this origin. */
export const isOf = ({ watermark, contents, tracked }: Memory, origin: string): boolean =>
  [watermark?.origin, contents?.origin, tracked?.origin].includes(origin);

/** On what a poll goes on. */
export function memoryFor({ own, dry }: Kept, origin: string, dryNow: boolean): Memory {
  const candidates = dryNow ? [dry?.memory, own, dry?.begun] : [own, dry?.begun];
  return candidates.find((memory) => memory && isOf(memory, origin)) ?? own;
}

/**
 * How far to look back. What was put out before a dry run, and whose execution was cut off then, comes after it: as if no
 * time had passed.
 */
export function lookBackMs({ dry }: Kept, catchUpMs: number, dryNow: boolean): number {
  if (dryNow || !dry || catchUpMs === 0) return catchUpMs;
  return catchUpMs + Math.max(0, Date.now() - dry.since);
}

/** What n8n is to keep after a poll of a dry run. */
export function afterDryPoll<T>(
  { own, dry }: Kept,
  origin: string,
  { begins, changes, memory }: Found<T>,
  idOf: (record: T) => string,
): Kept {
  const since = dry?.since ?? Date.now();
  const kept: DryMemory = { since, memory };
  if (isOf(own, origin)) return { own, dry: kept };
  const former = dry?.begun && isOf(dry.begun, origin) ? dry : undefined;
  if (!begins) return { own, dry: { ...kept, ...(former && { begun: former.begun }) } };
  const { contents } = begins.memory;
  if (!begins.isFirstPass || !contents) return { own, dry: { ...kept, begun: begins.memory } };
  const told = { ...former?.told };
  for (const { record, event } of changes) told[idOf(record)] ??= event;
  const begun = { ...begins.memory, contents: withoutHandOuts(contents, told) };
  return { own, dry: { ...kept, begun, ...(contents.first && { told }) } };
}
