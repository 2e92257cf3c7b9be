/**
 * `npm start`: a sandbox, a real n8n with the pack, the template of each shop, 25 orders in each, and the proof in a table.
 * `--store xcart` shows one shop alone. `--exit` ends everything afterwards, with 0 only if nothing was lost or doubled, each
 * order stands as its shop has it, and the totals agree to the cent. `--tutorial` only starts both, with nothing set up in n8n.
 */
import { parseArgs } from 'node:util';

import { step } from '../lib/progress.mjs';
import { SHOPS, type Shop, startFlow } from '../n8n/shop';
import type { ShopName } from '../n8n/sandbox-control';
import { World } from '../n8n/world';
import { onEnd, runMain } from '../lib/lifecycle';
import { addresses } from './addresses';
import { EXPECTED, orderSettled, placeOrders, SCENARIO, type Story } from './orders';
import { report, summary, type Summary, total } from './report';
import { runTutorial } from './tutorial';

function shopsFor(store: string | undefined): readonly Shop[] {
  if (store === undefined) return [...SHOPS.values()];
  const shop = SHOPS.get(store as ShopName);
  if (shop) return [shop];
  throw new Error(`There is no shop "${store}". Write --store ${[...SHOPS.keys()].join(' | ')}.`);
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      exit: { type: 'boolean', default: false },
      store: { type: 'string' },
      tutorial: { type: 'boolean', default: false },
    },
  });
  if (values.tutorial) return await runTutorial({ onEnd });
  const shops = shopsFor(values.store);
  const started = Date.now();
  const world = await step('Starting the sandbox and n8n with the pack', () =>
    World.open({ onEnd }),
  );
  const names = shops.map(({ name }) => name).join(', ');
  await step(`Importing and activating the template of ${names}`, async () => {
    for (const shop of shops) await startFlow(world, shop);
  });
  const stories: Story[] = await step(
    `Placing ${SCENARIO.orders} orders in ${names} (sandbox)`,
    () => Promise.all(shops.map((shop) => placeOrders(world, shop))),
  );
  await step('Waiting until every order is settled', () =>
    Promise.all(stories.map((story) => orderSettled(world, story))),
  );
  const results = await Promise.all(stories.map((story) => summary(world, story)));
  const seconds = Math.round((Date.now() - started) / 100) / 10;
  console.log(await report(world, shops));
  for (const [index, { differ }] of results.entries()) {
    if (differ > 0) console.log(`${differ} orders differ from ${shops[index]?.name}`);
  }
  const parts = shops.map(({ platform }, index) => [platform, results[index]]);
  console.log(
    JSON.stringify({ ...total(results), seconds, shops: Object.fromEntries(parts) as object }),
  );
  if (values.exit) return results.every(isSound) ? 0 : 1;
  console.log(`\n${await addresses(world)}`);
  return await new Promise<never>(() => {});
}

const isSound = (result: Summary): boolean =>
  Object.entries(EXPECTED).every(
    ([figure, wanted]) => result[figure as keyof typeof EXPECTED] === wanted,
  );

runMain(main);
