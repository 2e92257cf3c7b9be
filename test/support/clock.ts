import { orCancelled, type Clock } from '../../core/http/wait';

const START = Date.parse('2026-11-21T08:00:00Z');

export interface TestClock extends Clock {
  /** Every wait that was asked for, in milliseconds. */
  readonly waits: number[];
}

/** A clock that jumps over every wait. */
export function jumpingClock(start = START): TestClock {
  let now = start;
  const waits: number[] = [];
  return {
    waits,
    now: () => now,
    random: () => 0.5,
    sleep: async (ms) => {
      waits.push(ms);
      now += ms;
      await Promise.resolve();
    },
  };
}

export interface ManualClock extends Clock {
  /** Milliseconds since the start. */
  elapsed(): number;
  /** How many wait now. */
  sleeping(): number;
  /** Lets so much time pass, wakes whoever has waited long enough in the order of their moments, and lets them work. */
  advance(ms: number): Promise<void>;
}

/** All promises that can go on have gone on. */
export async function settled(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

/** A clock that stands still until the test moves it: for many who wait at the same time. */
export function manualClock(start = START): ManualClock {
  let now = start;
  const sleepers = new Set<{ at: number; wake: () => void }>();
  const earliest = () => [...sleepers].sort((one, other) => one.at - other.at)[0];
  return {
    now: () => now,
    random: () => 0.5,
    elapsed: () => now - start,
    sleeping: () => sleepers.size,
    sleep: async (ms, signal) => {
      const sleeper = { at: now + ms, wake: () => {} };
      const woken = new Promise<void>((resolve) => (sleeper.wake = resolve));
      sleepers.add(sleeper);
      try {
        await orCancelled(woken, signal);
      } finally {
        sleepers.delete(sleeper);
      }
    },
    advance: async (ms) => {
      const until = now + ms;
      await settled();
      for (let next = earliest(); next && next.at <= until; next = earliest()) {
        now = Math.max(now, next.at);
        sleepers.delete(next);
        next.wake();
        await settled();
      }
      now = until;
    },
  };
}
