import { LRUCache } from 'lru-cache';

import { type LookBack, nothingPutOutYet, planLookBack } from '../../../core/feeds/catchUp';
import type { DeltaFeed } from '../../../core/feeds/delta';
import { readDelta } from '../../../core/feeds/deltaPoll';
import {
  beginTracking,
  type HandedOver,
  type OwnQuestion,
  type Tracked,
} from '../../../core/feeds/tracked';
import { settle } from '../../../core/outcome';
import { handedOver, noteHandedOver } from './handedOver';
import { forgetCatchUp, keyOf, markBehind, markCaughtUp } from './memory';
import type { Beginning, Found, Memory, Reading } from './reading';
import { startsWithAll } from './settings';
import { catchUpSituation } from './situation';

/** A service that tells the changes itself. */
export interface TrackedReading<T> extends Reading {
  feed: DeltaFeed<T>;
  areOwn?(changes: ReadonlyArray<OwnQuestion<T>>): Promise<boolean[]>;
}

/** Where all that there is comes, it begins before that. Otherwise with what is there, of which a baseline puts nothing out. */
function beginningOf(
  { isKnown, before }: { isKnown: boolean; before: Tracked },
  after: Memory,
): Beginning | undefined {
  if (before.reading === 'baseline') return { memory: after };
  return isKnown ? undefined : { memory: { ...nothingPutOutYet(Date.now()), tracked: before } };
}

/** Triggers of this process that have said so. */
const warned = new LRUCache<string, true>({ max: 1000 });

/** Once, because it stays so. */
function warnOfCut(context: Reading['context'], kept: number, many: string): void {
  const key = keyOf(context);
  if (warned.has(key)) return;
  warned.set(key, true);
  context.logger.warn(
    `"${context.getNode().name}" remembers the ${kept} ${many} met last, for which there is room. Any change of others starts the workflow, also of what is not watched; fewer columns in Columns make room for more.`,
  );
}

/** What is put out again is known by what is remembered, so that it has to be said before. */
export async function readByDelta<T>(
  reading: TrackedReading<T>,
  memory: Memory,
): Promise<Found<T>> {
  const { context, origin, feed, settings, options, areOwn } = reading;
  const { tracked } = memory;
  const isKnown = tracked?.origin === origin;
  const before = isKnown
    ? tracked
    : beginTracking(origin, startsWithAll(settings) ? 'everything' : 'baseline');
  const situation = catchUpSituation(context, settings.catchUpMs);
  const plan: LookBack = isKnown
    ? planLookBack(memory, situation)
    : { memory: nothingPutOutYet(Date.now()) };
  const { since: againSince } = plan;
  const met = new Map<string, HandedOver>();
  const read = await settle(
    async () =>
      await readDelta(feed, before, {
        ...options,
        againSince,
        keepMs: situation.isFollowedByLedger ? settings.catchUpMs : 0,
        handedOver: (id) => handedOver(context, id),
        onMet: (id, content) => met.set(id, { ...content, seenAt: Date.now() }),
        areOwn,
        onCut: (kept) => warnOfCut(context, kept, feed.type.many),
        onForgotten: ({ message }) =>
          context.logger.warn(
            `"${context.getNode().name}" reads all ${feed.type.many} once more, and puts out what it does not know: ${message}`,
          ),
      }),
  );
  if (!read.ok) {
    // A poll that fails has caught up with nothing.
    if (againSince !== undefined) forgetCatchUp(context);
    throw read.error;
  }
  if (!isKnown || againSince !== undefined) markCaughtUp(context);
  markBehind(context, read.value.more);
  const after: Memory = { ...plan.memory, tracked: read.value.tracked };
  const begins = beginningOf({ isKnown, before }, after);
  return {
    changes: read.value.changes,
    memory: after,
    ...(begins && { begins }),
    onSaved: () => met.forEach((content, id) => noteHandedOver(context, id, content, 'poll')),
  };
}
