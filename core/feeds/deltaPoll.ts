import { maxBy, omit, partition, sortBy } from 'lodash';

import type { ServiceError } from '../errors';
import { settle } from '../outcome';
import type { DeltaFeed, DeltaPage, ToldChange } from './delta';
import {
  changedNames,
  type DeltaBook,
  forgetPutOut,
  isSamePrint,
  type KnownRecord,
  noteMet,
  packBook,
  printOf,
  unpackBook,
  watchedNames,
} from './deltaBook';
import { packQueue, type Queued, unpackQueue } from './deltaQueue';
import { Outgoing } from './outgoing';
import type { Change, PollOptions } from './poll';
import type { ChangeEvent } from './records';
import type { HandedOver, OwnQuestion, Tracked } from './tracked';
import { isLate } from './window';

export interface DeltaOptions<T> extends Omit<PollOptions, 'overlapMs'> {
  /** What was put out at this moment or later is to be put out again. */
  againSince?: number;
  /** How long what was put out may have to be put out again; 0: never. */
  keepMs: number;
  handedOver?(id: string): HandedOver | undefined;
  /** Is told of each record that was met, as it is now. Counts once what was put out is saved. */
  onMet?(id: string, met: HandedOver): void;
  /** Which of the changes are but the pack's own; one answer for each. */
  areOwn?(changes: ReadonlyArray<OwnQuestion<T>>): Promise<boolean[]>;
  /** Is told how many records are remembered where there is no room for all. */
  onCut?(kept: number): void;
  /** Is told where the service has forgotten what changed. */
  onForgotten?(error: ServiceError): void;
}

export interface DeltaResult<T> {
  tracked: Tracked;
  changes: Array<Change<T>>;
  /** What there is was not read to its end. */
  more: boolean;
}

/** A record may become visible so long after the moment that it bears as its date of creation: when its transaction ends. */
const LATE_MS = 5 * 60_000;

const secondsOf = (time: number): number => Math.floor(time / 1000);

/** Records that are known by name when a trigger starts from now. */
const MOST_THERE = 1000;

/** Records of one request to the service, so that not too much is read again where a poll ends early. */
const MOST_AT_ONCE = 1000;

class DeltaReader<T> {
  readonly book: DeltaBook;
  private readonly outgoing = new Outgoing<T>();
  private queue: Queued[];
  /** What was put out before: what is new need not wait behind it. */
  private again: Queued[];
  private readonly tracked: Tracked;

  constructor(
    private readonly feed: DeltaFeed<T>,
    tracked: Tracked,
    private readonly options: DeltaOptions<T>,
  ) {
    this.tracked = { ...tracked };
    this.book = unpackBook(tracked.known);
    const waiting = unpackQueue(tracked.queue ?? '');
    [this.again, this.queue] = partition(waiting, ({ isAgain }) => isAgain);
    const now = Date.now();
    forgetPutOut(this.book, secondsOf(now - options.keepMs));
    if (options.againSince !== undefined) this.askAgain(secondsOf(options.againSince));
  }

  private askAgain(since: number): void {
    const queued = new Set(this.again.map(({ id }) => id));
    for (const [id, { putOutAt = -1, isGone = false }] of this.book) {
      if (putOutAt >= since && !queued.has(id)) this.again.push({ id, isGone, isAgain: true });
    }
  }

  private get room(): number {
    return this.options.max - this.outgoing.size;
  }

  /** @returns whether all was read */
  async read(): Promise<boolean> {
    let isOver = false;
    while (!isOver && (await this.drain()) && !isLate(this.options.deadline)) {
      isOver = await this.readPage();
    }
    if (!isOver || !(await this.drain())) return false;
    this.endReading();
    this.queue = this.again;
    this.again = [];
    return await this.drain();
  }

  /** @returns whether nothing waits any more */
  private async drain(): Promise<boolean> {
    while (this.queue.length > 0 && this.room > 0 && !isLate(this.options.deadline)) {
      await this.putOut(this.queue.splice(0, Math.min(this.room, MOST_AT_ONCE)));
    }
    return this.queue.length === 0;
  }

  /** @returns whether it was the last one */
  private async readPage(): Promise<boolean> {
    const { delta } = this.feed;
    const { tracked } = this;
    this.endReading();
    const page = await settle(async () => await delta.page(tracked.next));
    if (!page.ok) {
      if (tracked.next === undefined || !delta.isForgotten(page.error)) throw page.error;
      this.options.onForgotten?.(page.error);
      // Where nothing was to be put out, nothing is: nobody has been told of anything yet.
      if (tracked.reading === undefined) tracked.reading = 'again';
      delete tracked.next;
      delete tracked.began;
      return false;
    }
    this.take(page.value);
    return page.value.isLast;
  }

