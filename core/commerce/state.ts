import { z } from 'zod';

import { amountSchema, currencySchema } from './amounts';
import { ORDER_STATUSES, PAYMENT_STATUSES, SHIPPING_STATUSES, statusFields } from './statuses';

/**
 * Where an order stands in the shop, beside the document that was made of it: what decides whether that is written,
 * held or cancelled (`route.ts`). The same for every store and every target.
 */
export const orderStateSchema = z.object({
  number: z.string().optional().describe("The shop's order number"),
  ...statusFields('order', ORDER_STATUSES),
  ...statusFields('payment', PAYMENT_STATUSES),
  ...statusFields('shipping', SHIPPING_STATUSES),
  total: amountSchema.describe('What the customer pays'),
  refunded: amountSchema
    .optional()
    .describe('Given back so far; absent where the payments of the order were not read'),
  currency: currencySchema,
});

export type OrderState = z.infer<typeof orderStateSchema>;
