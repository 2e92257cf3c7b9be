import { createHmac } from 'node:crypto';
import type { Faults } from '../kit';
import { Webhooks, type Delivery, type Notification, type WebhookMessage } from '../kit/webhooks';
import type { OrderView, ProductRecord, ProfileRecord } from './model';

/** What a webhook of the store is about: an order, a product or a customer, as the event says. */
export interface AboutRecord {
  id: number;
  /** Of orders alone. */
  orderNumber?: string | null;
}

export type XCartWebhooks = Webhooks<AboutRecord>;

export type XCartDelivery = Delivery<AboutRecord>;

/** What happened to a product or a customer. */
export type Happening = 'created' | 'updated';

/**
 * Webhooks of a store-side add-on. SYNTHETIC: X-Cart has no outbound webhooks of its own, so event names, body
 * and headers are this project's convention and no vendor's protocol.
 */
export const createWebhooks = (faults: Faults): XCartWebhooks => new Webhooks(faults, message);

export const notificationOf = (
  event: string,
  { id, order_number }: OrderView,
  deliveryId?: string,
): Notification<AboutRecord> => ({ event, about: { id, orderNumber: order_number }, deliveryId });

const isProduct = (record: ProductRecord | ProfileRecord): record is ProductRecord =>
  'variants' in record;

/** Nobody is told of administrators, nor of what the store clones for an order. */
const isCustomer = ({ view, orderId }: ProfileRecord): boolean =>
  orderId === null && view.access_level === 0;

/** What is told of a product or a profile: one notification, or none. */
export function recordNotifications(
  happening: Happening,
  record: ProductRecord | ProfileRecord,
): Array<Notification<AboutRecord>> {
  const { id } = record.view;
  if (isProduct(record)) return [{ event: `product.${happening}`, about: { id } }];
  return isCustomer(record) ? [{ event: `customer.${happening}`, about: { id } }] : [];
}

/** `sha256=` and the HMAC of the raw body, in hexadecimal. */
const signatureOf = (body: string, secret: string): string =>
  `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;

function message(delivery: XCartDelivery, secret: string): WebhookMessage {
  const { event, id, orderNumber, deliveryId } = delivery;
  const body = JSON.stringify({ event, id, order_number: orderNumber });
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'xcart-webhook-addon/1.0 (sandbox)',
    'x-webhook-secret': secret,
    'x-webhook-delivery': deliveryId,
    'x-webhook-signature': signatureOf(body, secret),
  };
  return { headers, body };
}
