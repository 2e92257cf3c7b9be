import { isEqual, omitBy, isUndefined, pick, uniq, uniqBy } from 'lodash';

import { validationError } from '../../errors';
import { type Outcome, settle } from '../../outcome';
import {
  inTurn,
  orderByOrder,
  type ShipmentWish,
  type StatusWish,
  withFirst,
  writeStatuses,
} from '../kit/orderWrites';
import { dayOfSent, type SentAt } from '../kit/sentAt';
import { carryOut, type Writes } from '../kit/writes';
import type { StoreZone } from '../kit/zone';
import { MOST_WRITES } from './api';
import type { ThreeDCart } from './client';
import type { Order, Shipment } from './wire';

/** A hundred orders in one request: `PUT /Orders` takes a list, and tells of each. */
export const statusWrites = ({ orders }: ThreeDCart): Writes<StatusWish, object> => ({
  most: MOST_WRITES,
  many: async (wishes) =>
    await orders.updateMany(
      wishes.map(({ orderId, status }) => ({
        OrderID: Number(orderId),
        OrderStatusID: Number(status),
      })),
    ),
});

/** Where a number of another system may stand in an order. */
export type NumberPlace = 'AlternateOrderID' | 'ExternalComments' | 'InternalComments';

export interface NumberWish {
  orderId: string;
  number: string;
  /** What a comment says of it; left out: the number alone. */
  line?: string;
}

/** What is about to become of an order: the same document but for what is written. */
export interface NumberWrite {
  orderId: string;
  before: object;
  after: object;
}

/**
 * Writes the number that an order has in another system: alone into `AlternateOrderID`, as a line of its own into a
 * comment. A line that is there is not written again: every write moves the date of the order's last change.
 *
 * @param note is told of each order that is about to be written, so that its echo is known
 */
export async function writeNumbers(
  { orders }: ThreeDCart,
  wishes: NumberWish[],
  place: NumberPlace,
  note: (writes: NumberWrite[]) => Promise<void> = async () => {},
): Promise<Array<Outcome<object>>> {
  const isAlone = place === 'AlternateOrderID';
  const textOf = ({ number, line = number }: NumberWish) => (isAlone ? number : line);
  const outcomes = await orderByOrder(wishes, async (orderId, same) => {
    const [wanted = '', ...others] = uniq(same.map(textOf));
    if (others.length > 0) throw twoTexts(orderId);
    // Also where the number takes the place of another: a write that changes nothing would be told of by a webhook.
    const before = await orders.get(orderId);
    if (place === 'AlternateOrderID' && !Object.hasOwn(before, place)) throw noSuchPlace(place);
    const said = before[place];
    const text = isAlone ? wanted : withLine(said ?? '', wanted);
    const document = { OrderID: Number(orderId), [place]: text };
    const own = { orderId, before, after: { ...before, [place]: text } };
    return same.map(() => ({ ok: true, value: { document, own, isThere: text === said } }));
  });
  const changed = uniqBy(
    outcomes.flatMap((each) => (each.ok && !each.value.isThere ? [each.value] : [])),
    ({ document }) => document.OrderID,
  );
  const documents = changed.map(({ document }) => document);
  if (changed.length > 0) await note(changed.map(({ own }) => own));
  const many = async (some: object[]) => await orders.updateMany(some);
  const sent = await carryOut({ most: MOST_WRITES, many }, documents, 'this number');
  const first = changed[sent.findIndex(({ ok }) => ok)];
  const isLost = first && (await isNotKept(orders, first.own, place));
  const written = isLost
    ? sent.map((each): Outcome<object> => (each.ok ? notKept(place) : each))
    : sent;
  return outcomes.map((each) => {
    if (!each.ok) return each;
    const { document, isThere } = each.value;
    const value = { ...document, outcome: isThere ? 'unchanged' : 'updated' };
    const outcome = written[documents.findIndex((one) => one.OrderID === document.OrderID)];
    return isThere || outcome?.ok ? { ok: true, value } : (outcome as Outcome<never>);
  });
}

/**
 * Whether an order still has what it had: nowhere is said that the API takes `AlternateOrderID`, and it answers "updated" to
 * fields that it does not take. One order tells for all of a run, because a request for each would cost half a second.
 */
async function isNotKept(
  orders: ThreeDCart['orders'],
  { orderId, before }: NumberWrite,
  place: NumberPlace,
): Promise<boolean> {
  if (place !== 'AlternateOrderID') return false;
  const read = await settle(async () => await orders.get(orderId));
  // It was written as far as anybody knows.
  return read.ok && textAt(read.value, place) === textAt(before, place);
}

const textAt = (order: object, place: NumberPlace): string =>
  ((order as Partial<Order>)[place] ?? '').trim();

const IN_A_COMMENT = 'Choose a comment under Write Into.';

const noSuchPlace = (place: NumberPlace) =>
  validationError(`Orders of this store have no ${place}`, IN_A_COMMENT);

const notKept = (place: NumberPlace): Outcome<never> => ({
  ok: false,
  error: validationError(`The store took ${place} and did not keep it`, IN_A_COMMENT),
});

function withLine(before: string, line: string): string {
  const lines = before.split(/\r?\n|<br\s*\/?>/i).map((each) => each.trim());
  if (lines.includes(line)) return before;
  return before.trim() === '' ? line : `${before.trimEnd()}\n${line}`;
}

const twoTexts = (orderId: string) =>
  validationError(
    `Order ${orderId} is given more than once, with different numbers or labels`,
    'Leave one item for each order before this step.',
  );

