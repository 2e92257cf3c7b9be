import type { Answer, RunningTrigger } from '../../../support/trigger';
import type { Happening, Proof, WebhookUnderTest } from '../service';

export interface Delivery {
  id: string;
  /** Left out: the first that the service tells of. */
  event?: Happening;
  /** Id of the delivery itself. */
  delivery?: string;
  /** Left out: the first that the service knows. */
  proof?: Proof;
  /** What n8n answers where the trigger leaves that to it; left out: 200. */
  answered?: number;
  /** Left out: now. */
  sentAt?: number;
}

/** What a service tells of records of a kind. */
export const toldOf = (
  { tells }: WebhookUnderTest,
  kind: string,
): readonly [Happening, ...Happening[]] => tells?.(kind) ?? ['created', 'changed'];

/**
 * Sends a delivery as the service does.
 *
 * @param kind of the records that it tells of
 */
export function delivering(webhook: WebhookUnderTest, kind: string) {
  return async (trigger: RunningTrigger, delivery: Delivery): Promise<Answer> => {
    const { id, event = toldOf(webhook, kind)[0], delivery: deliveryId, answered } = delivery;
    const { proof = webhook.proofs[0], sentAt = Date.now() } = delivery;
    const body = webhook.body({ event, id, kind, sentAt, delivery: deliveryId });
    const told = { body, secret: webhook.secret, event: `${kind}.${event}`, sentAt };
    const shown = proof.headers(told);
    const named = deliveryId === undefined ? {} : webhook.delivery?.(deliveryId);
    return await sent(trigger, body, proof, { shown, headers: named, answered });
  };
}

/** Sends a body with what is to prove that it is right. */
export async function sent(
  trigger: RunningTrigger,
  body: string,
  proof: Pick<Proof, 'in'>,
  {
    shown,
    headers,
    answered,
  }: { shown: Record<string, string>; headers?: Record<string, string>; answered?: number },
): Promise<Answer> {
  return proof.in === 'query'
    ? await trigger.deliver(body, headers, answered, shown)
    : await trigger.deliver(body, { ...shown, ...headers }, answered);
}