  private take({ changed, deleted, next, isLast, askedAt }: DeltaPage): void {
    const { tracked } = this;
    tracked.began ??= askedAt;
    tracked.next = next;
    if (tracked.reading === 'baseline') this.noteThere(changed);
    else {
      const isAgain = false;
      this.queue.push(
        ...changed.map(({ id, version }) => ({ id, version, isGone: false, isAgain })),
        ...deleted.map((id) => ({ id, isGone: true, isAgain })),
      );
    }
    if (isLast) tracked.isRead = true;
  }

  /** What was there before is not new, however late it was made: the records with the newest contents are known by name. */
  private noteThere(changed: readonly ToldChange[]): void {
    for (const { id, version = '' } of changed) this.met(id, { version, print: '' });
    if (this.book.size <= 2 * MOST_THERE) return;
    const newest = sortBy([...this.book], ([, { version }]) => -Number(version));
    this.book.clear();
    for (const [id, known] of newest.slice(0, MOST_THERE).reverse()) this.book.set(id, known);
  }

  /** What waits in the queue still belongs to the reading that has told of it. */
  private endReading(): void {
    const { tracked } = this;
    if (!tracked.isRead) return;
    tracked.since = tracked.began ?? tracked.since;
    delete tracked.began;
    delete tracked.reading;
    delete tracked.isRead;
  }

  private async putOut(queued: Queued[]): Promise<void> {
    const open = queued.filter((each) => !this.isKnown(each));
    const ids = open.filter(({ isGone }) => !isGone).map(({ id }) => id);
    const asked = Date.now();
    const records = ids.length > 0 ? await this.feed.delta.read(ids) : [];
    const byId = new Map(records.map((record) => [this.feed.type.idOf(record), record]));
    const found = open.flatMap((each): Found<T>[] => {
      const record = byId.get(each.id);
      // One that is gone by now is told of as gone the next time.
      return record || each.isGone ? [{ ...each, record }] : [];
    });
    this.compareNames(records);
    await this.tell(found, asked);
  }

  /** Whether it has been put out with this content, or is known to be no change. */
  private isKnown({ id, version, isGone, isAgain }: Queued): boolean {
    if (isAgain) return false;
    const known = this.book.get(id);
    const handed = this.options.handedOver?.(id);
    if (isGone) {
      if (handed?.isGone && !known?.isGone) {
        this.met(id, { version: '', print: '', isGone: true });
      }
      return known?.isGone === true || handed?.isGone === true;
    }
    if (version === undefined) return false;
    if (known?.version === version && !known.isGone) return true;
    if (handed?.version !== version || handed.isGone) return false;
    this.met(id, { version, print: handed.print });
    return true;
  }

  private met(id: string, known: Omit<KnownRecord, 'seenAt'>, seenAt = Date.now()): void {
    const { keepMs } = this.options;
    const told = [known, this.book.get(id), putOutBy(this.options.handedOver?.(id))];
    const { putOutAt, isNew } = maxBy(told, (each) => each?.putOutAt ?? -1) ?? {};
    const kept = keepMs > 0 && putOutAt !== undefined ? { putOutAt, isNew } : {};
    noteMet(this.book, id, { ...omit(known, 'putOutAt', 'isNew'), seenAt, ...kept });
  }

  /** Where something else is watched than before, nothing that is known can be compared. */
  private compareNames([record]: T[]): void {
    if (record === undefined) return;
    const names = watchedNames(this.feed.delta.watched(record));
    if (this.tracked.names !== undefined && this.tracked.names !== names) {
      for (const known of this.book.values()) Object.assign(known, { version: '', print: '' });
    }
    this.tracked.names = names;
  }

  private async tell(found: Found<T>[], readAt: number): Promise<void> {
    const seenAt = Date.now();
    const told = found.map((each) => this.judge(each)).filter((each) => each !== undefined);
    const asked = told.filter(({ isAgain }) => !isAgain);
    const answers = (await this.options.areOwn?.(asked.map(({ question }) => question))) ?? [];
    const own = new Set(asked.filter((_, place) => answers[place] === true));
    for (const each of told) this.hand(each, own.has(each), { readAt, seenAt });
  }

