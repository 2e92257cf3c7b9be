import { z } from 'zod';
import { count, ordersSchema } from '../control/orders';
import { changeSchema as shopChange } from '../control/shop';
import { CURRENCIES, type CurrencyCode } from '../kit/shop';
import { STATUSES } from './orders/statuses';

const codeOf = (axis: keyof typeof STATUSES): z.ZodType<string> => {
  const codes = [...STATUSES[axis].keys()];
  return z.string().refine((code) => codes.includes(code), {
    message: `must be one of ${codes.join(', ')}`,
  });
};

const share = z.number().min(0).max(1);
const text = z.string();

const tax = z
  .object({
    name: text.min(1).optional(),
    rate: z.union([share, z.array(share).min(1)]),
    included: z.boolean().optional(),
    on: z.enum(['goods', 'shipping', 'all']).optional(),
    perLine: z.boolean().optional(),
  })
  .strict();

const MOST_TAXES = 3;

const taxes = z
  .array(tax)
  .max(MOST_TAXES)
  .refine((all) => new Set(all.map(({ name }, index) => name ?? index)).size === all.length, {
    message: 'must have different names',
  });

const surcharge = z
  .object({
    type: text.min(1).refine((type) => type !== 'tax', { message: 'ask for a tax by "taxes"' }),
    code: text.min(1).optional(),
    name: text.optional(),
    value: z.number(),
    include: z.boolean().optional(),
  })
  .strict();

const address = z
  .object({
    firstname: text,
    lastname: text,
    phone: text,
    street: text,
    zipcode: text,
    city: text,
    countryCode: text,
    stateName: text,
    company: text,
  })
  .partial()
  .strict();

/** What orders can be given when they are placed and later. */
const traits = {
  notes: text.optional(),
  adminNotes: text.optional(),
  email: z.string().email().optional(),
  customerId: count.nullable().optional(),
  address: address.optional(),
  deletedProducts: count.optional(),
  lineDiscount: share.optional(),
  surcharges: z.array(surcharge).optional(),
  taxes: taxes.optional(),
  paymentStatus: codeOf('payment').optional(),
  shippingStatus: codeOf('shipping').optional(),
};

const currencies = Object.keys(CURRENCIES) as [CurrencyCode, ...CurrencyCode[]];

export const placeSchema = ordersSchema({
  ...traits,
  currency: z.enum(currencies).optional(),
  guest: z.boolean().optional(),
  paid: z.boolean().optional(),
});

/** What `POST /xcart/orders` takes. */
export type OrdersRequest = z.input<typeof placeSchema>;

export const changeSchema = shopChange({
  ...traits,
  line: count.optional(),
  quantity: z.number().int().min(1).max(100_000).optional(),
});

/** What `POST /xcart/orders/:id/change` takes. */
export type OrderChangeRequest = z.input<typeof changeSchema>;
