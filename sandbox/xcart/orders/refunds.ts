import Big from 'big.js';
import { ChangeRefused, digitsOf, rounded, sum } from '../../kit/shop';
import { orderDate } from '../api/dates';
import type { OrderRecord, TransactionView } from '../model';
import type { XCartStore } from '../store';
import { renew, setStatus } from './change';
import { backend } from './payments';

const REFUNDS: ReadonlySet<string> = new Set(['refund', 'refundPart', 'refundMulti']);

/** What of a payment was given back. */
export const refunded = ({ backend_transactions: all }: TransactionView): Big =>
  sum(all.filter(({ type }) => REFUNDS.has(type)).map(({ value }) => value));

/**
 * Gives money back: visible only as one more backend transaction, `refund` for the whole payment at once and
 * `refundPart` for less. When nothing is left of the total, the payment status is R.
 */
export function refundOrder(
  store: XCartStore,
  order: OrderRecord,
  given: number | undefined,
  now: Date,
): void {
  const { view } = order;
  const transaction = order.transactions[0];
  if (transaction === undefined) throw new ChangeRefused('value', 'the order has no payment');
  const left = new Big(transaction.value).minus(refunded(transaction));
  const value =
    given === undefined ? left : new Big(rounded(new Big(given), digitsOf(view.currency)));
  if (value.lte(0) || value.gt(left)) {
    throw new ChangeRefused('value', `${left.toString()} of the payment is left to be given back`);
  }
  const type = value.lt(transaction.value) ? 'refundPart' : 'refund';
  transaction.backend_transactions.push(
    backend(store, type, 'S', value.toNumber(), orderDate(now)),
  );
  if (value.eq(left)) setStatus(store, order, 'payment', 'R', now);
  if (store.switches.refundRenews) renew(order, now);
}
