import type { ServiceError } from '../errors';
import { type ErrorClass, toServiceError } from '../errors';
import { classifyStatus } from './status';
import type { HttpRequest, HttpResponse, Layer } from './types';
import { backoffMs, cancelledError, type Clock, retryAfterMs, systemClock } from './wait';

export interface RetryOptions {
  /** Attempts in all, the first one included. Default 5. */
  attempts?: number;
  /** First step of the back-off, where the service names no time. Default 500. */
  baseMs?: number;
  /** Longest step of the back-off. Default 30,000. */
  maxBackoffMs?: number;
  /** A `Retry-After` beyond this is not waited for. Default 330,000: Dataverse asks for up to 300 s. */
  maxRetryAfterMs?: number;
  /** All waiting for one request together. Default 900,000. */
  maxTotalWaitMs?: number;
  clock?: Clock;
  /** Told before each wait. */
  onRetry?: (event: {
    request: HttpRequest;
    attempt: number;
    waitMs: number;
    reason: string;
  }) => void;
}

/** The connection was never made, so that even a write that must not be repeated was not carried out. */
const NEVER_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** Failures of what comes before a request, such as of the sign-in. */
const BEFORE_SENDING = new WeakSet<ServiceError>();

/** Does what comes before a request: where it fails, the service never got that. */
export async function beforeSending<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const failure = toServiceError(error);
    BEFORE_SENDING.add(failure);
    throw failure;
  }
}

/** Whether the service cannot have carried out what failed this way: it never got the request. */
export const wasNeverSent = (error: ServiceError): boolean =>
  NEVER_SENT.has(error.code ?? '') || BEFORE_SENDING.has(error);

/** Left out, a read may be repeated and a write may not. */
export function isRepeatable(request: HttpRequest): boolean {
  return request.repeatable ?? request.method === 'GET';
}

/** One attempt: an answer of any status, or a failure without one. */
type Attempt = { response: HttpResponse } | { error: ServiceError };

function classOf(attempt: Attempt): ErrorClass {
  return 'response' in attempt ? classifyStatus(attempt.response.status) : attempt.error.class;
}

/**
 * Whether a second attempt is both useful and harmless. "Too many requests" is answered before anything is
 * carried out; every other passing failure leaves a doubt, which only a repeatable request can bear.
 */
function deservesRetry(attempt: Attempt, request: HttpRequest): boolean {
  const errorClass = classOf(attempt);
  if (errorClass === 'throttled') return true;
  if (errorClass !== 'transient') return false;
  if ('error' in attempt && wasNeverSent(attempt.error)) return true;
  return isRepeatable(request);
}

function reasonOf(attempt: Attempt): string {
  return 'response' in attempt ? `status ${attempt.response.status}` : attempt.error.message;
}

/**
 * Sends again after a passing failure: when the service says so (`Retry-After`), else after a jittered
 * exponential back-off. Written out here because cockatiel's retry cannot do three things this needs: end a
 * wait of minutes when the run is cancelled, give up by the total time waited, and be told the time by a test.
 */
export function retry(options: RetryOptions = {}): Layer {
  const {
    attempts = 5,
    baseMs = 500,
    maxBackoffMs = 30_000,
    maxRetryAfterMs = 330_000,
    maxTotalWaitMs = 900_000,
    clock = systemClock,
    onRetry,
  } = options;

  function waitFor(attempt: Attempt, number: number): number | undefined {
    const asked =
      'response' in attempt
        ? retryAfterMs(attempt.response.headers, clock.now())
        : attempt.error.retryAfterMs;
    if (asked === undefined) {
      return backoffMs(number - 1, clock.random, { baseMs, maxMs: maxBackoffMs });
    }
    // Many that were sent away together must not come back together.
    const spread = asked === 0 ? backoffMs(number - 1, clock.random, { baseMs }) : 0;
    return asked > maxRetryAfterMs ? undefined : asked + spread;
  }

  return (next) => async (request) => {
    let waited = 0;
    for (let number = 1; ; number += 1) {
      const attempt: Attempt = await next(request).then(
        (response) => ({ response }),
        (error: unknown) => ({ error: toServiceError(error) }),
      );
      if (request.signal?.aborted && 'error' in attempt) throw cancelledError();
      const waitMs =
        number < attempts && deservesRetry(attempt, request) ? waitFor(attempt, number) : undefined;
      if (waitMs === undefined || waited + waitMs > maxTotalWaitMs) {
        if ('error' in attempt) throw attempt.error;
        return attempt.response;
      }
      waited += waitMs;
      onRetry?.({ request, attempt: number, waitMs, reason: reasonOf(attempt) });
      await clock.sleep(waitMs, request.signal);
    }
  };
}
