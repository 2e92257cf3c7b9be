import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';

import { onEnd } from '../../../scripts/lib/lifecycle';
import { step } from '../../../scripts/lib/progress.mjs';
import { finishedExecution, nodeRuns } from '../../../scripts/n8n/executions';
import { World } from '../../../scripts/n8n/world';
import { compare, type BenchResult } from '../result';
import { DRAGGED, mappingWorkflow, NODES, OWN, type Peer, ROWS } from './workflow';

const ORDERS = 5000;
const SAMPLES = 20;

type Times = Record<Peer, number[]>;

interface Measured {
  name: string;
  said: typeof OWN;
  /** Least ratios that pass; only what has one is measured. */
  budgets: { code: number; edit: number; untouched?: number };
}

/**
 * What is measured. The preset does more than both peers: it adds up, checks and books every order as well.
 * What drag and drop alone costs, it shows beside the preset as it comes.
 */
const MAPPINGS: Measured[] = [
  { name: 'mapping', said: OWN, budgets: { code: 4, edit: 300 } },
  { name: 'mapping, dragged', said: ROWS, budgets: { code: 4, edit: 300 } },
  {
    name: 'mapping, preset dragged',
    said: DRAGGED,
    budgets: { code: 1.2, edit: 300, untouched: 1 },
  },
];

/**
 * What is run one after the other in an execution of its own. Edit Fields stands alone: it takes minutes, in which Node.js
 * forgets the compiled code of all that rests, and n8n ends the process of the Code node. Whoever is measured behind it is
 * measured cold.
 */
const EXECUTIONS: ReadonlyArray<readonly Peer[]> = [['ours', 'code', 'untouched'], ['edit']];

const PEERS = {
  code: 'a Code node',
  edit: 'Edit Fields',
  untouched: 'the preset as it comes',
} as const;

/**
 * Commerce Map beside Edit Fields and beside a Code node written by hand: 5,000 orders × 21 fields, the same
 * fields as rows with dragged fields, and the whole preset with every one of its rows changed by drag and drop.
 */
export async function mappingBench({ runs }: { runs: number }): Promise<BenchResult[]> {
  const env = { N8N_RUNNERS_TASK_TIMEOUT: '300' };
  const results: BenchResult[] = [];
  for (const mapping of MAPPINGS) {
    // Edit Fields leaves n8n slower, and for longer than its own execution.
    const world = await step('Starting the sandbox and n8n with the pack', () =>
      World.open({ onEnd, env }),
    );
    const samples = await world.control.placeOrders({ count: SAMPLES, notify: false });
    const times: Times = { ours: [], code: [], edit: [], untouched: [] };
    let expected: object[] | undefined;
    for (const peers of EXECUTIONS) {
      const measured = peers.filter((peer) => peer === 'ours' || mapping.budgets[peer]);
      for (let run = 1; run <= runs; run += 1) {
        const names = measured.map((name) => NODES[name]).join(' and ');
        const title = `${mapping.name}, ${names}, run ${run}: ${ORDERS} orders`;
        const found: Found[] = await step(title, () =>
          measure(world, samples, { ...mapping, measured }),
        );
        for (const { name, milliseconds, items } of found) {
          times[name].push(milliseconds);
          if (name === 'untouched') continue;
          expected ??= items;
          assertSame(expected, items);
        }
      }
    }
    await world.close();
    results.push(...compared(mapping, times));
  }
  return results;
}

function compared({ name, budgets }: Measured, times: Times): BenchResult[] {
  const common = { unit: 'ms', higherIsBetter: false, ours: times.ours };
  const peers = ['code', 'edit', 'untouched'] as const;
  return peers.flatMap((peer) => {
    const budget = budgets[peer];
    if (budget === undefined) return [];
    return [
      compare({ ...common, name: `${name}: beside ${PEERS[peer]}`, peer: times[peer], budget }),
    ];
  });
}

interface Run extends Measured {
  measured: readonly Peer[];
}

interface Found {
  name: Peer;
  milliseconds: number;
  items: object[];
}

async function measure(world: World, samples: object[], { said, measured }: Run): Promise<Found[]> {
  const path = randomUUID();
  const workflow = mappingWorkflow(said, samples, { count: ORDERS, path, measured });
  const id = await world.importWorkflow(workflow);
  await world.api.activate(id);
  await fetch(`${world.n8n.url}/webhook/${path}`, { method: 'POST' });
  const execution = await finishedExecution(world.api, id);
  const { nodes, error } = await nodeRuns(world.api, execution.id);
  await world.api.deactivate(id);
  if (error) throw new Error(`The run does not count: ${error}`);
  return measured.map((name) => {
    const { milliseconds = Number.NaN, items = [] } = nodes[NODES[name]] ?? {};
    return { name, milliseconds, items };
  });
}

/** The comparison is fair only when all put out the same. */
function assertSame(expected: object[], found: object[]): void {
  if (found.length !== ORDERS) throw new Error(`${found.length} of ${ORDERS} orders were mapped`);
  const index = expected.findIndex((document, at) => !isDeepStrictEqual(document, found[at]));
  if (index < 0) return;
  throw new Error(
    `Item ${index} differs:\n${JSON.stringify(expected[index])}\n${JSON.stringify(found[index])}`,
  );
}
