import { z } from 'zod';

/**
 * The common model: what a storefront and a business system both understand by an order, a customer, a product.
 * Storefront mappings write it, Dynamics mappings read it, and neither knows the other.
 */

/** A decimal number with at most the decimals of its currency. */
export const amountSchema = z.number().finite();

export const currencySchema = z
  .string()
  .regex(/^[A-Z]{3}$/)
  .describe('ISO 4217 code, such as USD');

export const moneySchema = z.object({ amount: amountSchema, currency: currencySchema });

export const sourceSchema = z.object({
  platform: z.string().min(1).describe('xcart, threedcart or clarity'),
  store: z.string().min(1).describe("The shop's name in its credential"),
  id: z.string().min(1).describe("The record's id in the shop"),
});

export const addressSchema = z.object({
  firstName: z.string().optional(),
  lastName: z.string().optional(),
  company: z.string().optional(),
  line1: z.string().optional().describe('Street and number'),
  line2: z.string().optional(),
  line3: z.string().optional(),
  city: z.string().optional(),
  state: z.string().optional().describe('State or province as the shop names it'),
  postalCode: z.string().optional(),
  country: z.string().optional().describe('ISO 3166-1 alpha-2 code'),
  phone: z.string().optional(),
});

export const customerSchema = z.object({
  source: sourceSchema.optional(),
  id: z.string().optional().describe('Absent for guests'),
  email: z.string().optional(),
  firstName: z.string().optional(),
  lastName: z.string().optional(),
  company: z.string().optional(),
  phone: z.string().optional(),
  language: z.string().optional(),
  enabled: z.boolean().optional(),
  address: addressSchema.optional(),
});

export const SURCHARGE_TYPES = ['tax', 'discount', 'shipping', 'handling'] as const;

export const surchargeSchema = z.object({
  type: z.string().describe('tax, discount, shipping or handling; a shop may add others'),
  code: z.string().optional(),
  name: z.string().optional(),
  amount: amountSchema.describe('Signed as in the shop: discounts are negative'),
  included: z.boolean().describe('Already inside the prices of the lines'),
});

export const orderLineSchema = z.object({
  id: z.string().min(1),
  productId: z.string().optional(),
  variantId: z.string().optional(),
  sku: z.string().min(1),
  name: z.string().optional(),
  quantity: z.number().finite(),
  unitPrice: amountSchema.describe('Price of one, before the line discount'),
  discount: amountSchema.describe('Of the whole line, 0 or more'),
  amount: amountSchema.describe('Unit price × quantity − discount, without tax on top'),
});

export const totalsSchema = z.object({
  lines: amountSchema.describe('Sub-total of the lines'),
  shipping: amountSchema,
  handling: amountSchema,
  tax: amountSchema.describe('On top of the prices'),
  discount: amountSchema.describe('Of the whole order, as a positive number'),
  total: amountSchema.describe('What the customer pays'),
});

export const paymentSchema = z.object({
  id: z.string().optional(),
  type: z.string().describe('sale, auth, capture, refund, …'),
  method: z.string().optional(),
  amount: amountSchema,
  currency: currencySchema,
  status: z.string().optional(),
  date: z.string().optional(),
});

export const orderSchema = z.object({
  source: sourceSchema,
  name: z.string().min(1).describe('What people call the order, such as "X-Cart 1001"'),
  number: z.string().min(1).describe("The shop's order number"),
  placedAt: z.string().optional().describe('ISO 8601 date and time in UTC'),
  updatedAt: z.string().optional().describe('ISO 8601 date and time in UTC'),
  currency: currencySchema,
  paymentStatus: z.string().optional(),
  shippingStatus: z.string().optional(),
  customer: customerSchema,
  billingAddress: addressSchema.optional(),
  shippingAddress: addressSchema.optional(),
  shippingMethod: z.string().optional(),
  customerNote: z.string().optional(),
  staffNote: z.string().optional(),
  trackingNumbers: z.array(z.string()).optional(),
  lines: z.array(orderLineSchema),
  surcharges: z.array(surchargeSchema),
  payments: z.array(paymentSchema).optional(),
  totals: totalsSchema,
});

export const productSchema = z.object({
  source: sourceSchema,
  sku: z.string().min(1),
  name: z.string().min(1),
  description: z.string().optional().describe('Plain text'),
  price: amountSchema,
  currency: currencySchema.optional(),
  weight: z.number().finite().optional(),
  enabled: z.boolean().optional(),
  stock: z.number().finite().optional(),
  updatedAt: z.string().optional(),
});

export type Money = z.infer<typeof moneySchema>;
export type Source = z.infer<typeof sourceSchema>;
export type Address = z.infer<typeof addressSchema>;
export type Customer = z.infer<typeof customerSchema>;
export type Surcharge = z.infer<typeof surchargeSchema>;
export type OrderLine = z.infer<typeof orderLineSchema>;
export type Totals = z.infer<typeof totalsSchema>;
export type Payment = z.infer<typeof paymentSchema>;
export type Order = z.infer<typeof orderSchema>;
export type Product = z.infer<typeof productSchema>;
