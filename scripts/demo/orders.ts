import type { RecordView, StoppedRecord } from '../../core/ledger/ledger';
import { waitUntil } from '../lib/wait';
import type { ShopOrder } from '../../sandbox/kit/shop';
import type { Row } from '../n8n/sandbox-control';
import { ledgerKeyIn, salesOrderNameIn, type Shop } from '../n8n/shop';
import type { World } from '../n8n/world';

/** What the demonstration does to the pack, in each shop. */
export const SCENARIO = {
  orders: 25,
  duplicateDeliveries: 2,
  unknownSku: 1,
  /** Wait for a bank transfer; one of them is paid later. */
  unpaid: 2,
  declined: 1,
  /** Given back of one order, in its currency. */
  refund: 5,
  /** After this the run counts as failed. */
  patienceMs: 180_000,
} as const;

const { orders, unknownSku, unpaid, declined } = SCENARIO;
const STAY_HELD = unpaid - 1 + declined;

/** What it must come to, for each shop. */
export const EXPECTED = {
  placed: orders,
  created: orders - unknownSku - STAY_HELD,
  updated: 1,
  duplicates: 0,
  lost: 0,
  deadLetters: unknownSku,
  held: STAY_HELD,
  canceled: 1,
  refunded: 1,
  differ: 0,
} as const;

/** Orders to which something has happened in the shop after they had arrived in Dynamics 365: their ids. */
export interface Story {
  shop: Shop;
  changed: string;
  refunded: string;
}

/** Where an order of a shop stands in Dynamics 365 and in the ledger. */
export interface Settlement {
  shop: Shop;
  order: ShopOrder;
  /** Every sales order made from it: one, if all is well; none for a dead letter or an order that is held. */
  salesOrders: Row[];
  deadLetter?: StoppedRecord;
  held?: StoppedRecord;
  record?: RecordView;
}

/**
 * Places the orders in a shop, which sends a webhook for each: most are paid, some are not, one payment was declined.
 * Two deliveries come twice. Once they have arrived, one order is changed in the shop, one called off, one refunded in
 * part, and one that was held is paid.
 */
export async function placeOrders(world: World, shop: Shop): Promise<Story> {
  const staff = world.control.shop(shop.platform);
  const place = async (count: number, more: object): Promise<ShopOrder[]> =>
    await staff.place({ count, notify: true, ...more });
  const paid = await place(orders - unpaid - declined, { unknownSku, state: 'paid' });
  const [waiting] = await place(unpaid, { state: 'unpaid' });
  await place(declined, { state: 'declined' });
  const good = paid.slice(unknownSku);
  for (const order of good.slice(0, SCENARIO.duplicateDeliveries)) await staff.notify(order.id);
  const [refunded, canceled, changed] = good.slice(-3);
  if (!refunded || !canceled || !changed || !waiting) throw new Error('The sandbox has no orders.');
  await waitForSettlements(world, shop, (all) => all.every(isSettled));
  await staff.change(changed.id);
  await staff.change(canceled.id, { state: 'canceled' });
  await staff.refund(refunded.id, SCENARIO.refund);
  await staff.change(waiting.id, { state: 'paid' });
  return { shop, changed: changed.id, refunded: refunded.id };
}

/** Waits until every order stands in Dynamics 365 as it does in the shop, is held, or is a dead letter. */
export async function orderSettled(world: World, { shop, refunded }: Story): Promise<void> {
  const isTold = (all: Settlement[]): boolean =>
    all.some(({ order, record }) => order.id === refunded && record?.remark !== undefined);
  await waitForSettlements(world, shop, (all) => all.every(isSettled) && isTold(all));
}

/** Orders that are not to be written. */
const UNPAID: ReadonlySet<string> = new Set(['unpaid', 'declined']);
/** State of a sales order in Dynamics 365. */
const CANCELED = 2;

export const isCanceled = ({ salesOrders }: Settlement): boolean =>
  salesOrders.length > 0 && salesOrders.every(({ statecode }) => statecode === CANCELED);

/** Whether what became of the order is what the shop says of it. */
export function isSettled(settlement: Settlement): boolean {
  const { order, deadLetter, held, salesOrders } = settlement;
  if (deadLetter) return true;
  if (UNPAID.has(order.state)) return held !== undefined && salesOrders.length === 0;
  const isCalledOff = order.state === 'canceled';
  return !held && isCanceled(settlement) === isCalledOff && agrees(settlement);
}

/** To the cent: both sides give amounts of two decimals, so whole cents compare exactly. */
export function agrees({ order, salesOrders }: Settlement): boolean {
  return (
    salesOrders.length > 0 &&
    salesOrders.every((row) => cents(row.totalamount) === cents(order.total))
  );
}

function cents(amount: unknown): number {
  return Math.round(Number(amount) * 100);
}

export async function settlements(world: World, shop: Shop): Promise<Settlement[]> {
  const keyOf = ({ id }: ShopOrder): string => ledgerKeyIn(shop, id);
  const [orders, rows, dead, held] = await Promise.all([
    world.control.shop(shop.platform).orders(),
    world.control.rows('salesorders'),
    world.deadLetters(),
    world.held(),
  ]);
  const records = await world.records(orders.map(keyOf));
  return orders.map((order) => {
    const isOfOrder = ({ key }: { key: string }): boolean => key === keyOf(order);
    return {
      shop,
      order,
      salesOrders: rows.filter(({ name }) => name === salesOrderNameIn(shop, order.number)),
      deadLetter: dead.find(isOfOrder),
      held: held.find(isOfOrder),
      record: records.find(isOfOrder),
    };
  });
}

/** In vain is not an error: the report that follows shows what is missing, and the check fails on it. */
async function waitForSettlements(
  world: World,
  shop: Shop,
  condition: (all: Settlement[]) => boolean,
): Promise<void> {
  await waitUntil(async () => condition(await settlements(world, shop)), SCENARIO.patienceMs);
}