/** What was done about the shipment of one wish; the order's status comes after all of them. */
interface Placed {
  shipment: Partial<Shipment>;
  outcome: 'created' | 'unchanged' | 'updated';
  /** Of the order itself: a shipment may have been written when the order's turn did not come. */
  statusBefore?: number | null;
}

/** Where a further parcel of an order goes: where the first one went. */
const ADDRESS = [
  'ShipmentFirstName',
  'ShipmentLastName',
  'ShipmentCompany',
  'ShipmentAddress',
  'ShipmentAddress2',
  'ShipmentCity',
  'ShipmentState',
  'ShipmentZipCode',
  'ShipmentCountry',
  'ShipmentEmail',
  'ShipmentPhone',
] as const;

/**
 * Writes tracking numbers to the shipments of orders: to the first that has none, else to a further one, so that an order
 * may have several. A tracking number that an order has already is left as it is. The statuses of all orders follow in as
 * few requests as there are hundreds of them.
 *
 * @param known orders that were just read, by their ids
 */
export async function addShipments(
  client: ThreeDCart,
  zone: StoreZone,
  wishes: ShipmentWish[],
  known?: ReadonlyMap<string, Order>,
): Promise<Array<Outcome<object>>> {
  const placed = await orderByOrder(wishes, async (orderId, same) => {
    const read = async (): Promise<Order> => await client.orders.get(orderId);
    // One after the other: each has to see what the one before has taken.
    return await inTurn(
      same,
      withFirst(structuredClone(known?.get(orderId)), read),
      async (order, wish) => await place(client, zone, order, wish),
    );
  });
  const wanted = wishes.flatMap(({ orderId, status }, index): StatusWish[] => {
    const done = placed[index];
    if (!done?.ok || status === undefined) return [];
    return String(done.value.statusBefore ?? '') === status ? [] : [{ orderId, status }];
  });
  const statuses = new Map(
    (await writeStatuses(statusWrites(client), wanted)).map((outcome, index) => [
      wanted[index]?.orderId,
      outcome,
    ]),
  );
  return wishes.map(({ orderId, status }, index): Outcome<object> => {
    const done = placed[index] as Outcome<Placed>;
    const written = statuses.get(orderId);
    if (!done.ok || (written && !written.ok)) return done.ok ? (written as Outcome<never>) : done;
    const { shipment, outcome } = done.value;
    return {
      ok: true,
      value: {
        OrderID: Number(orderId),
        ...pick(shipment, 'ShipmentID', 'ShipmentTrackingCode', 'ShipmentMethodName'),
        ...(status !== undefined && { OrderStatusID: Number(status) }),
        outcome: outcome === 'unchanged' && written ? 'updated' : outcome,
      },
    };
  });
}

/** What is to be done about one wish; neither a target nor one that is added: nothing. */
interface ShipmentPlan {
  /** The shipment of the order that stands for it, or becomes it. */
  target?: Shipment;
  /** To be written to the target; left out: it is as it is to be. */
  fields?: Partial<Shipment>;
  /** A further shipment that is to be made. */
  added?: Partial<Shipment>;
}

/** What a shipment makes of an order, for which nothing is asked. */
export function planShipment(
  zone: StoreZone,
  order: Order,
  {
    trackingNumber,
    method,
    shippedAt = new Date(),
    status: wanted,
    isStanding,
  }: Omit<ShipmentWish, 'orderId'>,
): ShipmentPlan {
  const shipments = order.ShipmentList ?? [];
  const [first] = shipments;
  const same = shipments.find(
    (each) => trackingNumber && each.ShipmentTrackingCode === trackingNumber,
  );
  if (same || isStanding) return { target: same ?? first };
  const fields = omitBy(
    {
      ShipmentOrderStatus: wanted === undefined ? undefined : Number(wanted),
      ShipmentShippedDate: shippedDate(zone, shippedAt),
      ShipmentTrackingCode: trackingNumber,
      ShipmentMethodName: method,
    },
    isUndefined,
  );
  const free = shipments.find((each) => !each.ShipmentTrackingCode);
  const target = free ?? (trackingNumber ? undefined : first);
  if (!target) {
    // Every shipment has the status of its order (recorded answers): one without would make of it what a new one has.
    const status = { ShipmentOrderStatus: order.OrderStatusID };
    return { added: { ...pick(first, ADDRESS), ShipmentCost: 0, ...status, ...fields } };
  }
  const after = { ...target, ...fields };
  // Told without a tracking number, it is the same shipment on each day.
  const isTold = !trackingNumber && Boolean(target.ShipmentShippedDate);
  const dated = isTold ? { ...after, ShipmentShippedDate: target.ShipmentShippedDate } : after;
  return isEqual(dated, target) ? { target } : { target, fields };
}

/** @param order what is written is noted in its shipments */
async function place(
  { orders }: ThreeDCart,
  zone: StoreZone,
  order: Order,
  { orderId, ...wish }: ShipmentWish,
): Promise<Placed> {
  const shipments = (order.ShipmentList ??= []);
  const statusBefore = order.OrderStatusID;
  const { target = {}, fields, added } = planShipment(zone, order, wish);
  if (added) {
    const shipment = await orders.addShipment(orderId, added);
    shipments.push(shipment);
    return { shipment, outcome: 'created', statusBefore };
  }
  if (!fields) return { shipment: target, outcome: 'unchanged', statusBefore };
  await orders.updateShipment(orderId, target.ShipmentID ?? 0, fields);
  Object.assign(target, fields);
  return { shipment: target, outcome: 'updated', statusBefore };
}

/** `9/16/2026`, as recorded orders have it. */
function shippedDate(zone: StoreZone, at: SentAt): string {
  const [year, month, day] = dayOfSent(at, zone).split('-').map(Number);
  return `${month}/${day}/${year}`;
}
