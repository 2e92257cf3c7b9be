import { ServiceError } from '../errors';
import type { HttpRequest, HttpResponse, Send } from './types';
import { unansweredError } from './unanswered';
import { cancelledError, throwIfCancelled } from './wait';

export interface FetchOptions {
  /** Milliseconds for one attempt where the request names none. Default 120,000. */
  timeoutMs?: number;
}

function timedOut(host: string, timeoutMs: number): ServiceError {
  return new ServiceError(`${host} gave no answer within ${timeoutMs / 1000} s.`, {
    class: 'transient',
    code: 'ETIMEDOUT',
    fix: 'Whether the request was carried out is not known. Raise the time-out if this keeps happening.',
  });
}

/** Several cookies come as several headers of one name: joined as other transports join them, none is lost. */
function headersOf(headers: Headers): Record<string, string> {
  const cookies = headers.getSetCookie();
  return {
    ...Object.fromEntries(headers),
    ...(cookies.length > 0 && { 'set-cookie': cookies.join(', ') }),
  };
}

/** Sends on Node's own `fetch`. Follows no redirect: a token must not travel to another host. */
export function fetchTransport({ timeoutMs = 120_000 }: FetchOptions = {}): Send {
  return async (request: HttpRequest): Promise<HttpResponse> => {
    throwIfCancelled(request.signal);
    const limit = request.timeoutMs ?? timeoutMs;
    const timeout = AbortSignal.timeout(limit);
    const signal = request.signal ? AbortSignal.any([request.signal, timeout]) : timeout;
    const { method, url, headers, body } = request;
    const { host } = new URL(url);
    try {
      const answer = await fetch(url, { method, headers, body, signal, redirect: 'manual' });
      const text = await answer.text();
      return { status: answer.status, headers: headersOf(answer.headers), body: text };
    } catch (error) {
      if (request.signal?.aborted) throw cancelledError();
      throw timeout.aborted ? timedOut(host, limit) : unansweredError(error, host);
    }
  };
}
