import fc from 'fast-check';

import { ERROR_CLASSES, type ErrorClass } from '../errors';
import { judge, RETRY_RULES } from './retry';

const HOUR = 3_600_000;

function schedule(errorClass: ErrorClass, random: number): number[] {
  const delays: number[] = [];
  for (let attempts = 1; ; attempts += 1) {
    const verdict = judge({ class: errorClass, attempts, maxAttempts: 8, random });
    if (verdict.state !== 'retry') return delays;
    delays.push(verdict.delayMs);
  }
}

test('knows every class', () => {
  expect(Object.keys(RETRY_RULES).sort()).toEqual([...ERROR_CLASSES].sort());
});

test.each(['permission', 'validation', 'not-found'] as const)(
  '%s is dead at once',
  (errorClass) => {
    expect(schedule(errorClass, 0)).toEqual([]);
    expect(judge({ class: errorClass, attempts: 1, maxAttempts: 8, random: 0 }).state).toBe('dead');
  },
);

test('a duplicate is done', () => {
  expect(judge({ class: 'duplicate', attempts: 1, maxAttempts: 8, random: 0 }).state).toBe('done');
});

test('a transient failure is tried eight times, over more than a night', () => {
  const delays = schedule('transient', 1);
  expect(delays).toHaveLength(7);
  const hours = delays.reduce((sum, delay) => sum + delay, 0) / HOUR;
  expect(hours).toBeGreaterThan(10);
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
      fc.integer({ min: 0, max: 24 * HOUR }),
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
