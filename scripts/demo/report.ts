import { mapValues } from 'lodash';

import type { Row } from '../n8n/sandbox-control';
import type { Shop } from '../n8n/shop';
import type { World } from '../n8n/world';
import {
  agrees,
  EXPECTED,
  isCanceled,
  isSettled,
  settlements,
  type Settlement,
  type Story,
} from './orders';
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
  /** Stand otherwise than the shop says. */
  differ: number;
}

/** The figures of one shop, each counted in what the two systems and the ledger hold now. */
export async function summary(world: World, story: Story): Promise<Summary> {
  const all = await settlements(world, story.shop);
  const arrived = all.filter(({ salesOrders }) => salesOrders.length > 0);
  const count = (condition: (settlement: Settlement) => unknown): number =>
    all.filter(condition).length;
  return {
    placed: all.length,
    created: arrived.length,
    updated: count((one) => one.order.id === story.changed && agrees(one)),
    duplicates: sum(arrived, ({ salesOrders }) => salesOrders.length - 1),
    lost: count(isLost),
    deadLetters: count(({ deadLetter }) => deadLetter),
    held: count(({ held }) => held),
    canceled: count(isCanceled),
    refunded: count(isRefunded),
    differ: count((one) => !isLost(one) && !isSettled(one)),
  };
}

/** 0 only if in every shop all came about that had to, and nothing else. */
export const exitCode = (results: readonly Summary[]): 0 | 1 => (results.every(isSound) ? 0 : 1);

const isSound = (result: Summary): boolean =>
  Object.entries(EXPECTED).every(
    ([figure, wanted]) => result[figure as keyof typeof EXPECTED] === wanted,
  );

/** One object for programs: the sums of all shops, and a part for each. */
export function figures(
  shops: ReadonlyArray<Pick<Shop, 'platform'>>,
  results: readonly Summary[],
  seconds: number,
): Summary & { seconds: number; shops: Record<string, Summary> } {
  const parts = shops.flatMap(({ platform }, at) => {
    const result = results[at];
    return result ? [[platform, result] as const] : [];
  });
  return { ...total(results), seconds, shops: Object.fromEntries(parts) };
}

/** What all shops come to together. */
export const total = (all: readonly Summary[]): Summary =>
  mapValues(EXPECTED, (_, figure) => sum(all, (one) => one[figure as keyof Summary]));

const isLost = ({ salesOrders, deadLetter, held }: Settlement): boolean =>
  salesOrders.length === 0 && !deadLetter && !held;

const isRefunded = ({ record }: Settlement): boolean => /refund/i.test(record?.remark ?? '');

function sum<T>(list: readonly T[], value: (entry: T) => number): number {
  return list.reduce((total, entry) => total + value(entry), 0);
}

/** One line an order of each shop, and why some are not simply there: the words of the ledger. */
export async function report(world: World, shops: readonly Shop[]): Promise<string> {
  const [lines, ...all] = await Promise.all([
    world.control.rows('salesorderdetails'),
    ...shops.map((shop) => settlements(world, shop)),
  ]);
  const headings = [
    'shop',
    'order',
    'customer',
    'sales order',
    'lines',
    'total in shop',
    'total in Dynamics 365',
    'payment',
    'state',
  ];
  const reasons = all.flat().flatMap((settlement) => {
    const { shop, order, deadLetter, held, record } = settlement;
    const reason = (deadLetter ?? held)?.error?.message ?? record?.remark;
    return reason ? [`${shop.name} ${order.number} ${stateOf(settlement)}: ${reason}`] : [];
  });
  const rows = all.flat().map((settlement) => orderLine(settlement, lines));
  return [table(headings, rows), '', ...reasons].join('\n');
}

function orderLine(settlement: Settlement, lines: Row[]): string[] {
  const { shop, order, salesOrders } = settlement;
  const first = salesOrders[0];
  const lineCount = lines.filter(
    (line) => first && line._salesorderid_value === first.salesorderid,
  ).length;
  return [
    shop.name,
    order.number,
    order.customer || '–',
    String(first?.ordernumber ?? '–'),
    first ? `${lineCount} of ${order.items.length}` : '–',
    order.total.toFixed(2),
    first ? Number(first.totalamount).toFixed(2) : '–',
    order.status || '–',
    stateOf(settlement) + (salesOrders.length > 1 ? ` ×${salesOrders.length}` : ''),
  ];
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
