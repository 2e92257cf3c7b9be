import { z } from 'zod';

import {
  amount,
  date,
  flag,
  id,
  listOf,
  optional,
  optionalId,
  ornament,
  text,
} from '../../kit/scalars';
import { surchargeSchema } from '../wire';

/**
 * The documents of the classic API, as far as they are read. In the default schema a list has the own fields of each
 * record alone, and one record its relations too, each with its own fields and nothing below; dates are seconds since the
 * epoch. Tolerant like the documents of 5.5: stores and modules leave fields out and add some.
 */

const statusSchema = z.object({ id, code: text }).passthrough();

const profileRelation = z.object({ profile_id: id, login: text, anonymous: flag }).passthrough();

const addressInfo = z.record(z.unknown());

/** `_schema=complex`: what the default schema does not tell of an order, for it stands two relations away. */
export const complexOrderSchema = z
  .object({
    orderId: id,
    updateDate: text.describe('In the zone of the store, which it names'),
    items: listOf(z.object({ sku: text, productId: optionalId }).passthrough()),
    customerInfo: optional(
      z.object({ profileId: optionalId, isAnonymous: flag, email: text }).passthrough(),
    ),
    billingInfo: optional(addressInfo),
    shippingInfo: optional(addressInfo),
  })
  .passthrough();

const transactionFields = {
  transaction_id: id,
  date,
  publicTxnId: text,
  public_id: text,
  method_name: text,
  method_local_name: ornament,
  status: text,
  value: amount,
  note: ornament,
  type: text,
};

export const wholeOrderSchema = z
  .object({
    order_id: id,
    shipping_id: optionalId,
    shipping_method_name: ornament,
    date,
    lastRenewDate: date,
    notes: ornament,
    adminNotes: ornament,
    orderNumber: text,
    stockStatus: ornament,
    total: amount,
    subtotal: amount,
    profile: optional(profileRelation),
    orig_profile: optional(profileRelation),
    paymentStatus: optional(statusSchema),
    shippingStatus: optional(statusSchema),
    details: listOf(z.object({ detail_id: optionalId }).passthrough()),
    trackingNumbers: listOf(
      z.object({ tracking_id: optionalId, value: text, creationDate: date }).passthrough(),
    ),
    events: listOf(
      z
        .object({ event_id: optionalId, date, authorName: ornament, authorIp: ornament })
        .passthrough(),
    ),
    items: listOf(
      z
        .object({
          item_id: id,
          name: text,
          sku: text,
          price: amount,
          itemNetPrice: amount,
          discountedSubtotal: amount,
          amount,
          backorderedAmount: amount,
        })
        .passthrough(),
    ),
    surcharges: listOf(surchargeSchema),
    payment_transactions: listOf(z.object(transactionFields).passthrough()),
    currency: optional(z.object({ code: text }).passthrough()),
  })
  .passthrough();

export const paymentSchema = z
  .object({
    ...transactionFields,
    payment_method: optional(z.object({ method_id: optionalId }).passthrough()),
    data: listOf(
      z
        .object({ name: text, label: ornament, value: z.unknown(), access_level: ornament })
        .passthrough(),
    ),
    backend_transactions: listOf(
      z.object({ id: optionalId, date, status: text, value: amount, type: text }).passthrough(),
    ),
  })
  .passthrough();

export const orderStatusSchema = statusSchema;

export const trackingSchema = z
  .object({ tracking_id: id, value: text, creationDate: date })
  .passthrough();

const translations = listOf(
  z
    .object({
      code: text,
      name: text,
      description: text,
      briefDescription: text,
      metaTags: text,
      metaDesc: text,
      metaTitle: text,
    })
    .passthrough(),
);

const cleanUrls = listOf(z.object({ cleanURL: text }).passthrough());
const links = listOf(z.object({ id }).passthrough());

export const classicVariantSchema = z
  .object({
    id,
    sku: text,
    price: amount,
    defaultPrice: flag,
    amount,
    defaultAmount: flag,
    weight: amount,
    defaultWeight: flag,
    defaultValue: flag,
    product: optional(z.object({ product_id: id }).passthrough()),
  })
  .passthrough();

export const classicProductSchema = z
  .object({
    product_id: id,
    sku: text,
    price: amount,
    enabled: flag,
    weight: amount,
    taxable: flag,
    free_shipping: flag,
    // 5.3 and newer; older ones keep both in a record `inventory`, which is read only.
    inventoryEnabled: flag,
    amount,
    inventory: optional(z.object({ enabled: flag, amount }).passthrough()),
    arrivalDate: date,
    date,
    updateDate: date,
    variants: listOf(classicVariantSchema),
    translations,
    categoryProducts: links,
  })
  .passthrough();

/** `_schema=complex`: names are nowhere in a list of the default schema. */
export const complexProductSchema = z
  .object({ productId: id, name: text, description: text, shortDescription: text })
  .passthrough();

export const classicProfileSchema = z
  .object({
    profile_id: id,
    login: text,
    access_level: amount,
    status: text,
    statusComment: ornament,
    language: text,
    added: date,
    first_login: date,
    last_login: date,
    membership: optional(z.object({ membership_id: optionalId }).passthrough()),
    addresses: listOf(
      z
        .object({
          address_id: id,
          address_type: text,
          is_billing: flag,
          is_shipping: flag,
          isWork: flag,
        })
        .passthrough(),
    ),
  })
  .passthrough();

/** `_schema=complex`: what addresses say. Without ids, in the order of the default schema. */
export const complexProfileSchema = z.object({ addresses: listOf(addressInfo) }).passthrough();

export const classicCategorySchema = z
  .object({
    category_id: id,
    enabled: flag,
    show_title: flag,
    pos: amount,
    parent: optional(z.object({ category_id: id }).passthrough()),
    translations,
    cleanURLs: cleanUrls,
    categoryProducts: links,
  })
  .passthrough();

export type ComplexOrder = z.infer<typeof complexOrderSchema>;
export type WholeOrder = z.infer<typeof wholeOrderSchema>;
export type Payment = z.infer<typeof paymentSchema>;
export type AddressInfo = z.infer<typeof addressInfo>;
export type ClassicProduct = z.infer<typeof classicProductSchema>;
export type ComplexProduct = z.infer<typeof complexProductSchema>;
export type ClassicVariant = z.infer<typeof classicVariantSchema>;
export type ClassicProfile = z.infer<typeof classicProfileSchema>;
export type ClassicCategory = z.infer<typeof classicCategorySchema>;
export type Translations = z.infer<typeof translations>;
