/**
 * `npm start`: a sandbox, a real n8n with the pack, the template of each shop, 25 orders in each, and the proof in a table.
 * `--store xcart` shows one shop alone. `--exit` ends everything afterwards, with 0 only if nothing was lost or doubled, each
 * order stands as its shop has it, and the totals agree to the cent. `--tutorial` only starts both, with nothing set up in n8n.
 */
import { step } from '../lib/progress.mjs';
import { startFlow } from '../n8n/shop';
import { World } from '../n8n/world';
import { onEnd, runMain } from '../lib/lifecycle';
import { addresses } from './addresses';
import { choicesIn } from './choices';
import { orderSettled, placeOrders, SCENARIO, type Story } from './orders';
import { exitCode, figures, report, summary } from './report';
import { runTutorial } from './tutorial';

async function main(): Promise<number> {
  const { shops, exit, tutorial } = choicesIn(process.argv.slice(2));
  if (tutorial) return await runTutorial({ onEnd });
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
  console.log(JSON.stringify(figures(shops, results, seconds)));
  if (exit) return exitCode(results);
  console.log(`\n${await addresses(world)}`);
  return await new Promise<never>(() => {});
}

runMain(main);
