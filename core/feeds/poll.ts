import { sortBy } from 'lodash';

import { type DraftIds, knownDrafts, nextDrafts, packDrafts } from './drafts';
import {
  type AnyFeed,
  type Feed,
  isByContent,
  isByDelta,
  isSorted,
  type UnsortedChanges,
} from './feed';
import { firstPage } from '../http/pages';
import { type ChangeEvent, timeOf } from './records';
import {
  type Fingerprints,
  fingerprints,
  isRemembered,
  readFrom,
  stillNeeded,
  type Watermark,
} from './watermark';
import { checkDeadline, readWindow, type Window } from './window';

export interface PollOptions {
  /** Stretch before the cursor that is read again, for records whose transaction ended late. */
  overlapMs: number;
  /** Records put out at most; the rest comes with the next poll. */
  max: number;
  /** None: all. */
  events?: readonly string[];
  /** When the poll has to be over, by the clock of this machine. */
  deadline?: number;
}

export interface Change<T> {
  record: T;
  event: ChangeEvent;
  /** When the store was asked for the record, by the clock of this machine. */
  readAt: number;
  /** What had it read, see `RecordSource`. Default: the poll. */
  by?: string;
}

export interface PollResult<T> {
  watermark: Watermark;
  /** Oldest change first, each record once. */
  changes: Array<Change<T>>;
  /** More were found than `max`. */
  more: boolean;
}

/**
 * The first watermark. From a given moment, or from what the store holds now: its newest change is the start,
 * less the overlap, and the records of that stretch are known already.
 *
 * @param unfiltered the feed with all records of the store, also those that the user's filters keep out: what enters
 *   the filter later was there before
 */
export async function begin<T>(
  feed: Feed<T>,
  origin: string,
  options: PollOptions,
  { from, unfiltered = feed }: { from?: Date; unfiltered?: Feed<T> } = {},
): Promise<Watermark> {
  if (from) {
    const start = from.getTime();
    return { origin, start, cursor: start, seen: {}, baseline: {} };
  }
  const { changes } = unfiltered;
  return isSorted(changes)
    ? await beginSorted(feed, unfiltered, changes.maxPageSize, origin, options)
    : await beginUnsorted(unfiltered, changes, origin, options);
}

const fromNothing = (origin: string): Watermark => {
  return { origin, start: 0, cursor: 0, seen: {}, baseline: {} };
};

async function beginSorted<T>(
  feed: Feed<T>,
  unfiltered: Feed<T>,
  maxPageSize: number,
  origin: string,
  options: PollOptions,
): Promise<Watermark> {
  const { type } = feed;
  const latest = await latestRecords(unfiltered, maxPageSize);
  const [newest] = latest;
  if (newest === undefined) return fromNothing(origin);
  const cursor = Math.min(timeOf(type, newest), Date.now());
  const start = cursor - options.overlapMs;
  const { records } = await readWindow(feed, start, { ...options, max: Infinity });
  // What is placed between the two requests is new, also within the second of the newest.
  const latestIds = new Set(latest.map(type.idOf));
  const known = records.filter(
    (record) => latestIds.has(type.idOf(record)) || timeOf(type, record) < timeOf(type, newest),
  );
  // And what changed between them is changed.
  const baseline = { ...fingerprints(type, known), ...fingerprints(type, latest) };
  return { origin, start, cursor, seen: baseline, baseline };
}

async function beginUnsorted<T>(
  feed: Feed<T>,
  changes: UnsortedChanges<T>,
  origin: string,
  { overlapMs, deadline }: PollOptions,
): Promise<Watermark> {
  const { type } = feed;
  // First: a draft that is made a record while this reads is a new one.
  const drafts = await knownDrafts(feed, {}, deadline);
  const packed = drafts && { drafts: packDrafts(drafts) };
  const began = Date.now();
  const startOf = (newest: T): number => timeOf(type, newest) - overlapMs;
  const found = await lookBack(feed, changes, deadline, ([newest], from) =>
    newest === undefined ? false : startOf(newest) >= from,
  );
  const [newest] = found;
  if (newest === undefined) return { ...fromNothing(origin), ...packed };
  const cursor = Math.min(timeOf(type, newest), Date.now());
  const isDraft = (record: T): boolean => changes.drafts?.isDraft(record) ?? false;
  // What changed while its page was over was not seen: the first poll has to look for it.
  const start = cursor - Math.max(overlapMs, Date.now() - began);
  const baseline = fingerprints(
    type,
    found.filter((record) => timeOf(type, record) >= start && !isDraft(record)),
  );
  return { origin, start, cursor, seen: baseline, baseline, ...packed };
}

const DAY_MS = 86_400_000;
const LOOKS_BACK_MS = [DAY_MS, 7 * DAY_MS, 30 * DAY_MS, 365 * DAY_MS, Infinity];

