import type { PlacedOrder, Row } from '../../scripts/n8n/sandbox-control';
import { ledgerKey, salesOrderName } from '../../scripts/n8n/shop';
import type { World } from '../../scripts/n8n/world';

export interface Verdict {
  orders: number;
  created: number;
  /** Sales orders, or lines of one, that are there more than once. */
  duplicates: number;
  /** Neither in Dynamics 365 nor a dead letter. */
  lost: number;
  deadLetters: number;
  totalsDiffer: number;
}

/** What both systems and the ledger hold now; nothing is taken from what the pack says of itself. */
export async function judge(world: World): Promise<Verdict & { reasons: string[] }> {
  const [orders, rows, lines, dead] = await Promise.all([
    world.control.orders(),
    world.control.rows('salesorders'),
    world.control.rows('salesorderdetails'),
    world.deadLetters(),
  ]);
  const byName = groupBy(rows, ({ name }) => String(name));
  const linesOf = groupBy(lines, ({ _salesorderid_value: id }) => String(id));
  const found = (order: PlacedOrder) => byName.get(salesOrderName(order)) ?? [];
  const deadKeys = new Set(dead.map(({ key }) => key));
  const surplusLines = (order: PlacedOrder) =>
    found(order).filter(
      ({ salesorderid: id }) => (linesOf.get(String(id)) ?? []).length > order.items.length,
    ).length;
  return {
    orders: orders.length,
    created: orders.filter((order) => found(order).length > 0).length,
    duplicates: sum(orders, (order) => Math.max(0, found(order).length - 1) + surplusLines(order)),
    lost: orders.filter((order) => found(order).length === 0 && !deadKeys.has(ledgerKey(order)))
      .length,
    deadLetters: dead.length,
    totalsDiffer: orders.filter((order) => found(order).some((row) => differs(order, row))).length,
    reasons: [...new Set(dead.map(({ error }) => `${error?.class}: ${error?.message}`))],
  };
}

/** To the cent: both sides give amounts of two decimals, so whole cents compare exactly. */
function differs(order: PlacedOrder, row: Row): boolean {
  const cents = (amount: unknown) => Math.round(Number(amount) * 100);
  return cents(order.total) !== cents(row.totalamount);
}

function sum<T>(list: T[], value: (entry: T) => number): number {
  return list.reduce((total, entry) => total + value(entry), 0);
}

function groupBy<T>(list: T[], key: (entry: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const entry of list) {
    const group = groups.get(key(entry));
    if (group) group.push(entry);
    else groups.set(key(entry), [entry]);
  }
  return groups;
}
