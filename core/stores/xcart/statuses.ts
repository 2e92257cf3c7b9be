import type {
  OrderStatus,
  PaymentStatus,
  ShippingStatus,
  StatusCodes,
  TransactionStatus,
  TransactionType,
} from '../../commerce/statuses';

/**
 * The codes that every X-Cart 5.5 ships with (X-Cart source, `classes/XLite/Model/Order/Status`), and what they mean.
 * Merchants add their own (up to four characters). One code means different things on the two axes: `P` is paid and
 * processing, `D` declined and delivered, `R` refunded and returned.
 */
export const PAYMENT_CODES: StatusCodes<PaymentStatus> = {
  Q: { name: 'Awaiting Payment', status: 'pending' },
  A: { name: 'Authorized', status: 'authorized' },
  PP: { name: 'Partially Paid', status: 'partiallyPaid' },
  P: { name: 'Paid', status: 'paid' },
  D: { name: 'Declined', status: 'declined' },
  C: { name: 'Cancelled', status: 'cancelled' },
  R: { name: 'Refunded', status: 'refunded' },
};

export const SHIPPING_CODES: StatusCodes<ShippingStatus> = {
  N: { name: 'New', status: 'unfulfilled' },
  P: { name: 'Processing', status: 'processing' },
  S: { name: 'Shipped', status: 'shipped' },
  D: { name: 'Delivered', status: 'delivered' },
  WND: { name: 'Will Not Deliver', status: 'cancelled' },
  R: { name: 'Returned', status: 'returned' },
  WFA: { name: 'Waiting for Approval', status: 'onHold' },
  NBA: { name: 'New, Backordered', status: 'backordered' },
};

/**
 * An order of X-Cart has no status of its own: it follows from its goods, unless the payment was called off. A
 * declined payment leaves the order open, because the customer may pay in another way.
 */
export const ORDER_BY_SHIPPING_CODE: Readonly<Record<string, OrderStatus>> = {
  N: 'open',
  P: 'open',
  NBA: 'open',
  WFA: 'onHold',
  S: 'completed',
  D: 'completed',
  R: 'completed',
  WND: 'cancelled',
};

export const ORDER_BY_PAYMENT_CODE: Readonly<Record<string, OrderStatus>> = { C: 'cancelled' };

/**
 * What a backend transaction does (X-Cart source, `classes/XLite/Model/Payment/BackendTransaction`). Payment modules add
 * types of their own, such as `getInfo`, which move no money.
 */
export const TRANSACTION_TYPES_BY_CODE: Readonly<Record<string, TransactionType>> = {
  auth: 'authorization',
  sale: 'sale',
  capture: 'capture',
  capturePart: 'capture',
  captureMulti: 'capture',
  void: 'void',
  voidPart: 'void',
  voidMulti: 'void',
  refund: 'refund',
  refundPart: 'refund',
  refundMulti: 'refund',
};

export const TRANSACTION_STATUS_BY_CODE: Readonly<Record<string, TransactionStatus>> = {
  I: 'pending',
  W: 'pending',
  S: 'succeeded',
  F: 'failed',
  C: 'cancelled',
  V: 'cancelled',
};

interface StatusFilter {
  paymentStatus?: readonly string[];
  shippingStatus?: readonly string[];
}

const isAmong = (code: string | null | undefined, chosen: readonly string[] = []): boolean =>
  chosen.length === 0 || chosen.some((each) => alike(each) === alike(code ?? ''));

/** As the databases of stores compare them. */
const alike = (code: string): string => code.trim().toUpperCase();

/** Whether an order has one of the chosen statuses on either axis; none chosen: each. */
export function hasStatuses(
  order: { payment_status?: { code: string } | null; shipping_status?: { code: string } | null },
  { paymentStatus, shippingStatus }: StatusFilter,
): boolean {
  return (
    isAmong(order.payment_status?.code, paymentStatus) &&
    isAmong(order.shipping_status?.code, shippingStatus)
  );
}
