import { readFileSync } from 'node:fs';

import { orderSettled, placeOrders } from '../../scripts/demo/orders';
import { summary } from '../../scripts/demo/report';
import { finishedExecution } from '../../scripts/n8n/executions';
import { SHOP, SHOPS, startFlow } from '../../scripts/n8n/shop';
import { World } from '../../scripts/n8n/world';
import { ALL_THERE, compareOrders } from './compare';
import { failedExecutions, fromTheBeginning, pollingTogether, tellingOften, waitFor } from './flow';

jest.setTimeout(300_000);

describe('order to cash, on a real n8n', () => {
  let world: World;

  beforeEach(async () => {
    world = await World.open();
  });
  afterEach(async () => {
    await world.close();
  });

  it('brings each order of each shop over once: duplicate deliveries, an unknown SKU, orders not paid, changed, called off and refunded included', async () => {
    const shops = [...SHOPS.values()];
    for (const shop of shops) await startFlow(world, shop);
    const stories = await Promise.all(shops.map((shop) => placeOrders(world, shop)));
    for (const story of stories) await orderSettled(world, story);
    for (const story of stories) {
      expect([story.shop.name, await summary(world, story)]).toEqual([
        story.shop.name,
        {
          placed: 25,
          created: 22,
          updated: 1,
          duplicates: 0,
          lost: 0,
          deadLetters: 1,
          held: 2,
          canceled: 1,
          refunded: 1,
          differ: 0,
        },
      ]);
    }
    const dead = (await world.deadLetters()).find(({ key }) => key.startsWith(SHOP.platform));
    expect(dead?.error).toMatchObject({
      class: 'validation',
      message: expect.stringContaining('is not in Dynamics 365'),
      fix: expect.stringContaining('productnumber'),
    });
    expect(dead?.document).toMatchObject({ source: { platform: 'xcart', store: 'main' } });
  });

  it('takes 1,000 orders of 3 lines in one poll with at most 0.1 requests per order', async () => {
    await world.control.placeOrders({ count: 1000, lines: 3, paid: true, notify: false });
    await world.control.resetCounts();
    const id = await world.importTemplate(SHOP.template, fromTheBeginning);
    await world.api.activate(id);
    const execution = await finishedExecution(world.api, id);
    expect(execution.status).toBe('success');
    const { dataverse, entra } = await world.control.counts();
    expect(dataverse.requests / 1000).toBeLessThanOrEqual(0.1);
    expect(dataverse.operations['create salesorder']).toBe(1000);
    expect(entra.requests).toBeLessThanOrEqual(2);
    expect(await compareOrders(world)).toEqual({ orders: 1000, ...ALL_THERE });
    expect(await world.api.executions({ workflowId: id })).toHaveLength(1);
  });

  it('loses and doubles nothing when n8n is killed while 500 orders are on their way', async () => {
    await world.control.placeOrders({ count: 500, lines: 3, paid: true, notify: false });
    await world.control.setFaults({ latency: { dataverse: { perRequestMs: 40, perWriteMs: 25 } } });
    const id = await world.importTemplate(SHOP.template, fromTheBeginning);
    await world.api.activate(id);
    await waitFor(
      world,
      async () => (await world.control.rows('salesorders')).length >= 100,
      60_000,
    );
    await world.n8n.kill();
    const before = (await world.control.rows('salesorders')).length;
    expect(before).toBeLessThan(500);
    await world.n8n.start();
    await waitFor(
      world,
      async () => (await world.control.rows('salesorders')).length >= 500,
      150_000,
    );
    await waitFor(world, async () => (await world.unsettled()) === 0, 60_000);
    expect(await compareOrders(world)).toEqual({ orders: 500, ...ALL_THERE });
    expect(await world.deadLetters()).toEqual([]);
  });

  it('loses and doubles nothing when the services refuse, reset, and answer too late', async () => {
    await world.control.setFaults({
      seed: 7,
      rules: [
        { service: 'dataverse', kind: '429', probability: 0.05, retryAfterSeconds: 1 },
        { service: 'dataverse', kind: '503', probability: 0.03 },
        { service: 'dataverse', kind: 'reset', probability: 0.03 },
        {
          service: 'dataverse',
          method: 'POST',
          kind: 'timeout-after-commit',
          probability: 0.05,
          holdMs: 500,
        },
        { service: 'xcart', kind: '500', probability: 0.05 },
      ],
      webhooks: { duplicate: 0.2, lose: 0.1, shuffle: true },
    });
    const id = await startFlow(world, SHOP, tellingOften);
    await world.control.placeOrders({ count: 60, paid: true, notify: true });
    await waitFor(
      world,
      async () => (await world.control.rows('salesorders')).length >= 60,
      240_000,
    );
    await waitFor(world, async () => (await world.unsettled()) === 0, 120_000);
    expect(readFileSync(world.n8n.logFile, 'utf8')).not.toMatch(/ENOTFOUND|EAI_AGAIN/);
    expect(await compareOrders(world)).toEqual({ orders: 60, ...ALL_THERE });
    expect(await failedExecutions(world, id)).toEqual([]);
  });

  it('reads the store also where both triggers poll at the same time, again and again', async () => {
    await world.control.setFaults({ latency: { xcart: { perRequestMs: 500 } } });
    const id = await world.importTemplate(SHOP.template, pollingTogether);
    await world.api.activate(id);
    for (const orders of [3, 6]) {
      await world.control.placeOrders({ count: 3, paid: true, notify: false });
      await waitFor(
        world,
        async () => (await world.control.rows('salesorders')).length >= orders,
        100_000,
      );
    }
    expect(await compareOrders(world)).toEqual({ orders: 6, ...ALL_THERE });
    expect(await failedExecutions(world, id)).toEqual([]);
  });
});
