import { z } from 'zod';

import { countedId } from '../kit/ids';
import type { DeliveryDescription, Proof } from '../../webhooks/webhook';

/**
 * Deliveries of the store add-on. X-Cart itself sends no webhooks: this contract is the pack's own (see the
 * documentation for store owners), so that the names of its headers can be set.
 */
export interface WebhookHeaderNames {
  /** Carries the shared secret itself. */
  secret: string;
  /** Carries `sha256=<hex HMAC-SHA256 of the raw body, keyed with the secret>`. */
  signature: string;
  /** Carries an id that stays the same when a delivery is sent again. */
  delivery: string;
}

export const WEBHOOK_HEADERS: Readonly<WebhookHeaderNames> = {
  secret: 'X-Webhook-Secret',
  signature: 'X-Webhook-Signature',
  delivery: 'X-Webhook-Delivery',
};

export function webhookProofs({ secret, signature }: WebhookHeaderNames): Proof[] {
  const hmac = { algorithm: 'sha256', encoding: 'hex', prefix: 'sha256=' } as const;
  return [
    { by: 'signature', in: 'header', name: signature, ...hmac },
    { by: 'secret', in: 'header', name: secret },
  ];
}

const deliverySchema = z
  .object({
    /** `order.created`, `product.updated`, `customer.created`; open: whatever is no `created` is a change. */
    event: z.string().min(1),
    id: countedId(),
    order_number: z.union([z.string(), z.number().transform(String)]).nullish(),
  })
  .passthrough();

export const DELIVERIES: DeliveryDescription<z.infer<typeof deliverySchema>> = {
  document: deliverySchema,
  hintOf: ({ event, id }) => ({ event, id: String(id) }),
  expected:
    'The store add-on has to send a body such as {"event":"order.created","id":1042,"order_number":"1001"}.',
};
