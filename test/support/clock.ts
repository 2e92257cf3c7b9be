import type { Clock } from '../../core/http/wait';

export interface TestClock extends Clock {
  /** Every wait that was asked for, in milliseconds. */
  readonly waits: number[];
}

/** A clock that jumps over every wait. */
export function jumpingClock(start = Date.parse('2026-11-21T08:00:00Z')): TestClock {
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
