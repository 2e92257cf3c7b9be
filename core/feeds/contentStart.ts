import { max } from 'lodash';

import { contentDigest } from './watermark';
import { isLate, tooManyChanged } from './window';
import type { Contents } from './contentPoll';
import { type Book, DIGEST_LENGTH, packIds, UNSEEN, unpackIds } from './contents';
import type { ContentFeed } from './feed';
import { firstPage, type Pages } from '../http/pages';

/** What a first pass knows of what stood there before it. */
type First = NonNullable<Contents['first']>;

/**
 * Remembers the newest records before the first pass, where the store shows them: by them one that is made meanwhile is known.
 * A date that lies ahead of this machine says nothing of the others, unless all do.
 */
async function lookAtNewest<T>(
  { type }: ContentFeed<T>,
  first: First,
  book: Book,
  newestFirst: Pages<T>,
): Promise<First> {
  const rows = await firstPage(newestFirst);
  for (const row of rows) {
    const digest = contentDigest(type, row, DIGEST_LENGTH);
    book.set(type.idOf(row), { digest, met: 'before' });
  }
  const dates = rows.flatMap((row) => type.createdAt(row) ?? []);
  const likely = dates.filter((at) => at <= Date.now());
  const newest = max(likely.length > 0 ? likely : dates);
  return newest === undefined ? first : { ...first, newest };
}

/** @returns undefined where there was no time for all of them */
async function changedIds<T>(
  { type }: ContentFeed<T>,
  changed: Pages<T>,
  deadline: number | undefined,
): Promise<Set<string> | undefined> {
  const ids = new Set<string>();
  for await (const page of changed) {
    for (const record of page) ids.add(type.idOf(record));
    if (isLate(deadline)) return undefined;
  }
  return ids;
}

/**
 * Before the first pass: what stands there is remembered, and of what was chosen to be put out all the same the ids. Its content
 * is remembered as unseen, so that it comes when the pass meets it.
 */
export async function lookFirst<T>(
  feed: ContentFeed<T>,
  first: First,
  book: Book,
  deadline: number | undefined,
): Promise<First> {
  const { newest, changedSince } = feed.changes;
  if (!first.isChosen) return newest ? await lookAtNewest(feed, first, book, newest()) : first;
  if (!changedSince) return first;
  const ids = await changedIds(feed, changedSince(new Date(first.since)), deadline);
  if (!ids) throw tooManyChanged(feed);
  for (const id of ids) book.set(id, { digest: UNSEEN, met: 'before' });
  return { ...first, changed: packIds(ids) };
}

interface LastLook {
  deadline: number | undefined;
  /** The poll has read pages, so that the next one, which finds none, has more time for this. */
  mayGoOn: boolean;
}

/**
 * At the end of the first pass: what changed after the store was asked, and before the pass came to it, was taken for what
 * stood there before. The next pass puts it out.
 *
 * @returns whether there was time for it
 */
export async function lookOnceMore<T>(
  feed: ContentFeed<T>,
  { since, changed }: First,
  book: Book,
  { deadline, mayGoOn }: LastLook,
): Promise<boolean> {
  const { changedSince } = feed.changes;
  if (changed === undefined || !changedSince) return true;
  const ids = await changedIds(feed, changedSince(new Date(since)), deadline);
  if (!ids && !mayGoOn) throw tooManyChanged(feed);
  if (!ids) return false;
  const before = unpackIds(changed);
  for (const id of ids) {
    const known = book.get(id);
    if (known && !before.has(id)) known.digest = UNSEEN;
  }
  return true;
}
