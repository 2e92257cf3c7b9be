import type { PageOptions, Pages } from './pages';
import type { RecordType } from './records';

/** A store whose list can be sorted by the last change. */
export interface SortedChanges<T> {
  newestFirst(options?: PageOptions): Pages<T>;
  /** One page of what changed at a moment or later, oldest first; where the store can be asked for that alone. */
  oldestFirst?(from: Date, page: number): Promise<T[]>;
  maxPageSize: number;
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
}

/** What a store gives, so that its changes can be followed: what its records are, and how they can be asked for. */
export interface Feed<T> {
  type: RecordType<T>;
  changes: SortedChanges<T> | UnsortedChanges<T>;
  /** What to do where more has changed than can be read within one poll. */
  tooMany: string;
}

export function isSorted<T>(
  changes: SortedChanges<T> | UnsortedChanges<T>,
): changes is SortedChanges<T> {
  return 'newestFirst' in changes;
}
