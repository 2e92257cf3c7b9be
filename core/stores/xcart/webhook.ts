import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

import { z } from 'zod';

import { validationError } from '../../errors';

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

/** As Node gives them: names in lower case. */
export type IncomingHeaders = Record<string, string | string[] | undefined>;

export function headerOf(headers: IncomingHeaders, name: string): string | undefined {
  const value = headers[name.toLowerCase()];
  return Array.isArray(value) ? value[0] : value;
}

/** Constant in time, whatever the lengths: the digests are compared, not the texts. */
function isSame(given: string, expected: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}

/**
 * Whether a delivery comes from someone who knows the secret. The signature or the secret header proves it; where
 * both are sent, both must hold. Without a secret of our own nothing is proven.
 */
export function isAuthentic(
  rawBody: Buffer,
  headers: IncomingHeaders,
  secret: string,
  names: WebhookHeaderNames = WEBHOOK_HEADERS,
): boolean {
  if (secret === '') return false;
  const proofs: boolean[] = [];
  const signature = headerOf(headers, names.signature);
  if (signature !== undefined) {
    const expected = createHmac('sha256', secret).update(rawBody).digest('hex');
    proofs.push(
      isSame(
        signature
          .trim()
          .toLowerCase()
          .replace(/^sha256=/, ''),
        expected,
      ),
    );
  }
  const given = headerOf(headers, names.secret);
  if (given !== undefined) proofs.push(isSame(given, secret));
  return proofs.length > 0 && proofs.every(Boolean);
}

const deliverySchema = z
  .object({
    /** `order.created`, `order.changed`; open. */
    event: z.string().min(1),
    id: z.union([z.number().int(), z.string().regex(/^\d+$/).transform(Number)]),
    order_number: z.union([z.string(), z.number().transform(String)]).nullish(),
  })
  .passthrough();

/** A hint that something happened to a record. What it is now, the REST API says. */
export type Delivery = z.infer<typeof deliverySchema>;

export function parseDelivery(rawBody: Buffer): Delivery {
  let value: unknown;
  try {
    value = JSON.parse(rawBody.toString('utf8'));
  } catch {
    throw validationError('The body of the webhook is not JSON', EXPECTED);
  }
  const result = deliverySchema.safeParse(value);
  if (result.success) return result.data;
  const fields = result.error.issues.map(({ path }) => path.join('.') || 'body');
  throw validationError(`The webhook has no valid ${fields.join(', ')}`, EXPECTED);
}

const EXPECTED =
  'The store add-on has to send a body such as {"event":"order.created","id":1042,"order_number":"1001"}.';
