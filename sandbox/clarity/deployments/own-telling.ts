import { createHmac } from 'node:crypto';
import { EVENTS, type EventName } from '../store';
import type { Telling } from './tellings';

const EVENT_NAMES: Readonly<Record<EventName, string>> = {
  'order.created': 'salesorder/placed',
  'order.updated': 'salesorder/edited',
  'product.updated': 'article/edited',
  'customer.created': 'client/registered',
  'customer.updated': 'client/edited',
  'inventory.updated': 'stocklevel/moved',
  'payment.captured': 'receipt/booked',
  'shipment.created': 'parcel/sent',
  'return.requested': 'rma/opened',
};

/** How `own` tells: other names all through, and a signature of another kind that covers the time as well. */
export const ownTelling: Telling = {
  hook: {
    webhookId: 'subscription',
    event: 'topic',
    url: 'target',
    secret: 'signingKey',
    createdDate: 'madeOn',
  },
  eventName: (event) => EVENT_NAMES[event],
  eventOf: (name) => EVENTS.find((event) => EVENT_NAMES[event] === name),
  message: ({ deliveryId, event, occurredAt, data }, secret, now) => {
    const notice = { no: deliveryId, topic: EVENT_NAMES[event], when: occurredAt };
    const body = JSON.stringify({ notice, content: { record: data } });
    const sentOn = now.toISOString();
    const signature = createHmac('sha512', secret).update(`${sentOn}.${body}`).digest('base64');
    return {
      headers: {
        'content-type': 'application/json',
        'x-shop-seal': signature,
        'x-shop-sent-on': sentOn,
      },
      body,
    };
  },
};
