import { z } from 'zod';

/**
 * The words of the common model for where an order, its payment and its goods stand. A store says once which of its
 * codes means which of them (`core/stores/<store>/statuses.ts`), and a business system what each of them means to
 * it, so that no pair of systems needs a table of its own.
 *
 * Merchants add statuses that nobody else knows. Such a one is `unknown`; its code and its name stand beside, so that
 * a mapping of the merchant's own can read them.
 */

export const ORDER_STATUSES = [
  /** The customer has not finished the checkout. */
  'incomplete',
  /** To be paid, packed or sent. */
  'open',
  /** Waits for a decision of the merchant. */
  'onHold',
  /** All is sent. */
  'completed',
  'cancelled',
  'unknown',
] as const;

/** Of all payments of an order together. */
export const PAYMENT_STATUSES = [
  'pending',
  /** Reserved, not yet taken. */
  'authorized',
  'partiallyPaid',
  'paid',
  'declined',
  'cancelled',
  'partiallyRefunded',
  'refunded',
  'unknown',
] as const;

/** Of all goods of an order together. */
export const SHIPPING_STATUSES = [
  'unfulfilled',
  'processing',
  'onHold',
  'backordered',
  'partiallyShipped',
  'shipped',
  'delivered',
  'returned',
  /** Will not be sent. */
  'cancelled',
  'unknown',
] as const;

/** What moves the money in one transaction. */
export const TRANSACTION_TYPES = [
  'authorization',
  'capture',
  /** Authorization and capture in one. */
  'sale',
  'refund',
  'void',
  'other',
] as const;

export const TRANSACTION_STATUSES = [
  'pending',
  'succeeded',
  'failed',
  'cancelled',
  'unknown',
] as const;

/** Of one parcel or delivery. */
export const SHIPMENT_STATUSES = [
  'pending',
  'shipped',
  'delivered',
  'returned',
  'cancelled',
  'unknown',
] as const;

/** Of goods that come back. */
export const RETURN_STATUSES = [
  'requested',
  'approved',
  'received',
  'completed',
  'rejected',
  'cancelled',
  'unknown',
] as const;

export type OrderStatus = (typeof ORDER_STATUSES)[number];
export type PaymentStatus = (typeof PAYMENT_STATUSES)[number];
export type ShippingStatus = (typeof SHIPPING_STATUSES)[number];
export type TransactionType = (typeof TRANSACTION_TYPES)[number];
export type TransactionStatus = (typeof TRANSACTION_STATUSES)[number];
export type ShipmentStatus = (typeof SHIPMENT_STATUSES)[number];
export type ReturnStatus = (typeof RETURN_STATUSES)[number];

/** One code of a store: what people call it there, and what it means here. */
export interface StatusCode<Status extends string> {
  name: string;
  status: Status;
}

/** The codes that every store of a platform has. */
export type StatusCodes<Status extends string> = Readonly<Record<string, StatusCode<Status>>>;

/** What a status of a shop is a status of: the order itself, its payment, its goods. */
export const STATUS_AXES = ['order', 'payment', 'shipping'] as const;

export type StatusAxis = (typeof STATUS_AXES)[number];

/** The statuses that the orders of a shop have: one list for each axis that it knows. */
export interface ShopStatuses {
  order?: StatusCodes<OrderStatus>;
  payment?: StatusCodes<PaymentStatus>;
  shipping?: StatusCodes<ShippingStatus>;
}

/** Code → one side of it, as a lookup of a mapping or a list of the editor reads it. */
export function codesTo<Status extends string, Side extends keyof StatusCode<Status>>(
  codes: StatusCodes<Status>,
  side: Side,
): Record<string, StatusCode<Status>[Side]> {
  return Object.fromEntries(Object.entries(codes).map(([code, sides]) => [code, sides[side]]));
}

const wordKey = (text: string): string => text.toLowerCase().replace(/\s+/g, '');

/**
 * The other way round: the model's word → the code that says it. Of several codes the one that is called so counts, else the
 * first. What nobody knows has none.
 */
export function wordsToCodes<Status extends string>(
  codes: StatusCodes<Status>,
): Record<string, string> {
  const entries = Object.entries(codes).filter(([, { status }]) => status !== 'unknown');
  const byName = entries.filter(([, { name, status }]) => wordKey(name) === wordKey(status));
  return Object.fromEntries(
    [...entries.toReversed(), ...byName].map(([code, { status }]) => [status, code]),
  );
}

/** A status in the model's words, and what the store itself writes there. */
export function statusFields<Name extends string, Words extends readonly [string, ...string[]]>(
  name: Name,
  words: Words,
) {
  return {
    [name]: z.enum(words).optional().describe(words.join(', ')),
    [`${name}Code`]: z.string().optional().describe('As the store writes it'),
    [`${name}Name`]: z.string().optional().describe('As the store calls it'),
  } as { [Key in Name]: z.ZodOptional<z.ZodEnum<[...Words]>> } & {
    [Key in `${Name}Code` | `${Name}Name`]: z.ZodOptional<z.ZodString>;
  };
}
