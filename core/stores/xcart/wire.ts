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
    /** tax, discount, shipping, handling; open. */
    type: text,
    code: text,
    name: text,
    /** Already inside the price: not to be added to the total again. */
    include: flag,
    available: flag,
    value: amount,
  })
  .passthrough();

export const addressSchema = z
  .object({
    id: optionalId,
    is_billing: flag,
    is_shipping: flag,
    is_work: flag,
    /** R residential, C commercial. */
    type: text,
    title: text,
    firstname: text,
    lastname: text,
    phone: text,
    street: text,
    zipcode: text,
    city: text,
    country_code: text,
    /** The store's own id of the state: read `state_name` instead. */
    state: z.union([z.number(), z.string()]).nullish(),
    state_name: text,
    custom_fields: listOf(z.object({ name: text, value: z.unknown() }).passthrough()),
  })
  .passthrough();

export const orderItemSchema = z
  .object({
    id,
    product_id: optionalId,
    sku: text,
    name: text,
    price: amount,
    item_net_price: amount,
    discounted_subtotal: amount,
    /** Quantity. */
    amount: amount,
    backordered_amount: amount,
    update_date: date,
    surcharges: listOf(surchargeSchema),
    /** Id of the variant; only where the module Product Variants is on. */
    variant: optionalId,
  })
  .passthrough();

export const statusSchema = z
  .object({ id: optionalId, code, name: text, customer_name: text })
  .passthrough();

export const trackingNumberSchema = z.object({ id: optionalId, date, value: text }).passthrough();

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
    /** The customer's profile; null for guests. `order_profile_id` is a copy made for this order alone. */
    customer_id: optionalId,
    order_profile_id: optionalId,
    shipping_id: optionalId,
    shipping_method_name: text,
    notes: text,
    admin_notes: text,
    stock_status: text,
    surcharges: listOf(surchargeSchema),
    tracking_numbers: listOf(trackingNumberSchema),
  })
  .passthrough();

export const transactionDataSchema = z
  .object({ id: optionalId, name: text, label: text, value: z.unknown(), access_level: text })
  .passthrough();

export const backendTransactionSchema = z
  .object({
    id: optionalId,
    /** auth, sale, capture, refund, refundPart, void …; open. */
    type: text,
    date,
    /** I in progress, S success, W pending, F failed, C cancelled, V void. */
    status: text,
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
    local_name: text,
    currency: text,
    value: amount,
    note: text,
    data: listOf(transactionDataSchema),
    backend_transactions: listOf(backendTransactionSchema),
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
    amount: amount,
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
    /** The e-mail address. A profile has no name: take it from the addresses. */
    login: text,
    /** 0 customer, 100 administrator. */
    access_level: amount,
    /** E enabled, D disabled. */
    status: text,
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

/** The codes that every X-Cart 5.5 ships with. Merchants add their own (up to four characters). */
export const PAYMENT_STATUSES: Readonly<Record<string, string>> = {
  Q: 'Awaiting Payment',
  A: 'Authorized',
  PP: 'Partially Paid',
  P: 'Paid',
  D: 'Declined',
  C: 'Cancelled',
  R: 'Refunded',
};

export const SHIPPING_STATUSES: Readonly<Record<string, string>> = {
  N: 'New',
  P: 'Processing',
  S: 'Shipped',
  D: 'Delivered',
  WND: 'Will Not Deliver',
  R: 'Returned',
  WFA: 'Waiting for Approval',
  NBA: 'New, Backordered',
};
