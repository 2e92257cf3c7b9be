import { beforeSending, retry, type RetryOptions } from './retry';
import type { Throttle } from './throttle';
import type { HttpRequest, Layer, Send } from './types';

export interface SendOptions {
  /** The innermost: `fetchTransport()`, or n8n's request helper. */
  transport: Send;
  /** False: every request is sent once. */
  retry?: RetryOptions | false;
  /** Shared between sends by whoever owns it. */
  throttle?: Throttle;
  /**
   * Longest that a request waits for the service's sake, whatever `retry` and `throttle` would wait: for whoever has
   * a place to put what failed and comes back later by itself. A run that waits for minutes holds its memory, and
   * with a webhook for each order there are many of them.
   */
  patienceMs?: number;
  /** Adds what proves who asks; called for each attempt, so that a renewed token is used. */
  authorize?: (request: HttpRequest) => Promise<HttpRequest>;
  /** Told of a 401; renews what `authorize` uses. True: send once more. */
  onUnauthorized?: (request: HttpRequest) => Promise<boolean>;
}

function waitingAtMost(patienceMs: number | undefined): RetryOptions {
  if (patienceMs === undefined) return {};
  return { maxRetryAfterMs: patienceMs, maxTotalWaitMs: patienceMs };
}

/** A 401 is given before anything is carried out, so that every request may be sent again after it. */
function authorized({ authorize, onUnauthorized }: SendOptions): Layer {
  const signed = async (request: HttpRequest): Promise<HttpRequest> =>
    authorize ? await beforeSending(async () => await authorize(request)) : request;
  return (next) => async (request) => {
    const first = await signed(request);
    const response = await next(first);
    if (response.status !== 401 || !onUnauthorized) return response;
    if (!(await beforeSending(async () => await onUnauthorized(first)))) return response;
    return await next(await signed(request));
  };
}

/** `retry ∘ throttle ∘ authorize ∘ transport`: a request that waits for its next attempt holds no place. */
export function createSend(options: SendOptions): Send {
  const layers: Layer[] = [authorized(options)];
  const { throttle, patienceMs } = options;
  if (throttle) layers.push(throttle.within(patienceMs ?? Infinity));
  if (options.retry !== false)
    layers.push(retry({ ...options.retry, ...waitingAtMost(patienceMs) }));
  return layers.reduce((send, layer) => layer(send), options.transport);
}
