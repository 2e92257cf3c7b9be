import { range } from 'lodash';

import { waitUntil } from '../../scripts/lib/wait';
import type { Workflow } from '../../scripts/n8n/api';
import { UNFINISHED } from '../../scripts/n8n/executions';
import { triggerOf } from '../../scripts/n8n/shop';
import type { World } from '../../scripts/n8n/world';
import { describeWorld } from './describe';

/** The template as a shop with a backlog sets it: everything there is, from the beginning. */
export function fromTheBeginning(workflow: Workflow): void {
  triggerOf(workflow).parameters.startFrom = '2000-01-01T00:00:00';
}

/** Poll times, as a person sets several of them: these seconds of every minute. */
const at = (seconds: number[]): object => ({
  item: seconds.map((second) => ({ mode: 'custom', cronExpression: `${second} * * * * *` })),
});

/** n8n draws the second at which "every minute" is, so that two triggers of a workflow meet in one of sixty. */
export function pollingTogether(workflow: Workflow, everySeconds = 15): void {
  for (const { parameters } of workflow.nodes) {
    if ('pollTimes' in parameters) parameters.pollTimes = at(range(0, 60, everySeconds));
  }
}

/**
 * What the ledger tells (retries that are due, new dead letters) is asked for at more moments of a minute than the one of
 * the template, so that a test waits seconds for it. Orders come as the template has it.
 */
export function tellingOften(workflow: Workflow): void {
  for (const { type, parameters } of workflow.nodes) {
    if (type.endsWith('.syncLedgerTrigger')) parameters.pollTimes = at([0, 10, 20, 30, 40, 50]);
  }
}

/**
 * Runs, and polls, that ended in any other way than they should. A run goes on for a while after the ledger has its
 * last record, so their end is waited for.
 */
export async function failedExecutions(
  world: World,
  workflowId: string,
  patienceMs = 60_000,
): Promise<string[]> {
  const haveEnded = async (): Promise<boolean> =>
    (await world.api.executions({ workflowId, status: UNFINISHED }, 1)).length === 0;
  await waitFor(world, haveEnded, patienceMs);
  const executions = await world.api.executions({ workflowId }, Infinity);
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

/**
 * Waits for a count to come to what is expected, for as long as it grows. How long all of them take is the machine's
 * affair; that none comes any more is a fault.
 */
export async function waitForCount(
  world: World,
  count: () => Promise<number>,
  expected: number,
  stallMs: number,
): Promise<void> {
  for (let reached = 0; reached < expected;) {
    const before: number = reached;
    await waitFor(world, async () => (reached = await count()) > before, stallMs);
  }
}
