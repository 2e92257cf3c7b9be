import { z } from 'zod';

import { momentSchema } from './amounts';
import { ORDER_STATUSES, PAYMENT_STATUSES, SHIPPING_STATUSES, statusFields } from './statuses';

/**
 * What a business system says of where an order of a shop stands, without its lines and amounts: a row that has changed has
 * neither, and what is told to the shop needs neither. An axis of which nothing is said is left out.
 */
export const orderStatusSchema = z.object({
  orderId: z.string().min(1).describe("The order's id in the shop"),
  number: z.string().optional().describe('By which the other system knows the order or invoice'),
  ...statusFields('status', ORDER_STATUSES),
  ...statusFields('paymentStatus', PAYMENT_STATUSES),
  ...statusFields('shippingStatus', SHIPPING_STATUSES),
  updatedAt: momentSchema.optional(),
});

export type OrderStanding = z.infer<typeof orderStatusSchema>;
