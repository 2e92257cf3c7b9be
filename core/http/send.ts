import { retry, type RetryOptions } from './retry';
import type { Throttle } from './throttle';
import type { HttpRequest, Layer, Send } from './types';

export interface SendOptions {
  /** The innermost: `fetchTransport()`, or n8n's request helper. */
  transport: Send;
  /** False: every request is sent once. */
  retry?: RetryOptions | false;
  /** Shared between sends by whoever owns it. */
  throttle?: Throttle;
  /** Adds what proves who asks; called for each attempt, so that a renewed token is used. */
  authorize?: (request: HttpRequest) => Promise<HttpRequest>;
  /** Told of a 401; renews what `authorize` uses. True: send once more. */
  onUnauthorized?: (request: HttpRequest) => Promise<boolean>;
}

/** A 401 is given before anything is carried out, so that every request may be sent again after it. */
function authorized({ authorize, onUnauthorized }: SendOptions): Layer {
  return (next) => async (request) => {
    const first = authorize ? await authorize(request) : request;
    const response = await next(first);
    if (response.status !== 401 || !onUnauthorized) return response;
    if (!(await onUnauthorized(first))) return response;
    return await next(authorize ? await authorize(request) : request);
  };
}

/** `retry ∘ throttle ∘ authorize ∘ transport`: a request that waits for its next attempt holds no place. */
export function createSend(options: SendOptions): Send {
  const layers: Layer[] = [authorized(options)];
  if (options.throttle) layers.push(options.throttle.layer);
  if (options.retry !== false) layers.push(retry(options.retry));
  return layers.reduce((send, layer) => layer(send), options.transport);
}
