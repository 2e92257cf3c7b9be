/** Whose records an operation takes that looks at what the ledger has. */
import type { IDataObject, ILoadOptionsFunctions, INode } from 'n8n-workflow';

import { openLedger } from '../../core/ledger/open';
import { editorContext, runWorkflow, START_TYPE, type NodeRun } from '../../test/engine';
import { hintsOf, keyOf, ledger, order, useOwnLedger } from '../../test/support/ledger';
import { SyncLedger } from './SyncLedger.node';

useOwnLedger();

const node = new SyncLedger();

/** Claims and fails: each is a dead letter of the flow. */
async function bury(flow: string, flowName: string | undefined, ...ids: string[]): Promise<void> {
  const opened = await openLedger();
  const requests = ids.map((id) => ({
    flow,
    flowName,
    key: keyOf(id),
    hash: 'a',
    payload: order(id),
  }));
  const outcomes = await opened.claim(requests, { leaseMs: 60_000 });
  await opened.fail(
    outcomes.flatMap((outcome) =>
      'token' in outcome
        ? [{ token: outcome.token, message: 'No', details: { class: 'validation' as const } }]
        : [],
    ),
  );
}

const ids = (run: NodeRun) => run.output().map(({ key }) => String(key).split(':').at(-1));

describe('Flow', () => {
  beforeEach(async () => {
    await bury('test', undefined, '1');
    await bury('w2', 'X-Cart orders', '2', '3');
    await bury('orders', undefined, '4');
  });

  test('is all flows by default, this workflow, or a flow by either of its names', async () => {
    expect(ids(await ledger('listDead', [{}])).sort()).toEqual(['1', '2', '3', '4']);
    expect(ids(await ledger('listDead', [{}], { flows: '$workflow' }))).toEqual(['1']);
    expect(ids(await ledger('listDead', [{}], { flows: 'w2' })).sort()).toEqual(['2', '3']);
    const named = await ledger('listDead', [{}], { flows: 'X-Cart orders' });
    expect(named.output()).toMatchObject([
      { flow: 'w2', flowName: 'X-Cart orders' },
      { flow: 'w2' },
    ]);
  });

  test('that the ledger does not have names those that it has', async () => {
    const run = await ledger('requeue', [{}], { which: 'all', flows: 'X-Cart order' });
    expect(run.error?.message).toBe(
      'The ledger has no flow "X-Cart order". Did you mean "X-Cart orders"?',
    );
    expect((run.error as Error & { description?: string }).description).toContain(
      'orders, test, X-Cart orders (w2)',
    );
    const continued = await ledger(
      'listHeld',
      [{}],
      { flows: 'nothing' },
      { onError: 'continueErrorOutput' },
    );
    expect(continued.output(1)).toMatchObject([{ details: { class: 'configuration' } }]);
  });

  test('is listed with what lies in it', async () => {
    const context = editorContext({ nodeType: node, parameters: { operation: 'listDead' } });
    const list = await node.methods.loadOptions.getFlows.call(context as ILoadOptionsFunctions);
    expect(list).toEqual([
      { name: 'All Flows', value: '*', description: '4 dead' },
      { name: 'This Workflow', value: '$workflow', description: expect.any(String) as string },
      { name: 'orders', value: 'orders', description: '1 dead' },
      { name: 'test', value: 'test', description: '1 dead' },
      { name: 'X-Cart orders', value: 'w2', description: '2 dead' },
    ]);
    expect(list.map(({ value }) => value)).toContain(
      node.description.properties.find(({ name }) => name === 'flows')?.default,
    );
  });

  test('is listed where it is chosen and the ledger does not have it yet', async () => {
    const listed = async (flows: string) => {
      const context = editorContext({
        nodeType: node,
        parameters: { operation: 'listDead', flows },
      });
      const list = await node.methods.loadOptions.getFlows.call(context as ILoadOptionsFunctions);
      return list.slice(5);
    };
    expect(await listed('from a template')).toEqual([
      { name: 'from a template', value: 'from a template', description: 'Not in the ledger yet' },
    ]);
    expect(await listed('w2')).toEqual([]);
    expect(await listed('*')).toEqual([]);
  });

  test('keeps Requeue and Discard of all away from the others', async () => {
    await ledger('requeue', [{}], { which: 'all', flows: 'w2' });
    await ledger('discard', [{}], { which: 'all', flows: '$workflow' });
    const { flows } = await (await openLedger()).statistics();
    expect(flows).toMatchObject([
      { flow: 'orders', states: { dead: 1 } },
      { flow: 'test', states: { dead: 0, skipped: 1 } },
      { flow: 'w2', states: { dead: 0, pending: 2 } },
    ]);
  });
});

