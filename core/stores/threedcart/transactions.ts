/** The movements of money of an order as 3dcart lists them, and how one is written. */
import type { TransactionType } from '../../commerce/statuses';
import type { Outcome } from '../../outcome';
import { inTurn, orderByOrder, withFirst } from '../kit/orderWrites';
import type { StoreZone } from '../kit/zone';
import type { ThreeDCart } from './client';
import { TRANSACTION_TYPES_BY_CODE } from './statuses';
import type { Order, Transaction } from './wire';

/** The most that 3dcart takes (documentation of POST Transactions). */
const MOST = { TransactionID: 50, TransactionMethod: 255, TransactionReference: 255 } as const;

const kept = (value: string, field: keyof typeof MOST): string =>
  value.trim().slice(0, MOST[field]).trim();

/** What a transaction does; undefined: a type that is not known. */
export const meaningOf = ({ TransactionType: type }: Transaction): TransactionType | undefined =>
  TRANSACTION_TYPES_BY_CODE[type?.trim().toLowerCase() ?? ''];

/** An amount below 0 gives money back, whatever its type. */
export function isRefund(transaction: Transaction): boolean {
  const meaning = meaningOf(transaction);
  return meaning === 'refund' || ((transaction.TransactionAmount ?? 0) < 0 && meaning !== 'void');
}

/** Money that came in. What is only authorized has not, and what was voided stayed where it was. */
export function isPayment(transaction: Transaction): boolean {
  const meaning = meaningOf(transaction);
  const isOther = meaning === 'authorization' || meaning === 'void' || isRefund(transaction);
  return !isOther && (transaction.TransactionAmount ?? 0) > 0;
}

/**
 * Whether a transaction bears this reference: payment services write theirs as the one or the other. What is longer than an ID of
 * 3dcart may be cut there, which is told from another one only where it stands nowhere else.
 */
export function bears(reference = ''): (transaction: Transaction) => boolean {
  const whole = kept(reference, 'TransactionReference');
  const cut = kept(reference, 'TransactionID');
  return ({ TransactionReference: given, TransactionID: id }) => {
    const own = given?.trim() ?? '';
    return whole !== '' && (own === whole || id?.trim() === (own === '' ? cut : whole));
  };
}

export interface NewTransaction {
  type: string;
  /** In the order's currency, as 3dcart is to keep it: with its sign. */
  amount: number;
  /** Left out: now. */
  date?: Date;
  /** Left out: as the order was paid. */
  method?: string;
  reference?: string;
  reason?: string;
}

/** What POST Transactions takes. Dates are by the clock of the store. */
export function transactionDocument(
  zone: StoreZone,
  order: Order,
  { type, amount, date = new Date(), method, reference = '', reason = '' }: NewTransaction,
) {
  return {
    TransactionDateTime: `${zone.dayOf(date)}T${zone.timeOf(date)}`,
    TransactionType: type,
    TransactionMethod: (method ?? order.BillingPaymentMethod ?? '').slice(
      0,
      MOST.TransactionMethod,
    ),
    TransactionAmount: amount,
    TransactionID: kept(reference, 'TransactionID'),
    TransactionReference: kept(reference, 'TransactionReference'),
    TransactionResponseText: reason,
  };
}

/** What a wish comes to: the transaction that stands in the order already, or the one that is to be written. */
export type Noted = { known: object } | { document: object };

/**
 * Notes movements of money in orders. The wishes of one order come one after the other, because each has to see what the one
 * before has noted.
 *
 * @param judge what a wish comes to in its order as it is then
 * @param known orders that were just read, by their ids
 * @returns what became of each, in their order
 */
export async function noteTransactions<W extends { orderId: string }>(
  { orders }: Pick<ThreeDCart, 'orders'>,
  wishes: W[],
  judge: (order: Order, wish: W) => Noted,
  known?: ReadonlyMap<string, Order>,
): Promise<Array<Outcome<object>>> {
  async function note(order: Order, wish: W): Promise<object> {
    const base = { OrderID: Number(wish.orderId) };
    const noted = judge(order, wish);
    if ('known' in noted) return { ...base, ...noted.known, outcome: 'unchanged' };
    const made = await orders.addTransaction(wish.orderId, noted.document);
    (order.TransactionList ??= []).push({ ...noted.document });
    return { ...base, ...made, outcome: 'created' };
  }

  return await orderByOrder(wishes, async (orderId, same) => {
    // What is written is noted in it, and whoever has read it compares by it.
    const first = structuredClone(known?.get(orderId));
    return await inTurn(
      same,
      withFirst(first, async () => await orders.get(orderId)),
      note,
    );
  });
}
