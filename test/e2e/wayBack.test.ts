import { SHOPS } from '../../scripts/n8n/shop';
import { World } from '../../scripts/n8n/world';
import { pollingTogether } from './flow';
import { checkWayBack } from './wayBack';

jest.setTimeout(900_000);

describe('Order to cash and back, on a real n8n', () => {
  let world: World;

  beforeAll(async () => {
    world = await World.open();
  });
  afterAll(async () => await world?.close());

  it('tells each shop once what became of its orders, and nothing comes back on either side', async () => {
    await checkWayBack(world, [...SHOPS.values()], 8, pollingTogether);
  });
});
