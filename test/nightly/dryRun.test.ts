import { World } from '../../scripts/n8n/world';
import { checkDryRun } from '../e2e/dryRunCheck';

jest.setTimeout(900_000);

test('500 orders in dry run write nothing into a filled environment, and afterwards exactly what was said', async () => {
  const world = await World.open();
  try {
    const { seconds, requests, said } = await checkDryRun(world, 500);
    process.stdout.write(`${JSON.stringify({ orders: 500, seconds, requests, said })}\n`);
  } finally {
    await world.close();
  }
});
