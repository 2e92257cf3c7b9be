import type { Row } from '../n8n/sandbox-control';
import type { World } from '../n8n/world';
import { agrees, isCanceled, isSettled, settlements, type Settlement, type Story } from './orders';
import { table } from './table';

export interface Summary {
  placed: number;
  /** Sales orders that were made, whatever became of them. */
  created: number;
  updated: number;
  duplicates: number;
  lost: number;
  deadLetters: number;
  /** Not written, because the shop has not been paid. */
  held: number;
  canceled: number;
  /** Told as refunded in the ledger. */
  refunded: number;
  seconds: number;
}

/** The figures of the run, each counted in what the two systems and the ledger hold now. */
export async function summary(
  world: World,
  run: { started: number; story: Story },
): Promise<Summary & { differ: number }> {
  const all = await settlements(world);
  const arrived = all.filter(({ salesOrders }) => salesOrders.length > 0);
  const count = (condition: (settlement: Settlement) => unknown): number =>
    all.filter(condition).length;
  return {
    placed: all.length,
    created: arrived.length,
    updated: count((one) => one.order.id === run.story.changed && agrees(one)),
    duplicates: sum(arrived, ({ salesOrders }) => salesOrders.length - 1),
    lost: count(isLost),
    deadLetters: count(({ deadLetter }) => deadLetter),
    held: count(({ held }) => held),
    canceled: count(isCanceled),
    refunded: count(isRefunded),
    differ: count((one) => !isLost(one) && !isSettled(one)),
    seconds: Math.round((Date.now() - run.started) / 100) / 10,
  };
}

const isLost = ({ salesOrders, deadLetter, held }: Settlement): boolean =>
  salesOrders.length === 0 && !deadLetter && !held;

const isRefunded = ({ record }: Settlement): boolean => /refund/i.test(record?.remark ?? '');

function sum<T>(list: T[], value: (entry: T) => number): number {
  return list.reduce((total, entry) => total + value(entry), 0);
}

/** One line an order, and why some are not simply there: the words of the ledger. */
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
    'payment',
    'state',
  ];
  const reasons = all.flatMap((settlement) => {
    const { order, deadLetter, held, record } = settlement;
    const reason = (deadLetter ?? held)?.error?.message ?? record?.remark;
    return reason ? [`${order.order_number} ${stateOf(settlement)}: ${reason}`] : [];
  });
  return [table(headings, rows), '', ...reasons].join('\n');
}

function orderLine(settlement: Settlement, lines: Row[]): string[] {
  const { order, salesOrders } = settlement;
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
    paymentName(order),
    stateOf(settlement) + (salesOrders.length > 1 ? ` ×${salesOrders.length}` : ''),
  ];
}

function customerOf(order: Row): string {
  const address = order.billing_address as { firstname?: string; lastname?: string } | null;
  return [address?.firstname, address?.lastname].filter(Boolean).join(' ') || '–';
}

function paymentName({ payment_status: status }: Row): string {
  return (status as { name?: string } | null)?.name ?? '–';
}

function stateOf(settlement: Settlement): string {
  if (settlement.deadLetter) return 'dead letter';
  if (isLost(settlement)) return 'LOST';
  if (settlement.salesOrders.length > 0 && !agrees(settlement)) return 'TOTALS DIFFER';
  if (!isSettled(settlement)) return 'STATES DIFFER';
  if (settlement.held) return 'held';
  if (isCanceled(settlement)) return 'canceled';
  return isRefunded(settlement) ? 'refunded in part' : 'in agreement';
}
