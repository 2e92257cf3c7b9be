import type { ErrorClass } from '../errors';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

export const DEFAULT_MAX_ATTEMPTS = 8;

/** A service may ask for patience, but not for silence. */
const LONGEST_RETRY_AFTER_MS = HOUR;

export interface RetryRule {
  /** Attempts until the record is a dead letter; left out: the caller's limit (8 by default). */
  attempts?: number;
  /** Never a dead letter: it has nothing to do with the record. */
  forEver?: true;
  firstMs: number;
  factor: number;
  maxMs: number;
}

type Verdict = RetryRule | 'dead' | 'held';

/** While nothing of the flow gets through: as long as it takes, and soon after the repair. */
const OUTAGE: RetryRule = { forEver: true, firstMs: 2 * MINUTE, factor: 2, maxMs: 30 * MINUTE };

/** As an outage, for some two hours. */
const LONE: RetryRule = { ...OUTAGE, forEver: undefined };

/** What may be the fault of the whole system. The others are about the record itself, whatever else happens. */
const MAY_BE_OUTAGE: ReadonlySet<ErrorClass> = new Set([
  'transient',
  'throttled',
  'permission',
  'unknown',
]);

/**
 * What becomes of a failed record. No wait is longer than half an hour, so that nothing lies around for hours after
 * the other side is well again.
 *
 * - `transient`, while other records get through: about two hours, then a person looks at what is special about it.
 * - `authentication` hits every record alike and has nothing to do with any of them. A person repairs the
 *   credential, and the records then go by themselves, however long that took. Neither is it the record's fault
 *   to be `throttled`.
 * - `configuration`: a node is set up wrong as a whole, and no record is at fault. As `authentication`.
 * - `conflict`: another writer was faster. Reading again settles it, or a person has to.
 * - `permission`, `validation`, `not-found`: the same content will fail again until a person changes a role, the
 *   content or the other side. A dead letter is seen at once, a retry hides it.
 * - `duplicate`: some row stands in the way, and it need not be the record's own: a customer with the same e-mail
 *   address, say, keeps the whole order out. To take that for "sent already" would lose the order.
 * - `held` waits for a person or for the other side to change: nothing has failed, and time alone changes nothing.
 * - `unknown` may be anything: a few tries, then a person looks.
 *
 * Where nothing at all gets through, no attempt counts: an outage over a weekend leaves no dead letters. Neither does a
 * row of the mapping at which all records fail.
 */
export const RETRY_RULES: Readonly<Record<ErrorClass, Verdict>> = {
  transient: { firstMs: MINUTE, factor: 3, maxMs: 30 * MINUTE },
  throttled: { forEver: true, firstMs: MINUTE, factor: 2, maxMs: 30 * MINUTE },
  authentication: { forEver: true, firstMs: 2 * MINUTE, factor: 2, maxMs: 30 * MINUTE },
  configuration: OUTAGE,
  conflict: { attempts: 3, firstMs: 30 * SECOND, factor: 4, maxMs: 30 * MINUTE },
  unknown: { attempts: 3, firstMs: 5 * MINUTE, factor: 3, maxMs: 30 * MINUTE },
  permission: 'dead',
  validation: 'dead',
  'not-found': 'dead',
  duplicate: 'dead',
  held: 'held',
};

export type FailureVerdict =
  | { state: 'dead' | 'held' }
  /** `attempts`: those that count against the record. */
  | { state: 'retry'; delayMs: number; attempts: number };

/** What tells a fault of the mapping from one of the record. */
export interface RowEvidence {
  /** Another record went through the same mapping and is done: so it is this record. */
  isPassed: boolean;
  /** Other records stop at the same row. */
  isShared: boolean;
}

export interface FailedAttempt {
  class: ErrorClass;
  /** Including the one that failed. */
  attempts: number;
  retryAfterMs?: number;
  maxAttempts: number;
  /** Nothing of the flow has got through since this record failed last. */
  alone?: boolean;
  /** Where a row of the mapping has raised the failure. */
  row?: RowEvidence;
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
  const rule = ruleFor(failed);
  if (typeof rule === 'string') return { state: rule };
  const { maxAttempts, attempts } = failed;
  const limit = Math.min(rule.attempts ?? maxAttempts, maxAttempts);
  // Whoever wants a single attempt is taken at his word.
  if (attempts >= limit && !(rule.forEver && maxAttempts > 1)) return { state: 'dead' };
  // Whoever fails through no fault of its own keeps half of its attempts for when the outage is over.
  const isFree = rule.forEver && attempts > Math.ceil(limit / 2);
  const counted = isFree ? attempts - 1 : attempts;
  return { state: 'retry', delayMs: delayMs(rule, failed), attempts: counted };
}

function ruleFor({ class: errorClass, alone, row }: FailedAttempt): Verdict {
  const known = RETRY_RULES[errorClass];
  // A record that stops there alone may be at fault itself: it waits, but not for ever.
  if (row && !row.isPassed && known === 'dead') return row.isShared ? OUTAGE : LONE;
  return alone && MAY_BE_OUTAGE.has(errorClass) ? outageRule(known) : known;
}

/** The limit of the class holds on when the outage is over. */
function outageRule(known: Verdict): RetryRule {
  return typeof known === 'object' ? { ...OUTAGE, attempts: known.attempts } : OUTAGE;
}
