import { type Outcome, settle } from '../../outcome';
import {
  orderByOrder,
  type ShipmentWish,
  type StatusWish,
  writeStatuses,
} from '../kit/orderWrites';
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
    const outcomes: Array<Outcome<object>> = [];
    for (const wish of same) {
      outcomes.push(await settle(async () => await ship(maker, wish)));
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

/** A parcel of an order is known by its tracking number; one without cannot be told from the next. */
const keyOf = ({ orderId, trackingNumber }: ShipmentWish): string | undefined =>
  trackingNumber === undefined ? undefined : partKey(orderId, trackingNumber);

async function ship(maker: Maker, wish: ShipmentWish): Promise<WireRecord> {
  const { orderId, trackingNumber, method, shippedAt = new Date() } = wish;
  return await maker.make(keyOf(wish), {
    orderId,
    ...(trackingNumber !== undefined && { trackingNumber }),
    ...(method !== undefined && { method }),
    shippedAt: shippedAt.toISOString(),
  });
}
