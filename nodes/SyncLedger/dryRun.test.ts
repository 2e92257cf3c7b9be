/** Sync Ledger in dry run: it says what would become of records, and notes nothing. */
import type { IDataObject, INode, INodeType } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';

import { openLedger } from '../../core/ledger/open';
import { runWorkflow, START_TYPE } from '../../test/engine';
import { hintsOf, keyOf, ledger, order, useOwnLedger } from '../../test/support/ledger';
import { countUnderway, noteUnderway } from '../shared/underway';
import { SyncLedger } from './SyncLedger.node';

useOwnLedger();

const DRY = { dryRun: true };
const BY_HAND = { mode: 'manual' } as const;

const claimDry = async (...orders: object[]) => await ledger('claim', orders, DRY);

async function send(...orders: object[]): Promise<void> {
  const { output } = await ledger('claim', orders);
  await ledger(
    'complete',
    output(0).map((item) => ({ ...item, salesorder: { id: 'g' } })),
    { targetIdField: 'salesorder.id' },
  );
}

/** All that the ledger holds, as far as anybody can see it. */
async function everything(): Promise<unknown> {
  const opened = await openLedger();
  const records = await opened.lookUp(['1', '2', '3', '4'].map((id) => ({ key: keyOf(id) })));
  return { records, statistics: await opened.statistics(), stores: await opened.stores.list() };
}

describe('Claim', () => {
  test('says what would be sent and what would be skipped, and takes nothing', async () => {
    await send(order('1'), order('2'));
    const before = await everything();
    const given = [order('1', { total: 11 }), order('2'), order('3'), order('3')];
    const dry = await ledger('claim', given, DRY);
    expect(dry.output(0)).toMatchObject([
      {
        ...given[0],
        claim: { dryRun: true, key: keyOf('1'), flow: 'test', outcome: 'changed', attempt: 1 },
      },
      { ...given[2], claim: { dryRun: true, key: keyOf('3'), outcome: 'new', attempt: 1 } },
    ]);
    expect(dry.output(1)).toMatchObject([
      { claim: { dryRun: true, outcome: 'unchanged' } },
      { claim: { dryRun: true, outcome: 'busy' } },
    ]);
    for (const item of dry.output(0)) {
      expect(item.claim).not.toHaveProperty('token');
      expect(item.claim).not.toHaveProperty('look');
    }
    expect(hintsOf(dry)).toEqual([
      'Dry run: 2 would be sent (1 new, 1 changed), 2 skipped (1 unchanged, 1 busy). Nothing is taken, and the nodes after this one only say what they would write.',
    ]);
    expect(await everything()).toEqual(before);
    expect((await ledger('claim', [order('3')])).output(0)).toMatchObject([
      { claim: { outcome: 'new', attempt: 1 } },
    ]);
  });

  test('in a test run skips as well, and says the same', async () => {
    await send(order('1'));
    const dry = await ledger('claim', [order('1'), order('2')], DRY, BY_HAND);
    expect(dry.output(0)).toMatchObject([{ order_number: '2', claim: { dryRun: true } }]);
    expect(dry.output(1)).toMatchObject([{ order_number: '1' }]);
  });

  test('answers as a published workflow would be answered: what waits for its next attempt is skipped', async () => {
    const [item] = (await ledger('claim', [order('1')])).output(0);
    await ledger('fail', [{ ...item, error: 'no', details: { class: 'transient' } }]);
    expect((await claimDry(order('1'))).output(1)).toMatchObject([{ claim: { outcome: 'busy' } }]);
    const byHand = await ledger('claim', [order('1')], DRY, BY_HAND);
    expect(byHand.output(0)).toMatchObject([{ claim: { outcome: 'retry', attempt: 2 } }]);
  });

  test('says on the canvas that it is dry', () => {
    const { subtitle } = new SyncLedger().description;
    const shown = (parameters: IDataObject): unknown => {
      const [, expression = ''] = /^=\{\{ (.*) \}\}$/s.exec(subtitle ?? '') ?? [];
      return new Function('$parameter', `return ${expression}`)(parameters) as unknown;
    };
    expect(shown({ operation: 'claim', dryRun: true })).toBe('Claim (Dry Run)');
    expect(shown({ operation: 'claim', dryRun: false })).toBe('Claim');
    expect(shown({ operation: 'complete', dryRun: true })).toBe('Complete');
  });
});

