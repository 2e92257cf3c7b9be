import { waitUntil } from '../../scripts/lib/wait';
import type { Workflow } from '../../scripts/n8n/api';
import { isUnfinished, nodeRuns } from '../../scripts/n8n/executions';
import type { PlacedOrder, Row } from '../../scripts/n8n/sandbox-control';
import { SHOP } from '../../scripts/n8n/shop';
import type { World } from '../../scripts/n8n/world';
import { fromTheBeginning } from './flow';
import { type Planned, type Rows, SETS } from './plan';

/** A whole template in dry run on a real n8n, and afterwards the same one that writes. */

/** Turns the switch of Claim, as a person does in the panel. */
function setDry(workflow: Workflow, dryRun: boolean): void {
  for (const { type, parameters } of workflow.nodes) {
    if (type.endsWith('.syncLedger') && parameters.operation === 'claim')
      parameters.dryRun = dryRun;
  }
}

/** Saves the workflow with the switch turned, and publishes it. */
async function publishWith(world: World, id: string, dryRun: boolean): Promise<void> {
  const path = `/rest/workflows/${id}`;
  const { nodes, connections, versionId } = await world.api.json<Workflow & { versionId: string }>(
    'GET',
    path,
  );
  setDry({ nodes } as Workflow, dryRun);
  await world.api.json('PATCH', path, { nodes, connections, versionId });
  await world.api.activate(id);
}

/** Waits until a workflow has so many executions, all of which have ended well. Gives the ids, the newest first. */
async function executionsOf(world: World, workflowId: string, count: number): Promise<string[]> {
  let ended: string[] = [];
  const haveEnded = async (): Promise<boolean> => {
    const all = await world.api.executions({ workflowId }).catch(() => []);
    const bad = all.find(({ status }) => !isUnfinished(status) && status !== 'success');
    if (bad) throw new Error(`Execution ${bad.id} ended as ${bad.status}`);
    ended = all.filter(({ status }) => !isUnfinished(status)).map(({ id }) => id);
    return ended.length === all.length && ended.length >= count;
  };
  if (await waitUntil(haveEnded, 240_000, 100)) return ended;
  throw new Error(`${ended.length} of ${count} executions have ended`);
}

const sizes = (count: number) => ({
  same: Math.round(count * 0.3),
  changed: Math.round(count * 0.3),
  fresh: count - 2 * Math.round(count * 0.3),
});

async function changeAll(
  world: World,
  orders: readonly PlacedOrder[],
  notes: string,
): Promise<void> {
  for (const { id } of orders) await world.control.changeOrder(id, { adminNotes: notes });
}

export async function snapshot(world: World): Promise<Rows> {
  const sets = await Promise.all(
    SETS.map(async (set) => [set, await world.control.rows(set)] as const),
  );
  return Object.fromEntries(sets) as Record<string, Row[]>;
}

export interface DryAndReal {
  before: Rows;
  afterDry: Rows;
  afterReal: Rows;
  plan: Planned[];
  /** What the services counted while the workflow was dry. */
  counts: Awaited<ReturnType<World['control']['counts']>>;
  /** What came while it was dry, and what came again. */
  dryNumbers: string[];
  realNumbers: string[];
  /** Records of the ledger, before and after the dry run. */
  records: [number, number];
  seconds: { dry: number; real: number };
}

interface DryItem {
  order_number?: string;
  source?: { number?: string };
  dryRun?: { writes: Planned[] };
}

const ENDS = ['Mark as done', 'Hold with its reason', 'Keep what failed'];

/** What went out of the last nodes of an execution. */
async function endsOf(world: World, execution: string): Promise<DryItem[]> {
  const { nodes } = await nodeRuns(world.api, execution);
  return ENDS.flatMap((name) => (nodes[name]?.items ?? []) as DryItem[]);
}

const numbersIn = (items: readonly DryItem[]): string[] =>
  items.map(({ source }) => String(source?.number)).sort();

const recordsIn = async (world: World): Promise<number> =>
  Object.values(await world.states()).reduce((sum, count) => sum + count, 0);

/**
 * Fills the environment with one workflow; publishes another one in dry run, which begins there; lets so many orders be touched
 * (some stand in Dynamics 365 as they are, some have changed, some are new); and lets it run dry, and then for real.
 */
export async function dryThenReal(world: World, count: number): Promise<DryAndReal> {
  const { same, changed, fresh } = sizes(count);
  const old = await world.control.placeOrders({ count: same + changed, paid: true, notify: false });
  const filling = await world.importTemplate(SHOP.template, fromTheBeginning);
  await world.api.activate(filling);
  await executionsOf(world, filling, 1);
  await world.api.deactivate(filling);

  const dry = await world.importTemplate(SHOP.template, (workflow) => setDry(workflow, true));
  await world.api.activate(dry);
  await world.api.deactivate(dry);
  await changeAll(world, old, 'Seen by the office');
  await world.api.activate(filling);
  await executionsOf(world, filling, 2);
  await world.api.deactivate(filling);
  await changeAll(world, old.slice(same), 'Deliver in the morning');
  await world.control.placeOrders({ count: fresh, paid: true, notify: false });

  const before = await snapshot(world);
  const known = await recordsIn(world);
  await world.control.resetCounts();
  let began = Date.now();
  await world.api.activate(dry);
  const [first = ''] = await executionsOf(world, dry, 1);
  const drySeconds = (Date.now() - began) / 1000;
  await world.api.deactivate(dry);
  const counts = await world.control.counts();
  const dryItems = await endsOf(world, first);
  const records: [number, number] = [known, await recordsIn(world)];
  const afterDry = await snapshot(world);

  began = Date.now();
  await publishWith(world, dry, false);
  const [second = ''] = await executionsOf(world, dry, 2);
  const realSeconds = (Date.now() - began) / 1000;
  return {
    ...{ before, afterDry, afterReal: await snapshot(world), counts, records },
    plan: dryItems.flatMap(({ dryRun }) => dryRun?.writes ?? []),
    dryNumbers: numbersIn(dryItems),
    realNumbers: numbersIn(await endsOf(world, second)),
    seconds: { dry: drySeconds, real: realSeconds },
  };
}
