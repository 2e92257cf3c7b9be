import {
  type CatchUpMemory,
  type CatchUpSituation,
  isPaused,
  nothingPutOutYet,
  pauseCatchUp,
  planCatchUp,
} from './catchUp';
import type { Watermark } from './watermark';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const NOW = 1_000 * HOUR;
const WATERMARK: Watermark = { origin: '', start: 0, cursor: 500, seen: {}, baseline: {} };
/** Put out up to now, from cursor 7 a day ago to cursor 400. */
const MEMORY: CatchUpMemory = {
  trail: [
    { first: NOW - 23 * HOUR, last: NOW - 22 * HOUR, cursor: 7 },
    { first: NOW - HOUR, last: NOW - MINUTE, cursor: 400 },
  ],
  sweptAt: NOW - 10 * MINUTE,
  sweptSince: NOW - 2 * HOUR,
  sweptFarAt: NOW - 10 * HOUR,
};

function plan(memory: CatchUpMemory = {}, situation: Partial<CatchUpSituation> = {}) {
  return planCatchUp({ ...MEMORY, ...memory }, WATERMARK, {
    now: NOW,
    catchUpMs: 24 * HOUR,
    isFollowedByLedger: true,
    hasCaughtUp: true,
    takeFailedClaim: () => undefined,
    ...situation,
  });
}

it.each<[string, CatchUpMemory, Partial<CatchUpSituation>, number | undefined]>([
  ['not at all when it was done lately', {}, {}, undefined],
  ['far in a process that has not yet', {}, { hasCaughtUp: false }, 7],
  ['far once a day', { sweptFarAt: NOW - 24 * HOUR }, {}, 7],
  ['two hours every hour', { sweptAt: NOW - HOUR }, {}, 400],
  [
    'as far as is wanted at most',
    { sweptAt: NOW - HOUR, sweptFarAt: NOW },
    { catchUpMs: 30 },
    undefined,
  ],
  ['when a claim has failed', {}, { takeFailedClaim: () => NOW - MINUTE }, 400],
  [
    'to what a failed look back had put out',
    { sweptSince: NOW - 23 * HOUR },
    { takeFailedClaim: () => NOW },
    7,
  ],
  ['after the clock was turned back', { sweptFarAt: NOW + HOUR }, {}, 7],
  ['not while it pauses', { pausedUntil: NOW + MINUTE }, { hasCaughtUp: false }, undefined],
])('looks back %s', (_, memory, situation, cursor) => {
  const before = structuredClone({ ...MEMORY, ...memory });
  const { memory: planned, begins } = plan(memory, situation);
  expect(planned.sweep?.watermark.cursor).toBe(cursor);
  expect(begins).toBe(cursor !== undefined || situation.catchUpMs === 30);
  expect({ ...MEMORY, ...memory }).toEqual(before);
});

it('takes no note of a failed claim that a far look back covers', () => {
  const takeFailedClaim = jest.fn();
  plan({}, { hasCaughtUp: false, takeFailedClaim });
  expect(takeFailedClaim).not.toHaveBeenCalled();
});

it('forgets what it was about where no ledger follows, or nobody wants it', () => {
  for (const off of [{ isFollowedByLedger: false }, { catchUpMs: 0 }]) {
    expect(plan({}, { ...off, hasCaughtUp: false })).toEqual({
      memory: { trail: MEMORY.trail },
      begins: false,
    });
  }
});

it('has nothing to look back at in the beginning', () => {
  const memory = nothingPutOutYet(NOW);
  const situation = { hasCaughtUp: true, now: NOW + 59 * MINUTE };
  expect(
    planCatchUp(memory, WATERMARK, {
      ...situation,
      catchUpMs: 24 * HOUR,
      isFollowedByLedger: true,
      takeFailedClaim: () => undefined,
    }),
  ).toEqual({ memory, begins: false });
});

it('pauses ten minutes, whatever the clock does', () => {
  const paused = pauseCatchUp({}, NOW);
  expect([0, 9 * MINUTE, 10 * MINUTE, -HOUR].map((ms) => isPaused(paused, NOW + ms))).toEqual([
    true,
    true,
    false,
    false,
  ]);
});
