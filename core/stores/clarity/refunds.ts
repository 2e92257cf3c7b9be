import { sumBy, uniq, zip } from 'lodash';

import { minorUnits } from '../../commerce/currencies';
import { validationError } from '../../errors';
import { inFlight } from '../../http/in-flight';
import { type Outcome, settle } from '../../outcome';
import { inTurn, orderByOrder, type RefundWish } from '../kit/orderWrites';
import { amountToGiveBack, type MoneyMoved } from '../kit/refunds';
import { WRITES_IN_FLIGHT } from '../kit/writes';
import { CREDENTIAL_NAME } from './api';
import type { Clarity } from './client';
import { createOnce, partKey } from './keyed';
import { isPayment, isRefund, type OrderPayments, readPayments } from './payments';
import { readPath } from './profile/paths';
import { paymentStatus } from './statuses';
import type { Order, Payment, WireRecord } from './wire';

/** An order with all that was paid for it and given back, as far as the service tells. */
interface OpenOrder {
  order: Order;
  payments: Payment[];
  /** They stand in the order: there are no records beside it. */
  areOwn: boolean;
}

/**
 * Notes that money was given back, as a payment of the type `refund`; moves none. A refund whose reference the service has
 * already is the same one, and of all that is left nothing is left the second time.
 *
 * @param known orders that were just read, by their ids
 */
export async function recordRefunds(
  client: Clarity,
  wishes: RefundWish[],
  known?: ReadonlyMap<string, Order>,
): Promise<Array<Outcome<object>>> {
  const first = await openOrders(client, uniq(wishes.map(({ orderId }) => orderId)), known);
  const open = async (orderId: string): Promise<OpenOrder> => {
    const read = first.get(orderId) ?? (await openOrders(client, [orderId])).get(orderId);
    // What was written since is in no answer of before.
    first.delete(orderId);
    if (!read?.ok) throw read?.error ?? new Error(`Order ${orderId} was not asked for`);
    return read.value;
  };
  return await orderByOrder(
    wishes,
    // One after the other: each has to see what the one before has given back.
    async (orderId, same) =>
      await inTurn(
        same,
        async () => await open(orderId),
        async (order, wish) => await record(client, order, wish),
      ),
  );
}

/** Many at once, so that a list of payments that is read as a whole is read for all of them. */
async function openOrders(
  client: Clarity,
  orderIds: string[],
  known?: ReadonlyMap<string, Order>,
): Promise<Map<string, Outcome<OpenOrder>>> {
  const read = await inFlight(
    orderIds,
    WRITES_IN_FLIGHT,
    async (orderId) =>
      await settle(async () => known?.get(orderId) ?? (await client.orders.get(orderId))),
  );
  const orders = read.flatMap((outcome) => (outcome.ok ? [outcome.value] : []));
  const payments = (await readPayments(client, orders)).values();
  return new Map(
    zip(orderIds, read).flatMap(([orderId, order]): Array<[string, Outcome<OpenOrder>]> => {
      if (orderId === undefined || order === undefined) return [];
      if (!order.ok) return [[orderId, order]];
      const of = payments.next().value as Outcome<OrderPayments>;
      if (!of.ok) return [[orderId, of]];
      const { own, records } = of.value;
      const areOwn = own.length > 0 && records.length === 0;
      return [
        [
          orderId,
          { ok: true, value: { order: order.value, payments: [...own, ...records], areOwn } },
        ],
      ];
    }),
  );
}

async function record(client: Clarity, open: OpenOrder, wish: RefundWish): Promise<object> {
  const { orderId, reason, reference } = wish;
  const { currency } = open.order;
  const key = reference === undefined ? undefined : partKey(orderId, reference);
  const known = open.payments.find((payment) => key !== undefined && keyOf(payment) === key);
  if (known) return { ...known, outcome: 'unchanged' };
  const amount = amountToGiveBack(wish, moved(open, wish));
  if (amount === 0) return { orderId, amount, outcome: 'unchanged' };
  const refund = {
    orderId,
    type: 'refund',
    status: 'refunded',
    amount,
    ...(currency && { currency }),
    ...(reason !== undefined && { reason }),
  };
  const made = await make(client, key, refund);
  open.payments.push({ ...refund, externalId: key } as unknown as Payment);
  return made;
}

const keyOf = (payment: Payment): string | undefined => {
  const key = readPath(payment, 'externalId');
  return key === undefined ? undefined : String(key);
};

/** Under a key of its own where there is one, so that a second time makes no second record. */
async function make(
  { payments }: Clarity,
  key: string | undefined,
  refund: object,
): Promise<WireRecord> {
  if (key === undefined) return await payments.create(refund);
  if (payments.offers('upsert')) return await payments.upsert(key, refund);
  payments.requireKey();
  return await createOnce(payments, key, refund);
}

/** The money of an order, in its own currency alone: what another one comes to, nobody says. */
function moved(
  { order, payments, areOwn }: OpenOrder,
  { orderId, amount }: RefundWish,
): MoneyMoved {
  const inCurrency = payments.filter(
    ({ currency }) => !currency || !order.currency || currency === order.currency,
  );
  const refunds = inCurrency.filter(isRefund);
  const isPart = inCurrency.some(({ status }) => paymentStatus(status) === 'partiallyRefunded');
  if (amount === undefined && isPart && refunds.length === 0) throw withoutRefunds(orderId);
  const sum = (some: Payment[]): number => sumBy(some, ({ amount: each }) => Math.abs(each ?? 0));
  const paid = sum(inCurrency.filter(isPayment));
  const back = sum(refunds);
  return {
    // The payment of the order itself that was refunded as a whole is what was paid, and what was given back.
    paid: paid === 0 && areOwn ? back : paid,
    back,
    total: order.totalAmount ?? undefined,
    decimals: minorUnits(order.currency ?? undefined),
  };
}

const withoutRefunds = (orderId: string) =>
  validationError(
    `Order ${orderId} was refunded in part, and the store does not say how much, so that nothing says how much is left`,
    `Give an Amount and a Reference, or name resources.payments.list in API Profile of the credential ${CREDENTIAL_NAME}.`,
  );
