import { z } from 'zod';

import {
  amount,
  code,
  date as dateOf,
  flag,
  isEmptyList,
  listOf,
  optional,
  ornament,
  text,
  textsOf,
} from '../kit/scalars';

/**
 * The documents of a Clarity deployment with the names that the presets read: those of the product brief, and a few for what
 * it leaves open. What the service itself calls them, the API profile says (`profile/schema.ts`); all that it sends stays
 * beside them.
 *
 * Tolerant on purpose: every deployment is customised. Only what a record cannot do without is required, so that one odd
 * field never stops a whole page of orders. Ids may be numbers, GUIDs or other texts, and are texts here.
 */

/** ServiceStack's own form of a date: milliseconds since the epoch; the offset behind them is of the writer's clock alone. */
const STACK_DATE = /^\/Date\((-?\d+)(?:[+-]\d{4})?\)\/$/;

/** ISO 8601 in UTC where it names no zone, also of what ServiceStack writes as `/Date(1714644000000)/`. */
export const date = z.preprocess((value) => {
  const ms = typeof value === 'string' ? STACK_DATE.exec(value)?.[1] : undefined;
  return ms === undefined ? value : new Date(Number(ms)).toISOString();
}, dateOf);

const id = code;
const optionalId = text;

export const addressSchema = z
  .object({
    firstName: text,
    lastName: text,
    name: text.describe('First and last name in one'),
    company: text,
    line1: text,
    line2: text,
    line3: text,
    city: text,
    state: text,
    postalCode: text,
    country: text.describe('Code or English name'),
    phone: text,
    email: text,
  })
  .passthrough();

export const orderLineSchema = z
  .object({
    lineId: optionalId,
    productId: optionalId,
    sku: text,
    name: text,
    quantity: amount,
    unitPrice: amount.describe('Price of one, before discount and tax'),
    tax: amount.describe('Of the whole line'),
    discount: amount.describe('Of the whole line, as a positive number'),
    category: ornament,
  })
  .passthrough();

export const paymentSchema = z
  .object({
    paymentId: optionalId,
    type: text.describe('sale, authorization, capture, refund, void; sale where it is missing'),
    method: ornament,
    transactionId: text,
    amount: amount,
    currency: text.describe('Where it is missing, that of the order counts'),
    status: text,
    date,
  })
  .passthrough();

/** When a record beside the orders was made and last changed. */
const DATES = { createdDate: date, modifiedDate: date };

/** A payment as a record of its own, beside the orders. */
export const paymentRecordSchema = paymentSchema.extend({
  orderId: optionalId,
  externalId: text,
  ...DATES,
});

export const shipmentSchema = z
  .object({
    shipmentId: optionalId,
    externalId: text,
    orderId: optionalId,
    status: text,
    method: text,
    trackingNumber: text,
    shippedAt: date,
  })
  .passthrough();

export const shipmentRecordSchema = shipmentSchema.extend(DATES);

export const returnLineSchema = z.object({ sku: text, quantity: amount }).passthrough();

export const returnSchema = z
  .object({
    returnId: optionalId,
    externalId: text,
    orderId: optionalId,
    status: text,
    reason: text,
    lineItems: listOf(returnLineSchema),
    ...DATES,
  })
  .passthrough();

export const orderSchema = z
  .object({
    orderId: id,
    orderNumber: text.describe('What people call the order'),
    externalId: text,
    customerId: optionalId,
    customerGroup: ornament,
    email: text,
    orderDate: date,
    createdDate: date.describe(
      'When it came about, where the store says that beside the date of the order',
    ),
    modifiedDate: date,
    status: text,
    paymentStatus: text.describe('Where it is missing, that of paymentInfo counts'),
    shippingStatus: text.describe('Where it is missing, the status of the order counts'),
    currency: text,
    totalAmount: amount,
    shippingTotal: amount,
    handlingTotal: amount,
    feesTotal: amount,
    taxIncluded: flag.describe('Tax is inside the prices already'),
    taxTotal: amount.describe('Where it is missing, the tax of the lines counts'),
    discountTotal: amount.describe('Of the whole order, without those of its lines'),
    billingAddress: optional(addressSchema),
    shippingAddress: optional(addressSchema),
    shippingMethod: ornament,
    trackingNumbers: textsOf('trackingNumber', 'number'),
    notes: ornament.describe("The customer's note"),
    lineItems: listOf(orderLineSchema),
    paymentInfo: optional(
      z.object({ method: ornament, transactionId: text, amount, status: text }).passthrough(),
    ),
    payments: listOf(paymentSchema),
    couponCodes: textsOf('code', 'couponCode'),
  })
  .passthrough();

export const productSchema = z
  .object({
    productId: id,
    externalId: text,
    sku: text,
    name: text,
    description: ornament.describe('HTML'),
    price: amount,
    currency: text,
    weight: amount,
    active: flag,
    stock: amount,
    createdDate: date,
    modifiedDate: date,
  })
  .passthrough();

export const customerSchema = z
  .object({
    customerId: id,
    externalId: text,
    email: text,
    firstName: text,
    lastName: text,
    name: text.describe('First and last name in one'),
    company: text,
    phone: text,
    customerGroup: ornament,
    active: flag,
    address: optional(addressSchema),
    createdDate: date,
    modifiedDate: date,
  })
  .passthrough();

export const inventorySchema = z
  .object({
    inventoryId: optionalId,
    externalId: text,
    sku: text,
    warehouse: text,
    quantity: amount,
    ...DATES,
  })
  .passthrough();

/** A coupon, an address or an invoice: nothing of it is needed, and ids are texts as in all others. */
export const besideSchema = z
  .object({ orderId: optionalId, customerId: optionalId, externalId: text, ...DATES })
  .passthrough();

/** Any other record: of it only the profile knows more. */
export const recordSchema = z.object({}).passthrough();

/**
 * The answer to a write: the record, its id alone, or nothing. ServiceStack's answers to commands often say no more than that
 * they were carried out.
 */
export const answerSchema = z.preprocess((value) => {
  if (value === null || isEmptyList(value)) return {};
  return typeof value === 'object' ? value : { answer: value };
}, recordSchema);

export type Address = z.infer<typeof addressSchema>;
export type Payment = z.infer<typeof paymentSchema>;
export type PaymentRecord = z.infer<typeof paymentRecordSchema>;
export type OrderLine = z.infer<typeof orderLineSchema>;
export type Order = z.infer<typeof orderSchema>;
export type Product = z.infer<typeof productSchema>;
export type Customer = z.infer<typeof customerSchema>;
export type Shipment = z.infer<typeof shipmentRecordSchema>;
export type Returned = z.infer<typeof returnSchema>;
export type Inventory = z.infer<typeof inventorySchema>;
export type WireRecord = z.infer<typeof recordSchema>;
