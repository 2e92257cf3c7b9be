import type { Row } from '../../scripts/n8n/sandbox-control';
import { salesOrderName } from '../../scripts/n8n/shop';
import type { World } from '../../scripts/n8n/world';

/** What Dataverse holds of the shop's orders, and what is wrong with it. */
export async function compareOrders(
  world: World,
): Promise<{ orders: number; missing: string[]; doubled: string[]; incomplete: string[] }> {
  const [placed, orders, lines] = await Promise.all([
    world.control.orders(),
    world.control.rows('salesorders'),
    world.control.rows('salesorderdetails'),
  ]);
  const byName = groupBy(orders, ({ name }) => String(name));
  const linesByOrder = groupBy(lines, ({ _salesorderid_value: id }) => String(id));
  const found = (number: string) => byName.get(salesOrderName({ order_number: number })) ?? [];
  const isComplete = (order: (typeof placed)[number], row: Row) =>
    (linesByOrder.get(String(row.salesorderid)) ?? []).length === order.items.length &&
    Number(row.totalamount).toFixed(2) === order.total.toFixed(2);
  return {
    orders: orders.length,
    missing: placed
      .filter(({ order_number: number }) => found(number).length === 0)
      .map(({ order_number: number }) => number),
    doubled: placed
      .filter(({ order_number: number }) => found(number).length > 1)
      .map(({ order_number: number }) => number),
    incomplete: placed
      .filter((order) => found(order.order_number).some((row) => !isComplete(order, row)))
      .map(({ order_number: number }) => number),
  };
}

export const ALL_THERE = { missing: [], doubled: [], incomplete: [] };

function groupBy<T>(list: T[], key: (entry: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const entry of list) groups.set(key(entry), [...(groups.get(key(entry)) ?? []), entry]);
  return groups;
}
