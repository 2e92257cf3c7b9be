import { sumBy } from 'lodash';

import type { Outcome } from '../../outcome';
import { inTurn, orderByOrder, type RefundWish } from '../kit/orderWrites';
import { amountToGiveBack } from '../kit/refunds';
import type { StoreZone } from '../kit/zone';
import type { ThreeDCart } from './client';
import { TRANSACTION_TYPES_BY_CODE } from './statuses';
import type { Order, Transaction } from './wire';

/** The most that 3dcart takes (documentation of POST Transactions). */
const MOST = { TransactionID: 50, TransactionReference: 255 } as const;

/** How a store writes what a refund gives back. Nothing documents it: staff and payment modules may do it either way. */
export type RefundSign = 'negative' | 'positive';

export interface SignedRefundWish extends RefundWish {
  /** Left out: below 0. */
  sign?: RefundSign;
}

/**
 * Notes as transactions of orders that money was given back: 3dcart has no resource for refunds. A refund that is
 * repeated is not noted twice: of a part by its reference, of a whole order because nothing of it is left.
 */
export async function recordRefunds(
  client: ThreeDCart,
  zone: StoreZone,
  wishes: SignedRefundWish[],
): Promise<Array<Outcome<object>>> {
  return await orderByOrder(
    wishes,
    // One after the other: each has to see what the one before has given back.
    async (orderId, same) =>
      await inTurn(
        same,
        async () => await client.orders.get(orderId),
        async (order, wish) => await record(client, zone, order, wish),
      ),
  );
}

/** An amount below 0 gives money back, whatever its type. */
function isRefund({ TransactionType: type, TransactionAmount: amount }: Transaction): boolean {
  const meaning = TRANSACTION_TYPES_BY_CODE[type?.trim().toLowerCase() ?? ''];
  return meaning === 'refund' || ((amount ?? 0) < 0 && meaning !== 'void');
}

/** Money that came in. What is only authorized has not, and what was voided stayed where it was. */
function isPayment(transaction: Transaction): boolean {
  const { TransactionType: type, TransactionAmount: amount } = transaction;
  const meaning = TRANSACTION_TYPES_BY_CODE[type?.trim().toLowerCase() ?? ''];
  const isOther = meaning === 'authorization' || meaning === 'void' || isRefund(transaction);
  return !isOther && (amount ?? 0) > 0;
}

async function record(
  { orders }: ThreeDCart,
  zone: StoreZone,
  order: Order,
  { orderId, amount, reason, reference, sign = 'negative' }: SignedRefundWish,
): Promise<object> {
  const transactions = (order.TransactionList ??= []);
  const refunds = transactions.filter(isRefund);
  const known = refunds.find(
    ({ TransactionReference: one, TransactionID: other }) =>
      reference !== undefined && [one?.trim(), other?.trim()].includes(reference),
  );
  const base = { OrderID: Number(orderId) };
  if (known) return { ...base, ...known, outcome: 'unchanged' };
  const back = sumBy(refunds, ({ TransactionAmount: each }) => Math.abs(each ?? 0));
  const paid = sumBy(transactions.filter(isPayment), ({ TransactionAmount: each }) => each ?? 0);
  const moved = { paid, back, total: order.OrderAmount ?? 0, decimals: 2 };
  const given = amountToGiveBack({ orderId, amount, reference }, moved);
  if (given <= 0) return { ...base, TransactionAmount: 0, outcome: 'unchanged' };
  const now = new Date();
  const document = {
    TransactionDateTime: `${zone.dayOf(now)}T${zone.timeOf(now)}`,
    TransactionType: 'Refund',
    TransactionMethod: order.BillingPaymentMethod ?? '',
    TransactionAmount: sign === 'positive' ? given : -given,
    TransactionID: (reference ?? '').slice(0, MOST.TransactionID),
    TransactionReference: (reference ?? '').slice(0, MOST.TransactionReference),
    TransactionResponseText: reason ?? '',
  };
  const made = await orders.addTransaction(orderId, document);
  transactions.push({ ...document });
  return { ...base, ...made, outcome: 'created' };
}