describe('what settles a record', () => {
  const completed = { salesorder: { id: 'g', outcome: 'updated' } };

  test.each<[string, IDataObject, IDataObject, IDataObject]>([
    [
      'complete',
      { targetIdField: 'salesorder.id', targetTable: 'salesorder' },
      completed,
      { would: 'done', target: { table: 'salesorder', id: 'g' } },
    ],
    [
      'complete',
      { targetIdField: 'salesorder.id', options: { outcomeField: 'became', remarkField: 'why' } },
      { became: 'held', why: 'Not paid' },
      { would: 'held', remark: 'Not paid' },
    ],
    [
      'fail',
      {},
      { error: 'No such product', details: { class: 'validation', fix: 'Add it.' } },
      { would: 'dead', reason: 'No such product', repair: 'Add it.' },
    ],
    [
      'fail',
      {},
      { error: 'Down', details: { class: 'transient' } },
      { would: 'retry', reason: 'Down' },
    ],
    ['hold', { reasonFrom: 'text', reason: 'Not paid' }, {}, { would: 'held', reason: 'Not paid' }],
  ])(
    '%s says what would become of it, and notes nothing',
    async (operation, parameters, more, said) => {
      await send(order('1'));
      noteUnderway('test', keyOf('2'));
      const [item] = (await claimDry(order('2'))).output(0);
      const before = await everything();
      const settled = await ledger(operation, [{ ...item, ...more }], parameters as never);
      expect(settled.output(0)).toMatchObject([
        { ...item, ...more, ledger: { key: keyOf('2'), state: 'dry-run', ...said } },
      ]);
      expect(hintsOf(settled)).toEqual([
        expect.stringMatching(
          /^Dry run: 1 would .+\. Nothing is noted, because this is a dry run\.$/,
        ),
      ]);
      expect(await everything()).toEqual(before);
      expect(countUnderway('test')).toBe(0);
    },
  );

  test('ends the others of the same run for real', async () => {
    const [real] = (await ledger('claim', [order('1')])).output(0);
    const [dry] = (await claimDry(order('2'))).output(0);
    const parameters = { targetIdField: 'salesorder.id' };
    const items = [dry, real].map((item) => ({ ...item, ...completed }));
    const { output } = await ledger('complete', items, parameters);
    expect(output(0)).toMatchObject([
      { ledger: { state: 'dry-run', would: 'done' } },
      { ledger: { state: 'done' } },
    ]);
    const [first, second] = await (
      await openLedger()
    ).lookUp([{ key: keyOf('1') }, { key: keyOf('2') }]);
    expect([first?.[0]?.state, second]).toEqual(['done', []]);
  });

  test('notes nothing where a node on the way has dropped the mark', async () => {
    const { output } = await behindDryClaim('complete', { targetIdField: 'salesorder.id' });
    expect(output).toMatchObject([{ ledger: { state: 'dry-run', would: 'done' } }]);
    expect((await everything()) as object).toMatchObject({ statistics: { flows: [] } });
  });
});

/** Runs an operation behind a Claim in dry run, with a node between that makes a claim of its own. */
async function behindDryClaim(operation: string, parameters: IDataObject) {
  const remakes: INodeType = {
    description: {
      ...{
        displayName: 'Remakes',
        name: 'remakes',
        description: '',
        defaults: { name: 'Remakes' },
      },
      ...{ group: ['transform'], version: 1, inputs: ['main'], outputs: ['main'], properties: [] },
    },
    async execute() {
      const made = this.getInputData().map(({ json }) => ({
        json: { ...json, claim: { key: keyOf('1'), token: 'another' }, salesorder: { id: 'g' } },
      }));
      return [made];
    },
  };
  const to = (node: string) => ({ main: [[{ node, type: 'main' as const, index: 0 }]] });
  const run = await runWorkflow({
    workflow: {
      nodes: [
        { name: 'Start', type: START_TYPE, parameters: {} },
        { name: 'Claim', type: 'x.syncLedger', parameters: { operation: 'claim', ...DRY } },
        { name: 'Remakes', type: 'x.remakes', parameters: {} },
        {
          name: 'Node',
          type: 'x.syncLedger',
          parameters: { operation, ...parameters } as INode['parameters'],
        },
      ],
      connections: { Start: to('Claim'), Claim: to('Remakes'), Remakes: to('Node') },
    },
    nodeTypes: { 'x.syncLedger': new SyncLedger(), 'x.remakes': remakes },
    input: [order('1')],
  });
  return { output: run.json('Node') };
}

