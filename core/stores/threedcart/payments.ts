import { round } from 'lodash';

import { validationError } from '../../errors';
import type { Outcome } from '../../outcome';
import type { StoreZone } from '../kit/zone';
import type { ThreeDCart } from './client';
import { PAYMENT_TYPES, type PaymentType } from './statuses';
import { bears, isPayment, meaningOf, noteTransactions, transactionDocument } from './transactions';
import type { Transaction } from './wire';

export interface PaymentWish {
  orderId: string;
  /** In the order's currency; above 0. */
  amount: number;
  type: PaymentType;
  /** By which the payment is told from others, such as the id that the payment service gave it. */
  reference: string;
  /** As people call it: `Bank transfer`; left out: as the order says. */
  method?: string;
  /** Left out: now. */
  paidAt?: Date;
}

/**
 * Notes money that came in elsewhere as transactions of orders, each reference once as money that came in, whatever the type says,
 * and once as an authorization and as a void: these often share one with the payment. The same one with another amount is refused.
 *
 * @returns what became of each, in their order
 */
export async function recordPayments(
  client: ThreeDCart,
  zone: StoreZone,
  wishes: PaymentWish[],
): Promise<Array<Outcome<object>>> {
  return await noteTransactions(client, wishes, (order, { orderId, paidAt, ...payment }) => {
    const alike = (order.TransactionList ?? []).filter(isAlike(payment.type));
    const known = alike.find(bears(payment.reference));
    if (!known) return { document: transactionDocument(zone, order, { ...payment, date: paidAt }) };
    // What takes back a reservation may stand there with a sign.
    const there = Math.abs(known.TransactionAmount ?? 0);
    if (round(there, 2) !== round(payment.amount, 2)) throw otherAmount(orderId, payment);
    return { known };
  });
}

/** Whether a transaction moved the money that one of this type moves: a sale is a capture, and so is what the staff calls otherwise. */
function isAlike(type: PaymentType): (transaction: Transaction) => boolean {
  const meaning = PAYMENT_TYPES[type];
  if (meaning === 'sale' || meaning === 'capture') return isPayment;
  return (transaction) => meaningOf(transaction) === meaning;
}

const otherAmount = (orderId: string, { type, reference }: Omit<PaymentWish, 'orderId'>) =>
  validationError(
    `Order ${orderId} has a payment with the reference ${reference} already, of another amount (${type})`,
    'Give each part of a payment a Reference of its own, or check which amount is right.',
  );
