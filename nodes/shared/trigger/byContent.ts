import { type LookBack, nothingPutOutYet, planLookBack } from '../../../core/feeds/catchUp';
import { settle } from '../../../core/outcome';
import { type Contents, emptyContents, readContents } from '../../../core/feeds/contentPoll';
import type { ContentFeed } from '../../../core/feeds/feed';
import { forgetCatchUp, markBehind, markCaughtUp } from './memory';
import type { Beginning, Found, Memory, Reading } from './reading';
import { startDate } from './settings';
import { catchUpSituation } from './situation';

export interface ContentReading<T> extends Reading {
  feed: ContentFeed<T>;
}

/**
 * Where all that was changed since a moment was asked for, it begins there. Otherwise with what stood in the list, which the
 * first pass finds out.
 */
function beginningOf(
  { isKnown, before }: { isKnown: boolean; before: Contents },
  after: Memory,
): Beginning | undefined {
  if (!before.first) return undefined;
  if (!before.first.isChosen) return { memory: after, isFirstPass: true };
  return isKnown ? undefined : { memory: { ...nothingPutOutYet(Date.now()), contents: before } };
}

/** What is put out again is met in the same pass as what is new, so that it has to be said before. */
export async function readByContent<T>(
  reading: ContentReading<T>,
  memory: Memory,
): Promise<Found<T>> {
  const { context, origin, feed, settings, options } = reading;
  const { contents } = memory;
  const isKnown = contents?.origin === origin;
  const from = startDate(settings.startFrom, context.getTimezone());
  const before = isKnown ? contents : emptyContents(origin, from);
  const situation = catchUpSituation(context, settings.catchUpMs);
  const plan: LookBack = isKnown
    ? planLookBack(memory, situation)
    : { memory: nothingPutOutYet(Date.now()) };
  const keepMs = situation.isFollowedByLedger ? settings.catchUpMs : 0;
  const { since: againSince } = plan;
  const read = await settle(
    async () => await readContents(feed, before, { ...options, againSince, keepMs }),
  );
  if (!read.ok) {
    // A poll that fails has caught up with nothing.
    if (againSince !== undefined) forgetCatchUp(context);
    throw read.error;
  }
  if (!isKnown || againSince !== undefined) markCaughtUp(context);
  markBehind(context, read.value.more);
  const after: Memory = { ...plan.memory, contents: read.value.contents };
  const begins = beginningOf({ isKnown, before }, after);
  return { changes: read.value.changes, memory: after, ...(begins && { begins }) };
}
