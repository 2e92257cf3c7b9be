import type { DeltaFeed } from './delta';
import type { PageOptions, Pages } from '../http/pages';
import type { RecordType } from './records';

/** A store whose list can be sorted by the last change. */
export interface SortedChanges<T> {
  newestFirst(options?: PageOptions): Pages<T>;
  /** One page of what changed at a moment or later, oldest first; where the store can be asked for that alone. */
  oldestFirst?(from: Date, page: number): Promise<T[]>;
  maxPageSize: number;
  /** Which of them are put out, where the store may send others than were asked for: those tell where to stop all the same. */
  isWanted?(record: T): boolean;
  /** What to do where the list turns out not to be sorted. */
  notSorted: string;
  /** What to do where older records come than `oldestFirst` asked for. */
  notFiltered: string;
}

/** A store whose list has no order, or another one. */
export interface UnsortedChanges<T> {
  /**
   * All that changed at a moment or later. May be more than that (whole days, say), unsorted, and name a record twice:
   * only nothing may be missing.
   */
  changedSince(from: Date): Pages<T>;
  /** Which of them are put out. The others are read past, so that the next reading need not begin before them. */
  isWanted?(record: T): boolean;
  /** Where the store lists what is no record yet, such as a cart among orders. */
  drafts?: Drafts<T>;
}

/** What is no record yet, and is made one later: only then is it new, whatever its dates say. */
export interface Drafts<T> {
  isDraft(record: T): boolean;
  /** Those that there are, as far as one of them may still become a record; the latest first, as far as the store can. */
  all(): Pages<T>;
}

/** What a store gives, so that its changes can be followed: what its records are, and how they can be asked for. */
export interface Feed<T> {
  type: RecordType<T>;
  changes: SortedChanges<T> | UnsortedChanges<T>;
  /** What to do where more has changed than can be read within one poll. */
  tooMany: string;
}

/** A store that neither sorts by the last change nor can be asked for it: its whole list is read and compared. */
export interface ContentChanges<T> {
  /**
   * All that there is, in the same order each time as far as the store keeps one. Page for page as the store has them: a
   * page may be short or empty where what stands on it is of another kind.
   */
  all(options?: PageOptions): Pages<T>;
  /** For a look at what came last; left out: the first page of `all`. */
  newest?(): Pages<T>;
  /**
   * What changed on the day of a moment or later, where a store can be asked for that though its records bear no date; left
   * out: their dates say it, or nothing does.
   */
  changedSince?(from: Date): Pages<T>;
}

/** What a store of that kind gives, so that its changes can be followed. */
export interface ContentFeed<T> {
  type: RecordType<T>;
  changes: ContentChanges<T>;
  /** What to do where there are more records than can be remembered. */
  tooMany: string;
}

/** A store whose lists are read. */
export type ListFeed<T> = Feed<T> | ContentFeed<T>;

/** Whatever a store gives. */
export type AnyFeed<T> = ListFeed<T> | DeltaFeed<T>;

export function isByDelta<T>(feed: AnyFeed<T>): feed is DeltaFeed<T> {
  return 'delta' in feed;
}

export function isByContent<T>(feed: AnyFeed<T>): feed is ContentFeed<T> {
  return 'changes' in feed && 'all' in feed.changes;
}

export function isSorted<T>(
  changes: SortedChanges<T> | UnsortedChanges<T>,
): changes is SortedChanges<T> {
  return 'newestFirst' in changes;
}
