import { validationError } from '../../errors';
import { type Outcome, settle } from '../../outcome';
import {
  orderByOrder,
  type RefundWish,
  type ShipmentWish,
  type StatusWish,
  writeStatuses,
} from '../kit/orderWrites';
import type { Writes } from '../kit/writes';
import { CREDENTIAL_NAME } from './api';
import type { Clarity, Records } from './client';
import type { WireRecord } from './wire';

export const statusWrites = ({ orders }: Clarity): Writes<StatusWish, object> => ({
  one: async ({ orderId, status }) => ({
    orderId,
    status,
    ...(await orders.update(orderId, { status })),
  }),
});

/** Made under a key of its own where the service takes one, so that a second time makes no second record. */
async function make(
  records: Records<WireRecord>,
  key: string | undefined,
  document: object,
): Promise<WireRecord> {
  return key !== undefined && records.offers('upsert')
    ? await records.upsert(key, document)
    : await records.create(key === undefined ? document : { ...document, externalId: key });
}

/** A shipment for each wish, and the status of its order where one is wished. */
export async function addShipments(
  client: Clarity,
  wishes: ShipmentWish[],
): Promise<Array<Outcome<object>>> {
  const shipments = client.resource('shipments');
  const made = await orderByOrder(wishes, async (_orderId, same) => {
    const outcomes: Array<Outcome<object>> = [];
    for (const wish of same) {
      outcomes.push(await settle(async () => await ship(shipments, wish)));
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

async function ship(
  shipments: Records<WireRecord>,
  { orderId, trackingNumber, method, shippedAt = new Date() }: ShipmentWish,
): Promise<WireRecord> {
  const key = trackingNumber === undefined ? undefined : `${orderId}-${trackingNumber}`;
  return await make(shipments, key, {
    orderId,
    ...(trackingNumber !== undefined && { trackingNumber }),
    ...(method !== undefined && { method }),
    shippedAt: shippedAt.toISOString(),
  });
}

/**
 * Notes that money was given back, as a payment of the type `refund`; moves none. A refund whose reference the service has
 * already is the same one.
 */
export async function recordRefunds(
  client: Clarity,
  wishes: RefundWish[],
): Promise<Array<Outcome<object>>> {
  const payments = client.resource('payments');
  return await orderByOrder(wishes, async (orderId, same) => {
    const order = await client.orders.get(orderId);
    const outcomes: Array<Outcome<object>> = [];
    for (const { amount = order.totalAmount, reason, reference } of same) {
      outcomes.push(
        await settle(async () => {
          if (!amount || amount < 0) throw noAmount(orderId);
          const key = reference === undefined ? undefined : `${orderId}-${reference}`;
          const { currency } = order;
          const refund = {
            orderId,
            type: 'refund',
            status: 'refunded',
            amount,
            ...(currency && { currency }),
          };
          return await make(payments, key, { ...refund, ...(reason !== undefined && { reason }) });
        }),
      );
    }
    return outcomes;
  });
}

function noAmount(orderId: string) {
  return validationError(
    `Order ${orderId} names no total that could be given back`,
    `Say the Amount, or name the path of the total in API Profile of the credential ${CREDENTIAL_NAME}.`,
  );
}
