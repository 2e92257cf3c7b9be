import { World } from '../../scripts/n8n/world';
import { checkDryRun } from './dryRunCheck';

jest.setTimeout(300_000);

describe('A whole template in dry run, on a real n8n', () => {
  let world: World;

  beforeAll(async () => {
    world = await World.open();
  });
  afterAll(async () => {
    await world.close();
  });

  it('writes nothing into a filled environment; switched off, it writes what it said, for all that came meanwhile', async () => {
    await checkDryRun(world, 50);
  });
});