test.each<[string, IDataObject]>([
  ['link', { targetIdField: 'total', targetTable: 'salesorder' }],
  ['setWatermark', { value: '2026-01-01T00:00:00Z' }],
  ['requeue', { flows: '*' }],
  ['discard', { flows: '*' }],
  ['resend', {}],
  ['moveStore', { store: 'xcart main', newAddress: 'https://new.example' }],
])('%s does nothing in a dry run', async (operation, parameters) => {
  await send(order('1'));
  const [item] = (await ledger('claim', [order('2')])).output(0);
  await ledger('fail', [{ ...item, error: 'no', details: { class: 'validation' } }]);
  const [dry] = (await claimDry(order('2', { total: 12 }))).output(0);
  const before = await everything();
  const { output } = await ledger(operation, [dry ?? {}], parameters as never);
  expect(output(0)).toMatchObject([{ ...dry, ledger: { state: 'dry-run' } }]);
  expect(await everything()).toEqual(before);
  expect(await (await openLedger()).getWatermark('test')).toBeUndefined();
});

test('the switch is the same for all items, and none comes from a document', () => {
  const { properties } = new SyncLedger().description;
  const [field] = properties.filter(({ name }) => name === 'dryRun');
  expect(field).toMatchObject({ type: 'boolean', noDataExpression: true, default: false });
  const shown = (dryRun: boolean, name: string): boolean =>
    properties.some(
      (property) =>
        property.name === name &&
        NodeHelpers.displayParameter({ operation: 'claim', dryRun }, property, null, null),
    );
  expect([shown(true, 'dryRunNotice'), shown(false, 'dryRunNotice')]).toEqual([true, false]);
  expect([shown(true, 'testRun'), shown(false, 'testRun')]).toEqual([false, true]);
});

test('Report Dry Run says in one item, a page and a table what the items would write', async () => {
  const writes = [
    { action: 'create', system: 'Dataverse', table: 'salesorder', id: 'g', columns: [] },
  ];
  const late = { action: 'update', system: 'Dataverse', table: 'contact', id: 'c', columns: [] };
  const claimed = (await claimDry(order('1'), order('2'))).output(0);
  const [sent = {}, failed = {}] = claimed;
  const items = [
    { ...sent, dryRun: { writes }, ledger: { would: 'done' } },
    {
      ...{ ...failed, error: 'No such product', details: { dryRun: { writes: [late] } } },
      ledger: { would: 'dead', reason: 'No such product' },
    },
    { dryRun: { writes: 'none' } },
  ];
  const reported = await ledger('reportDryRun', items);
  expect(reported.output(0)).toMatchObject([
    {
      subject: 'Dry run: 2 writes for 2 of 3 records',
      records: 3,
      totals: [
        { system: 'Dataverse', table: 'contact', action: 'update', count: 1 },
        { system: 'Dataverse', table: 'salesorder', action: 'create', count: 1 },
      ],
      text: expect.stringContaining('1 record would not be sent: No such product') as string,
    },
  ]);
  const [item] = reported.items('Node');
  const textIn = (field: string): string =>
    Buffer.from(item?.binary?.[field]?.data ?? '', 'base64').toString('utf8');
  expect(item?.binary?.page).toMatchObject({ fileName: 'dry-run.html', mimeType: 'text/html' });
  expect(textIn('page')).toContain('<h1>Dry run: 2 writes for 2 of 3 records</h1>');
  expect(item?.binary?.table).toMatchObject({ fileName: 'dry-run.csv', mimeType: 'text/csv' });
  expect(textIn('table').split('\r\n')).toHaveLength(5);
});
