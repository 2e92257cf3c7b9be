import type { IDataObject, INode } from 'n8n-workflow';

import { openLedger } from '../../core/ledger/open';
import { runWorkflow, START_TYPE } from '../../test/engine';
import { keyOf, ledger, order, useOwnLedger } from '../../test/support/ledger';
import { countUnderway, noteUnderway } from '../shared/underway';
import { SyncLedger } from './SyncLedger.node';

useOwnLedger();

const sent = async (id: string, target: string, store = 'main'): Promise<void> => {
  const { source, ...document } = order(id);
  const { output } = await ledger('claim', [{ ...document, source: { ...source, store } }]);
  await ledger(
    'complete',
    output(0).map((item) => ({ ...item, salesorder: { id: target } })),
  );
};

const row = (salesorderid: string, more: object = {}): object => ({ salesorderid, ...more });
const find = async (rows: object[], parameters = {}) => {
  const { output } = await ledger('findSource', rows, parameters);
  return { found: output(0), others: output(1) };
};
const idsOf = (items: IDataObject[]) => items.map(({ shopOrder }) => (shopOrder as IDataObject).id);

test('names the order of the shop that each row is, many in one question, and lets out the others by the second output', async () => {
  await sent('1042', 'g-1');
  await sent('1043', 'g-2');
  const asked = jest.spyOn(await openLedger(), 'lookUpByTarget');
  const { found, others } = await find([
    row('g-2', { statecode: 3 }),
    row('of nobody'),
    row('g-1'),
  ]);
  expect(found).toEqual([
    {
      salesorderid: 'g-2',
      statecode: 3,
      shopOrder: {
        ...{ key: keyOf('1043'), platform: 'xcart', store: 'main', kind: 'order', id: '1043' },
        ...{ number: '1043', foundBy: 'ledger' },
      },
    },
    expect.objectContaining({ shopOrder: expect.objectContaining({ id: '1042' }) as object }),
  ]);
  expect(others).toEqual([{ salesorderid: 'of nobody' }]);
  expect(asked).toHaveBeenCalledTimes(1);
  asked.mockRestore();
});

test('leads an invoice to the order that it is of', async () => {
  await sent('1042', 'g-1');
  const invoice = { invoiceid: 'i-1', _salesorderid_value: 'g-1' };
  expect(idsOf((await find([invoice])).found)).toEqual(['1042']);
  expect((await find([{ invoiceid: 'i-2', _salesorderid_value: null }])).others).toHaveLength(1);
  const byExpression = { targetIdField: '={{ $json.order }}' };
  expect(idsOf((await find([{ order: 'g-1' }], byExpression)).found)).toEqual(['1042']);
});

test('reads the columns of the row where the ledger does not know it, whatever their prefix', async () => {
  const named = { cts_externalsource: 'xcart.Main.EU', cts_externalid: '7' };
  const { found } = await find([row('g-9', named)]);
  expect(found).toMatchObject([
    {
      shopOrder: {
        platform: 'xcart',
        store: 'Main.EU',
        kind: 'order',
        id: '7',
        foundBy: 'columns',
      },
    },
  ]);
  const foreign = { erp_externalid: '99', ...named };
  expect(idsOf((await find([row('g-9', foreign)])).found)).toEqual(['7']);
  const odd = [
    { cts_externalsource: 'xcart', cts_externalid: '7' },
    { cts_externalid: '7' },
    { cts_externalsource: 'xcart.main', erp_externalid: '99' },
  ];
  expect((await find(odd)).others).toEqual(odd);
});

test('keeps to one shop, and to orders', async () => {
  await sent('1042', 'g-1');
  await sent('7', 'g-7', 'outlet');
  const rows = [
    row('g-1'),
    row('g-7'),
    row('g-8', { new_externalsource: 'clarity.main', new_externalid: 'a' }),
  ];
  const outlet = await find(rows, { platform: 'xcart', storeName: 'outlet' });
  expect(idsOf(outlet.found)).toEqual(['7']);
  expect(outlet.others).toHaveLength(2);
  expect(idsOf((await find(rows, { platform: 'clarity' })).found)).toEqual(['a']);
  const customers = await find(rows, { options: { kind: 'customer' } });
  expect(customers.found).toMatchObject([{ shopOrder: { kind: 'customer', id: 'a' } }]);
});

test('asks for the shop where the ledger knows several of the platform', async () => {
  const sources = ['main', 'outlet'].map((store) => {
    const address = `https://${store}.example`;
    return { source: { platform: 'xcart', store, address, kind: 'order', id: '7', event: 'poll' } };
  });
  await ledger('claim', sources);
  await sent('1042', 'g-1');
  const { run } = await ledger('findSource', [row('g-1')], { platform: 'xcart' });
  const { message, description } = run.data.resultData.error as Error & { description?: string };
  expect(message).toBe('Store is empty, and the ledger knows 2 shops of the platform xcart');
  expect(description).toContain('main, outlet');
  const main = { platform: 'xcart', storeName: 'main' };
  expect(idsOf((await find([row('g-1')], main)).found)).toEqual(['1042']);
});

test('refuses a row that two orders were linked to', async () => {
  await sent('1042', 'g-1');
  await sent('1043', 'g-1');
  const { run } = await ledger('findSource', [row('g-1')]);
  expect(run.data.resultData.error?.message).toMatch(/two records.*1042.*1043/);
});

test('keeps no other row from its shop where one is refused, and the reason is read where it stops', async () => {
  await sent('1042', 'g-1');
  await sent('1043', 'g-1');
  await sent('1044', 'g-2');
  const rows = ['g-1', 'g-2'].map((id) =>
    row(id, { source: { platform: 'dataverse', store: 'contoso', kind: 'salesorder', id } }),
  );
  const node = (name: string, parameters: INode['parameters']) => ({
    ...{ name, type: 'x.syncLedger', parameters },
    ...(name === 'Find' && { onError: 'continueErrorOutput' as const }),
  });
  const to = (name: string) => [{ node: name, type: 'main' as const, index: 0 }];
  const run = await runWorkflow({
    nodeTypes: { 'x.syncLedger': new SyncLedger() },
    input: rows,
    workflow: {
      nodes: [
        { name: 'Start', type: START_TYPE, parameters: {} },
        node('Find', { operation: 'findSource' }),
        node('Claim', { operation: 'claim' }),
        node('Fail', { operation: 'fail' }),
      ],
      connections: {
        Start: { main: [to('Find')] },
        Find: { main: [to('Claim'), [], to('Fail')] },
      },
    },
  });
  expect(run.json('Claim')).toMatchObject([{ shopOrder: { id: '1044' } }]);
  expect(run.error?.message).toMatch(/before Sync Ledger: Claim.*two records.*1042.*1043/);
});

test('adds to the document of an event, and where the panel says', async () => {
  await sent('1042', 'g-1');
  const source = { platform: 'dataverse', store: 'contoso', kind: 'salesorder', id: 'g-1' };
  const event = { document: row('g-1'), source: { ...source, documentIn: 'document' } };
  const { found } = await find([event], { options: { resultField: 'order' } });
  expect(found).toMatchObject([{ document: { salesorderid: 'g-1', order: { id: '1042' } } }]);
});

test('says to the trigger that a row of no shop needs no waiting for', async () => {
  const source = { platform: 'dataverse', store: 'contoso', kind: 'salesorder', id: 'g-9' };
  const id = 'test';
  noteUnderway(id, 'dataverse:contoso:salesorder:g-9');
  expect(countUnderway(id)).toBe(1);
  await find([{ ...row('g-9'), source }]);
  expect(countUnderway(id)).toBe(0);
});
