import { ServiceError } from '../errors';

/** Time and chance, handed in so that a test does not have to wait for either. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Waits; rejects with `cancelledError` as soon as the signal is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** 0 ≤ x < 1 */
  random(): number;
}

export const CANCELLED = 'CANCELLED';

/** What a cancelled request ends with. Time does not heal it, so nothing sends it again. */
export function cancelledError(): ServiceError {
  return new ServiceError('Cancelled before the answer came.', {
    class: 'unknown',
    code: CANCELLED,
    fix: 'The run was stopped. What had been sent may have been carried out: look for it in the service before you start the run again, which might make a second one.',
  });
}

export function isCancelled(error: unknown): boolean {
  return error instanceof ServiceError && error.code === CANCELLED;
}

export function throwIfCancelled(signal?: AbortSignal): void {
  if (signal?.aborted) throw cancelledError();
}

/** The promise, or a rejection as soon as the signal is aborted. Leaves no listener behind. */
export async function orCancelled<T>(promise: Promise<T>, signal?: AbortSignal): Promise<T> {
  if (!signal) return await promise;
  if (signal.aborted) {
    // Nobody waits for the promise any more: its own rejection would end the process.
    promise.catch(() => {});
    throw cancelledError();
  }
  let onAbort: (() => void) | undefined;
  const cancelled = new Promise<never>((_, reject) => {
    onAbort = () => reject(cancelledError());
    signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    return await Promise.race([promise, cancelled]);
  } finally {
    if (onAbort) signal.removeEventListener('abort', onAbort);
  }
}

async function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  try {
    await orCancelled(new Promise<void>((resolve) => (timer = setTimeout(resolve, ms))), signal);
  } finally {
    clearTimeout(timer);
  }
}

export const systemClock: Clock = { now: () => Date.now(), sleep, random: () => Math.random() };

/**
 * Milliseconds until the moment that a `Retry-After` header names: seconds or an HTTP date (RFC 9110, 10.2.3). A
 * date is by the clock of the service, which may differ from ours, and both of its dates have whole seconds only.
 * Undefined where there is no header or it makes no sense.
 */
export function retryAfterMs(headers: Record<string, string>, now: number): number | undefined {
  const value = headers['retry-after']?.trim();
  if (!value) return undefined;
  // Sent twice, it arrives with a comma between.
  const seconds = /^(\d+(?:\.\d+)?)(?:\s*,.*)?$/.exec(value)?.[1];
  if (seconds !== undefined) return Math.ceil(Number(seconds) * 1000);
  const date = /^[a-z]{3}|^\d{4}-/i.test(value) ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(date)) return undefined;
  const sentAt = Date.parse(headers['date'] ?? '');
  return Math.max(0, date - (Number.isNaN(sentAt) ? now : sentAt));
}

/** Exponential with full jitter: anywhere below `base · 2^attempt`, but never nothing. */
export function backoffMs(
  attempt: number,
  random: () => number,
  { baseMs = 500, maxMs = 30_000 } = {},
): number {
  const ceiling = Math.min(maxMs, baseMs * 2 ** attempt);
  return Math.ceil(ceiling * (0.1 + 0.9 * random()));
}
