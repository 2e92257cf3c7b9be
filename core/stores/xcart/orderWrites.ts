import { type ServiceError, validationError } from '../../errors';
import { type Outcome, settle } from '../../outcome';
import {
  orderByOrder,
  type RefundWish,
  type ShipmentWish,
  type StatusWish,
  writeStatuses,
} from '../kit/orderWrites';
import { asked } from '../kit/rehearsal';
import type { Writes } from '../kit/writes';
import type { XCart } from './client';
import type { Order } from './wire';

export const paymentStatusWrites = ({ orders }: XCart): Writes<StatusWish, object> => ({
  one: async ({ orderId, status }) => ({
    id: Number(orderId),
    payment_status: await orders.setPaymentStatus(orderId, status),
  }),
});

export const shippingStatusWrites = ({ orders }: XCart): Writes<StatusWish, object> => ({
  one: async ({ orderId, status }) => ({
    id: Number(orderId),
    shipping_status: await orders.setShippingStatus(orderId, status),
  }),
});

export interface XCartShipmentWish extends ShipmentWish {
  /** Instead of failing, where there is a tracking number and no way to write it. */
  leaveOutTracking?: boolean;
  /** Where nothing is left to be told, nothing is written, instead of failing. */
  mayBeNothing?: boolean;
}

/** The wish as this store is told it: without the tracking number where it cannot be written and may be left out. */
export function takenShipment<Wish extends XCartShipmentWish>({ orders }: XCart, wish: Wish): Wish {
  const isLeftOut = !orders.addTracking && wish.leaveOutTracking;
  return isLeftOut ? { ...wish, trackingNumber: undefined } : wish;
}

/**
 * X-Cart 5.5's REST API can write the shipping status of an order, and no tracking number (no such field is in its
 * documents that can be written). The classic API can do both.
 */
export async function addShipments(
  client: XCart,
  wishes: ShipmentWish[],
): Promise<Array<Outcome<object>>> {
  if (client.orders.addTracking) return await trackShipments(client, wishes);
  const problems = wishes.map(problemOf);
  const possible = wishes.flatMap(({ orderId, status }, index) =>
    problems[index] || status === undefined ? [] : [{ orderId, status }],
  );
  const written = (await writeStatuses(shippingStatusWrites(client), possible)).values();
  return wishes.map((wish, index): Outcome<object> => {
    const error = problems[index];
    if (error) return { ok: false, error };
    return wish.status === undefined ? untold(wish) : (written.next().value as Outcome<object>);
  });
}

const untold = ({ orderId }: ShipmentWish): Outcome<object> => ({
  ok: true,
  value: { id: Number(orderId), outcome: 'unchanged' },
});

/** All numbers first: the status tells the customer that the goods are on their way, and by then they have to be there. */
async function trackShipments(
  client: XCart,
  wishes: ShipmentWish[],
): Promise<Array<Outcome<object>>> {
  const { orders } = client;
  return await orderByOrder(wishes, async (orderId, shipments) => {
    const each = async (work: (shipment: ShipmentWish, place: number) => Promise<object>) => {
      const outcomes: Array<Outcome<object>> = [];
      for (const [place, shipment] of shipments.entries()) {
        const told = async (): Promise<object> => await work(shipment, place);
        outcomes.push(await settle(async () => await asked([shipment], told)));
      }
      return outcomes;
    };
    const tracked = await each(
      async ({ trackingNumber, isStanding, status }: ShipmentWish): Promise<object> => {
        const isNew = trackingNumber !== undefined && !isStanding;
        if (!isNew && status === undefined) throw nothingToTell();
        const tracking = isNew && (await orders.addTracking?.(orderId, trackingNumber));
        return { id: Number(orderId), ...(tracking && { tracking_number: tracking }) };
      },
    );
    return await each(async ({ status }, place) => {
      const one = tracked[place];
      if (!one?.ok) throw one?.error ?? nothingToTell();
      const written = status && (await orders.setShippingStatus(orderId, status));
      return { ...one.value, ...(written && { shipping_status: written }) };
    });
  });
}

const nothingToTell = (): ServiceError =>
  validationError('The shipment has neither a tracking number nor a status', 'Give one of both.');

function problemOf({
  trackingNumber,
  status,
  isStanding = false,
  mayBeNothing = false,
}: XCartShipmentWish): ServiceError | undefined {
  if (trackingNumber && !isStanding) {
    return validationError(
      'X-Cart 5.5 has no way to write a tracking number over REST',
      'Set When There Is a Tracking Number to Set Status Alone, or leave the tracking number empty; enter it in the X-Cart admin.',
    );
  }
  if (status !== undefined || mayBeNothing) return undefined;
  return validationError(
    'X-Cart 5.5 can be told nothing of a shipment but the status of the order',
    'Turn on Set Status.',
  );
}

/** The payment status of every X-Cart that says that the money was given back. */
export const REFUNDED = 'R';

/**
 * Neither API of X-Cart takes a backend transaction: what can be said is that the order is refunded, as a whole.
 *
 * @param known orders that were just read, by their ids
 * @returns what became of each refund, in their order; one of a part fails before anything of it is sent
 */
export async function recordRefunds(
  client: XCart,
  wishes: RefundWish[],
  known?: ReadonlyMap<string, Order>,
): Promise<Array<Outcome<object>>> {
  return await orderByOrder(wishes, async (orderId, refunds) => {
    const amounts = refunds.flatMap(({ amount }) => amount ?? []);
    const read = async () => known?.get(orderId) ?? (await client.orders.get(orderId));
    const { total } = amounts.length > 0 ? await read() : {};
    const isWhole = (amount?: number): boolean => amount === undefined || amount === total;
    if (!refunds.some(({ amount }) => isWhole(amount))) {
      return refunds.map(({ amount }) => ({ ok: false, error: notWhole(amount, total) }));
    }
    if (known?.get(orderId)?.payment_status?.code === REFUNDED) {
      return refunds.map(({ amount }) =>
        isWhole(amount)
          ? { ok: true, value: { id: Number(orderId), outcome: 'unchanged' } }
          : { ok: false, error: notWhole(amount, total) },
      );
    }
    const status = { orderId, status: REFUNDED };
    const [written] = await writeStatuses(paymentStatusWrites(client), [status]);
    return refunds.map(({ amount }) =>
      isWhole(amount) && written ? written : { ok: false, error: notWhole(amount, total) },
    );
  });
}

function notWhole(amount: number | undefined, total: unknown): ServiceError {
  return validationError(
    `X-Cart has no way to record the refund of a part over REST: ${amount} of ${String(total)}`,
    'Record it in the X-Cart admin, or leave Amount at 0 where all was given back.',
  );
}
