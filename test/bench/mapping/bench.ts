import { isDeepStrictEqual } from 'node:util';

import { onEnd } from '../../../scripts/lib/lifecycle';
import { step } from '../../../scripts/lib/progress.mjs';
import { finishedExecution, nodeRuns } from '../../../scripts/n8n/executions';
import { World } from '../../../scripts/n8n/world';
import { compare, type BenchResult } from '../result';
import { DRAGGED, mappingWorkflow, NODES, OWN, ROWS } from './workflow';

const ORDERS = 5000;
const SAMPLES = 20;

type Times = Record<keyof typeof NODES, number>;

interface Measured {
  name: string;
  said: typeof OWN;
  orders: number;
  /** Least ratios that pass. */
  budgets: { code: number; edit: number };
}

/**
 * What is measured, and how many orders: of the preset fewer, because Edit Fields takes half a minute for a thousand of
 * them. The preset does more than both peers: it adds up, checks and books every order as well, nearly a third of its time.
 */
const MAPPINGS: Measured[] = [
  { name: 'mapping', said: OWN, orders: ORDERS, budgets: { code: 4, edit: 300 } },
  { name: 'mapping, dragged', said: ROWS, orders: ORDERS, budgets: { code: 4, edit: 300 } },
  {
    name: 'mapping, preset dragged',
    said: DRAGGED,
    orders: 2000,
    budgets: { code: 1.2, edit: 300 },
  },
];

/**
 * Commerce Map beside Edit Fields and beside a Code node written by hand: 5,000 orders × 21 fields, the same
 * fields as rows with dragged fields, and the whole preset with every one of its rows changed by drag and drop.
 */
export async function mappingBench({ runs }: { runs: number }): Promise<BenchResult[]> {
  const env = { N8N_RUNNERS_TASK_TIMEOUT: '300' };
  const world = await step('Starting the sandbox and n8n with the pack', () =>
    World.open({ onEnd, env }),
  );
  const samples = await world.control.placeOrders({ count: SAMPLES, notify: false });
  const results: BenchResult[] = [];
  for (const mapping of MAPPINGS) {
    const times: Times[] = [];
    for (let run = 1; run <= runs; run += 1) {
      const title = `${mapping.name}, run ${run}: ${mapping.orders} orders`;
      times.push(await step(title, () => measure(world, samples, { ...mapping, run })));
    }
    results.push(...compared(mapping, times));
  }
  return results;
}

function compared({ name, budgets }: Measured, times: Times[]): BenchResult[] {
  const of = (name: keyof Times) => times.map((time) => time[name]);
  const common = { unit: 'ms', higherIsBetter: false };
  return [
    compare({
      ...common,
      name: `${name}: beside a Code node`,
      ours: of('ours'),
      peer: of('code'),
      budget: budgets.code,
    }),
    compare({
      ...common,
      name: `${name}: beside Edit Fields`,
      ours: of('ours'),
      peer: of('edit'),
      budget: budgets.edit,
    }),
  ];
}

interface Run extends Measured {
  run: number;
}

async function measure(
  world: World,
  samples: object[],
  { name, said, orders, run }: Run,
): Promise<Times> {
  const path = `${name.replaceAll(/\W+/g, '-')}-${run}`;
  const id = await world.importWorkflow(mappingWorkflow(said, samples, { count: orders, path }));
  await world.api.activate(id);
  await fetch(`${world.n8n.url}/webhook/${path}`, { method: 'POST' });
  const execution = await finishedExecution(world.api, id);
  const { nodes, error } = await nodeRuns(world.api, execution.id);
  await world.api.deactivate(id);
  if (error) throw new Error(`The run does not count: ${error}`);
  const outputs = Object.values(NODES).map((name) => nodes[name]?.items ?? []);
  assertSame(outputs, orders);
  return {
    ours: nodes[NODES.ours]?.milliseconds ?? Number.NaN,
    edit: nodes[NODES.edit]?.milliseconds ?? Number.NaN,
    code: nodes[NODES.code]?.milliseconds ?? Number.NaN,
  };
}

/** The comparison is fair only when all three put out the same. */
function assertSame([ours = [], ...others]: object[][], orders: number): void {
  if (ours.length !== orders) throw new Error(`${ours.length} of ${orders} orders were mapped`);
  for (const other of others) {
    const index = ours.findIndex((document, at) => !isDeepStrictEqual(document, other[at]));
    if (index >= 0) {
      throw new Error(
        `Item ${index} differs:\n${JSON.stringify(ours[index])}\n${JSON.stringify(other[index])}`,
      );
    }
  }
}
