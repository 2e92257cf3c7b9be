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
