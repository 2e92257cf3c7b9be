import { createHmac } from 'node:crypto';
import type { WebhookMessage } from '../../kit/webhooks';
import { EVENTS, type EventName } from '../store';
import type { ClaritySwitches } from '../switches';
import { renamed, restored, SAME_NAMES, type Fields } from './fields';

/** What a delivery says, before a deployment words it. */
export interface Told {
  deliveryId: string;
  event: EventName;
  /** ISO 8601. */
  occurredAt: string;
  /** The document in the names of the deployment. */
  data: object;
}

/** How a deployment registers webhooks, and what it sends to them. */
export interface Telling {
  /** Names in a registered webhook. */
  hook: Fields;
  /** As the deployment calls what has happened. */
  eventName(event: EventName): string;
  /** The other way round; undefined where it calls nothing so. */
  eventOf(name: string): EventName | undefined;
  message(told: Told, secret: string, now: Date, switches: ClaritySwitches): WebhookMessage;
}

export const hookShown = ({ hook }: Telling, given: object): Record<string, unknown> =>
  renamed(given, hook, SAME_NAMES);

export const hookRead = ({ hook }: Telling, body: object): Record<string, unknown> =>
  restored(body, hook, SAME_NAMES);

/** Body and headers as section 3.1 of the reference gives them. */
export const STANDARD: Telling = {
  hook: {},
  eventName: (event) => event,
  eventOf: (name) => EVENTS.find((event) => event === name),
  message: ({ deliveryId, event, occurredAt, data }, secret, now, switches) => {
    const { signTimestamp, timestampFormat } = switches;
    const body = JSON.stringify({ id: deliveryId, event, occurredAt, data });
    const timestamp =
      timestampFormat === 'iso' ? now.toISOString() : String(Math.floor(now.getTime() / 1000));
    const signed = signTimestamp ? `${timestamp}.${body}` : body;
    const signature = createHmac('sha256', secret).update(signed).digest('hex');
    return {
      headers: {
        'content-type': 'application/json',
        'x-clarity-signature': `sha256=${signature}`,
        'x-clarity-timestamp': timestamp,
      },
      body,
    };
  },
};
