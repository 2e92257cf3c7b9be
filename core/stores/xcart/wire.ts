import { z } from 'zod';

import {
  amount,
  code,
  date,
  flag,
  id,
  isEmptyList,
  listOf,
  optional,
  optionalId,
  ornament,
  text,
} from '../kit/scalars';

/**
 * The documents of X-Cart 5.5's REST API as they come over the wire.
 *
 * Tolerant on purpose: modules add keys (kept), stores leave fields out (allowed), and every code list is open,
 * because merchants add statuses of their own. Only what a record cannot do without is required, so that one odd
 * field never stops a whole page of orders.
 */

export const surchargeSchema = z
  .object({
    id: optionalId,
    // Open: modules add types of their own.
    type: text.describe('tax, discount, shipping or handling'),
    code: text,
    name: text,
    // Not to be added to the total again.
    include: flag.describe('Already inside the prices'),
    available: flag,
    value: amount.describe('Discounts are negative'),
  })
  .passthrough();

export const addressSchema = z
  .object({
    id: optionalId,
    is_billing: flag,
    is_shipping: flag,
    is_work: flag,
    type: text.describe('R residential, C commercial'),
    title: ornament,
    firstname: text,
    lastname: text,
    phone: text,
    street: text,
    zipcode: text,
    city: text,
    country_code: text,
    state: z
      .union([z.number(), z.string()])
      .nullish()
      .describe('Id inside the shop; use state_name'),
    state_name: text,
    custom_fields: listOf(
      z.object({ name: text, value: z.union([z.string().nullish(), z.unknown()]) }).passthrough(),
    ).describe('Read one with custom_fields[name=company].value'),
  })
  .passthrough();

export const orderItemSchema = z
  .object({
    id,
    product_id: optionalId,
    sku: text,
    name: text,
    price: amount,
    item_net_price: amount.describe('Price of one, without tax on top'),
    discounted_subtotal: amount,
    amount: amount.describe('Quantity'),
    backordered_amount: amount,
    update_date: date,
    surcharges: listOf(surchargeSchema),
    // Only where the module Product Variants is on.
    variant: optionalId.describe('Id of the product variant'),
  })
  .passthrough();

export const statusSchema = z
  .object({ id: optionalId, code, name: text, customer_name: text })
  .passthrough();

export const trackingNumberSchema = z.object({ id: optionalId, date, value: text }).passthrough();

export const transactionDataSchema = z
  .object({
    id: optionalId,
    name: text,
    label: ornament,
    value: z.unknown(),
    access_level: ornament,
  })
  .passthrough();

export const backendTransactionSchema = z
  .object({
    id: optionalId,
    // Open: payment modules add types of their own.
    type: text.describe('auth, sale, capture, refund, refundPart, void and others'),
    date,
    status: text.describe('I in progress, S success, W pending, F failed, C cancelled, V void'),
    value: amount,
    data: listOf(transactionDataSchema),
  })
  .passthrough();

export const transactionSchema = z
  .object({
    id,
    public_id: text,
    public_txn_id: text,
    method_id: optionalId,
    type: text,
    date,
    /** 5.5.0 fills this with the name of the method: the state stands in `backend_transactions[].status`. */
    status: text,
    name: text,
    local_name: ornament,
    currency: text,
    value: amount,
    note: ornament,
    data: listOf(transactionDataSchema),
    backend_transactions: listOf(backendTransactionSchema),
  })
  .passthrough();

export const orderSchema = z
  .object({
    id,
    /** What people call the order; carts and unfinished orders have none. */
    order_number: text,
    total: amount,
    sub_total: amount,
    currency: text,
    email: text,
    items: listOf(orderItemSchema),
    billing_address: optional(addressSchema),
    shipping_address: optional(addressSchema),
    create_date: date,
    /** X-Cart's `lastRenewDate`. */
    update_date: date,
    payment_status: optional(statusSchema),
    shipping_status: optional(statusSchema),
    customer_id: optionalId.describe('Null for guests and deleted customers'),
    order_profile_id: optionalId.describe('A copy made for this order; not the customer'),
    shipping_id: optionalId,
    shipping_method_name: ornament,
    notes: ornament.describe("The customer's note"),
    admin_notes: ornament,
    stock_status: ornament,
    surcharges: listOf(surchargeSchema),
    tracking_numbers: listOf(trackingNumberSchema),
    payment_transactions: listOf(transactionSchema).describe(
      'As /orders/{id}/payment_transactions gives them: Add Payments puts them here',
    ),
  })
  .passthrough();

export const productSchema = z
  .object({
    id,
    sku: text,
    name: text,
    price: amount,
    enabled: flag,
    weight: amount,
    taxable: flag,
    free_shipping: flag,
    /** False: the store sells without counting, and `amount` means nothing. */
    inventory_traceable: flag,
    amount: amount.describe('Stock'),
    create_date: date,
    update_date: date,
    arrival_date: date,
    clean_url: text,
  })
  .passthrough();

export const variantSchema = z
  .object({
    id,
    sku: text,
    price: amount,
    /** True: the product's own price holds; the same for the other `default_…` flags. */
    default_price: flag,
    amount: amount,
    default_amount: flag,
    weight: amount,
    default_weight: flag,
    default_variant: flag,
  })
  .passthrough();

export const profileSchema = z
  .object({
    id,
    // A profile has no name: take it from the addresses.
    login: text.describe('E-mail address'),
    access_level: amount.describe('0 customer, 100 administrator'),
    status: text.describe('E enabled, D disabled'),
    language: text,
    membership_id: optionalId,
    create_date: date,
    first_login_date: date,
    last_login_date: date,
  })
  .passthrough();

export const categorySchema = z
  .object({
    id,
    name: text,
    enabled: flag,
    position: amount,
    /** An id, or a category of its own, or its address. */
    parent: z.unknown(),
    clean_url: text,
  })
  .passthrough();

/** Whatever else the API answers: order details, history, statistics. */
export const recordSchema = z.object({}).passthrough();

/** The answer to a command: a record, or nothing at all, which PHP may write as a list. */
export const answerSchema = z.preprocess(
  (value) => (value === null || isEmptyList(value) ? {} : value),
  recordSchema,
);

/** The answer to a written status, which need not repeat what was written. */
export const statusAnswerSchema = z.union([statusSchema, answerSchema]);

export type Surcharge = z.infer<typeof surchargeSchema>;
export type Address = z.infer<typeof addressSchema>;
export type OrderItem = z.infer<typeof orderItemSchema>;
export type Status = z.infer<typeof statusSchema>;
export type TrackingNumber = z.infer<typeof trackingNumberSchema>;
export type Order = z.infer<typeof orderSchema>;
export type BackendTransaction = z.infer<typeof backendTransactionSchema>;
export type Transaction = z.infer<typeof transactionSchema>;
export type Product = z.infer<typeof productSchema>;
export type Variant = z.infer<typeof variantSchema>;
export type Profile = z.infer<typeof profileSchema>;
export type Category = z.infer<typeof categorySchema>;
export type WireRecord = z.infer<typeof recordSchema>;
