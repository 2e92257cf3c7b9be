import { mapValues } from 'lodash';

import type {
  OrderStatus,
  PaymentStatus,
  ShippingStatus,
  StatusCodes,
  TransactionStatus,
  TransactionType,
} from '../../commerce/statuses';

/**
 * Clarity's statuses are texts that every deployment may change, and no list of them is public: these are the words that
 * shops commonly use (assumed). Any other is unknown, stands beside in the shop's own words, and waits for a person to say
 * what becomes of it. Capitals, blanks and hyphens in them mean nothing.
 */
export const ORDER_CODES: StatusCodes<OrderStatus> = {
  Draft: { name: 'Draft', status: 'incomplete' },
  Pending: { name: 'Pending', status: 'open' },
  Submitted: { name: 'Submitted', status: 'open' },
  Confirmed: { name: 'Confirmed', status: 'open' },
  Processing: { name: 'Processing', status: 'open' },
  Backordered: { name: 'Backordered', status: 'open' },
  'Partially Shipped': { name: 'Partially Shipped', status: 'open' },
  Shipped: { name: 'Shipped', status: 'completed' },
  Delivered: { name: 'Delivered', status: 'completed' },
  Completed: { name: 'Completed', status: 'completed' },
  Returned: { name: 'Returned', status: 'completed' },
  Refunded: { name: 'Refunded', status: 'completed' },
  'Partially Refunded': { name: 'Partially Refunded', status: 'completed' },
  'On Hold': { name: 'On Hold', status: 'onHold' },
  Cancelled: { name: 'Cancelled', status: 'cancelled' },
  Void: { name: 'Void', status: 'cancelled' },
};

/** The same word where it says how far the goods are; where it does not, nothing is said of them. */
export const SHIPPING_CODES: StatusCodes<ShippingStatus> = {
  Pending: { name: 'Pending', status: 'unfulfilled' },
  Processing: { name: 'Processing', status: 'processing' },
  'On Hold': { name: 'On Hold', status: 'onHold' },
  Backordered: { name: 'Backordered', status: 'backordered' },
  'Partially Shipped': { name: 'Partially Shipped', status: 'partiallyShipped' },
  Shipped: { name: 'Shipped', status: 'shipped' },
  Delivered: { name: 'Delivered', status: 'delivered' },
  Returned: { name: 'Returned', status: 'returned' },
};

/** Of a payment, as payment services commonly say it. */
export const PAYMENT_CODES: StatusCodes<PaymentStatus> = {
  Pending: { name: 'Pending', status: 'pending' },
  Unpaid: { name: 'Unpaid', status: 'pending' },
  Authorized: { name: 'Authorized', status: 'authorized' },
  'Partially Paid': { name: 'Partially Paid', status: 'partiallyPaid' },
  Paid: { name: 'Paid', status: 'paid' },
  Captured: { name: 'Captured', status: 'paid' },
  Completed: { name: 'Completed', status: 'paid' },
  Settled: { name: 'Settled', status: 'paid' },
  Declined: { name: 'Declined', status: 'declined' },
  Failed: { name: 'Failed', status: 'declined' },
  Cancelled: { name: 'Cancelled', status: 'cancelled' },
  Voided: { name: 'Voided', status: 'cancelled' },
  'Partially Refunded': { name: 'Partially Refunded', status: 'partiallyRefunded' },
  Refunded: { name: 'Refunded', status: 'refunded' },
};

/** What a status of an order says of its payment, where the order says nothing else of it. */
export const PAYMENT_BY_ORDER_CODE: Readonly<Record<string, PaymentStatus>> = {
  Refunded: 'refunded',
  'Partially Refunded': 'partiallyRefunded',
};

export const TRANSACTION_TYPES_BY_WORD: Readonly<Record<string, TransactionType>> = {
  Sale: 'sale',
  Payment: 'sale',
  Authorization: 'authorization',
  Auth: 'authorization',
  Capture: 'capture',
  Refund: 'refund',
  Credit: 'refund',
  Void: 'void',
};

export const TRANSACTION_STATUS_BY_WORD: Readonly<Record<string, TransactionStatus>> = {
  Pending: 'pending',
  Unpaid: 'pending',
  Authorized: 'succeeded',
  Paid: 'succeeded',
  Captured: 'succeeded',
  Completed: 'succeeded',
  Settled: 'succeeded',
  Succeeded: 'succeeded',
  Refunded: 'succeeded',
  'Partially Refunded': 'succeeded',
  Declined: 'failed',
  Failed: 'failed',
  Cancelled: 'cancelled',
  Voided: 'cancelled',
};

/** One writing of all spellings of a word: `On Hold`, `on-hold`, `OnHold` and `ON_HOLD` are `onhold`. */
export const wordKey = (word: string): string => word.toLowerCase().replace(/[\s_-]+/g, '');

/** The two spellings of words that English has two of. */
const TWINS: ReadonlyArray<readonly [string, string]> = [
  ['cancelled', 'canceled'],
  ['authorized', 'authorised'],
];

/** A table by words as a lookup in lower case without blanks reads it. */
export function byWord<Value>(table: Readonly<Record<string, Value>>): Record<string, Value> {
  const entries = Object.entries(table).map(([word, value]) => [wordKey(word), value] as const);
  const twins = entries.flatMap(([key, value]) =>
    TWINS.filter(([one]) => key === one).map(([, other]) => [other, value] as const),
  );
  return Object.fromEntries([...entries, ...twins]);
}

const ORDER_CODE_BY_WORD = byWord(
  Object.fromEntries(Object.keys(ORDER_CODES).map((code) => [code, code])),
);

/** A status of an order as the table writes it, however the deployment spells it; one that is not there as it came. */
export const orderCode = (status: string): string => ORDER_CODE_BY_WORD[wordKey(status)] ?? status;

const TYPE_BY_WORD = byWord(TRANSACTION_TYPES_BY_WORD);
const MOVE_BY_WORD = byWord(TRANSACTION_STATUS_BY_WORD);
const PAYMENT_BY_WORD = byWord(mapValues(PAYMENT_CODES, ({ status }) => status));

/** What a word means, however it is spelled; undefined: the table does not have it. */
const meaning = <Value>(
  table: Readonly<Record<string, Value>>,
  word: string | null | undefined,
): Value | undefined => {
  const key = wordKey(word ?? '');
  return Object.hasOwn(table, key) ? table[key] : undefined;
};

export const transactionType = (word: string | null | undefined): TransactionType | undefined =>
  meaning(TYPE_BY_WORD, word);
export const transactionStatus = (word: string | null | undefined): TransactionStatus | undefined =>
  meaning(MOVE_BY_WORD, word);
export const paymentStatus = (word: string | null | undefined): PaymentStatus | undefined =>
  meaning(PAYMENT_BY_WORD, word);

/** What an order says of its payment, which a deployment may say in words of its own. */
interface SaidOfPayment {
  status?: string | null;
  paymentStatus?: string | null;
  paymentInfo?: { status?: string | null } | null;
}

/** Whether money may have been given back of an order: it says so, or says of its payment what nobody knows. */
export function mayBeRefunded({
  status,
  paymentStatus: said,
  paymentInfo,
}: SaidOfPayment): boolean {
  const word = said ?? paymentInfo?.status;
  const meant = paymentStatus(word);
  if (word && meant === undefined) return true;
  const byOrder = PAYMENT_BY_ORDER_CODE[orderCode(status ?? '')];
  return [meant, byOrder].some((each) => each === 'refunded' || each === 'partiallyRefunded');
}
