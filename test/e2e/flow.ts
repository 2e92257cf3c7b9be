import { waitUntil } from '../../scripts/lib/wait';
import type { Workflow } from '../../scripts/n8n/api';
import type { Row } from '../../scripts/n8n/sandbox-control';
import type { World } from '../../scripts/n8n/world';
import { NODES } from '../../workflows/order-to-cash';
import { describeWorld } from './describe';

export const TEMPLATE = 'xcart-dynamics365-order-to-cash.json';

/** The template as a shop with a backlog sets it: everything there is, from the beginning. */
export function fromTheBeginning(workflow: Workflow): void {
  const trigger = workflow.nodes.find(({ name }) => name === NODES.orders);
  if (!trigger) throw new Error(`The template has no node "${NODES.orders}"`);
  trigger.parameters.startFrom = '2000-01-01T00:00:00';
}

/** n8n draws the second at which "every minute" is, so that two triggers of a workflow meet in one of sixty. */
export function pollingTogether(workflow: Workflow): void {
  const together = { item: [{ mode: 'custom', cronExpression: '* * * * *' }] };
  for (const { parameters } of workflow.nodes) {
    if ('pollTimes' in parameters) parameters.pollTimes = together;
  }
}

/** Runs, and polls, that ended in any other way than they should. */
export async function failedExecutions(world: World, workflowId: string): Promise<string[]> {
  const executions = await world.api.executions({ workflowId });
  return executions.map(({ status }) => status).filter((status) => status !== 'success');
}

/** Waits, and says in the end what the world was like: why nothing came cannot be found out later. */
export async function waitFor(
  world: World,
  condition: () => Promise<boolean>,
  patienceMs: number,
): Promise<void> {
  if (await waitUntil(condition, patienceMs)) return;
  throw new Error(`Nothing for ${patienceMs / 1000} s.\n${await describeWorld(world)}`);
}

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
  const found = (number: string) => byName.get(`X-Cart ${number}`) ?? [];
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
