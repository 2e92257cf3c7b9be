import { createHmac } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Delivery, DeliveryAttempt, WebhookTarget } from './types';

const bodyOf = ({ event, orderId, orderNumber }: Delivery): string =>
  JSON.stringify({ event, id: orderId, order_number: orderNumber });

/** `sha256=` and the HMAC of the raw body, in hexadecimal. */
export const signatureOf = (body: string, secret: string): string =>
  `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;

function requestOf(delivery: Delivery, target: WebhookTarget, signal: AbortSignal): RequestInit {
  const body = bodyOf(delivery);
  return {
    method: 'POST',
    body,
    redirect: 'manual',
    signal: AbortSignal.any([signal, AbortSignal.timeout(target.timeoutMs)]),
    headers: {
      'content-type': 'application/json',
      'user-agent': 'xcart-webhook-addon/1.0 (sandbox)',
      'x-webhook-secret': target.secret,
      'x-webhook-delivery': delivery.deliveryId,
      'x-webhook-signature': signatureOf(body, target.secret),
    },
  };
}

/** Node hides the reason of a failed fetch in `cause`. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}

async function attempt(
  delivery: Delivery,
  target: WebhookTarget,
  signal: AbortSignal,
): Promise<DeliveryAttempt> {
  const started = Date.now();
  const at = new Date(started).toISOString();
  try {
    const response = await fetch(target.url, requestOf(delivery, target, signal));
    await response.arrayBuffer();
    return { at, status: response.status, milliseconds: Date.now() - started };
  } catch (error) {
    return { at, error: reasonOf(error), milliseconds: Date.now() - started };
  }
}

const succeeded = ({ status = 0 }: DeliveryAttempt): boolean => status >= 200 && status < 300;

/** Tries until the receiver answers 2xx, the tries are used up, or the signal says stop. */
export async function deliver(
  delivery: Delivery,
  target: WebhookTarget,
  signal: AbortSignal,
): Promise<void> {
  for (let tries = 0; tries <= target.retries && !signal.aborted; tries += 1) {
    if (tries > 0) {
      await sleep(target.backOffMs * 2 ** (tries - 1), undefined, { signal }).catch(
        () => undefined,
      );
    }
    if (signal.aborted) break;
    const made = await attempt(delivery, target, signal);
    delivery.attempts.push(made);
    if (succeeded(made)) {
      delivery.status = 'delivered';
      return;
    }
  }
  delivery.status = signal.aborted ? 'cancelled' : 'failed';
}
