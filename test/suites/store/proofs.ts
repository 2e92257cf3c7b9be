import { createHmac } from 'node:crypto';

import type { Proof } from './service';

/** `sha256=` and the hex HMAC-SHA256 of the body in a header. */
export const signedIn = (header: string): Proof => ({
  name: 'signature',
  coversBody: true,
  headers: (body, secret) => ({
    [header]: `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
  }),
});

/** The secret itself in a header. */
export const secretIn = (header: string): Proof => ({
  name: 'secret',
  coversBody: false,
  headers: (_, secret) => ({ [header]: secret }),
});

/** A secret that is made for one event, in the address that the store was given for it. */
export const secretInAddress: Proof = {
  name: 'secret',
  coversBody: false,
  in: 'query',
  headers: (_, secret) => ({
    event: 'order.created',
    key: createHmac('sha256', secret).update('order.created').digest('hex'),
  }),
};
