import { createHmac } from 'node:crypto';
import type { Faults } from '../kit';
import { Webhooks, type Delivery, type Notification, type WebhookMessage } from '../kit/webhooks';
import type { OrderView } from './model';

/** What a webhook of the store is about. */
export interface AboutOrder {
  orderId: number;
  orderNumber: string | null;
}

export type OrderWebhooks = Webhooks<AboutOrder>;

export type OrderDelivery = Delivery<AboutOrder>;

/**
 * Webhooks of a store-side add-on. SYNTHETIC: X-Cart has no outbound webhooks of its own, so event names, body
 * and headers are this project's convention and no vendor's protocol.
 */
export const createWebhooks = (faults: Faults): OrderWebhooks => new Webhooks(faults, message);

export const notificationOf = (
  event: string,
  { id, order_number }: OrderView,
  deliveryId?: string,
): Notification<AboutOrder> => ({
  event,
  about: { orderId: id, orderNumber: order_number },
  deliveryId,
});

/** `sha256=` and the HMAC of the raw body, in hexadecimal. */
const signatureOf = (body: string, secret: string): string =>
  `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;

function message(delivery: OrderDelivery, secret: string): WebhookMessage {
  const { event, orderId, orderNumber, deliveryId } = delivery;
  const body = JSON.stringify({ event, id: orderId, order_number: orderNumber });
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'xcart-webhook-addon/1.0 (sandbox)',
    'x-webhook-secret': secret,
    'x-webhook-delivery': deliveryId,
    'x-webhook-signature': signatureOf(body, secret),
  };
  return { headers, body };
}
