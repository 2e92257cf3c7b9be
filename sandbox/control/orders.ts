import { z } from 'zod';
import { ORDER_STATES } from '../kit/shop';
import { CUSTOMERS } from '../seed';

const MAX_ORDERS = 20_000;
const MAX_LINES = 50;

/** A whole number from 0. */
export const count = z.number().int().min(0);

/** ISO 8601 with a zone. */
export const moment = z
  .string()
  .datetime({ offset: true })
  .transform((text) => new Date(text));

const wish = {
  count: z.number().int().min(1).max(MAX_ORDERS).default(1),
  lines: z.number().int().min(1).max(MAX_LINES).optional(),
  customers: z.number().int().min(1).max(CUSTOMERS.length).optional(),
  unknownSku: count.default(0),
  guests: count.default(0),
  notify: z.boolean().default(true),
  discount: z.boolean().optional(),
  at: moment.optional(),
  everySeconds: z.number().min(0).max(86_400).optional(),
  state: z.enum(ORDER_STATES).optional(),
};

/**
 * What `POST /<store>/orders` takes: a `ShopWish`, whether to send webhooks (`notify`), and what the store alone has,
 * such as its status codes.
 */
export const ordersSchema = <Own extends z.ZodRawShape>(own: Own) =>
  z
    .object({ ...wish, ...own })
    .strict()
    .superRefine((given, refusal) => {
      const {
        count: all,
        unknownSku,
        guests,
      } = given as Record<'count' | 'unknownSku' | 'guests', number>;
      for (const [name, some] of Object.entries({ unknownSku, guests })) {
        if (some <= all) continue;
        refusal.addIssue({
          code: 'custom',
          path: [name],
          message: 'must not be larger than "count"',
        });
      }
    });