/** What changed lately in a store that does not sort, newest first: further and further back, until it is enough. */
async function lookBack<T>(
  feed: Feed<T>,
  { changedSince }: UnsortedChanges<T>,
  deadline: number | undefined,
  isEnough: (newestFirst: T[], from: number) => boolean,
): Promise<T[]> {
  const { type } = feed;
  let newestFirst: T[] = [];
  for (const backMs of LOOKS_BACK_MS) {
    const from = Math.max(0, Date.now() - backMs);
    const found = new Map<string, T>();
    for await (const page of changedSince(new Date(from))) {
      for (const record of page) found.set(type.idOf(record), record);
      checkDeadline(feed, deadline);
    }
    newestFirst = sortBy([...found.values()], (record) => -timeOf(type, record));
    if (isEnough(newestFirst, from)) break;
  }
  return newestFirst;
}

/** The records changed last, newest first; never more than a page of a store that sorts. */
export async function latestRecords<T>(feed: AnyFeed<T>, limit: number): Promise<T[]> {
  if (isByDelta(feed)) return await feed.delta.latest(limit);
  if (isByContent(feed)) {
    const { all, newest = all } = feed.changes;
    const found = await firstPage(newest());
    // Of those of one second the last of the list, to which stores add.
    return sortBy(found, (record) => timeOf(feed.type, record))
      .reverse()
      .slice(0, limit);
  }
  const { changes } = feed;
  const { isWanted = () => true } = changes;
  const wanted = (found: T[]): T[] => found.filter((record) => isWanted(record));
  if (isSorted(changes)) {
    const pageSize = Math.min(limit, changes.maxPageSize);
    const latest: T[] = [];
    let read = 0;
    for await (const page of changes.newestFirst({ pageSize })) {
      latest.push(...wanted(page));
      read += page.length;
      // Only a store that sends others than were asked for makes it go on.
      if (latest.length === read || latest.length >= limit || read >= changes.maxPageSize) break;
    }
    return latest.slice(0, limit);
  }
  const latest = await lookBack(feed, changes, undefined, (found) => wanted(found).length >= limit);
  return wanted(latest).slice(0, limit);
}

/**
 * Records made or changed since the watermark, and the watermark for the next time. Nothing is missed:
 *
 * - The cursor is the newest date of the list as it was **at the start** of the reading, so that a record that
 *   changes while pages are read (and jumps to a page already read) is newer than the cursor and comes next time.
 * - The overlap reads the last stretch again; what is unchanged in it is dropped by its fingerprint.
 * - Pages shift under the reader. Moved back, a record shows up twice and is dropped by id. Moved forward, because
 *   a record before it was deleted or left the filter, it can slip through between two pages: therefore a stretch
 *   that took several pages is read a second time by the next poll before the cursor passes it.
 * - When there are more than `max`, the oldest are put out and the cursor stays behind the rest.
 */
export async function readChanges<T>(
  feed: Feed<T>,
  watermark: Watermark,
  options: PollOptions,
): Promise<PollResult<T>> {
  const { type } = feed;
  const from = readFrom(watermark, options.overlapMs);
  const isKnown = (record: T): boolean => isRemembered(type, watermark.seen, record);
  const { max, deadline, events } = options;
  const drafts = await knownDrafts(feed, watermark, deadline);
  const window = await readWindow(feed, from, { max, deadline, isKnown });
  const next = advance(feed, watermark, window);
  const met = fingerprints(type, [...window.known, ...window.records]);
  const changes = window.records
    .map((record): Change<T> => ({
      record,
      event: eventOf(feed, record, { seen: watermark.seen, drafts, from }),
      readAt: window.readAt.get(type.idOf(record)) ?? Date.now(),
    }))
    .filter(({ event }) => !events?.length || events.includes(event));
  const all = { ...watermark.seen, ...met };
  const seen = stillNeeded(type, all, readFrom(next, options.overlapMs));
  const left = drafts && packDrafts(nextDrafts(drafts, window.drafts ?? [], all, seen));
  return {
    watermark: { ...next, seen, ...(left !== undefined && { drafts: left }) },
    changes,
    more: window.more,
  };
}

/** What is known when a record is met. */
interface Known {
  seen: Fingerprints;
  drafts?: DraftIds;
  /** Where the reading began. */
  from: number;
}

function eventOf<T>({ type }: Feed<T>, record: T, { seen, drafts, from }: Known): ChangeEvent {
  const id = type.idOf(record);
  const isMadeBefore = (type.createdAt(record) ?? Infinity) < from && !drafts?.has(id);
  const isOld = Object.hasOwn(seen, id) || isMadeBefore;
  return `${type.kind}.${isOld ? 'changed' : 'created'}`;
}

function advance<T>(
  { type }: Feed<T>,
  watermark: Watermark,
  { records, newest, more, gapless }: Window<T>,
): Watermark {
  const last = records.at(-1);
  const found = more && last ? timeOf(type, last) : newest;
  if (found === undefined) return { ...watermark, pending: undefined };
  const reached = Math.min(found, Date.now());
  if (gapless) {
    return { ...watermark, cursor: Math.max(watermark.cursor, reached), pending: undefined };
  }
  const cursor = Math.max(watermark.cursor, watermark.pending ?? 0);
  return { ...watermark, cursor, pending: Math.max(cursor, reached) };
}
