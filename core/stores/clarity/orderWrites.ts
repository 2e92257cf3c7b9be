import { validationError } from '../../errors';
import { type Outcome, settle } from '../../outcome';
import {
  orderByOrder,
  type ShipmentWish,
  type StatusWish,
  writeStatuses,
} from '../kit/orderWrites';
import { asked } from '../kit/rehearsal';
import { momentOfSent } from '../kit/sentAt';
import type { Writes } from '../kit/writes';
import type { Clarity } from './client';
import { type Maker, makerOf, partKey } from './keyed';
import type { WireRecord } from './wire';

export const statusWrites = ({ orders }: Clarity): Writes<StatusWish, object> => ({
  one: async ({ orderId, status }) => ({
    orderId,
    status,
    ...(await orders.update(orderId, { status })),
  }),
});

/** A shipment for each wish, and the status of its order where one is wished. */
export async function addShipments(
  client: Clarity,
  wishes: ShipmentWish[],
): Promise<Array<Outcome<object>>> {
  const maker = makerOf(client.resource('shipments'), wishes.map(keyOf).filter(isText));
  const made = await orderByOrder(wishes, async (_orderId, same) => {
    const keys = same.map(keyOf);
    const outcomes: Array<Outcome<object>> = [];
    for (const [index, wish] of same.entries()) {
      const key = keys[index];
      const isUnclear =
        wish.trackingNumber === undefined && keys.filter((other) => other === key).length > 1;
      outcomes.push(
        await settle(async () => {
          if (wish.isStanding) return { orderId: wish.orderId };
          if (key === undefined) throw unknowable(wish);
          if (isUnclear) throw unclear(wish);
          return await asked([wish], async () => await ship(maker, key, wish));
        }),
      );
    }
    return outcomes;
  });
  const shipped = wishes.flatMap(({ orderId, status }, index) =>
    made[index]?.ok && status !== undefined ? [{ orderId, status }] : [],
  );
  const statuses = (await writeStatuses(statusWrites(client), shipped)).values();
  return wishes.map(({ status }, index): Outcome<object> => {
    const shipment = made[index];
    if (!shipment?.ok || status === undefined) return shipment as Outcome<object>;
    const written = statuses.next().value as Outcome<object>;
    return written.ok ? shipment : written;
  });
}

const isText = (key: string | undefined): key is string => key !== undefined;

/**
 * A parcel of an order is known by its tracking number, else by when it was sent and how. A shipment of which the store was told
 * neither could not be told from the next one, nor from itself sent again.
 */
function keyOf({ orderId, trackingNumber, shippedAt, method }: ShipmentWish): string | undefined {
  if (trackingNumber !== undefined) return partKey(orderId, trackingNumber);
  if (shippedAt === undefined) return undefined;
  return partKey(orderId, [momentOfSent(shippedAt), method ?? []].flat().join(' '));
}

const unknowable = ({ orderId }: ShipmentWish) =>
  validationError(
    `The shipment of order ${orderId} has neither a tracking number nor a date`,
    'Give a Tracking Number, or in Shipped At when it was sent: by it a shipment that is sent again is not made twice.',
  );

const unclear = ({ orderId }: ShipmentWish) =>
  validationError(
    `Order ${orderId} is given several shipments without a tracking number, of the same time and method`,
    'Give each a Tracking Number or its own time in Shipped At if they are several, or leave one item if they are one.',
  );

async function ship(
  maker: Maker,
  key: string,
  { orderId, trackingNumber, method, shippedAt = new Date() }: ShipmentWish,
): Promise<WireRecord> {
  return await maker.make(key, {
    orderId,
    ...(trackingNumber !== undefined && { trackingNumber }),
    ...(method !== undefined && { method }),
    shippedAt: momentOfSent(shippedAt),
  });
}
