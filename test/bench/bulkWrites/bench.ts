import type { INodeType } from 'n8n-workflow';

import type * as DynamicsNodeFile from '../../../nodes/Dynamics365/Dynamics365.node';
import { step } from '../../../scripts/lib/progress.mjs';
import { type RunningSandbox, startSandbox } from '../../../sandbox/start';
import { type BenchResult, ceiling } from '../result';
import {
  accounts,
  ALLOWED,
  BAD_EVERY,
  shareOfAllowed,
  upsertAccounts,
  type Written,
} from './scenario';

type DynamicsNode = typeof DynamicsNodeFile;

const ROWS = 10_000;
const BAD = ROWS / BAD_EVERY;

/** Requests of one user at a time (Dataverse docs: api-limits). */
const CONCURRENT = 52;
const REQUESTS_EACH = 0.03;
const LEAST_SHARE = 0.7;

/** Milliseconds that Dataverse takes at least for a row, so that requests are under way together. */
const PER_WRITE_MS = 2;

function check(written: Written): void {
  const { outcomes, errors, unclear, stored } = written;
  const done = Object.values(outcomes).reduce((sum, count) => sum + count, 0);
  if (done !== ROWS - BAD || errors !== BAD || stored !== ROWS - BAD) {
    throw new Error(`${done} rows written, ${stored} stored, ${errors} errors of ${BAD}`);
  }
  if (unclear.length > 0) {
    throw new Error(`${unclear.length} errors name no column or reason, such as: ${unclear[0]}`);
  }
}

/** 10,000 rows upserted by the node in n8n's engine, one in a hundred bad: freely, and under 429s. */
export async function bulkWritesBench(): Promise<BenchResult[]> {
  const sandbox = await step('Starting the sandbox', async () => await startSandbox());
  try {
    const free = await step(`${ROWS} rows, ${BAD} of them bad`, () => run(sandbox));
    sandbox.reset('dataverse');
    const { switches } = sandbox.services.dataverse;
    switches.limits = { ...switches.limits, ...ALLOWED };
    const held = await step('The same under 429s', () => run(sandbox));
    console.error(JSON.stringify({ free, held }));
    const share = shareOfAllowed(held);
    return [
      ceiling('bulk writes: requests a row', 'requests', [free.requests / ROWS], REQUESTS_EACH),
      ceiling('bulk writes: most in flight', 'requests', [free.mostInFlight], CONCURRENT),
      ceiling('bulk writes: seconds', 's', [free.seconds], 120),
      ceiling(
        'bulk writes under 429s: requests a row',
        'requests',
        [held.requests / ROWS],
        REQUESTS_EACH,
      ),
      ceiling(
        'bulk writes under 429s: most in flight',
        'requests',
        [held.mostInFlight],
        CONCURRENT,
      ),
      atLeast('bulk writes under 429s: share of what the limits allow', share, LEAST_SHARE),
    ];
  } finally {
    await sandbox.stop();
  }
}

async function run(sandbox: RunningSandbox): Promise<Written> {
  sandbox.context.faults.configure({ latency: { dataverse: { perWriteMs: PER_WRITE_MS } } });
  const written = await upsertAccounts({ sandbox, node: await loadNode() }, accounts(ROWS));
  check(written);
  return written;
}

/** Node.js would take a name that ends with `.node` for a program of the machine. */
async function loadNode(): Promise<INodeType> {
  const path: string = '../../../nodes/Dynamics365/Dynamics365.node.ts';
  const { Dynamics365 } = (await import(path)) as DynamicsNode;
  return new Dynamics365();
}

function atLeast(name: string, value: number, budget: number): BenchResult {
  const ours = Math.round(value * 1000) / 1000;
  return {
    ...{ name, ours, peer: budget, ratio: ours, unit: 'share' },
    ...{ higherIsBetter: true, budget, pass: value >= budget },
  };
}
