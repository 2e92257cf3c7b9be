import type { INode } from 'n8n-workflow';

import { openLedger } from '../../core/ledger/open';
import { DynamicsDataverseApi } from '../../credentials/DynamicsDataverseApi.credentials';
import { runNode, runWorkflow, START_TYPE } from '../../test/engine';
import { keyOf, order, useOwnLedger } from '../../test/support/ledger';
import { Dynamics365 } from '../Dynamics365/Dynamics365.node';
import { SyncLedger } from '../SyncLedger/SyncLedger.node';

useOwnLedger();

const to = (name: string) => [{ node: name, type: 'main' as const, index: 0 }];

const write: INode['parameters'] = {
  resource: 'salesOrder',
  operation: 'upsert',
  columnsSource: 'field',
  columnsField: 'salesorder',
  options: { outputField: 'result' },
};

/** The end of the template: what is written is marked as done, what fails is kept. */
async function writeAndSettle(parameters: INode['parameters'], credentials = {}) {
  return await runWorkflow({
    nodeTypes: { 'x.syncLedger': new SyncLedger(), 'x.dynamics365': new Dynamics365() },
    credentialTypes: [new DynamicsDataverseApi()],
    credentials,
    input: [order('1'), order('2')],
    workflow: {
      nodes: [
        { name: 'Start', type: START_TYPE },
        { name: 'Claim', type: 'x.syncLedger', parameters: { operation: 'claim' } },
        {
          name: 'Write',
          type: 'x.dynamics365',
          parameters,
          onError: 'continueErrorOutput',
          credentials: { dynamicsDataverseApi: { id: 'deleted', name: 'deleted' } },
        },
        {
          name: 'Complete',
          type: 'x.syncLedger',
          parameters: { operation: 'complete', targetIdField: 'result.id' },
        },
        { name: 'Fail', type: 'x.syncLedger', parameters: { operation: 'fail' } },
      ],
      connections: {
        Start: { main: [to('Claim')] },
        Claim: { main: [to('Write')] },
        Write: { main: [to('Complete'), to('Fail')] },
      },
    },
  });
}

/**
 * n8n lets the input of a node that throws out by its success output, also with an error output (n8n-core,
 * `handleNodeExecutionError`): the orders would be marked as done, and nobody would have written them.
 */
test.each([
  ['a credential that was deleted', write, {}],
  [
    'a credential that was damaged',
    write,
    { dynamicsDataverseApi: { url: 'no address', tenantId: '', clientId: '', clientSecret: '' } },
  ],
])('%s fails every item by the error output', async (_, parameters, credentials) => {
  const run = await writeAndSettle(parameters, credentials);
  expect(run.json('Complete')).toEqual([]);
  expect(run.json('Fail')).toHaveLength(2);
  const [[record] = []] = await (await openLedger()).lookUp([{ key: keyOf('1') }]);
  expect(record?.state).not.toBe('done');
  expect(record?.error?.message).not.toBe('');
});

test('a credential that is missing is no fault of the order: it is tried again', async () => {
  const run = await writeAndSettle(write);
  expect(run.json('Fail')).toMatchObject([
    {
      details: { class: 'authentication', fix: expect.stringContaining('credential') as string },
      ledger: { state: 'retry' },
    },
    { ledger: { state: 'retry' } },
  ]);
});

test('without an error output the workflow stops, as it should', async () => {
  const run = await runNode({
    nodeType: new Dynamics365(),
    parameters: write,
    input: [order('1')],
  });
  expect(run.error).toBeDefined();
});
