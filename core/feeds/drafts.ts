import { sortBy } from 'lodash';

import { packIds, unpackIds } from './contents';
import type { Feed } from './feed';
import { isSorted } from './feed';
import { timeOf } from './records';
import type { Fingerprints, Watermark } from './watermark';

/**
 * Ids of what was met as a draft, such as a cart among orders: when it is made a record it is new, however long ago its
 * draft was begun. Those met last stand at the end.
 */
export type DraftIds = ReadonlySet<string>;

/** More are forgotten, the oldest first: that of a forgotten one is told as changed when it is made a record. */
export const MOST_DRAFTS = 3000;

/** One text, because n8n watches each member of what it saves. */
export function packDrafts(ids: DraftIds): string {
  return packIds([...ids].slice(-MOST_DRAFTS));
}

/** What a poll may spend of its time on drafts of which nothing was remembered: the records go before them. */
const SHARE_OF_POLL = 1 / 4;

/**
 * The drafts that a poll knows. Those that were begun before anything was remembered of them are asked for once, as far as
 * there is time for them: a poll that failed here would fail each time, and put out nothing. Undefined: this store has none.
 */
export async function knownDrafts<T>(
  feed: Feed<T>,
  { drafts: text }: Partial<Pick<Watermark, 'drafts'>>,
  deadline: number | undefined,
): Promise<DraftIds | undefined> {
  if (text !== undefined) return unpackIds(text);
  const { changes, type } = feed;
  if (isSorted(changes) || !changes.drafts) return undefined;
  const began = Date.now();
  const until = deadline === undefined ? Infinity : began + (deadline - began) * SHARE_OF_POLL;
  const found = new Map<string, number>();
  for await (const page of changes.drafts.all()) {
    for (const record of page) {
      if (changes.drafts.isDraft(record)) found.set(type.idOf(record), timeOf(type, record));
    }
    if (found.size >= MOST_DRAFTS || Date.now() >= until) break;
  }
  return new Set(sortBy([...found], ([, time]) => time).map(([id]) => id));
}

/**
 * The drafts for the next poll. One that was put out stays as long as it is remembered, because a look back tells of it once
 * more; what is forgotten then has long been a record.
 *
 * @param met as drafts by this poll
 * @param before what was remembered of records, that of this poll included
 * @param after what is left of it
 */
export function nextDrafts(
  known: DraftIds,
  met: readonly string[],
  before: Fingerprints,
  after: Fingerprints,
): DraftIds {
  const all = new Set(known);
  for (const id of met) {
    all.delete(id);
    all.add(id);
  }
  return new Set([...all].filter((id) => Object.hasOwn(after, id) || !Object.hasOwn(before, id)));
}
