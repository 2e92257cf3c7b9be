/** What every client in `core` speaks: one request in, one answer out. No n8n, no fetch, no service in it. */

export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface HttpRequest {
  method: HttpMethod;
  /** Absolute URL. */
  url: string;
  headers?: Record<string, string>;
  /** Already serialised. */
  body?: string;
  /** Milliseconds for one attempt, not for all of them. */
  timeoutMs?: number;
  signal?: AbortSignal;
  /**
   * True when a second delivery does no harm (a read, a delete by key, an absolute write, a create with a
   * client-made key). Only then is a doubtful answer (time-out, reset, 5xx) followed by a second attempt.
   * Left out: GET yes, everything else no.
   */
  repeatable?: boolean;
  /** True where a POST only reads, as a batch of reads does: it may be sent where nothing is to be written. */
  onlyReads?: true;
}

export interface HttpResponse {
  status: number;
  /** Names in lower case. */
  headers: Record<string, string>;
  /** Undecoded text; the client that asked knows what it is. */
  body: string;
}

/**
 * Sends one request. Resolves with every status the service answered, 4xx and 5xx too: a batch carries its
 * reasons in the body of a 400. Rejects only with a `ServiceError` when no answer came.
 */
export type Send = (request: HttpRequest) => Promise<HttpResponse>;

/** Wraps a `Send` into another: retry, throttle, sign, log. */
export type Layer = (next: Send) => Send;
