import { inFlight } from '../../core/http/in-flight';
import { isSettled, settlements } from '../../scripts/demo/orders';
import type { ShopOrder } from '../../sandbox/kit/shop';
import type { Workflow } from '../../scripts/n8n/api';
import { type Shop, startFlow } from '../../scripts/n8n/shop';
import type { World } from '../../scripts/n8n/world';
import { changesOfShop, sumOf, writesOfDataverse, writesOfShop } from './counted';
import {
  befall,
  expectedOf,
  type Fate,
  fateOf,
  mostWrites,
  prepareTracking,
  saidOf,
} from './fates';
import { failedExecutions, waitFor, waitForCount } from './flow';
import { DynamicsPerson } from './person';

/** Everything of which n8n polls comes within a minute and a half, and each order takes its time. */
const PATIENCE_MS = 300_000;

/** An order on its way to Dynamics 365 and back. */
interface Story {
  shop: Shop;
  order: ShopOrder;
  fate: Fate;
  salesOrderId: string;
  before: ReturnType<typeof saidOf>;
}

interface Flows {
  /** Ids of the workflows that were published. */
  ids: string[];
  person: DynamicsPerson;
}

/** Publishes order to cash and the way back of each shop. */
async function publish(
  world: World,
  shops: readonly Shop[],
  adapt?: (workflow: Workflow) => void,
): Promise<Flows> {
  const person = await DynamicsPerson.signIn(world);
  await prepareTracking(person);
  const ids: string[] = [];
  for (const shop of shops) {
    ids.push(await startFlow(world, shop, adapt));
    for (const file of shop.back) {
      const id = await world.importTemplate(file, adapt);
      await world.api.activate(id);
      ids.push(id);
    }
  }
  return { ids, person };
}

/** Places orders, and waits until each is one sales order, and nothing is on its way. */
async function bringOver(world: World, shop: Shop, count: number): Promise<Story[]> {
  await world.control.shop(shop.platform).place({ count, lines: 1, state: 'paid', notify: true });
  const arrived = async (): Promise<number> =>
    (await settlements(world, shop)).filter(isSettled).length;
  await waitForCount(world, arrived, count, PATIENCE_MS);
  await waitFor(world, async () => (await world.unsettled()) === 0, PATIENCE_MS);
  return (await settlements(world, shop)).map(({ order, salesOrders }, place) => ({
    ...{ shop, order, fate: fateOf(place) },
    salesOrderId: String(salesOrders[0]?.['salesorderid']),
    before: saidOf(world.sandbox, shop.platform, order),
  }));
}

/** What is wrong in the shop with what it says of an order: undefined where all is as it is to be. */
async function wrongOf(world: World, story: Story): Promise<object | undefined> {
  const { shop, fate, before } = story;
  const order = await world.control.shop(shop.platform).order(story.order.id);
  const said = saidOf(world.sandbox, shop.platform, order);
  const expected = expectedOf(shop.platform, fate, order, before);
  const isRight = JSON.stringify(said) === JSON.stringify(expected);
  return isRight ? undefined : { shop: shop.name, order: order.number, fate, said, expected };
}

async function allWrong(world: World, stories: readonly Story[]): Promise<object[]> {
  const wrong = await inFlight(stories, 8, async (story) => await wrongOf(world, story));
  return wrong.flatMap((one) => one ?? []);
}

/** Waits until everybody has been asked for news again, twice. */
async function twoPollsLater(world: World, shops: readonly Shop[]): Promise<void> {
  await world.control.resetCounts();
  const haveAsked = async (): Promise<boolean> => {
    const counts = await world.control.counts();
    const flows = shops.reduce((sum, { back }) => sum + back.length, 0);
    const asked = shops.every(({ platform }) => counts[platform].requests >= 2);
    return asked && counts.dataverse.requests >= 2 * flows;
  };
  await waitFor(world, haveAsked, PATIENCE_MS);
}

export interface Figures {
  orders: number;
  seconds: number;
  /** Requests to each shop from the first deed in Dynamics 365 until the last shop has said so. */
  requests: Record<string, number>;
  writes: Record<string, number>;
  dataverse: number;
}

/**
 * Takes so many orders of each shop to Dynamics 365 and lets people there fulfil, send, cancel and invoice them: each shop
 * ends by saying so, each change is written once, and nothing of it comes back on either side.
 *
 * @param adapt what a person sets in each template first; left out: they run as they are imported
 */
export async function checkWayBack(
  world: World,
  shops: readonly Shop[],
  count: number,
  adapt?: (workflow: Workflow) => void,
): Promise<Figures> {
  const { ids, person } = await publish(world, shops, adapt);
  const brought = await Promise.all(shops.map(async (shop) => await bringOver(world, shop, count)));
  const stories = brought.flat();
  expect(stories).toHaveLength(count * shops.length);

  await world.control.resetCounts();
  const began = Date.now();
  await inFlight(
    stories,
    4,
    async ({ fate, salesOrderId, order }) => await befall(person, fate, salesOrderId, order),
  );
  const right = async (): Promise<number> =>
    stories.length - (await allWrong(world, stories)).length;
  await waitForCount(world, right, stories.length, PATIENCE_MS);
  await waitFor(world, async () => (await world.unsettled()) === 0, PATIENCE_MS);
  const seconds = (Date.now() - began) / 1000;
  const counts = await world.control.counts();
  const writes = shops.map(({ platform }) => {
    const told = changesOfShop(counts, platform);
    const own = stories.filter(({ shop }) => shop.platform === platform);
    const most = mostWrites(
      platform,
      own.map(({ fate }) => fate),
    );
    const sum = sumOf(told);
    if (sum === 0 || sum > most)
      throw new Error(`${platform} was told by ${JSON.stringify(told)}, ${most} are enough`);
    return [platform, sum] as const;
  });

  await twoPollsLater(world, shops);
  const after = await world.control.counts();
  expect(writesOfDataverse(after)).toEqual([]);
  for (const { platform } of shops) expect(writesOfShop(after, platform)).toEqual([]);
  expect(await allWrong(world, stories)).toEqual([]);
  expect(await world.deadLetters()).toEqual([]);
  expect(await world.held()).toEqual([]);
  for (const id of ids) expect(await failedExecutions(world, id)).toEqual([]);
  return {
    ...{ orders: stories.length, seconds },
    requests: Object.fromEntries(
      shops.map(({ platform }) => [platform, counts[platform].requests]),
    ),
    writes: Object.fromEntries(writes),
    dataverse: counts.dataverse.requests,
  };
}
