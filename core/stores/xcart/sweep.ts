import type { XCart } from './client';
import { changedSince, type OrderChange, type PollOptions, rewind, type Watermark } from './events';
import { timeOf } from './window';

/**
 * A second look at what has been put out before, for when an execution may have ended before it wrote anything
 * down. It has a cursor of its own, so that new orders do not wait behind the old ones.
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

export interface SweepResult {
  changes: OrderChange[];
  /** What is left to look at; undefined at the end. */
  sweep?: Sweep;
}

export async function sweepOn(
  client: XCart,
  { watermark, until }: Sweep,
  options: PollOptions,
): Promise<SweepResult> {
  const result = await changedSince(client, watermark, options);
  const now = Date.now();
  // Nobody's cursor ever comes to an order that is dated ahead of the clock.
  const isMine = ({ order }: OrderChange): boolean => timeOf(order) <= until || timeOf(order) > now;
  const changes = result.changes.filter(isMine);
  const isOver = !result.more || changes.length < result.changes.length;
  return { changes, sweep: isOver ? undefined : { watermark: result.watermark, until } };
}
