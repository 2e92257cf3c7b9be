import { setTimeout as sleep } from 'node:timers/promises';
import type { DeliveryAttempt, DeliveryState, WebhookMessage, WebhookTarget } from './types';

const requestOf = (
  message: WebhookMessage,
  { timeoutMs }: WebhookTarget,
  signal: AbortSignal,
): RequestInit => ({
  ...message,
  method: 'POST',
  redirect: 'manual',
  signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
});

/** Node hides the reason of a failed fetch in `cause`. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}

async function attempt(
  message: WebhookMessage,
  target: WebhookTarget,
  signal: AbortSignal,
): Promise<DeliveryAttempt> {
  const started = Date.now();
  const at = new Date(started).toISOString();
  try {
    const response = await fetch(target.url, requestOf(message, target, signal));
    await response.arrayBuffer();
    return { at, status: response.status, milliseconds: Date.now() - started };
  } catch (error) {
    return { at, error: reasonOf(error), milliseconds: Date.now() - started };
  }
}

const succeeded = ({ status = 0 }: DeliveryAttempt): boolean => status >= 200 && status < 300;

const mayTryAgain = (
  { status }: DeliveryAttempt,
  { retryStatuses: statuses }: WebhookTarget,
): boolean => !statuses || (status !== undefined && statuses.includes(status));

/** Tries until the receiver answers 2xx, the tries are used up, or the signal says stop. */
export async function deliver(
  delivery: DeliveryState,
  message: WebhookMessage,
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
    const made = await attempt(message, target, signal);
    delivery.attempts.push(made);
    if (succeeded(made)) {
      delivery.status = 'delivered';
      return;
    }
    if (!mayTryAgain(made, target)) break;
  }
  delivery.status = signal.aborted ? 'cancelled' : 'failed';
}
