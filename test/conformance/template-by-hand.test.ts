import { pick, set } from 'lodash';
import type { IDataObject, INodeType } from 'n8n-workflow';

import { openLedger } from '../../core/ledger/open';
import { DynamicsDataverseApi } from '../../credentials/DynamicsDataverseApi.credentials';
import { XCartApi } from '../../credentials/XCartApi.credentials';
import { CommerceMap } from '../../nodes/CommerceMap/CommerceMap.node';
import { Dynamics365 } from '../../nodes/Dynamics365/Dynamics365.node';
import { resultItem } from '../../nodes/shared/items';
import { SyncLedger } from '../../nodes/SyncLedger/SyncLedger.node';
import { XCart } from '../../nodes/XCart/XCart.node';
import { type RunningSandbox, startSandbox } from '../../sandbox/start';
import { NODES } from '../../workflows/templates/orderToCash';
import template from '../../workflows/xcart-dynamics365-order-to-cash.json';
import { runNode, runWorkflow, type TestWorkflow, type WorkflowRun } from '../engine';
import { useOwnLedger } from '../support/ledger';
import { dataverseCredential } from './dataverse-on-sandbox';

/** The template as a person runs it in the editor, and then as it runs published, on the sandbox. */

const PACK = 'n8n-nodes-dynamics-commerce';
const ORDERS = 4;

const settings = template.nodes.flatMap(
  ({ parameters }) => (parameters as Partial<Settings>).assignments?.assignments ?? [],
);

interface Settings {
  assignments: { assignments: Array<{ name: string; value: unknown }> };
}

/** The item with all that the template's Settings say. */
function withSettings(json: IDataObject): IDataObject {
  return settings.reduce((item, { name, value }) => set(item, name, value), { ...json });
}

/** n8n's Edit Fields, as far as the template needs it. */
const editFields: INodeType = {
  description: {
    ...{ displayName: 'Edit Fields', name: 'set', description: 'Sets fields', version: 3.4 },
    ...{ group: ['transform'], inputs: ['main'], outputs: ['main'], properties: [] },
    defaults: { name: 'Edit Fields' },
  },
  async execute() {
    return [this.getInputData().map(({ json }, index) => resultItem(withSettings(json), index))];
  },
};

const nodeTypes = {
  'n8n-nodes-base.set': editFields,
  [`${PACK}.xCart`]: new XCart(),
  [`${PACK}.syncLedger`]: new SyncLedger(),
  [`${PACK}.commerceMap`]: new CommerceMap(),
  [`${PACK}.dynamics365`]: new Dynamics365(),
};

/** From Claim on: what the triggers put out is given. */
function fromClaim(): TestWorkflow {
  const known = new Set(Object.keys(nodeTypes));
  const nodes = (template.nodes as unknown as TestWorkflow['nodes'])
    .filter(({ type }) => known.has(type))
    .map(({ credentials: _, ...node }) => node);
  const isFirst = ({ name }: { name: string }): number => (name === NODES.claim ? 0 : 1);
  nodes.sort((a, b) => isFirst(a) - isFirst(b));
  // n8n has no connection from a node that is not there.
  const connections = pick(
    template.connections,
    nodes.map(({ name }) => name),
  );
  return { nodes, connections: connections as unknown as TestWorkflow['connections'] };
}

useOwnLedger();

describe('the template, from Claim on', () => {
  let sandbox: RunningSandbox;

  beforeAll(async () => {
    sandbox = await startSandbox();
  });
  afterAll(() => sandbox.stop());

  const connected = () => ({
    credentialTypes: [new XCartApi(), new DynamicsDataverseApi()],
    credentials: {
      xCartApi: {
        ...{ storeUrl: sandbox.xcart.url, apiKey: sandbox.xcart.writeKey },
        ...{ storeName: 'main', version: '5.5.0' },
      },
      dynamicsDataverseApi: dataverseCredential(sandbox),
    },
  });

  const xCart = async (parameters: object): Promise<IDataObject[]> => {
    const run = await runNode({
      nodeType: new XCart(),
      parameters: { resource: 'order', ...parameters },
      input: [{}],
      ...connected(),
    });
    if (run.error) throw run.error;
    return run.output();
  };

  async function placeOrders(): Promise<void> {
    await fetch(`${sandbox.control.url}/xcart/orders`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ count: ORDERS, lines: 2, paid: true }),
    });
    const [first] = await xCart({ operation: 'getAll', limit: 1 });
    const order = { __rl: true, mode: 'id', value: String(first?.id) };
    await xCart({ operation: 'updatePaymentStatus', order, paymentStatus: 'D' });
  }

  const run = async (input: object[], mode?: 'manual'): Promise<WorkflowRun> => {
    const result = await runWorkflow({
      ...{ nodeTypes, workflow: fromClaim(), input, mode },
      ...connected(),
    });
    expect(result.error).toBeUndefined();
    return result;
  };

  const states = async () => (await (await openLedger()).statistics()).total.states;
  const outcomesOf = (items: IDataObject[]) =>
    items.map(({ ledger }) => {
      const { state, would } = ledger as IDataObject;
      return would === undefined ? state : `${String(state)}: ${String(would)}`;
    });

  test('by hand it writes to its end, holds nothing, and what it has written is not sent again', async () => {
    await placeOrders();
    const orders = await xCart({ operation: 'getAll', limit: ORDERS, simplify: false });
    const byHand = await run(orders, 'manual');
    expect(byHand.json('Keep what failed')).toEqual([]);
    expect(outcomesOf(byHand.json('Mark as done'))).toEqual(['done', 'done', 'done']);
    expect(outcomesOf(byHand.json('Hold with its reason'))).toEqual(['not-taken: held']);
    expect(await states()).toMatchObject({ done: ORDERS - 1, held: 0, in_flight: 0 });
    const written = sandbox.services.dataverse.rows('salesorders');
    expect(written).toHaveLength(ORDERS - 1);

    const published = await run(orders);
    expect(published.json(NODES.claim, 0)).toHaveLength(1);
    expect(outcomesOf(published.json('Hold with its reason'))).toEqual(['held']);
    expect(sandbox.services.dataverse.rows('salesorders')).toEqual(written);
  });
});
