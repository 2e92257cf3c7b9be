import { z } from 'zod';

import { amountSchema, currencySchema, momentSchema } from './amounts';
import { lineQuantitySchema } from './shipment';
import { RETURN_STATUSES, TRANSACTION_STATUSES, statusFields } from './statuses';

/** Money that is given back. Goods need not come back for it. */
export const refundSchema = z.object({
  id: z.string().min(1),
  orderId: z.string().min(1).describe("The order's id in the shop"),
  paymentId: z.string().optional().describe('The payment that it gives back'),
  returnId: z.string().optional().describe('The return that it is for'),
  amount: amountSchema.describe('0 or more'),
  currency: currencySchema,
  status: z.enum(TRANSACTION_STATUSES).optional().describe(TRANSACTION_STATUSES.join(', ')),
  reason: z.string().optional(),
  refundedAt: momentSchema.optional(),
});

/** Goods that come back. Money need not be given back for them. */
export const returnSchema = z.object({
  id: z.string().min(1),
  orderId: z.string().min(1).describe("The order's id in the shop"),
  ...statusFields('status', RETURN_STATUSES),
  reason: z.string().optional(),
  requestedAt: momentSchema.optional(),
  lines: z.array(
    lineQuantitySchema.extend({
      received: z.number().finite().optional().describe('How many have arrived'),
      restocked: z.number().finite().optional().describe('How many can be sold again'),
    }),
  ),
});

export type Refund = z.infer<typeof refundSchema>;
export type Return = z.infer<typeof returnSchema>;
