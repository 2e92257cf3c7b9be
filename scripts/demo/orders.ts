import type { StoppedRecord } from '../../core/ledger/ledger';
import { waitUntil } from '../lib/wait';
import type { PlacedOrder, Row } from '../n8n/sandbox-control';
import { ledgerKey, salesOrderName } from '../n8n/shop';
import type { World } from '../n8n/world';

/** What the demonstration does to the pack. */
export const SCENARIO = {
  orders: 25,
  duplicateDeliveries: 2,
  unknownSku: 1,
  /** After this the run counts as failed. */
  patienceMs: 180_000,
} as const;

/** Where every order of the shop stands in Dynamics 365 and in the ledger. */
export interface Settlement {
  order: PlacedOrder;
  /** Every sales order made from it: one, if all is well; none for a dead letter. */
  salesOrders: Row[];
  deadLetter?: StoppedRecord;
}

/**
 * Places the orders in the shop, which sends a webhook for each; two deliveries come twice, and one order is
 * changed in the shop after it has arrived in Dynamics 365.
 *
 * @returns the numbers of the orders that were changed
 */
export async function placeOrders(world: World): Promise<number[]> {
  const { orders, unknownSku, duplicateDeliveries } = SCENARIO;
  const placed = await world.control.placeOrders({
    count: orders,
    unknownSku,
    paid: true,
    notify: true,
  });
  const good = placed.slice(unknownSku);
  for (const order of good.slice(0, duplicateDeliveries)) await world.control.notify(order.id);
  const changed = good.at(-1);
  if (!changed) throw new Error('The sandbox placed no orders.');
  const hasArrived = ({ order, salesOrders }: Settlement) =>
    order.id === changed.id && salesOrders.length > 0;
  await waitForSettlements(world, (all) => all.some(hasArrived));
  await world.control.changeOrder(changed.id);
  return [changed.id];
}

/** Waits until every order is either in Dynamics 365 with the shop's total, or a dead letter. */
export async function orderSettled(world: World): Promise<void> {
  await waitForSettlements(world, (all) => all.every(isSettled));
}

export function isSettled(settlement: Settlement): boolean {
  return settlement.deadLetter !== undefined || agrees(settlement);
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

export async function settlements(world: World): Promise<Settlement[]> {
  const [orders, rows, dead] = await Promise.all([
    world.control.orders(),
    world.control.rows('salesorders'),
    world.deadLetters(),
  ]);
  return orders.map((order) => ({
    order,
    salesOrders: rows.filter(({ name }) => name === salesOrderName(order)),
    deadLetter: dead.find(({ key }) => key === ledgerKey(order)),
  }));
}

/** In vain is not an error: the report that follows shows what is missing, and the check fails on it. */
async function waitForSettlements(
  world: World,
  condition: (all: Settlement[]) => boolean,
): Promise<void> {
  await waitUntil(async () => condition(await settlements(world)), SCENARIO.patienceMs);
}
