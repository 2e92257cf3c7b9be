import type { Faults } from '../kit';
import { Webhooks, type Delivery, type WebhookMessage } from '../kit/webhooks';
import { toXml } from './api/xml';
import { EVENT_NAMES, type EventKey } from './events';
import type { ThreeDCartStore } from './store';

/** What a delivery is about. The receiver learns none of it but the body: no event, no id, no signature. */
export interface AboutRecord {
  webhookId: number;
  recordId: number;
  format: string;
  body: string;
}

export type StoreWebhooks = Webhooks<AboutRecord>;

export type StoreDelivery = Delivery<AboutRecord>;

const MIME: Readonly<Record<string, string>> = { JSON: 'application/json', XML: 'application/xml' };

const message = ({ body, format }: StoreDelivery): WebhookMessage => ({
  headers: { 'content-type': MIME[format] ?? 'application/json' },
  body,
});

export const createWebhooks = (faults: Faults): StoreWebhooks => new Webhooks(faults, message);

/** What happened: the record as `GET` shows it. */
export interface Happening {
  event: EventKey;
  /** What one of its kind is called in XML. */
  element: string;
  recordId: number;
  document: object;
}

function bodyOf({ element, document }: Happening, format: string, asArray: boolean): string {
  const body = asArray ? [document] : document;
  return format === 'XML' ? toXml(body, element) : JSON.stringify(body);
}

/** Tells every registered webhook that listens to the event. */
export function tell(
  store: ThreeDCartStore,
  webhooks: StoreWebhooks,
  happening: Happening,
  deliveryId?: string,
): StoreDelivery[] {
  const { event, recordId } = happening;
  const { webhookBody, webhookRetries: retries } = store.switches;
  const listening = [...store.webhooks.values()].filter(
    ({ Enabled, EventType }) => Enabled && store.eventName(EventType) === EVENT_NAMES[event],
  );
  return listening.flatMap(({ Id, Url, Format }) => {
    const format = Format.toUpperCase();
    const body = bodyOf(happening, format, webhookBody === 'array');
    const about = { webhookId: Id, recordId, format, body };
    const notification = { event: EVENT_NAMES[event], about, deliveryId };
    return webhooks.send([notification], { url: Url, secret: '', retries });
  });
}
