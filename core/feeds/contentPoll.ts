import { sortBy } from 'lodash';

import { ServiceError } from '../errors';
import {
  askAgain,
  type Book,
  DIGEST_LENGTH,
  endPass,
  forgetHandOuts,
  type KnownContent,
  minutesOf,
  packContents,
  unpackContents,
} from './contents';
import { lookFirst, lookOnceMore } from './contentStart';
import type { ContentFeed } from './feed';
import type { Change, PollOptions } from './poll';
import { type ChangeEvent, type RecordType, timeOf } from './records';
import { contentDigest } from './watermark';
import { isLate } from './window';

/**
 * What a poll by content remembers. n8n keeps it in the static data of published workflows: what an earlier release has
 * saved must stay readable. Times are milliseconds since the epoch by the clock of this machine.
 */
export interface Contents {
  /** What it was made for: another store, another start or another kind begins anew. */
  origin: string;
  /** Every record with the digest of its content, see `packContents`. */
  known: string;
  /** The first pass is not over: what stood there before is remembered, and not put out. */
  first?: {
    /** What was made or changed at this moment or later is put out all the same. */
    since: number;
    /** All of it was asked for, so that also counts what was read at once and what bears no date. */
    isChosen: boolean;
    /**
     * When the newest record was made that stood there before the pass, by the store's own clock: what is made later is
     * new, however wrong that clock is. Left out: the store does not show its newest.
     */
    newest?: number;
    /** Ids of what the store itself names as changed since then, see `packIds`; left out: it cannot be asked for that. */
    changed?: string;
  };
  /** The pass that is under way, and where it goes on; or the last one. */
  pass?: Pass;
}

interface Pass {
  began: number;
  /** The page where it goes on, from 1. */
  page: number;
  /** The rows before it, where the store counts rows: its pages may be shorter than what is asked for. */
  rows?: number;
  isOver?: boolean;
}

/** For a store of which nothing is known yet. @param from everything made or changed since then is put out */
export function emptyContents(origin: string, from: Date | undefined): Contents {
  // Dates of stores have whole seconds.
  const since = from?.getTime() ?? Math.floor(Date.now() / 1000) * 1000;
  return { origin, known: '', first: { since, isChosen: from !== undefined } };
}

/** More would make n8n's row of the workflow, which it writes with every hand-out, greater than a megabyte. */
export const MOST_RECORDS = 50_000;

/** Pages that a shop is asked for in a minute, on the average of a pass and the rest after it. */
const PAGES_A_MINUTE = 20;
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

export interface ContentOptions extends PollOptions {
  /** What was put out at this moment or later is to be put out again. */
  againSince?: number;
  /** How long what was put out may have to be put out again; 0: never. */
  keepMs: number;
}

export interface ContentResult<T> {
  contents: Contents;
  /** New contents in the order of the list, then those that are put out again. */
  changes: Array<Change<T>>;
  /** The pass is not over. */
  more: boolean;
}

/** A long list is not read all the time. After a clock that was set it is. */
function isResting({ pass }: Contents, now: number): boolean {
  if (!pass?.isOver || pass.page <= PAGES_A_MINUTE) return false;
  const restMs = (pass.page / PAGES_A_MINUTE) * MINUTE_MS;
  return now >= pass.began && now < pass.began + restMs;
}

/** Where a pass that was not read to its end goes on, else the beginning. */
function passOf({ pass }: Contents, now: number): Pass {
  return pass && !pass.isOver ? { ...pass } : { began: now, page: 1 };
}

/**
 * Records whose content is another than it was, and those of an id that was not known. Nothing is missed, whatever
 * happens to the list while it is read: what slips through between two pages is met by the next pass, and still differs
 * from what is remembered. A pass goes on in the next poll where the time is up or `max` is reached.
 *
 * - What is there when it begins is remembered and put out by nobody. A list of several pages may get new records behind
 *   the reader, though. New is what was made after the newest record that stood there before the pass, which compares dates
 *   of the store with one another, though not longer than a day before it, because a store may show older ones as its
 *   newest; and what the store dates later than the beginning, except on the first page, which was
 *   there at once. A shop whose clock is ahead then puts out some more than it should; of one whose clock is behind, a
 *   change that an old record gets during the first pass, before its page is read, is not told.
 * - What two passes have not met is forgotten.
 */
