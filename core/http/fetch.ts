import { ServiceError } from '../errors';
import type { HttpRequest, HttpResponse, Send } from './types';
import { cancelledError, throwIfCancelled } from './wait';

export interface FetchOptions {
  /** Milliseconds for one attempt where the request names none. Default 120,000. */
  timeoutMs?: number;
}

/** Causes that time does not heal. */
const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER|ERR_TLS/;

interface WithCause {
  code?: unknown;
  cause?: unknown;
  /** Of an attempt on several addresses of one host. */
  errors?: unknown[];
}

/** undici wraps what happened, sometimes twice. */
function causeCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const { code, cause, errors } = error as WithCause;
  return typeof code === 'string' ? code : (causeCode(cause) ?? causeCode(errors?.[0]));
}

function unanswered(error: unknown, host: string): ServiceError {
  const code = causeCode(error);
  if (code && CERTIFICATE.test(code)) {
    return new ServiceError(`The certificate of ${host} is not trusted (${code}).`, {
      class: 'validation',
      code,
      fix: 'Check the address. For a certificate of your own, name its authority in NODE_EXTRA_CA_CERTS.',
      cause: error,
    });
  }
  return new ServiceError(`${host} gave no answer${code ? ` (${code})` : ''}.`, {
    class: 'transient',
    code,
    fix: 'Check that the address is right and that this machine can reach it.',
    cause: error,
  });
}

function timedOut(host: string, timeoutMs: number): ServiceError {
  return new ServiceError(`${host} gave no answer within ${timeoutMs / 1000} s.`, {
    class: 'transient',
    code: 'ETIMEDOUT',
    fix: 'Whether the request was carried out is not known. Raise the time-out if this keeps happening.',
  });
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
      return { status: answer.status, headers: Object.fromEntries(answer.headers), body: text };
    } catch (error) {
      if (request.signal?.aborted) throw cancelledError();
      throw timeout.aborted ? timedOut(host, limit) : unanswered(error, host);
    }
  };
}
