import { isPaused, nothingPutOutYet, pauseCatchUp, planCatchUp } from '../../../core/feeds/catchUp';
import type { Feed } from '../../../core/feeds/feed';
import { begin, type Change, readChanges } from '../../../core/feeds/poll';
import { sweepOn } from '../../../core/feeds/sweep';
import { noteHandOut } from '../../../core/feeds/trail';
import { withoutEchoes } from './echoes';
import { contentHandedOver, markBehind, markCaughtUp } from './memory';
import type { Found, Memory, Reading } from './reading';
import { startDate } from './settings';
import { catchUpSituation } from './situation';

/** A store that says what changed since a moment, with all records and with those alone that the user's filters let in. */
export interface DatedReading<T> extends Reading {
  feed: Feed<T>;
  unfiltered: Feed<T>;
}

/** The new records, and the memory for the next poll. */
async function readNew<T>(reading: DatedReading<T>, memory: Memory) {
  const { context, origin, feed, unfiltered, settings, options } = reading;
  const isKnown = memory.watermark?.origin === origin;
  const watermark =
    isKnown && memory.watermark
      ? memory.watermark
      : await begin(feed, origin, options, {
          from: startDate(settings.startFrom, context.getTimezone()),
          unfiltered,
        });
  if (!isKnown) markCaughtUp(context);
  const known: Memory = isKnown ? memory : { ...nothingPutOutYet(Date.now()), watermark };
  const result = await readChanges(feed, watermark, options);
  markBehind(context, result.more);
  const changes = await withoutEchoes(
    feed.type,
    reading.store,
    watermark.seen,
    result.changes,
    (id) => contentHandedOver(context, id),
  );
  const begins = isKnown ? undefined : { memory: known };
  return { changes, memory: { ...known, watermark: result.watermark }, watermark, begins };
}

/** Records that were put out before, as far as there is room for them. A failure costs nothing but time. */
async function readAgain<T>(
  { context, feed, options }: DatedReading<T>,
  memory: Memory,
  room: number,
): Promise<Found<T>> {
  const nothing: Array<Change<T>> = [];
  const isWanted = room > 0 && !isPaused(memory, Date.now());
  if (!memory.sweep || !isWanted) return { changes: nothing, memory };
  try {
    const { changes, sweep } = await sweepOn(feed, memory.sweep, { ...options, max: room });
    return { changes, memory: { ...memory, sweep } };
  } catch (error) {
    context.logger.warn(`The look back is put off: ${(error as Error).message}`);
    return { changes: nothing, memory: pauseCatchUp(memory, Date.now()) };
  }
}

export async function readByDate<T>(reading: DatedReading<T>, memory: Memory): Promise<Found<T>> {
  const { context, settings, options } = reading;
  const { catchUpMs } = settings;
  const fresh = await readNew(reading, memory);
  // Only now: a poll that fails has caught up with nothing.
  const situation = catchUpSituation(context, catchUpMs);
  const { memory: planned, begins } = planCatchUp(fresh.memory, fresh.watermark, situation);
  if (begins) markCaughtUp(context);
  const { trail = [] } = planned;
  const noted =
    fresh.changes.length > 0
      ? noteHandOut(trail, Date.now(), fresh.watermark.cursor, catchUpMs)
      : trail;
  const { watermark } = fresh.memory;
  const room = options.max - fresh.changes.length;
  const again = await readAgain(reading, { ...planned, trail: noted, watermark }, room);
  return {
    changes: [...fresh.changes, ...again.changes],
    memory: again.memory,
    ...(fresh.begins && { begins: fresh.begins }),
  };
}
