import { z } from 'zod';

import { amountSchema, currencySchema } from './amounts';
import { TRANSACTION_STATUSES, TRANSACTION_TYPES } from './statuses';

/** One movement of money for an order, as the payment service reported it to the store. */
export const paymentSchema = z.object({
  id: z.string().optional(),
  orderId: z.string().optional().describe("The order's id in the shop"),
  type: z.enum(TRANSACTION_TYPES).describe(TRANSACTION_TYPES.join(', ')),
  method: z.string().optional().describe('As the shop calls it, such as "Credit card"'),
  amount: amountSchema.describe('0 or more; the type says which way the money goes'),
  currency: currencySchema,
  status: z.enum(TRANSACTION_STATUSES).optional().describe(TRANSACTION_STATUSES.join(', ')),
  statusCode: z.string().optional().describe('As the store writes it'),
  reference: z.string().optional().describe("The payment service's own id of the transaction"),
  date: z.string().optional(),
});

export type Payment = z.infer<typeof paymentSchema>;
