import type { WorkflowNode } from '../../scripts/n8n/api';
import { isUnfinished, nodeRuns } from '../../scripts/n8n/executions';
import { World } from '../../scripts/n8n/world';
import { seedGuid } from '../../sandbox/dataverse/catalogue';
import { CONTRACTS, contracts } from '../suites/operations/dynamics.shop';
import { type Chain, CHAINS, KEYED, ORDER, SKU, type Step, TEXT } from './dynamics.rows';
import { failedExecutions, waitFor } from './flow';
import { DynamicsPerson } from './person';

jest.setTimeout(240_000);

const PATIENCE_MS = 120_000;
const START = 'Start';

type Items = Record<string, object[]>;

/** What stands in the environment after a chain. */
const AFTERWARDS: Record<string, (of: World, items: Items) => Promise<void>> = {
  'rows of any table': async ({ control }) => {
    const accounts = await control.rows('accounts');
    expect(accounts.filter(({ name }) => name === 'Contoso')).toEqual([]);
    expect(accounts.filter(({ name }) => name === 'Fabrikam')).toMatchObject([
      { accountid: KEYED, telephone1: '2', _transactioncurrencyid_value: null },
    ]);
  },
  files: async (of) => {
    const person = await DynamicsPerson.signIn(of);
    const copies = await of.control.rows(CONTRACTS.set);
    expect(copies.map(({ new_name: name }) => name)).toEqual(['Signed', 'Copied']);
    for (const row of copies) {
      const id = String(row[`${CONTRACTS.name}id`]);
      const bytes = await person.file(CONTRACTS.set, id, CONTRACTS.file);
      expect(bytes.toString('utf8')).toBe(TEXT);
    }
  },
  'an order, its invoice, prices and stock': async ({ control }) => {
    // Dataverse docs, entity reference of invoice: 2 is Paid, 100001 Complete.
    expect(await control.rows('invoices')).toMatchObject([
      { _salesorderid_value: ORDER, statecode: 2, statuscode: 100001, totalamount: 37 },
    ]);
    const prices = (await control.rows('productpricelevels')).filter(
      ({ productnumber, _pricelevelid_value: list }) =>
        productnumber === SKU && list === seedGuid('price list', 'EUR'),
    );
    expect(prices.map(({ amount }) => amount)).toContain(15.55);
  },
  'an environment': async ({ sandbox }, items) => {
    const states = (step: string): unknown[] =>
      (items[step] as Array<{ state: string }>).map(({ state }) => state);
    expect(states('Check Before')).toContain('missing');
    expect(new Set(states('Check After'))).toEqual(new Set(['present']));
    const outcomes = (items['Prepare Again'] as Array<{ outcome: string }>).map(
      ({ outcome }) => outcome,
    );
    expect(new Set(outcomes)).toEqual(new Set(['unchanged']));
    expect(sandbox.services.dataverse.entitySets()).toContain('new_paymenttransactions');
  },
};

/** The node Dynamics 365 in workflows as people build them, one operation behind the other. */
describe('Dynamics 365, on a real n8n', () => {
  let world: World;

  beforeAll(async () => {
    world = await World.open();
    world.sandbox.services.dataverse.addTable(contracts);
    world.sandbox.services.dataverse.install(['fieldService', 'finance']);
  });
  afterAll(async () => await world?.close());

  const nodeOf = ({ name, of, type, parameters, fails }: Step, place: number): WorkflowNode => ({
    name,
    position: [200 * (place + 1), 0],
    ...(of
      ? {
          type: 'n8n-nodes-dynamics-commerce.dynamics365',
          typeVersion: 1.1,
          parameters: { resource: of[0], operation: of[1], ...parameters },
          credentials: { dynamicsDataverseApi: world.credentials.dynamicsDataverseApi! },
        }
      : {
          type: `n8n-nodes-base.${type?.[0] ?? ''}`,
          typeVersion: type?.[1],
          parameters: { ...parameters },
        }),
    ...(fails && { onError: 'continueErrorOutput' }),
    // Nodes that put out a row for each part go on with one.
    executeOnce: true,
  });

  const put = async ({ name, steps }: Chain): Promise<string> => {
    const start = {
      name: START,
      type: 'n8n-nodes-base.manualTrigger',
      typeVersion: 1,
      position: [0, 0],
      parameters: {},
    };
    const to = ({ name: node }: Step) => [{ node, type: 'main', index: 0 }];
    const connections = [{ name: START } as Step, ...steps.slice(0, -1)].map((step, place) => {
      const next = to(steps[place] as Step);
      return [step.name, { main: step.fails ? [[], next] : [next] }];
    });
    return await world.api.createWorkflow({
      name,
      nodes: [start, ...steps.map(nodeOf)],
      connections: Object.fromEntries(connections) as Record<string, unknown>,
      settings: { executionOrder: 'v1' },
    });
  };

  it.each(CHAINS)('does $name', async (chain) => {
    const workflowId = await put(chain);
    const { executionId } = await world.api.json<{ executionId: string }>(
      'POST',
      `/rest/workflows/${workflowId}/run`,
      {
        triggerToStartFrom: { name: START },
        destinationNode: { nodeName: chain.steps.at(-1)?.name, mode: 'inclusive' },
      },
    );
    const hasEnded = async () =>
      !isUnfinished((await world.api.execution(executionId)).status as 'running');
    await waitFor(world, hasEnded, PATIENCE_MS);
    const { error, nodes } = await nodeRuns(world.api, executionId);
    expect(error).toBeUndefined();
    const items: Items = Object.fromEntries(
      Object.entries(nodes).map(([name, run]) => [name, run.items]),
    );
    const shown = chain.steps.filter(({ shows }) => shows !== undefined);
    expect(Object.fromEntries(shown.map(({ name }) => [name, items[name]?.[0]]))).toMatchObject(
      Object.fromEntries(shown.map(({ name, shows }) => [name, shows])),
    );
    await AFTERWARDS[chain.name]?.(world, items);
    expect(await failedExecutions(world, workflowId)).toEqual([]);
  });
});