export async function readContents<T>(
  feed: ContentFeed<T>,
  contents: Contents,
  options: ContentOptions,
): Promise<ContentResult<T>> {
  const now = Date.now();
  const book = unpackContents(contents.known);
  forgetHandOuts(book, now - options.keepMs);
  if (options.againSince !== undefined) askAgain(book, options.againSince);
  const isAsked = [...book.values()].some(({ again }) => again);
  if (isResting(contents, now) && !isAsked) return { contents, changes: [], more: false };
  const pass = passOf(contents, now);
  const first =
    contents.first && !contents.pass
      ? await lookFirst(feed, contents.first, book, options.deadline)
      : contents.first;
  const firstPage = pass.page;
  const reader = new PassReader(feed.type, book, first, options);
  let isOver = true;
  reader.askedAt = now;
  let rowsOfPage: number | undefined;
  // What an earlier release has saved names the page alone.
  const isCounted = pass.page === 1 || pass.rows !== undefined;
  const place = {
    page: pass.page,
    after: pass.rows,
    onRows: (count: number) => (rowsOfPage = count),
  };
  for await (const rows of feed.changes.all(place)) {
    const isWhole = reader.read(rows, pass.page);
    requireRoom(feed, book);
    if (isWhole) {
      pass.page += 1;
      if (isCounted && rowsOfPage !== undefined) pass.rows = (pass.rows ?? 0) + rowsOfPage;
    }
    isOver = isWhole && !isLate(options.deadline);
    if (!isOver) break;
    reader.askedAt = Date.now();
  }
  if (isOver && first) {
    isOver = await lookOnceMore(feed, first, book, {
      deadline: options.deadline,
      mayGoOn: pass.page > firstPage,
    });
  }
  if (isOver) endPass(book);
  const changes = reader.changes();
  return {
    contents: {
      origin: contents.origin,
      known: packContents(book),
      ...(!isOver && first && { first }),
      pass: { ...pass, ...(isOver && { isOver }) },
    },
    changes,
    more: !isOver,
  };
}

function requireRoom<T>({ type, tooMany }: ContentFeed<T>, book: Book): void {
  if (book.size <= MOST_RECORDS) return;
  throw new ServiceError(
    `The store has more than ${MOST_RECORDS} ${type.many}, which is more than a trigger can remember`,
    { class: 'configuration', fix: tooMany },
  );
}

/** Compares page after page with what is remembered, and keeps what is to be put out. */
class PassReader<T> {
  askedAt = 0;

  private readonly fresh = new Map<string, Change<T>>();

  private readonly again = new Map<string, Change<T>>();

  constructor(
    private readonly type: RecordType<T>,
    private readonly book: Book,
    private readonly first: Contents['first'],
    private readonly options: ContentOptions,
  ) {}

  /** @returns whether there was room for all of the page */
  read(rows: readonly T[], page: number): boolean {
    let isWhole = true;
    for (const record of rows) isWhole = this.meet(record, page) && isWhole;
    return isWhole;
  }

  private meet(record: T, page: number): boolean {
    const id = this.type.idOf(record);
    const known = this.book.get(id);
    const digest = contentDigest(this.type, record, DIGEST_LENGTH);
    const event: ChangeEvent = `${this.type.kind}.${known || this.wasThere(record) ? 'changed' : 'created'}`;
    const change = { record, event, readAt: this.askedAt };
    if (known) known.met = 'now';
    if (known?.digest === digest) {
      if (known.again && !this.fresh.has(id)) this.again.set(id, change);
      return true;
    }
    const isWanted = this.isWanted(record, event, known ? undefined : page);
    if (isWanted && this.fresh.size >= this.options.max && !this.fresh.has(id)) return false;
    // A record that is met twice in one pass was changed meanwhile, or has moved.
    this.book.set(id, { ...known, digest, met: 'now', ...(isWanted && this.handOut()) });
    if (!isWanted) return true;
    this.again.delete(id);
    // A record that is met twice in one pass was changed meanwhile, or has moved.
    this.fresh.set(id, { ...change, event: this.fresh.get(id)?.event ?? event });
    return true;
  }

  private handOut(): Partial<KnownContent> {
    const putOutAt = this.options.keepMs > 0 ? minutesOf(Date.now()) : undefined;
    return { putOutAt, again: undefined };
  }

  /** Of a first pass: made before it, so that its date can only be that of a change. */
  private wasThere(record: T): boolean {
    const made = this.type.createdAt(record);
    if (!this.first || made === undefined) return false;
    return made < this.first.since && !this.isMadeMeanwhile(record);
  }

  private isMadeMeanwhile(record: T): boolean {
    const { newest, since = 0 } = this.first ?? {};
    const made = this.type.createdAt(record) ?? 0;
    return newest !== undefined && made > newest && made >= since - DAY_MS;
  }

  /** @param page where it was met for the first time; left out: its former content is known */
  private isWanted(record: T, event: ChangeEvent, page?: number): boolean {
    const { events } = this.options;
    if (events?.length && !events.includes(event)) return false;
    if (!this.first || page === undefined || this.isMadeMeanwhile(record)) return true;
    const { since, isChosen, changed } = this.first;
    const time = timeOf(this.type, record);
    // What the store itself has named as changed is known, and does not come here.
    if (isChosen) return time >= since || (time === 0 && changed === undefined);
    return page > 1 && time >= since && time > (this.first.newest ?? 0);
  }

  /** What is new comes first, the oldest change of it at the head; what is put out again has what room is left. */
  changes(): Array<Change<T>> {
    const room = Math.max(0, this.options.max - this.fresh.size);
    const repeated = [...this.again].slice(0, room);
    for (const [id] of repeated) delete this.book.get(id)?.again;
    const fresh = sortBy([...this.fresh.values()], ({ record }) => timeOf(this.type, record));
    return [...fresh, ...repeated.map(([, change]) => change)];
  }
}