  /** Undefined: nothing that is watched has changed. */
  private judge(found: Found<T>): Told<T> | undefined {
    const { id, record, isAgain } = found;
    const known = this.book.get(id);
    const before = known?.isGone ? undefined : known;
    if (record === undefined) {
      const event: ChangeEvent = `${this.feed.type.kind}.deleted`;
      return { ...found, version: '', print: '', question: { id, event } };
    }
    const watched = this.feed.delta.watched(record);
    const content = {
      version: this.feed.delta.versionOf(record) ?? found.version ?? '',
      print: printOf(watched),
    };
    if (!isAgain && before && isSamePrint(before.print, content.print)) {
      this.met(id, content);
      return undefined;
    }
    const handed = this.options.handedOver?.(id);
    if (!isAgain && handed && !handed.isGone && isSamePrint(handed.print, content.print)) {
      this.met(id, content);
      return undefined;
    }
    if (!known && this.isFromBefore(record)) {
      this.met(id, content);
      return undefined;
    }
    const question = {
      id,
      record,
      event:
        isAgain && known?.isNew ? this.createdEvent : this.eventOf(record, before !== undefined),
      ...(before?.print && { names: isAgain ? [] : changedNames(watched, before.print) }),
      ...seenBefore(before, handed),
    };
    return { ...found, ...content, question };
  }

  /** Where all is read once more: it has not changed since the last reading, which needs no memory of it. */
  private isFromBefore(record: T): boolean {
    const changed = this.feed.type.changedAt(record);
    const { reading, since } = this.tracked;
    return reading === 'again' && changed !== undefined && changed < since - LATE_MS;
  }

  private get createdEvent(): ChangeEvent {
    return `${this.feed.type.kind}.created`;
  }

  private eventOf(record: T, isKnown: boolean): ChangeEvent {
    const { kind, createdAt } = this.feed.type;
    const made = createdAt(record) ?? 0;
    const isNew = !isKnown && made >= this.tracked.since - LATE_MS;
    return isNew ? this.createdEvent : `${kind}.changed`;
  }

  private hand(
    { id, record, version, print, question, isAgain }: Told<T>,
    isOwn: boolean,
    { readAt, seenAt }: { readAt: number; seenAt: number },
  ): void {
    const { events = [] } = this.options;
    const { names } = question;
    const event = this.outgoing.eventOf(id, question.event);
    // What was put out before was wanted then.
    const isWanted = !isOwn && (isAgain || events.length === 0 || events.includes(event));
    const content = { version, print, ...(record === undefined && { isGone: true as const }) };
    const isNew = event === this.createdEvent && { isNew: true as const };
    const putOut = isWanted && !isAgain ? { putOutAt: secondsOf(seenAt), ...isNew } : {};
    this.met(id, { ...content, ...putOut }, seenAt);
    const changed = record && this.feed.type.changedAt(record);
    this.options.onMet?.(id, { ...content, ...(changed && { changedAt: changed }) });
    if (!isWanted) return;
    const isResync = this.tracked.reading === 'again';
    this.outgoing.put(id, { record, event, names, readAt, isResync });
  }

  changes(): Array<Change<T>> {
    return this.outgoing.changes(this.feed.delta);
  }

  memory(): Tracked {
    if (this.queue.length === 0) this.endReading();
    const waiting = [...this.queue, ...this.again];
    return {
      ...omit(this.tracked, 'queue'),
      known: packBook(this.book, { onCut: this.options.onCut }),
      ...(waiting.length > 0 && { queue: packQueue(waiting) }),
    };
  }
}

type Found<T> = Queued & { record: T | undefined };

type Told<T> = Found<T> & { version: string; print: string; question: OwnQuestion<T> };

/** What a webhook has put out last of a record. */
function putOutBy(handed: HandedOver | undefined): Pick<KnownRecord, 'putOutAt' | 'isNew'> {
  if (handed?.putOutAt === undefined) return {};
  return { putOutAt: secondsOf(handed.putOutAt), isNew: handed.isNew };
}

/** When a record was seen last with other content, whichever way. */
function seenBefore(
  known: KnownRecord | undefined,
  handed: HandedOver | undefined,
): Pick<OwnQuestion<never>, 'seenAt'> {
  const moments = [known?.print ? known.seenAt : undefined, handed?.seenAt];
  const seen = moments.filter((moment) => moment !== undefined);
  return seen.length > 0 ? { seenAt: Math.max(...seen) } : {};
}

/**
 * What has changed since the last reading, and the memory for the next one. Nothing is missed: where the reading goes on
 * moves page by page, and what was told of waits in a queue until it is put out. Records are read when they are put out, so
 * that each comes as it is now, and once.
 *
 * - What is told of with a version that is known, or that a webhook has handed over, is not read.
 * - That something else than what is watched has changed is no change, as far as the record was met before; what is not
 *   known of a record makes it come once more.
 */
export async function readDelta<T>(
  feed: DeltaFeed<T>,
  tracked: Tracked,
  options: DeltaOptions<T>,
): Promise<DeltaResult<T>> {
  const reader = new DeltaReader(feed, tracked, options);
  const isAll = await reader.read();
  return { tracked: reader.memory(), changes: reader.changes(), more: !isAll };
}
