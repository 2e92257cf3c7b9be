import { sumBy } from 'lodash';

import type { Outcome } from '../../outcome';
import type { RefundWish } from '../kit/orderWrites';
import { amountToGiveBack } from '../kit/refunds';
import type { StoreZone } from '../kit/zone';
import type { ThreeDCart } from './client';
import {
  bears,
  isPayment,
  isRefund,
  type Noted,
  noteTransactions,
  transactionDocument,
} from './transactions';
import type { Order } from './wire';

/** How a store writes what a refund gives back. Nothing documents it: staff and payment modules may do it either way. */
export type RefundSign = 'negative' | 'positive';

export interface SignedRefundWish extends RefundWish {
  /** Left out: below 0. */
  sign?: RefundSign;
}

/**
 * Notes as transactions of orders that money was given back: 3dcart has no resource for refunds. A refund that is
 * repeated is not noted twice: of a part by its reference, of a whole order because nothing of it is left.
 *
 * @param known orders that were just read, by their ids
 */
export async function recordRefunds(
  client: ThreeDCart,
  zone: StoreZone,
  wishes: SignedRefundWish[],
  known?: ReadonlyMap<string, Order>,
): Promise<Array<Outcome<object>>> {
  const judge = (order: Order, wish: SignedRefundWish): Noted => {
    const { orderId, amount, reason, reference, sign = 'negative' } = wish;
    const transactions = order.TransactionList ?? [];
    const refunds = transactions.filter(isRefund);
    const noted = refunds.find(bears(reference));
    if (noted) return { known: noted };
    const back = sumBy(refunds, ({ TransactionAmount: each }) => Math.abs(each ?? 0));
    const paid = sumBy(transactions.filter(isPayment), ({ TransactionAmount: each }) => each ?? 0);
    const moved = { paid, back, total: order.OrderAmount ?? 0, decimals: 2 };
    const given = amountToGiveBack({ orderId, amount, reference }, moved);
    if (given <= 0) return { known: { TransactionAmount: 0 } };
    const signed = sign === 'positive' ? given : -given;
    const refund = { type: 'Refund', amount: signed, reference, reason };
    return { document: transactionDocument(zone, order, refund) };
  };
  return await noteTransactions(client, wishes, judge, known);
}
