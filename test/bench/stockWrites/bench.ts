import { randomUUID } from 'node:crypto';

import { onEnd } from '../../../scripts/lib/lifecycle';
import { step } from '../../../scripts/lib/progress.mjs';
import type { Workflow } from '../../../scripts/n8n/api';
import { finishedExecution, nodeRuns } from '../../../scripts/n8n/executions';
import { SHOPS, type Shop } from '../../../scripts/n8n/shop';
import { World } from '../../../scripts/n8n/world';
import { PACK } from '../../../workflows/builder';
import { type BenchResult, ceiling } from '../result';

const SKUS = 5_000;
/** Products beside them, whose stock stays as it is. */
const OTHERS = 500;
const WRITE = 'Update stock';

/** A tenth is of variants where a shop has them, of a second warehouse where it has several. */
const TENTH = SKUS / 10;
const HAVE_VARIANTS: ReadonlySet<string> = new Set(['xcart', 'threedcart']);

/**
 * Requests that write 5,000 levels, and requests of any kind: what each shop's API allows at best, and a tenth more of those
 * that only read. The variants are those of a hundred products.
 */
const BUDGETS: Readonly<Record<string, { writes: number; requests: number }>> = {
  // The variants of each product are read by themselves, to the page that is empty; 16 more are on their way at the end.
  xcart: { writes: 5_000, requests: 5_290 },
  // A hundred products in one request, and one for the variants of each product.
  threedcart: { writes: 145, requests: 175 },
  // Its list of stock knows no filter and has a row for each of two warehouses: a hundred pages are read.
  clarity: { writes: 50, requests: 165 },
};

/** Where a SKU lies in several warehouses, one is named. */
const OPTIONS: Readonly<Record<string, object>> = {
  clarity: { warehouse: 'MAIN', warehouseField: 'warehouse' },
};

interface Found {
  writes: number;
  requests: number;
  seconds: number;
}

/** 5,000 stock levels into each shop: what is sent where all of them differ, and where none does. */
export async function stockWritesBench(): Promise<BenchResult[]> {
  const world = await step('Starting the sandbox and n8n with the pack', () =>
    World.open({ onEnd }),
  );
  const results: BenchResult[] = [];
  for (const shop of SHOPS.values()) {
    const variants = HAVE_VARIANTS.has(shop.platform) ? TENTH : 0;
    const skus = await world.control.shop(shop.platform).addProducts(SKUS + OTHERS, variants);
    const run = async (what: string, quantity: number): Promise<Found> =>
      await step(`${shop.name}: ${SKUS} stock levels, ${what}`, () =>
        measure(world, shop, skus.slice(0, SKUS), quantity),
      );
    const changed: Found = await run('all of them new', 7);
    const same: Found = await run('none of them new', 7);
    await check(world, shop, skus, 7);
    const { writes, requests } = BUDGETS[shop.platform] ?? { writes: SKUS, requests: 2 * SKUS };
    const of = `stock of ${shop.name}, ${SKUS} levels`;
    results.push(
      ceiling(`${of}: requests that write`, 'requests', [changed.writes], writes),
      ceiling(`${of}: requests`, 'requests', [changed.requests], requests),
      ceiling(`${of}: seconds`, 's', [changed.seconds], 180),
      ceiling(`${of}, unchanged: requests that write`, 'requests', [same.writes], 0),
    );
  }
  await world.close();
  return results;
}

async function measure(world: World, shop: Shop, skus: string[], quantity: number): Promise<Found> {
  const path = randomUUID();
  const id = await world.importWorkflow(workflowFor(shop, skus, quantity, path));
  await world.api.activate(id);
  await world.control.resetCounts();
  const started = Date.now();
  await fetch(`${world.n8n.url}/webhook/${path}`, { method: 'POST' });
  const execution = await finishedExecution(world.api, id);
  const seconds = (Date.now() - started) / 1000;
  const { [shop.platform]: counts } = await world.control.counts();
  const { nodes, error } = await nodeRuns(world.api, execution.id);
  await world.api.deactivate(id);
  const items = nodes[WRITE]?.items ?? [];
  if (error || items.length !== skus.length) {
    throw new Error(`The run does not count: ${error ?? `${items.length} items`}`);
  }
  const writes = Object.entries(counts.byRoute)
    .filter(([route]) => /^(PUT|PATCH|POST) /.test(route))
    .reduce((sum, [, count]) => sum + count, 0);
  return { writes, requests: counts.requests, seconds };
}

/** Each has its own amount, so that one that was written for another would show. */
const amountOf = (index: number, quantity: number): number => quantity + (index % 90);

async function check(world: World, shop: Shop, skus: string[], quantity: number): Promise<void> {
  const staff = world.control.shop(shop.platform);
  for (const index of [0, 1, TENTH - 1, TENTH, 4_321, SKUS - 1, SKUS, SKUS + OTHERS - 1]) {
    const [found, wanted] = [
      await staff.stock(skus[index] ?? ''),
      index < SKUS ? amountOf(index, quantity) : 0,
    ];
    if (found !== wanted) throw new Error(`${skus[index]} has ${found} pieces, not ${wanted}`);
  }
}

function workflowFor(shop: Shop, skus: string[], quantity: number, path: string): Workflow {
  const levels = skus.map((sku, index) => ({
    sku,
    quantity: amountOf(index, quantity),
    ...(index < TENTH && { warehouse: 'EAST' }),
  }));
  const node = (name: string, type: string, typeVersion: number, parameters: object) => ({
    id: randomUUID(),
    name,
    type,
    typeVersion,
    position: [0, 0],
    parameters: parameters as Record<string, unknown>,
  });
  const wire = (to: string) => ({ main: [[{ node: to, type: 'main', index: 0 }]] });
  return {
    name: `Bench: stock of ${shop.name}`,
    nodes: [
      {
        ...node('Start', 'n8n-nodes-base.webhook', 2, {
          path,
          httpMethod: 'POST',
          responseMode: 'onReceived',
          options: {},
        }),
        webhookId: path,
      },
      node('Levels', 'n8n-nodes-base.code', 2, {
        jsCode: `return ${JSON.stringify(levels)}.map((json) => ({ json }));`,
      }),
      {
        ...node(WRITE, `${PACK}.${shop.node}`, 1, {
          resource: 'stock',
          operation: 'update',
          options: OPTIONS[shop.platform] ?? {},
        }),
        credentials: { [shop.credential]: { id: '', name: '' } },
      },
    ],
    connections: { Start: wire('Levels'), Levels: wire(WRITE) },
    settings: { executionOrder: 'v1', executionTimeout: -1 },
  };
}
