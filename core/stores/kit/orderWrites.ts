/** What is told a store of its orders, many at once: statuses, shipments, refunds. */
import { groupBy, isEqual } from 'lodash';

import { validationError } from '../../errors';
import { inFlight } from '../../http/in-flight';
import { type Outcome, settle } from '../../outcome';
import { asked, placesOf, standsFor } from './rehearsal';
import type { SentAt } from './sentAt';
import { carryOut, type Writes, WRITES_IN_FLIGHT } from './writes';

export interface StatusWish {
  orderId: string;
  /** As the store codes it. */
  status: string;
}

export interface ShipmentWish {
  orderId: string;
  trackingNumber?: string;
  /** As people call it: `UPS Ground`. */
  method?: string;
  /** Left out: now. */
  shippedAt?: SentAt;
  /** What the order's status becomes; left out: it stays. */
  status?: string;
  /** The parcel is in the order already, or a person has taken it out of it: only the status is still to be told. */
  isStanding?: boolean;
}

export interface RefundWish {
  orderId: string;
  /** In the order's currency; left out: all that was paid. */
  amount?: number;
  reason?: string;
  /** By which a refund is told from another, such as the number of the credit note. */
  reference?: string;
}

/**
 * Sets the statuses of orders in as few requests as the store allows. An order that comes twice is written once; with
 * two different statuses it is not guessed which one is meant.
 *
 * @returns what became of each wish, in their order
 */
export async function writeStatuses<R>(
  how: Writes<StatusWish, R>,
  wishes: StatusWish[],
): Promise<Array<Outcome<R>>> {
  const byOrder = Object.values(groupBy(wishes, ({ orderId }) => orderId));
  const clear = byOrder.flatMap((same) =>
    same[0] && same.every((wish) => isEqual(wish, same[0])) ? [same[0]] : [],
  );
  for (const wish of clear) standsFor(wish, placesOf(byOrder.find(([one]) => one === wish) ?? []));
  const outcomes = await carryOut(how, clear, 'this status');
  const written = new Map(clear.map(({ orderId }, index) => [orderId, outcomes[index]]));
  return wishes.map(({ orderId }) => written.get(orderId) ?? unclear(orderId));
}

function unclear(orderId: string): Outcome<never> {
  const error = validationError(
    `Order ${orderId} is given more than once, with different statuses`,
    'Leave one item for each order before this step.',
  );
  return { ok: false, error };
}

/**
 * Does what orders have to be read for before anything is written: one order after the other's, so that the wishes of
 * one order see what the former has written, many orders at the same time.
 *
 * @param work all wishes of one order; a failure of it is that of each
 * @returns what became of each wish, in their order
 */
export async function orderByOrder<W extends { orderId: string }, R>(
  wishes: W[],
  work: (orderId: string, wishes: W[]) => Promise<Array<Outcome<R>>>,
): Promise<Array<Outcome<R>>> {
  const outcomes = new Array<Outcome<R>>(wishes.length);
  const byOrder = groupBy([...wishes.entries()], ([, { orderId }]) => orderId);
  await inFlight(Object.entries(byOrder), WRITES_IN_FLIGHT, async ([orderId, same]) => {
    const done = await settle(
      async () =>
        await work(
          orderId,
          same.map(([, wish]) => wish),
        ),
    );
    same.forEach(([index], place) => {
      const outcome = done.ok ? done.value[place] : done;
      if (outcome) outcomes[index] = outcome;
    });
  });
  return outcomes;
}

/**
 * The wishes of one order, each of which has to see what the one before has written. Where the answer of one is in doubt, the
 * order is read anew before the next, so that nothing is written a second time.
 *
 * @param work notes in what was read what it has written
 */
export async function inTurn<Order, W, R>(
  wishes: W[],
  read: () => Promise<Order>,
  work: (order: Order, wish: W) => Promise<R>,
): Promise<Array<Outcome<R>>> {
  const outcomes: Array<Outcome<R>> = [];
  let order = await read();
  let isInDoubt = false;
  for (const wish of wishes) {
    const outcome = await settle(async () => {
      if (isInDoubt) order = await read();
      isInDoubt = false;
      return await asked([wish], async () => await work(order, wish));
    });
    isInDoubt ||= !outcome.ok && outcome.error.class !== 'validation';
    outcomes.push(outcome);
  }
  return outcomes;
}

/** The reading of an order that may be known already: it is read anew from the second time on. */
export function withFirst<Order>(
  known: Order | undefined,
  read: () => Promise<Order>,
): () => Promise<Order> {
  let first = known;
  return async () => {
    const order = first ?? (await read());
    first = undefined;
    return order;
  };
}
