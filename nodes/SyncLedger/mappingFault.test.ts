/** A mapping that is wrong holds the orders, and an order that is wrong becomes a dead letter: as the template is wired. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { openLedger } from '../../core/ledger/open';
import { runWorkflow, START_TYPE } from '../../test/engine';
import { useOwnLedger } from '../../test/support/ledger';
import { order as shopOrder } from '../../test/support/mapPanel';
import { CommerceMap } from '../CommerceMap/CommerceMap.node';
import { SyncLedger } from './SyncLedger.node';

useOwnLedger();

const CHANNEL = { target: 'other', otherTarget: 'salesorder.new_channel' };
const lookUp = (table: object) => ({
  ...CHANNEL,
  source: 'path',
  path: 'channel',
  transform: 'lookup',
  transformOptions: JSON.stringify({ table }),
});
const BAD = lookUp({ shop: 1 });
const MENDED = lookUp({ shop: 1, web: 2 });
const BROKEN = { ...CHANNEL, source: 'path', path: 'items[' };

const order = (id: string, channel = 'web'): IDataObject =>
  shopOrder({
    id: Number(id),
    order_number: id,
    channel,
    source: { platform: 'xcart', store: 'main', kind: 'order', id, event: 'poll' },
  });
const orders = (...ids: string[]): IDataObject[] => ids.map((id) => order(id));

const node = (name: string, type: string, parameters: object = {}) => ({
  name,
  type,
  parameters: parameters as INodeParameters,
});
const to = (name: string) => [{ node: name, type: 'main' as const, index: 0 }];

/** Claim → Commerce Map → Complete, and what fails to Fail. */
async function send(input: object[], row: object) {
  const run = await runWorkflow({
    nodeTypes: { 'x.syncLedger': new SyncLedger(), 'x.commerceMap': new CommerceMap() },
    input,
    workflow: {
      nodes: [
        node('Start', START_TYPE),
        node('Claim', 'x.syncLedger', { operation: 'claim' }),
        {
          ...node('Map', 'x.commerceMap', { operation: 'map', fieldOverrides: { rows: [row] } }),
          onError: 'continueErrorOutput',
        },
        node('Complete', 'x.syncLedger', {
          operation: 'complete',
          targetIdField: 'salesorder.salesorderid',
        }),
        node('Fail', 'x.syncLedger', { operation: 'fail' }),
      ],
      connections: {
        Start: { main: [to('Claim')] },
        Claim: { main: [to('Map')] },
        Map: { main: [to('Complete'), to('Fail')] },
      },
    },
  });
  expect(run.error).toBeUndefined();
  return run;
}

/** What the trigger of retries hands out. */
async function due(): Promise<object[]> {
  const found = await (await openLedger()).due({ limit: 10, visibilityMs: 1 });
  return found.map(({ document }) => document);
}

const states = async () => (await (await openLedger()).statistics()).total.states;

test('orders that a row stops wait, and go by themselves when it is mended', async () => {
  const run = await send(orders('1', '2', '3', '4', '5'), BAD);
  expect(run.json('Fail')).toHaveLength(5);
  expect(run.json('Fail')[0]).toMatchObject({
    details: { class: 'validation', rule: { target: 'salesorder.new_channel', isOwn: true } },
    ledger: {
      state: 'retry',
      heldByMapping: true,
      reason: expect.stringContaining('"salesorder.new_channel"') as string,
      repair: expect.stringContaining('under Field Overrides of "Map"') as string,
    },
  });
  expect(await states()).toMatchObject({ retry: 5, dead: 0 });
  expect(await due()).toEqual([]);
  await send(orders('6'), MENDED);
  const waiting = await due();
  expect(waiting).toHaveLength(5);
  await send(waiting, MENDED);
  expect(await states()).toMatchObject({ done: 6, retry: 0, dead: 0 });
});

test('one order that a row stops among others that pass is a dead letter', async () => {
  const run = await send([...orders('1', '2'), order('3', 'fax'), ...orders('4')], MENDED);
  expect(run.json('Fail')).toMatchObject([{ order_number: '3', ledger: { state: 'dead' } }]);
  expect(run.json('Fail')[0]?.ledger).not.toHaveProperty('heldByMapping');
  expect(await states()).toMatchObject({ done: 3, retry: 0, dead: 1 });
});

test('an order whose own amounts do not add up is a dead letter, and no row is named', async () => {
  const run = await send([{ ...order('1'), total: 99 }], MENDED);
  expect(run.json('Fail')).toMatchObject([{ ledger: { state: 'dead' } }]);
  expect(run.json('Fail')[0]?.details).not.toHaveProperty('rule');
});

test('a mapping that cannot be used at all holds the orders, be it a single one', async () => {
  const run = await send(orders('1'), BROKEN);
  expect(run.json('Complete')).toEqual([]);
  expect(run.json('Fail')).toMatchObject([
    {
      details: { class: 'configuration' },
      ledger: {
        state: 'retry',
        heldByMapping: true,
        reason: expect.stringContaining('Field 1') as string,
        repair: expect.stringContaining('publish the workflow') as string,
      },
    },
  ]);
  await send(orders('2'), MENDED);
  await send(await due(), MENDED);
  expect(await states()).toMatchObject({ done: 2, retry: 0, dead: 0 });
});