describe('nothing found', () => {
  test.each([
    ['listDead', {}, 'No dead letters in any flow.'],
    ['listHeld', {}, 'No held records in any flow.'],
    ['requeue', { which: 'all' }, 'No dead letters in any flow.'],
    ['discard', { which: 'held' }, 'No held records in any flow.'],
    ['statistics', {}, 'No records in any flow.'],
    ['listHeld', { flows: '$workflow' }, 'No held records of this workflow.'],
  ])('%s %j says so', async (operation, parameters, message) => {
    expect(hintsOf(await ledger(operation, [{}], parameters))).toEqual([message]);
  });

  test('here says what lies elsewhere', async () => {
    await bury('w2', 'X-Cart orders', '2', '3');
    const run = await ledger('listDead', [{}], { flows: '$workflow' });
    expect(run.output()).toEqual([]);
    expect(hintsOf(run)).toEqual([
      'No dead letters of this workflow. Other flows have 2: choose All Flows to see them.',
    ]);
    expect(hintsOf(await ledger('listDead', [{}]))).toEqual([]);
  });

  test('of several records says how many', async () => {
    await bury('w2', undefined, '2');
    const items = [{ key: keyOf('2') }, { key: keyOf('9') }];
    expect(hintsOf(await ledger('lookUp', items, { recordFrom: 'key' }))).toEqual([
      'The ledger knows no such record in any flow (1 of 2).',
    ]);
    expect(hintsOf(await ledger('requeue', items))).toEqual([
      expect.stringContaining('1 of 2 records'),
    ]);
  });
});

test('a flow is known by the workflow that claimed last, and by its own name where it was given one', async () => {
  const claim = async (id: string, flow: string, name: string | undefined) =>
    await runWorkflow({
      nodeTypes: { 'x.syncLedger': node },
      input: [order(id)],
      workflow: {
        name,
        nodes: [
          { name: 'Start', type: START_TYPE },
          { name: 'Claim', type: 'x.syncLedger', parameters: { operation: 'claim', flow } },
        ],
        connections: { Start: { main: [[{ node: 'Claim', type: 'main', index: 0 }]] } },
      },
    });
  await claim('1', '', 'Orders');
  await claim('1', '', 'Orders to Dynamics');
  await claim('1', 'returns', 'Both');
  await claim('1', 'unnamed', undefined);
  const counted = await ledger('statistics', [{}]);
  expect(counted.output()[0]?.flows).toMatchObject([
    { flow: 'returns', flowName: 'returns (Both)' },
    { flow: 'test', flowName: 'Orders to Dynamics' },
    { flow: 'unnamed' },
  ]);
  expect((counted.output()[0]?.flows as IDataObject[])[2]).not.toHaveProperty('flowName');
});

describe('nodes of earlier versions', () => {
  const old = async (operation: string, parameters: INode['parameters'] = {}) =>
    (await ledger(operation, [{}], parameters, { typeVersion: 1.1 })).output();

  test('take this workflow by default, another by its name, or all', async () => {
    await bury('test', undefined, '1');
    await bury('w2', undefined, '2');
    expect(await old('listDead')).toMatchObject([{ flow: 'test' }]);
    expect(await old('listDead', { flow: 'w2' })).toMatchObject([{ flow: 'w2' }]);
    expect(await old('listDead', { flow: 'nothing' })).toEqual([]);
    expect(await old('listDead', { allFlows: true })).toHaveLength(2);
    expect(await old('statistics')).toMatchObject([{ states: { dead: 2 } }]);
    expect(await old('statistics', { allFlows: false })).toMatchObject([{ states: { dead: 1 } }]);
  });
});
