import Big from 'big.js';
import { ChangeRefused, digitsOf, rounded, sum } from '../../kit/shop';
import { renew } from '../dates';
import type { Document, OrderDocument } from '../model';
import type { ClarityStore } from '../store';

const paymentsOf = (store: ClarityStore, orderId: string): Document[] =>
  store.all('payments').filter((each) => each.orderId === orderId);

/** Adds a payment of an order; a captured one is told of. */
export function addPayment(
  store: ClarityStore,
  order: OrderDocument,
  given: { amount: number; status: string },
  now: Date,
): Document {
  const { method } = order.paymentInfo;
  const paymentId = store.nextId('payments');
  const payment: Document = {
    paymentId,
    orderId: order.orderId,
    method,
    transactionId: `TXN-${paymentId}`,
    currency: order.currency,
    ...given,
    externalId: null,
    createdDate: now.toISOString(),
    modifiedDate: now.toISOString(),
  };
  store.put('payments', payment);
  if (given.status === 'captured') store.raise('payment.captured', 'payments', payment);
  return payment;
}

/** Notes that the order's money has come, unless a payment says so already. */
export function capture(store: ClarityStore, order: OrderDocument, now: Date): void {
  const known = paymentsOf(store, order.orderId).find(({ status }) => status === 'captured');
  if (known !== undefined) return;
  const { amount } = order.paymentInfo;
  const { transactionId } = addPayment(store, order, { amount, status: 'captured' }, now);
  order.paymentInfo.transactionId ??= String(transactionId);
}

/** What of an order was given back: the sum of its payments with the status `refunded`. */
export const refundedOf = (store: ClarityStore, { orderId }: OrderDocument): number =>
  sum(
    paymentsOf(store, orderId)
      .filter(({ status }) => status === 'refunded')
      .map(({ amount }) => Number(amount)),
  ).toNumber();

/** Says at the order how much of its payment was given back. */
export function noteRefunds(store: ClarityStore, order: OrderDocument): void {
  const refunded = refundedOf(store, order);
  if (refunded === 0) return;
  const whole = refunded >= order.paymentInfo.amount;
  order.paymentInfo.status = whole ? 'refunded' : 'partiallyRefunded';
}

/** Gives money back: one more payment with the status `refunded`. */
export function refundOrder(
  store: ClarityStore,
  order: OrderDocument,
  given: number | undefined,
  now: Date,
): void {
  const left = new Big(order.paymentInfo.amount).minus(refundedOf(store, order));
  const value =
    given === undefined ? left : new Big(rounded(new Big(given), digitsOf(order.currency)));
  if (value.lte(0) || value.gt(left)) {
    throw new ChangeRefused('value', `${left.toString()} of the payment is left to be given back`);
  }
  addPayment(store, order, { amount: value.toNumber(), status: 'refunded' }, now);
  noteRefunds(store, order);
  renew(order, now);
  store.raise('order.updated', 'orders', order);
}
