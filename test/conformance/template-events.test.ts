import type { IDataObject } from 'n8n-workflow';

import { type RunningSandbox, startSandbox } from '../../sandbox/start';
import { SandboxControl } from '../../scripts/n8n/sandbox-control';
import { SHOPS, salesOrderNameIn } from '../../scripts/n8n/shop';
import { NODES } from '../../workflows/templates/orderToCash';
import { useOwnLedger } from '../support/ledger';
import { templateFlow, type TemplateFlow } from './template-on-sandbox';

/** The template of each shop where *Output* of its trigger is Event: the document stands inside the item. */

const shops = [...SHOPS.values()];

let sandbox: RunningSandbox;

beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(async () => await sandbox.stop());

useOwnLedger();

/** What a trigger puts out of an order that was read, at another time for each reading. */
function eventOf(order: IDataObject, event: string, occurredAt: string): IDataObject {
  const { source, ...document } = order as { source: IDataObject };
  const inside = ((source.volatile ?? []) as string[]).map((path) => `document.${path}`);
  return {
    ...{ event, store: source.store, id: source.id, occurredAt, document },
    source: {
      ...{ ...source, event, readAt: occurredAt },
      ...{ documentIn: 'document', volatile: ['event', 'occurredAt', ...inside] },
    },
  };
}

const readAll = async (flow: TemplateFlow): Promise<IDataObject[]> =>
  await flow.orders({ operation: 'getAll', returnAll: true, simplify: false });

describe.each(shops.map((shop) => [shop.name, shop] as const))('events of %s', (_name, shop) => {
  const control = () => new SandboxControl(sandbox.control.url).shop(shop.platform);
  const names = (items: IDataObject[]) =>
    items.map(({ salesorder }) => (salesorder as IDataObject | undefined)?.name);

  test('become the sales orders that their documents become, once for each content', async () => {
    const placed = await control().place({ count: 3, lines: 2, state: 'paid' });
    const flow = templateFlow(sandbox, shop.platform);
    const first = (await readAll(flow)).map((order) =>
      eventOf(order, 'order.created', '2026-05-02T10:00:00.000Z'),
    );
    const run = await flow.run(first);
    expect(run.json('Keep what failed')).toEqual([]);
    const wanted = placed.map(({ number }) => salesOrderNameIn(shop, number)).sort();
    expect(names(run.json(NODES.route, 0)).sort()).toEqual(wanted);
    expect(run.json('Mark as done')).toHaveLength(placed.length);
    const rows = sandbox.services.dataverse.rows('salesorders') ?? [];
    expect(rows.map(({ name, totalamount }) => [name, totalamount])).toEqual(
      expect.arrayContaining(
        placed.map(({ number, total }) => [salesOrderNameIn(shop, number), total]),
      ),
    );

    const again = (await readAll(flow)).map((order) =>
      eventOf(order, 'order.changed', '2026-05-02T10:05:00.000Z'),
    );
    const second = await flow.run(again);
    expect(second.json(NODES.claim, 0)).toEqual([]);
    expect(second.json(NODES.claim, 1)).toHaveLength(placed.length);
  });

  test('tell by the document in them that money was given back', async () => {
    const [paid] = await control().place({ count: 1, lines: 2, state: 'paid' });
    if (!paid) throw new Error('The shop has placed no order');
    const flow = templateFlow(sandbox, shop.platform);
    const one = async (event: string, occurredAt: string) => {
      const orders = await readAll(flow);
      return orders
        .filter(({ source }) => (source as IDataObject).id === paid.id)
        .map((order) => eventOf(order, event, occurredAt));
    };
    await flow.run(await one('order.created', '2026-05-02T10:00:00.000Z'));
    // An order of Clarity does not say how much of it was given back; in the others the document does, and no status.
    const part = shop.platform === 'clarity' ? undefined : 1;
    await control().refund(paid.id, part);
    const amount = part ?? paid.total;
    const run = await flow.run(await one('order.changed', '2026-05-02T11:00:00.000Z'));
    expect(run.json('Keep what failed')).toEqual([]);
    expect(run.json(NODES.route, 1)).toMatchObject([
      { refund: { amount, total: amount }, state: { action: 'refund' } },
    ]);
  });
});
