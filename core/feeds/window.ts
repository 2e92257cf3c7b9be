import { sortBy } from 'lodash';

import { ServiceError, validationError } from '../errors';
import {
  type Feed,
  isSorted,
  type ListFeed,
  type SortedChanges,
  type UnsortedChanges,
} from './feed';
import { isLastPage } from '../http/pages';
import { type RecordType, timeOf } from './records';

export interface WindowOptions<T> {
  /** Records to keep at most: the oldest. */
  max: number;
  /** When the reading has to be over, by the clock of this machine. */
  deadline?: number;
  /** Put out before, and unchanged since. */
  isKnown?: (record: T) => boolean;
}

/** What changed since a moment, as it was found. */
export interface Window<T> {
  /** Oldest change first, each once, without the known ones. */
  records: T[];
  /** Those that `isKnown` knew. */
  known: T[];
  /** Ids of what is no record yet, where the store lists such. */
  drafts?: string[];
  /** When each of `records` was asked for, by id and by the clock of this machine. */
  readAt: Map<string, number>;
  /** Date of the newest change in the list when the reading began; undefined if there was none. */
  newest?: number;
  /** There are newer ones than the last of `records`. */
  more: boolean;
  /** Nothing can have slipped through between two pages, and `newest` is no younger than the first of them. */
  gapless: boolean;
}

/** @returns the best that the store can do */
export async function readWindow<T>(
  feed: Feed<T>,
  from: number,
  options: WindowOptions<T>,
): Promise<Window<T>> {
  const { changes } = feed;
  if (!isSorted(changes)) return await readUnsorted(feed, changes, from, options);
  return changes.oldestFirst
    ? await readAscending(feed, changes, from, options)
    : await readDescending(feed, changes, from, options);
}

export const isLate = (deadline: number | undefined): boolean =>
  deadline !== undefined && Date.now() >= deadline;

/** @param feed of any kind */
export const tooManyChanged = <T>({
  type,
  tooMany,
}: Pick<ListFeed<T>, 'type' | 'tooMany'>): ServiceError =>
  new ServiceError(`The store has more changed ${type.many} than it can send within one poll`, {
    class: 'transient',
    fix: tooMany,
  });

/** @param feed of any kind */
export function checkDeadline<T>(
  feed: Pick<ListFeed<T>, 'type' | 'tooMany'>,
  deadline: number | undefined,
): void {
  if (isLate(deadline)) throw tooManyChanged(feed);
}

function checkSorted<T>(
  { type }: Feed<T>,
  { notSorted }: SortedChanges<T>,
  page: T[],
  direction: 1 | -1,
): void {
  const times = page.map(type.changedAt).filter((time) => time !== undefined);
  if (
    times.every((time, index) => index === 0 || (time - (times[index - 1] ?? 0)) * direction >= 0)
  ) {
    return;
  }
  throw validationError(
    `The store does not sort ${type.many} by their last change, so that changed ${type.many} cannot be found`,
    notSorted,
  );
}

/** Tells what is to be kept from what was met before in the same reading, and from what the poll knows. */
class Meetings<T> {
  readonly known: T[] = [];

  private readonly met = new Set<string>();

  constructor(
    private readonly type: RecordType<T>,
    private readonly isKnown: WindowOptions<T>['isKnown'],
    private readonly isWanted: (record: T) => boolean = () => true,
  ) {}

  /** @returns the id of a record that is to be kept, else undefined */
  idOfNew(record: T): string | undefined {
    const id = this.type.idOf(record);
    if (this.met.has(id)) return undefined;
    this.met.add(id);
    if (!this.isWanted(record)) return undefined;
    if (!this.isKnown?.(record)) return id;
    this.known.push(record);
    return undefined;
  }
}

/**
 * No filter for "changed since", but a list sorted by it: newest first, until what comes is older. Pages are read one
 * after the other: read side by side, a record could slip between them.
 */
export async function readDescending<T>(
  feed: Feed<T>,
  changes: SortedChanges<T>,
  from: number,
  options: WindowOptions<T>,
): Promise<Window<T>> {
  const { type } = feed;
  const meetings = new Meetings(type, options.isKnown, changes.isWanted);
  const { known } = meetings;
  const kept = new Map<string, T>();
  const readAt = new Map<string, number>();
  let newest: number | undefined;
  let pages = 0;
  let more = false;
  let askedAt = Date.now();
  for await (const page of changes.newestFirst()) {
    pages += 1;
    checkSorted(feed, changes, page, -1);
    newest ??= page[0] && timeOf(type, page[0]);
    const inside = page.filter((record) => timeOf(type, record) >= from);
    for (const record of inside) {
      const id = meetings.idOfNew(record);
      if (id === undefined) continue;
      kept.set(id, record);
      readAt.set(id, askedAt);
      if (kept.size > options.max) {
        more = true;
        dropFirst(kept);
      }
    }
    if (inside.length < page.length) break;
    checkDeadline(feed, options.deadline);
    askedAt = Date.now();
  }
  return {
    records: [...kept.values()].reverse(),
    known,
    readAt,
    newest,
    more,
    gapless: pages <= 1,
  };
}

