import type { Feed } from './feed';
import { type Change, type PollOptions, readChanges } from './poll';
import { timeOf } from './records';
import { rewind, type Watermark } from './watermark';

/**
 * A second look at what has been put out before, for when an execution may have ended before it wrote anything
 * down. It has a cursor of its own, so that new records do not wait behind the old ones.
 */
export interface Sweep {
  watermark: Watermark;
  /** What changed later is the poll's own business. */
  until: number;
}

/** Looks once more at everything from `from` to where the poll has come. An unfinished look goes on from its place. */
export function beginSweep(watermark: Watermark, from: number, unfinished?: Sweep): Sweep {
  const start = Math.min(from, unfinished?.watermark.cursor ?? from);
  return { watermark: rewind(watermark, start), until: watermark.cursor };
}

export interface SweepResult<T> {
  changes: Array<Change<T>>;
  /** What is left to look at; undefined at the end. */
  sweep?: Sweep;
}

export async function sweepOn<T>(
  feed: Feed<T>,
  { watermark, until }: Sweep,
  options: PollOptions,
): Promise<SweepResult<T>> {
  const result = await readChanges(feed, watermark, options);
  const now = Date.now();
  // Nobody's cursor ever comes to a record that is dated ahead of the clock.
  const isMine = ({ record }: Change<T>): boolean => {
    const time = timeOf(feed.type, record);
    return time <= until || time > now;
  };
  const changes = result.changes.filter(isMine);
  const isOver = !result.more || changes.length < result.changes.length;
  return { changes, sweep: isOver ? undefined : { watermark: result.watermark, until } };
}
