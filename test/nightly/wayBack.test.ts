import { SHOPS } from '../../scripts/n8n/shop';
import { World } from '../../scripts/n8n/world';
import { checkWayBack } from '../e2e/wayBack';

// An hour ends a test that hangs: 3dcart takes two requests a second.
jest.setTimeout(3_600_000);

test('200 orders of each shop go to Dynamics 365, and what becomes of them there comes back once', async () => {
  const world = await World.open();
  try {
    const figures = await checkWayBack(world, [...SHOPS.values()], 200);
    process.stdout.write(`${JSON.stringify(figures)}\n`);
  } finally {
    await world.close();
  }
});
