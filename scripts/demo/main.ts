/**
 * `npm start`: a sandbox, a real n8n with the pack, the template, 25 orders, and the proof in a table.
 * `--exit` ends everything afterwards, with 0 only if nothing was lost or doubled, each order stands as the shop has it,
 * and the totals agree to the cent. `--tutorial` only starts both, with nothing set up in n8n.
 */
import { parseArgs } from 'node:util';

import { step } from '../lib/progress.mjs';
import { SHOP, startFlow } from '../n8n/shop';
import { World } from '../n8n/world';
import { onEnd, runMain } from '../lib/lifecycle';
import { addresses } from './addresses';
import { EXPECTED, orderSettled, placeOrders, SCENARIO } from './orders';
import { report, summary } from './report';
import { runTutorial } from './tutorial';

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      exit: { type: 'boolean', default: false },
      tutorial: { type: 'boolean', default: false },
    },
  });
  if (values.tutorial) return await runTutorial({ onEnd });
  const started = Date.now();
  const world = await step('Starting the sandbox and n8n with the pack', () =>
    World.open({ onEnd }),
  );
  await step('Importing and activating the template', () => startFlow(world));
  const story = await step(`Placing ${SCENARIO.orders} orders in the ${SHOP.name} sandbox`, () =>
    placeOrders(world),
  );
  await step('Waiting until every order is settled', () => orderSettled(world, story));
  const result = await summary(world, { started, story });
  console.log(await report(world));
  const { differ, ...line } = result;
  if (differ > 0) console.log(`${differ} orders differ from the shop`);
  console.log(JSON.stringify(line));
  if (values.exit) return isSound(result) ? 0 : 1;
  console.log(`\n${await addresses(world)}`);
  return await new Promise<never>(() => {});
}

function isSound(result: Awaited<ReturnType<typeof summary>>): boolean {
  return Object.entries(EXPECTED).every(
    ([figure, wanted]) => result[figure as keyof typeof EXPECTED] === wanted,
  );
}

runMain(main);
