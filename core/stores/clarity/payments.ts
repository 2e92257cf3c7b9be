/** What was paid for orders, and what was given back: in the order itself, and as records beside it. */
import { groupBy } from 'lodash';

import { inFlight } from '../../http/in-flight';
import { type Outcome, settle } from '../../outcome';
import { momentOf } from '../../feeds/records';
import { WRITES_IN_FLIGHT } from '../kit/writes';
import type { Clarity } from './client';
import { paymentStatus, transactionStatus, transactionType } from './statuses';
import type { Order, Payment, PaymentRecord } from './wire';

/** As much of an order as says which payments are its own. */
export type OrderOfPayments = Pick<Order, 'orderId'> &
  Partial<Pick<Order, 'orderDate' | 'payments'>>;

/** Clocks of shop and payment service differ, and a date may be one of another zone. */
const DAY_MS = 86_400_000;

/** Money that was given back; what failed or is still to go has not been. */
export function isRefund({ type, status, amount }: Payment): boolean {
  const kind = transactionType(type);
  const isBack =
    kind === 'refund' ||
    (kind === undefined && paymentStatus(status) === 'refunded') ||
    ((amount ?? 0) < 0 && kind !== 'void');
  const state = transactionStatus(status);
  return isBack && (state === undefined || state === 'succeeded');
}

/** Money that came in. What is only authorized has not, and what was voided or declined stayed where it was. */
export function isPayment(payment: Payment): boolean {
  const { type, status, amount } = payment;
  const kind = transactionType(type);
  const state = transactionStatus(status);
  const isAuthorized = kind === 'authorization' || paymentStatus(status) === 'authorized';
  const hasMoved = state === undefined || state === 'succeeded';
  return hasMoved && !isAuthorized && kind !== 'void' && !isRefund(payment) && (amount ?? 0) > 0;
}

/** A payment of the order itself whose status tells of refunds: those are records of their own, and this is what was paid. */
function asPaid(payment: Payment): Payment {
  const isTold = ['refunded', 'partiallyRefunded'].includes(paymentStatus(payment.status) ?? '');
  return isTold && !payment.type ? { ...payment, type: 'sale' } : payment;
}

/** The payments and refunds of one order, by where they stand. */
export interface OrderPayments {
  /** In the order itself: no trigger follows them, and the record of the same payment may have another id. */
  own: Payment[];
  /** Records beside the order, which triggers follow. */
  records: PaymentRecord[];
}

/** All of one order: the records beside it, and what it says itself where those tell of no payment. */
function together({ payments }: OrderOfPayments, records: PaymentRecord[]): OrderPayments {
  const own = payments ?? [];
  if (records.length === 0) return { own, records };
  return records.some(isPayment) ? { own: [], records } : { own: own.map(asPaid), records };
}

/** The records of many orders in one reading of the list, no further back than the oldest of the orders. */
async function readTogether(
  { payments }: Clarity,
  orders: readonly OrderOfPayments[],
): Promise<Map<string, PaymentRecord[]>> {
  const wanted = new Set(orders.map(({ orderId }) => orderId));
  const placed = orders.map(({ orderDate }) => momentOf(orderDate));
  const oldest = Math.min(...placed.map((at) => at ?? -Infinity));
  const isDated = payments.canAskForChanges && Number.isFinite(oldest);
  const query = isDated ? { changedSince: new Date(Math.max(0, oldest - DAY_MS)) } : {};
  const found: PaymentRecord[] = [];
  for await (const page of payments.pages(query)) {
    found.push(...page.filter(({ orderId }) => orderId && wanted.has(orderId)));
  }
  return new Map(Object.entries(groupBy(found, ({ orderId }) => orderId)));
}

async function readOne({ payments }: Clarity, orderId: string): Promise<PaymentRecord[]> {
  const found: PaymentRecord[] = [];
  for await (const page of payments.pages({ where: { orderId } })) {
    found.push(...page.filter((payment) => payment.orderId === orderId));
  }
  return found;
}

/**
 * The payments and refunds of orders, in the order of these. Where the list can be asked for those of one order, each is asked
 * for; else it is read once for all. A deployment without a list of payments has those that stand in the orders.
 *
 * @returns a failure is that of one order; where the list is read once, that of all
 */
export async function readPayments(
  client: Clarity,
  orders: readonly OrderOfPayments[],
): Promise<Array<Outcome<OrderPayments>>> {
  const { payments } = client;
  if (!payments.offers('list'))
    return orders.map((order) => ({ ok: true, value: together(order, []) }));
  if (payments.canAskBy('orderId')) {
    return await inFlight(
      [...orders],
      WRITES_IN_FLIGHT,
      async (order) =>
        await settle(async () => together(order, await readOne(client, order.orderId))),
    );
  }
  const read = await settle(async () => await readTogether(client, orders));
  return orders.map((order) =>
    read.ok ? { ok: true, value: together(order, read.value.get(order.orderId) ?? []) } : read,
  );
}

/** The same as one list for each order. */
export async function paymentsOf(
  client: Clarity,
  orders: readonly OrderOfPayments[],
): Promise<Array<Outcome<Payment[]>>> {
  const read = await readPayments(client, orders);
  return read.map((one) =>
    one.ok ? { ok: true, value: [...one.value.own, ...one.value.records] } : one,
  );
}

/** The payments and refunds of one order, which is read first: where none stand beside it, it tells of them itself. */
export async function paymentsOfOne(client: Clarity, orderId: string): Promise<OrderPayments> {
  const [payments] = await readPayments(client, [await client.orders.get(orderId)]);
  if (!payments?.ok) throw payments?.error;
  return payments.value;
}
