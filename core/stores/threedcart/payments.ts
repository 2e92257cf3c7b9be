import { round } from 'lodash';

import { validationError } from '../../errors';
import type { Outcome } from '../../outcome';
import type { StoreZone } from '../kit/zone';
import type { ThreeDCart } from './client';
import { PAYMENT_TYPES, type PaymentType } from './statuses';
import {
  bears,
  isPayment,
  meaningOf,
  type Noted,
  noteTransactions,
  transactionDocument,
} from './transactions';
import type { Order, Transaction } from './wire';

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
 * @param known orders that were just read, by their ids
 * @returns what became of each, in their order
 */
export async function recordPayments(
  client: ThreeDCart,
  zone: StoreZone,
  wishes: PaymentWish[],
  known?: ReadonlyMap<string, Order>,
): Promise<Array<Outcome<object>>> {
  const judge = (order: Order, { orderId, paidAt, ...payment }: PaymentWish): Noted => {
    const alike = (order.TransactionList ?? []).filter(isAlike(payment.type));
    const noted = alike.find(bears(payment.reference));
    if (!noted) return { document: transactionDocument(zone, order, { ...payment, date: paidAt }) };
    // What takes back a reservation may stand there with a sign.
    const there = Math.abs(noted.TransactionAmount ?? 0);
    if (round(there, 2) !== round(payment.amount, 2)) throw otherAmount(orderId, payment);
    return { known: noted };
  };
  return await noteTransactions(client, wishes, judge, known);
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
