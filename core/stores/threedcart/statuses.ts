import type {
  OrderStatus,
  PaymentStatus,
  ShipmentStatus,
  ShippingStatus,
  StatusCodes,
  TransactionType,
} from '../../commerce/statuses';

/**
 * The statuses that every 3dcart store has, by their id (SkuVault's client). Merchants rename them: `GET /OrderStatus`
 * tells how, and no order does (see `statusTexts.ts`). What the three custom ones mean the merchant alone knows.
 */
export const ORDER_CODES: StatusCodes<OrderStatus> = {
  1: { name: 'New', status: 'open' },
  2: { name: 'Processing', status: 'open' },
  3: { name: 'Partial', status: 'open' },
  4: { name: 'Shipped', status: 'completed' },
  5: { name: 'Cancel', status: 'cancelled' },
  6: { name: 'Hold', status: 'onHold' },
  7: { name: 'Not Completed', status: 'incomplete' },
  8: { name: 'Custom 1', status: 'unknown' },
  9: { name: 'Custom 2', status: 'unknown' },
  10: { name: 'Custom 3', status: 'unknown' },
  11: { name: 'Unpaid', status: 'onHold' },
  12: { name: 'Review', status: 'onHold' },
};

/** 3dcart has one status for all; of payment and goods it says something here and there. */
export const PAYMENT_BY_CODE: Readonly<Record<string, PaymentStatus>> = {
  7: 'pending',
  11: 'pending',
};

export const SHIPPING_BY_CODE: Readonly<Record<string, ShippingStatus>> = {
  1: 'unfulfilled',
  2: 'processing',
  3: 'partiallyShipped',
  4: 'shipped',
  5: 'cancelled',
};

/** A shipment has the status of its order (all of 306 recorded orders), or one of the same list. */
export const SHIPMENT_BY_CODE: Readonly<Record<string, ShipmentStatus>> = {
  4: 'shipped',
  5: 'cancelled',
};

/**
 * What a transaction does, by its type in lower case. The type is text of up to ten characters that payment services and
 * people write; recorded are mainly `Sale`. An amount below 0 gives money back, whatever its type.
 */
export const TRANSACTION_TYPES_BY_CODE: Readonly<Record<string, TransactionType>> = {
  sale: 'sale',
  auth: 'authorization',
  authorize: 'authorization',
  capture: 'capture',
  void: 'void',
  refund: 'refund',
  credit: 'refund',
  return: 'refund',
};

/** What a payment does, by the type that is sent for it. */
export const PAYMENT_TYPES = {
  Auth: 'authorization',
  Capture: 'capture',
  Sale: 'sale',
  Void: 'void',
} as const;

export type PaymentType = keyof typeof PAYMENT_TYPES;
