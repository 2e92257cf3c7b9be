import { createInterface } from 'node:readline';

import { step } from '../lib/progress.mjs';
import type { SandboxControl } from '../n8n/sandbox-control';
import { World, type WorldOptions } from '../n8n/world';
import { addresses } from './addresses';
import { addOwnColumns } from './ownColumns';

const ORDERS_AT_THE_START = 5;
export const GIFT_MESSAGE = 'Happy birthday, Grandma!';

export const placeOrders = async (control: SandboxControl, count: number, notes = GIFT_MESSAGE) =>
  await control.placeOrders({ count, paid: true, notes });

/** What stands in the shop and in Dynamics 365 when the tutorial begins. */
export async function beginTutorial(world: World): Promise<void> {
  await addOwnColumns(world);
  await placeOrders(world.control, ORDERS_AT_THE_START);
}

/**
 * What `docs/tutorial.md` begins with: some orders in the shop, two columns of its own in Dynamics 365, and an n8n with
 * the pack in which nothing is set up.
 */
export async function openTutorial(options: Pick<WorldOptions, 'onEnd'>): Promise<World> {
  const world = await step('Starting the sandbox and n8n with the pack', () =>
    World.open({ ...options, withoutCredentials: true }),
  );
  await beginTutorial(world);
  return world;
}

/** Says where everything is, and places one more order whenever a person presses Enter. */
export async function runTutorial(options: Pick<WorldOptions, 'onEnd'>): Promise<never> {
  const world = await openTutorial(options);
  console.log(`\n${await addresses(world)}`);
  console.log('\nGo on with docs/tutorial.md. Press Enter to place one more order in the shop.');
  const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
  while (!(await lines.next()).done) {
    const [order] = await placeOrders(world.control, 1);
    console.log(`Order ${order?.order_number} was placed and paid.`);
  }
  // Without a terminal there is nobody to press Enter; the services stay all the same.
  return await new Promise<never>(() => {});
}
