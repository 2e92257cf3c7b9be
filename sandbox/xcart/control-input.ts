import { z } from 'zod';
import { count, moment, ordersSchema } from '../control/orders';
import { STATUSES } from './orders/statuses';

const codeOf = (axis: keyof typeof STATUSES): z.ZodType<string> => {
  const codes = [...STATUSES[axis].keys()];
  return z.string().refine((code) => codes.includes(code), {
    message: `must be one of ${codes.join(', ')}`,
  });
};

export const placeSchema = ordersSchema({
  currency: z.enum(['USD', 'EUR']).optional(),
  paid: z.boolean().optional(),
  paymentStatus: codeOf('payment').optional(),
  shippingStatus: codeOf('shipping').optional(),
  notes: z.string().optional(),
});

export const changeSchema = z
  .object({
    line: count.optional(),
    quantity: z.number().int().min(1).max(100_000).optional(),
    notes: z.string().optional(),
    adminNotes: z.string().optional(),
    email: z.string().email().optional(),
    paymentStatus: codeOf('payment').optional(),
    shippingStatus: codeOf('shipping').optional(),
    at: moment.optional(),
  })
  .strict();

export const notifySchema = z
  .object({
    event: z.string().min(1).default('order.created'),
    deliveryId: z.string().min(1).optional(),
  })
  .strict();

export const shipSchema = z.object({ tracking: z.string().min(1).optional() }).strict();

export const refundSchema = z.object({ value: z.number().positive().optional() }).strict();

export const stockSchema = z.object({ sku: z.string().min(1), amount: count }).strict();
