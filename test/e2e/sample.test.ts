import { nodeRuns } from '../../scripts/n8n/executions';
import { announceOrders, listenToWebhooks, SHOP, triggerOf } from '../../scripts/n8n/shop';
import { World } from '../../scripts/n8n/world';
import { NODES } from '../../workflows/templates/orderToCash';
import { waitFor } from './flow';

jest.setTimeout(240_000);

/** What n8n answers to the editor's *Execute step*. */
interface Started {
  executionId?: string;
  waitingForWebhook?: boolean;
}

interface Sample {
  order_number: string;
  source: { event: string };
}

describe('a test run of the trigger, on a real n8n', () => {
  let world: World;

  beforeAll(async () => {
    world = await World.open();
  });
  afterAll(async () => {
    await world.close();
  });

  /** The template as a shop with a webhook add-on sets it. */
  const byWebhook = async (parameters: object = {}): Promise<string> =>
    await world.importTemplate(SHOP.template, (workflow) => {
      listenToWebhooks(workflow, 'webhook');
      Object.assign(triggerOf(workflow).parameters, parameters);
    });

  /** Runs the workflow up to a node, as *Execute step* of that node does. */
  async function executeStep(id: string, step: string): Promise<Started> {
    return await world.api.json('POST', `/rest/workflows/${id}/run`, {
      triggerToStartFrom: { name: NODES.orders },
      destinationNode: { nodeName: step, mode: 'inclusive' },
    });
  }

  async function sampled(id: string): Promise<Sample[]> {
    const started = await executeStep(id, NODES.orders);
    expect(started).toEqual({ executionId: expect.any(String) as string });
    const { executionId = '' } = started;
    const hasEnded = async () => (await world.api.execution(executionId)).status === 'success';
    await waitFor(world, hasEnded, 30_000);
    const { nodes } = await nodeRuns(world.api, executionId);
    return (nodes[NODES.orders]?.items ?? []) as Sample[];
  }

  it('polls at once where orders come by webhook, also while that is published', async () => {
    await world.control.placeOrders({ count: 7, lines: 1, paid: true, notify: false });
    const id = await byWebhook();
    const latest = await sampled(id);
    expect(latest.map(({ source }) => source.event)).toEqual(Array(5).fill('sample'));

    await world.api.activate(id);
    await announceOrders(world, id);
    await world.control.placeOrders({ count: 1, lines: 1, paid: true });
    await waitFor(world, async () => (await world.states()).done === 1, 60_000);
    expect(await sampled(id)).toHaveLength(5);

    // The test run has taken nothing from the published workflow: it still receives.
    await world.control.placeOrders({ count: 1, lines: 1, paid: true });
    await waitFor(world, async () => (await world.states()).done === 2, 60_000);
    await world.api.deactivate(id);
  });

  it('brings the one order whose number is given', async () => {
    const [order] = await world.control.orders();
    const testNumber = order?.order_number ?? '';
    const [item, ...others] = await sampled(await byWebhook({ testNumber }));
    expect(others).toEqual([]);
    expect(item?.order_number).toBe(testNumber);
  });
});
