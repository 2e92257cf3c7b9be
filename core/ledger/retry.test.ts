import fc from 'fast-check';

import { ERROR_CLASSES, type ErrorClass } from '../errors';
import { judge, RETRY_RULES } from './retry';

const HOUR = 3_600_000;

/** Delays until the record is dead; those of the first hundred attempts where it never is. */
function schedule(errorClass: ErrorClass, random: number, alone = false): number[] {
  const delays: number[] = [];
  let attempts = 1;
  while (delays.length < 100) {
    const verdict = judge({ class: errorClass, attempts, maxAttempts: 8, alone, random });
    if (verdict.state !== 'retry') break;
    delays.push(verdict.delayMs);
    attempts = verdict.attempts + 1;
  }
  return delays;
}

test('knows every class', () => {
  expect(Object.keys(RETRY_RULES).sort()).toEqual([...ERROR_CLASSES].sort());
});

test.each(['permission', 'validation', 'not-found', 'duplicate'] as const)(
  '%s is dead at once',
  (errorClass) => {
    expect(schedule(errorClass, 0)).toEqual([]);
    expect(judge({ class: errorClass, attempts: 1, maxAttempts: 8, random: 0 }).state).toBe('dead');
  },
);

test('a transient failure that others do not have is tried eight times, over two hours', () => {
  const delays = schedule('transient', 1);
  expect(delays).toHaveLength(7);
  const hours = delays.reduce((sum, delay) => sum + delay, 0) / HOUR;
  expect(hours).toBeGreaterThan(2);
  expect(hours).toBeLessThan(3);
});

test.each(['authentication', 'configuration', 'throttled'] as const)(
  '%s never makes a dead letter',
  (errorClass) => {
    expect(schedule(errorClass, 1)).toHaveLength(100);
  },
);

test.each(['transient', 'permission', 'unknown'] as const)(
  '%s makes no dead letter while nothing at all gets through, and goes again within half an hour',
  (errorClass) => {
    const delays = schedule(errorClass, 1, true);
    expect(delays).toHaveLength(100);
    expect(Math.max(...delays)).toBeLessThanOrEqual(HOUR / 2);
  },
);

test('has half of its attempts left after an outage', () => {
  const outage = { class: 'transient', maxAttempts: 8, alone: true, random: 0 } as const;
  expect(judge({ ...outage, attempts: 4 })).toMatchObject({ state: 'retry', attempts: 4 });
  expect(judge({ ...outage, attempts: 5 })).toMatchObject({ state: 'retry', attempts: 4 });
  expect(judge({ ...outage, attempts: 7 })).toMatchObject({ state: 'retry', attempts: 6 });
});

test('whoever wants a single attempt gets a single one', () => {
  for (const errorClass of ['transient', 'authentication'] as const) {
    const failed = { class: errorClass, attempts: 1, maxAttempts: 1, alone: true, random: 0 };
    expect(judge(failed).state).toBe('dead');
  }
});

test.each(['unknown', 'conflict'] as const)('%s is tried three times', (errorClass) => {
  expect(schedule(errorClass, 0.5)).toHaveLength(2);
});

test('waits longer each time, up to the cap, and never less than the service asked for', () => {
  const retried = ERROR_CLASSES.filter((name) => typeof RETRY_RULES[name] === 'object');
  fc.assert(
    fc.property(
      fc.constantFrom(...retried),
      fc.integer({ min: 1, max: 30 }),
      fc.integer({ min: 0, max: HOUR }),
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      (errorClass, attempts, retryAfterMs, random) => {
        const rule = RETRY_RULES[errorClass];
        if (typeof rule !== 'object') throw new Error('no rule');
        const verdict = judge({
          class: errorClass,
          attempts,
          retryAfterMs,
          maxAttempts: 100,
          random,
        });
        if (verdict.state !== 'retry') return;
        const backoff = Math.min(rule.maxMs, rule.firstMs * rule.factor ** (attempts - 1));
        expect(verdict.delayMs).toBeGreaterThanOrEqual(Math.max(retryAfterMs, backoff / 2));
        expect(verdict.delayMs).toBeLessThanOrEqual(Math.max(retryAfterMs * 1.1, backoff) + 1);
      },
    ),
  );
});
