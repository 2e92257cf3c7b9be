import type { ErrorClass } from '../errors';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

export const DEFAULT_MAX_ATTEMPTS = 8;

/** A service may ask for patience, but not for silence. */
const LONGEST_RETRY_AFTER_MS = 24 * HOUR;

export interface RetryRule {
  /** Attempts until the record is a dead letter; left out: the caller's limit (8 by default). */
  attempts?: number;
  firstMs: number;
  factor: number;
  maxMs: number;
}

/** Sent already, by whatever way: no failure at all. */
type Verdict = RetryRule | 'dead' | 'done';

/**
 * What becomes of a failed record.
 *
 * - `transient` spans about twelve hours in eight attempts: an outage over night heals without a person.
 * - `authentication` hits every record alike and has nothing to do with any of them. A person repairs the
 *   credential, and the records then go by themselves; the wait is long so that a locked account stays unlocked.
 * - `conflict`: another writer was faster. Reading again settles it, or a person has to.
 * - `permission`, `validation`, `not-found`: the same content will fail again until a person changes a role, the
 *   content or the other side. A dead letter is seen at once, a retry hides it.
 * - `unknown` may be anything: a few tries, then a person looks.
 */
export const RETRY_RULES: Readonly<Record<ErrorClass, Verdict>> = {
  transient: { firstMs: MINUTE, factor: 3, maxMs: 6 * HOUR },
  throttled: { firstMs: MINUTE, factor: 2, maxMs: HOUR },
  authentication: { firstMs: 15 * MINUTE, factor: 2, maxMs: 6 * HOUR },
  conflict: { attempts: 3, firstMs: 30 * SECOND, factor: 4, maxMs: HOUR },
  unknown: { attempts: 3, firstMs: 5 * MINUTE, factor: 3, maxMs: HOUR },
  permission: 'dead',
  validation: 'dead',
  'not-found': 'dead',
  duplicate: 'done',
};

export type FailureVerdict = { state: 'dead' | 'done' } | { state: 'retry'; delayMs: number };

export interface FailedAttempt {
  class: ErrorClass;
  /** Including the one that failed. */
  attempts: number;
  retryAfterMs?: number;
  maxAttempts: number;
  /** 0 ≤ x < 1 */
  random: number;
}

/** Exponential with jitter in its upper half; never before the service said. */
function delayMs({ firstMs, factor, maxMs }: RetryRule, failed: FailedAttempt): number {
  const backoff = Math.min(maxMs, firstMs * factor ** (failed.attempts - 1));
  const jittered = backoff * (0.5 + failed.random / 2);
  const asked = Math.min(failed.retryAfterMs ?? 0, LONGEST_RETRY_AFTER_MS);
  return Math.ceil(Math.max(jittered, asked * (1 + failed.random / 10)));
}

export function judge(failed: FailedAttempt): FailureVerdict {
  const rule = RETRY_RULES[failed.class];
  if (typeof rule === 'string') return { state: rule };
  const limit = Math.min(rule.attempts ?? failed.maxAttempts, failed.maxAttempts);
  if (failed.attempts >= limit) return { state: 'dead' };
  return { state: 'retry', delayMs: delayMs(rule, failed) };
}
