import { z } from 'zod';

import { amountSchema, currencySchema } from './amounts';
import { addressSchema, customerSchema } from './customer';
import { paymentSchema } from './payment';
import { shipmentSchema } from './shipment';
import { sourceSchema } from './source';
import { ORDER_STATUSES, PAYMENT_STATUSES, SHIPPING_STATUSES, statusFields } from './statuses';

/**
 * What comes on top of the lines, or off them. Its sign says what it does to the total, in every store alike: a
 * discount is negative also where the shop writes it as a positive number, so that the total is the lines and all
 * surcharges that are not included, added up. `totals.discount` alone is the positive number that people read.
 */
export const surchargeSchema = z.object({
  type: z.string().describe('tax, discount, shipping or handling; any other is a fee'),
  code: z.string().optional(),
  name: z.string().optional(),
  amount: amountSchema.describe('What it adds to the total: discounts are negative'),
  included: z.boolean().describe('Already inside the prices of the lines'),
});

/** What systems with net prices and tax on their lines book; made by `bookOrder`, and never below 0 but for prices and tax. */
const bookedLineSchema = z
  .object({
    unitPrice: amountSchema.describe('With the decimals of the currency'),
    discount: amountSchema.describe('Of the whole line, 0 or more'),
    tax: amountSchema,
  })
  .describe('Unit price × quantity − discount + tax is what the line comes to');

const bookedOrderSchema = z
  .object({
    freight: amountSchema.describe('Shipping, handling and fees, 0 or more'),
    discount: amountSchema.describe('Of the whole order, 0 or more'),
    tax: amountSchema.describe('Of all lines'),
  })
  .describe('The lines + freight − discount is the total');

export const orderLineSchema = z.object({
  id: z.string().min(1),
  productId: z.string().optional(),
  variantId: z.string().optional(),
  sku: z.string().min(1).optional().describe('Absent where the product is gone from the shop'),
  name: z.string().optional(),
  category: z.string().optional(),
  quantity: z.number().finite(),
  unitPrice: z
    .number()
    .finite()
    .describe('Price of one, before the line discount, with all decimals of the shop'),
  optionPrice: z
    .number()
    .finite()
    .optional()
    .describe('What of the unit price is for options that the customer has chosen'),
  discount: amountSchema
    .optional()
    .describe('Of the whole line, 0 or more; worked out where it is left out'),
  amount: amountSchema.describe('Unit price × quantity − discount, without tax on top'),
  tax: amountSchema.optional().describe('On top of this line, where the shop states it'),
  includedTax: amountSchema.optional().describe('Inside the amount, where the shop states it'),
  booked: bookedLineSchema.optional(),
});

export const totalsSchema = z.object({
  lines: amountSchema.describe('Sub-total of the lines'),
  shipping: amountSchema,
  handling: amountSchema,
  fees: amountSchema.optional().describe('Surcharges of any other type, such as gift wrapping'),
  tax: amountSchema.describe('On top of the prices'),
  shippingTax: amountSchema.optional().describe('What of the tax is of shipping, if the shop says'),
  includedTax: amountSchema.optional().describe('Inside the prices: it adds nothing to the total'),
  discount: amountSchema.describe('Of the whole order, as a positive number; below 0 it adds'),
  total: amountSchema.describe('What the customer pays'),
  tolerance: amountSchema
    .optional()
    .describe('So much the parts may differ from the total; it goes in as a fee or a discount'),
});

/** What the customer was asked at the checkout. */
const questionSchema = z.object({
  id: z.string().optional(),
  question: z.string().optional(),
  answer: z.string().optional(),
});

export const orderSchema = z.object({
  source: sourceSchema,
  name: z.string().min(1).describe('What people call the order, such as "X-Cart 1001"'),
  number: z.string().min(1).describe("The shop's order number"),
  externalId: z.string().optional().describe('By which another system knows the order'),
  placedAt: z.string().optional().describe('ISO 8601 date and time in UTC'),
  updatedAt: z.string().optional().describe('ISO 8601 date and time in UTC'),
  currency: currencySchema,
  ...statusFields('status', ORDER_STATUSES),
  ...statusFields('paymentStatus', PAYMENT_STATUSES),
  ...statusFields('shippingStatus', SHIPPING_STATUSES),
  customer: customerSchema,
  billingAddress: addressSchema.optional(),
  shippingAddress: addressSchema.optional(),
  shippingMethod: z.string().optional(),
  paymentMethod: z.string().optional().describe('As the shop calls it, such as "Credit card"'),
  customerNote: z.string().optional(),
  staffNote: z.string().optional(),
  trackingNumbers: z.array(z.string()).optional(),
  lines: z.array(orderLineSchema),
  surcharges: z.array(surchargeSchema),
  couponCodes: z.array(z.string()).optional(),
  questions: z.array(questionSchema).optional(),
  payments: z.array(paymentSchema).optional(),
  shipments: z.array(shipmentSchema).optional(),
  totals: totalsSchema,
  booked: bookedOrderSchema.optional(),
});

export type Surcharge = z.infer<typeof surchargeSchema>;
export type OrderLine = z.infer<typeof orderLineSchema>;
export type Totals = z.infer<typeof totalsSchema>;
export type Order = z.infer<typeof orderSchema>;
