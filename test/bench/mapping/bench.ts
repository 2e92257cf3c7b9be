import { isDeepStrictEqual } from 'node:util';

import { onEnd } from '../../../scripts/lib/lifecycle';
import { step } from '../../../scripts/lib/progress.mjs';
import { finishedExecution, nodeRuns } from '../../../scripts/n8n/executions';
import { World } from '../../../scripts/n8n/world';
import { compare, type BenchResult } from '../result';
import { mappingWorkflow, NODES } from './workflow';

const ORDERS = 5000;
const SAMPLES = 20;

type Times = Record<keyof typeof NODES, number>;

/** 5,000 orders × 21 fields: Commerce Map beside Edit Fields and beside a Code node written by hand. */
export async function mappingBench({ runs }: { runs: number }): Promise<BenchResult[]> {
  const env = { N8N_RUNNERS_TASK_TIMEOUT: '300' };
  const world = await step('Starting the sandbox and n8n with the pack', () =>
    World.open({ onEnd, env }),
  );
  const samples = await world.control.placeOrders({ count: SAMPLES, notify: false });
  const times: Times[] = [];
  for (let run = 1; run <= runs; run += 1) {
    times.push(await step(`Run ${run}: ${ORDERS} orders`, () => measure(world, samples, run)));
  }
  const of = (name: keyof Times) => times.map((time) => time[name]);
  const common = { unit: 'ms', higherIsBetter: false };
  return [
    compare({
      ...common,
      name: 'mapping: beside a Code node',
      ours: of('ours'),
      peer: of('code'),
      budget: 1,
    }),
    compare({
      ...common,
      name: 'mapping: beside Edit Fields',
      ours: of('ours'),
      peer: of('edit'),
      budget: 100,
    }),
  ];
}

async function measure(world: World, samples: object[], run: number): Promise<Times> {
  const path = `mapping-${run}`;
  const id = await world.importWorkflow(mappingWorkflow(samples, ORDERS, path));
  await world.api.activate(id);
  await fetch(`${world.n8n.url}/webhook/${path}`, { method: 'POST' });
  const execution = await finishedExecution(world.api, id);
  const { nodes, error } = await nodeRuns(world.api, execution.id);
  await world.api.deactivate(id);
  if (error) throw new Error(`The run does not count: ${error}`);
  const outputs = Object.values(NODES).map((name) => nodes[name]?.items ?? []);
  assertSame(outputs);
  return {
    ours: nodes[NODES.ours]?.milliseconds ?? Number.NaN,
    edit: nodes[NODES.edit]?.milliseconds ?? Number.NaN,
    code: nodes[NODES.code]?.milliseconds ?? Number.NaN,
  };
}

/** The comparison is fair only when all three put out the same. */
function assertSame([ours = [], ...others]: object[][]): void {
  if (ours.length !== ORDERS) throw new Error(`${ours.length} of ${ORDERS} orders were mapped`);
  for (const other of others) {
    const index = ours.findIndex((document, at) => !isDeepStrictEqual(document, other[at]));
    if (index >= 0) {
      throw new Error(
        `Item ${index} differs:\n${JSON.stringify(ours[index])}\n${JSON.stringify(other[index])}`,
      );
    }
  }
}
