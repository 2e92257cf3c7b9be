import { createHmac } from 'node:crypto';

import type { Proof, Stamp } from './service';

/** `sha256=` and the hex HMAC-SHA256 of the body in a header. */
export const signedIn = (header: string): Proof => ({
  name: 'signature',
  coversBody: true,
  headers: ({ body, secret }) => ({
    [header]: `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
  }),
});

/** A signature with the time at which a delivery was sent beside it, in seconds since the epoch. */
export const stamped = (proof: Proof, stamp: Stamp): Proof => ({
  ...proof,
  stamp,
  headers: (delivery) => ({
    ...proof.headers(delivery),
    [stamp.header]: String(Math.floor(delivery.sentAt / 1000)),
  }),
});

/** The base64 HMAC-SHA512 of the time at which it was sent (ISO 8601), a dot, and the body. */
export const sealedWithTime = (header: string, stamp: Stamp): Proof => ({
  name: 'seal',
  coversBody: true,
  stamp,
  headers: ({ body, secret, sentAt }) => {
    const time = new Date(sentAt).toISOString();
    return {
      [header]: createHmac('sha512', secret).update(`${time}.${body}`).digest('base64'),
      [stamp.header]: time,
    };
  },
});

/** The secret itself in a header. */
export const secretIn = (header: string): Proof => ({
  name: 'secret',
  coversBody: false,
  headers: ({ secret }) => ({ [header]: secret }),
});

/** A secret that is made for one event, in the address that the store was given for it. */
export const secretInAddress: Proof = {
  name: 'secret',
  coversBody: false,
  in: 'query',
  headers: ({ secret, event }) => ({
    event,
    key: createHmac('sha256', secret).update(event).digest('hex'),
  }),
};
