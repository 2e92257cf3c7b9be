import type { Row } from '../n8n/sandbox-control';
import type { World } from '../n8n/world';
import { agrees, settlements, type Settlement } from './orders';
import { table } from './table';

export interface Summary {
  placed: number;
  created: number;
  updated: number;
  duplicates: number;
  lost: number;
  deadLetters: number;
  seconds: number;
}

/** The figures of the run, each counted in what the two systems and the ledger hold now. */
export async function summary(
  world: World,
  run: { started: number; changed: number[] },
): Promise<Summary & { totalsDiffer: number }> {
  const all = await settlements(world);
  const arrived = all.filter(({ salesOrders }) => salesOrders.length > 0);
  const updated = arrived.filter(
    (settlement) => run.changed.includes(settlement.order.id) && agrees(settlement),
  );
  return {
    placed: all.length,
    created: arrived.length,
    updated: updated.length,
    duplicates: sum(arrived, ({ salesOrders }) => salesOrders.length - 1),
    lost: all.filter(({ salesOrders, deadLetter }) => salesOrders.length === 0 && !deadLetter)
      .length,
    deadLetters: all.filter(({ deadLetter }) => deadLetter).length,
    totalsDiffer: arrived.filter((settlement) => !agrees(settlement)).length,
    seconds: Math.round((Date.now() - run.started) / 100) / 10,
  };
}

function sum<T>(list: T[], value: (entry: T) => number): number {
  return list.reduce((total, entry) => total + value(entry), 0);
}

/** One line an order, and the reason of each dead letter. */
export async function report(world: World): Promise<string> {
  const [all, lines] = await Promise.all([
    settlements(world),
    world.control.rows('salesorderdetails'),
  ]);
  const rows = all.map((settlement) => orderLine(settlement, lines));
  const headings = [
    'order',
    'customer',
    'sales order',
    'lines',
    'total in shop',
    'total in Dynamics 365',
    'state',
  ];
  const reasons = all.flatMap(({ order, deadLetter }) =>
    deadLetter
      ? [`Dead letter, order ${order.order_number}: ${deadLetter.error?.message ?? ''}`]
      : [],
  );
  return [table(headings, rows), '', ...reasons].join('\n');
}

function orderLine(settlement: Settlement, lines: Row[]): string[] {
  const { order, salesOrders, deadLetter } = settlement;
  const first = salesOrders[0];
  const lineCount = lines.filter(
    (line) => first && line._salesorderid_value === first.salesorderid,
  ).length;
  return [
    order.order_number,
    customerOf(order),
    String(first?.ordernumber ?? '–'),
    first ? `${lineCount} of ${order.items.length}` : '–',
    order.total.toFixed(2),
    first ? Number(first.totalamount).toFixed(2) : '–',
    state(settlement) + (deadLetter ? '' : salesOrders.length > 1 ? ` ×${salesOrders.length}` : ''),
  ];
}

function customerOf(order: Row): string {
  const address = order.billing_address as { firstname?: string; lastname?: string } | null;
  return [address?.firstname, address?.lastname].filter(Boolean).join(' ') || '–';
}

function state(settlement: Settlement): string {
  if (settlement.deadLetter) return 'dead letter';
  if (settlement.salesOrders.length === 0) return 'LOST';
  return agrees(settlement) ? 'in agreement' : 'TOTALS DIFFER';
}
