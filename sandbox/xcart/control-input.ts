import { z } from 'zod';
import { STATUSES } from './orders/statuses';

const MAX_ORDERS = 20_000;
const MAX_LINES = 50;

const count = z.number().int().min(0);

/** ISO 8601 with a zone. */
const moment = z
  .string()
  .datetime({ offset: true })
  .transform((text) => new Date(text));

const codeOf = (axis: keyof typeof STATUSES): z.ZodType<string> => {
  const codes = [...STATUSES[axis].keys()];
  return z.string().refine((code) => codes.includes(code), {
    message: `must be one of ${codes.join(', ')}`,
  });
};

export const ordersSchema = z
  .object({
    count: z.number().int().min(1).max(MAX_ORDERS).default(1),
    lines: z.number().int().min(1).max(MAX_LINES).optional(),
    customers: z.number().int().min(1).max(40).optional(),
    unknownSku: count.default(0),
    guests: count.default(0),
    notify: z.boolean().default(true),
    discount: z.boolean().optional(),
    currency: z.enum(['USD', 'EUR']).optional(),
    paymentStatus: codeOf('payment').optional(),
    shippingStatus: codeOf('shipping').optional(),
    notes: z.string().optional(),
    at: moment.optional(),
    everySeconds: z.number().min(0).max(86_400).optional(),
  })
  .strict()
  .refine(({ count: all, unknownSku }) => unknownSku <= all, {
    path: ['unknownSku'],
    message: 'must not be larger than "count"',
  })
  .refine(({ count: all, guests }) => guests <= all, {
    path: ['guests'],
    message: 'must not be larger than "count"',
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