/** The newest of those kept: the map keeps the order of reading, newest first. */
function dropFirst(kept: Map<string, unknown>): void {
  for (const key of kept.keys()) {
    kept.delete(key);
    return;
  }
}

/**
 * Oldest change first, from a moment on. The next page begins at the date of the last record, not at a page number, so
 * that nothing can shift away; a page number is needed only where more than a whole page changed within one second.
 */
export async function readAscending<T>(
  feed: Feed<T>,
  changes: SortedChanges<T>,
  from: number,
  options: WindowOptions<T>,
): Promise<Window<T>> {
  const { type } = feed;
  const meetings = new Meetings(type, options.isKnown, changes.isWanted);
  const { known } = meetings;
  const records: T[] = [];
  const readAt = new Map<string, number>();
  let newest: number | undefined;
  let at = from;
  let pageNumber = 1;
  for (;;) {
    const askedAt = Date.now();
    const page = (await changes.oldestFirst?.(new Date(at), pageNumber)) ?? [];
    checkSorted(feed, changes, page, 1);
    checkFiltered(feed, changes, page, at);
    for (const record of page) {
      const id = meetings.idOfNew(record);
      if (id === undefined) continue;
      if (records.length >= options.max)
        return { records, known, readAt, more: true, gapless: true };
      records.push(record);
      readAt.set(id, askedAt);
    }
    const last = page.at(-1);
    newest = last ? timeOf(type, last) : newest;
    if (!last || isLastPage(page.length, changes.maxPageSize)) {
      return { records, known, readAt, newest, more: false, gapless: true };
    }
    pageNumber = timeOf(type, last) > at ? 1 : pageNumber + 1;
    at = timeOf(type, last);
    checkDeadline(feed, options.deadline);
  }
}

function checkFiltered<T>(
  { type }: Feed<T>,
  { notFiltered }: SortedChanges<T>,
  page: T[],
  from: number,
): void {
  const first = page[0];
  // Dates may have whole seconds.
  if (!first || timeOf(type, first) >= from - 1000) return;
  throw validationError(
    `The store sends ${type.many} that were changed earlier than asked for: it does not know this filter`,
    notFiltered,
  );
}

/**
 * Everything that the store sends, in whatever order: trimmed, sorted and cut here. A record that changes while its
 * list is read may stand on a page that is over, and another that changed after it on one to come: only what one page
 * held is without gaps, and a longer list has to be read a second time before the cursor passes it.
 */
export async function readUnsorted<T>(
  feed: Feed<T>,
  changes: UnsortedChanges<T>,
  from: number,
  options: WindowOptions<T>,
): Promise<Window<T>> {
  const { type } = feed;
  const known = new Map<string, T>();
  const drafts = new Set<string>();
  let kept = new Map<string, { record: T; askedAt: number }>();
  let newest: number | undefined;
  let pages = 0;
  let more = false;
  const cut = (): void => {
    if (kept.size <= options.max) return;
    more = true;
    const oldest = sortBy([...kept], ([, { record }]) => timeOf(type, record));
    kept = new Map(oldest.slice(0, options.max));
  };
  let askedAt = Date.now();
  for await (const page of changes.changedSince(new Date(from))) {
    pages += 1;
    for (const record of page) {
      const id = type.idOf(record);
      const time = timeOf(type, record);
      if (time < from) continue;
      newest = Math.max(newest ?? time, time);
      // Of two contents of one record the one that was read later counts.
      known.delete(id);
      kept.delete(id);
      drafts.delete(id);
      if (changes.drafts?.isDraft(record)) drafts.add(id);
      if (changes.isWanted && !changes.isWanted(record)) continue;
      if (options.isKnown?.(record)) known.set(id, record);
      else kept.set(id, { record, askedAt });
    }
    if (kept.size > 2 * options.max) cut();
    checkDeadline(feed, options.deadline);
    askedAt = Date.now();
  }
  cut();
  const oldestFirst = sortBy([...kept], ([, { record }]) => timeOf(type, record));
  return {
    records: oldestFirst.map(([, { record }]) => record),
    known: [...known.values()],
    drafts: [...drafts],
    readAt: new Map(oldestFirst.map(([id, { askedAt: at }]) => [id, at])),
    newest,
    more,
    gapless: pages <= 1,
  };
}
