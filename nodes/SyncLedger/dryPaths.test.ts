/** Workflows that are dry in a part: what their records become in the ledger. */
import type {
  IDataObject,
  INode,
  INodeExecutionData,
  INodeType,
  WorkflowExecuteMode,
} from 'n8n-workflow';

import { currentDryRun } from '../../core/dryRun';
import { ServiceError } from '../../core/errors';
import { openLedger } from '../../core/ledger/open';
import { runWorkflow, START_TYPE, type WorkflowRun } from '../../test/engine';
import { keyOf, ledger, order, useOwnLedger } from '../../test/support/ledger';
import { withResult } from '../shared/input';
import { describeOperations, type Operation } from '../shared/operation';
import { run } from '../shared/run';
import { eachOf, itemSteps } from '../shared/steps';
import { SyncLedger } from './SyncLedger.node';

useOwnLedger();

const written: unknown[] = [];
beforeEach(() => written.splice(0));

const named = (name: string) => ({
  ...{ displayName: name, name, description: name, defaults: { name }, version: 1 },
  group: ['transform' as const],
  inputs: ['main' as const],
});

const writing: Operation = {
  ...{ name: 'Write', value: 'write', action: 'Write', description: 'Write', properties: [] },
  start: () =>
    itemSteps<IDataObject, object>({
      prepare: ({ json }) => json,
      run: eachOf(1, ({ order_number: id, total }) => {
        if (total === 'bad') throw new ServiceError('No such product', { class: 'validation' });
        const dryRun = currentDryRun();
        dryRun?.note({ action: 'create', system: 'Dataverse', table: 'salesorder' });
        if (!dryRun) written.push(id);
        return {};
      }),
      output: (item, _, index) => withResult(item, 'salesorder', { id: 'planned' }, index),
    }),
};

const writes: INodeType = {
  description: {
    ...named('writes'),
    outputs: ['main'],
    properties: describeOperations([writing]),
  },
  async execute() {
    return await run(this, writing);
  },
};

/** Lets pass what n8n's own nodes let pass, without the marks of this package other than the claim. */
const drops: INodeType = {
  description: { ...named('drops'), outputs: ['main'], properties: [] },
  async execute() {
    return [
      this.getInputData().map(({ json: { dryRun: _, ...json } }, item) => ({
        json,
        pairedItem: { item },
      })),
    ];
  },
};

/** Puts back the claim of the node "Real", as an expression of a person would. */
const restores: INodeType = {
  description: { ...named('restores'), outputs: ['main'], properties: [] },
  async execute() {
    return [
      this.getInputData().map(({ json }, item) => ({
        json: { ...json, claim: this.evaluateExpression('{{ $("Real").item.json.claim }}', item) },
        pairedItem: { item },
      })) as INodeExecutionData[],
    ];
  },
};

/** First output: the first item; second: the others. */
const splits: INodeType = {
  description: { ...named('splits'), outputs: ['main', 'main'], properties: [] },
  async execute() {
    const [first, ...others] = this.getInputData();
    return [first ? [first] : [], others];
  },
};

const PASSING = { drops, splits, restores };

type Kind =
  'claim' | 'complete' | 'fail' | 'hold' | 'setWatermark' | 'writes' | keyof typeof PASSING;

const PARAMETERS: Partial<Record<Kind, IDataObject>> = {
  complete: { targetIdField: 'salesorder.id', targetTable: 'salesorder' },
  hold: { reasonFrom: 'text', reason: 'Not paid' },
  setWatermark: { value: '2026-01-01T00:00:00Z' },
};

function nodeOf(name: string, [kind, parameters]: [Kind, IDataObject?]) {
  if (kind in PASSING) return { name, type: `x.${kind}`, parameters: {} };
  const isWriter = kind === 'writes';
  return {
    name,
    type: isWriter ? 'x.writes' : 'x.syncLedger',
    parameters: {
      operation: isWriter ? 'write' : kind,
      ...PARAMETERS[kind],
      ...parameters,
    } as INode['parameters'],
    ...(isWriter && { onError: 'continueErrorOutput' as const }),
  };
}

const DRY = { dryRun: true };

/** @param ways chains of the names of nodes, each from the Start on; `name 1` goes on by the second output of a node */
async function workflow(
  nodes: Record<string, [Kind, IDataObject?]>,
  ways: string[],
  input: object[],
  mode: WorkflowExecuteMode = 'trigger',
): Promise<WorkflowRun> {
  const connections: Record<
    string,
    { main: Array<Array<{ node: string; type: 'main'; index: 0 }>> }
  > = {};
  for (const way of ways) {
    const steps = ['Start', ...way.split(' > ')].map((step) => step.split(' '));
    for (const [at, [node = '']] of steps.slice(1).entries()) {
      const [from = '', output = '0'] = steps[at] ?? [];
      const { main } = (connections[from] ??= { main: [[], []] });
      const list = main[Number(output)] ?? [];
      if (!list.some((one) => one.node === node)) list.push({ node, type: 'main', index: 0 });
    }
  }
  return await runWorkflow({
    mode,
    workflow: {
      nodes: [
        { name: 'Start', type: START_TYPE, parameters: {} },
        ...Object.entries(nodes).map(([name, one]) => nodeOf(name, one)),
      ],
      connections,
    },
    nodeTypes: {
      'x.syncLedger': new SyncLedger(),
      'x.writes': writes,
      'x.drops': drops,
      'x.splits': splits,
      'x.restores': restores,
    },
    input,
  });
}

const everything = async (): Promise<unknown> => {
  const opened = await openLedger();
  const records = await opened.lookUp(['1', '2', '3'].map((id) => ({ key: keyOf(id) })));
  return {
    records,
    statistics: await opened.statistics(),
    mark: await opened.getWatermark('test'),
  };
};

const stateOf = async (id: string): Promise<string | undefined> => {
  const [views] = await (await openLedger()).lookUp([{ key: keyOf(id) }]);
  return views?.[0]?.state;
};

const outcomes = (items: IDataObject[]): unknown[] =>
  items.map(({ claim }) => (claim as IDataObject).outcome);

/** Puts records of each kind into the ledger that Claim hands out: one that has changed, and one that is due again. */
async function known(): Promise<void> {
  const { output } = await ledger('claim', [order('2')]);
  await ledger('complete', output(0), { targetIdField: '' });
  const [item] = (await ledger('claim', [order('3')])).output(0);
  await ledger('fail', [{ ...item, error: 'no', details: { class: 'validation' } }]);
  await ledger('requeue', [{ key: keyOf('3') }], { flows: '*' });
}

const given = [order('1'), order('2', { total: 12 }), order('3')];
const LINE = ['Claim > Writes > Drops > End', 'Claim > Writes 1 > End'];

describe('a node with its own Dry Run on, behind a claim that is not dry', () => {
  test.each<[string, Kind, WorkflowExecuteMode]>([
    ['published', 'complete', 'trigger'],
    ['in a test run', 'complete', 'manual'],
    ['published', 'hold', 'trigger'],
    ['in a test run', 'hold', 'manual'],
  ])('%s: %s notes nothing, and the records go when the switch is off', async (_, end, mode) => {
    await known();
    const before = await everything();
    const line = (dryRun: boolean) => ({
      ...{ Claim: ['claim'] as [Kind], Drops: ['drops'] as [Kind] },
      ...{ Writes: ['writes', { dryRun }] as [Kind, IDataObject], End: [end] as [Kind] },
    });
    const dry = await workflow(line(true), LINE, given, mode);
    expect(dry.json('End')).toMatchObject(
      given.map(() => ({
        ledger: { state: 'dry-run', would: end === 'hold' ? 'held' : 'done' },
      })),
    );
    expect(written).toEqual([]);
    expect(await everything()).toEqual(before);

    const real = await workflow({ ...line(false), End: ['complete'] }, LINE, given);
    expect(outcomes(real.json('Claim'))).toEqual(['new', 'changed', 'retry']);
    expect(written).toEqual(['1', '2', '3']);
    expect(await Promise.all(['1', '2', '3'].map(stateOf))).toEqual(['done', 'done', 'done']);
  });

  test.each<[string, WorkflowExecuteMode, string]>([
    ['published', 'trigger', 'Dry > Real > End'],
    ['in a test run', 'manual', 'Dry > Real > End'],
    ['published, where its mark is dropped', 'trigger', 'Dry > Drops > Real > End'],
    ['in a test run, where its mark is dropped', 'manual', 'Dry > Drops > Real > End'],
  ])('has the nodes after it write nothing either (%s)', async (_, mode, way) => {
    await known();
    const before = await everything();
    const ran = await workflow(
      {
        ...{ Claim: ['claim'], Dry: ['writes', DRY], Drops: ['drops'], Real: ['writes'] },
        End: ['complete'],
      },
      [`Claim > ${way}`],
      given,
      mode,
    );
    expect(written).toEqual([]);
    expect(ran.json('End')).toMatchObject(given.map(() => ({ ledger: { state: 'dry-run' } })));
    expect(await everything()).toEqual(before);
  });

  test.each<WorkflowExecuteMode>(['trigger', 'manual'])(
    'has a claim after it take nothing (%s)',
    async (mode) => {
      const before = await everything();
      const ran = await workflow(
        { Dry: ['writes', DRY], Claim: ['claim'], Real: ['writes'], End: ['complete'] },
        ['Dry > Claim > Real > End'],
        [order('1')],
        mode,
      );
      expect(ran.json('Claim')).toMatchObject([{ claim: { dryRun: true, key: keyOf('1') } }]);
      expect(written).toEqual([]);
      expect(await everything()).toEqual(before);
    },
  );

  test('leaves the nodes before it to write', async () => {
    await workflow(
      { Claim: ['claim'], Real: ['writes'], Dry: ['writes', DRY], End: ['complete'] },
      ['Claim > Real > Dry > End'],
      [order('1')],
    );
    expect(written).toEqual(['1']);
    expect(await stateOf('1')).toBeUndefined();
  });

  test.each<WorkflowExecuteMode>(['trigger', 'manual'])(
    'makes no dead letter of what fails in it (%s)',
    async (mode) => {
      const before = await everything();
      const ran = await workflow(
        { Claim: ['claim'], Writes: ['writes', DRY], End: ['fail'] },
        ['Claim > Writes 1 > End'],
        [order('1', { total: 'bad' })],
        mode,
      );
      expect(ran.json('End')).toMatchObject([
        { error: 'No such product', ledger: { state: 'dry-run', would: 'dead' } },
      ]);
      expect(await everything()).toEqual(before);
    },
  );

  test('keeps what else changes the ledger from doing so', async () => {
    const ran = await workflow(
      { Writes: ['writes', DRY], End: ['setWatermark'] },
      ['Writes > End'],
      [order('1')],
    );
    expect(ran.json('End')).toMatchObject([{ ledger: { state: 'dry-run' } }]);
    expect(await (await openLedger()).getWatermark('test')).toBeUndefined();
  });

  test('leaves what fails before it, and what another branch writes, to be noted', async () => {
    const ran = await workflow(
      {
        Claim: ['claim'],
        Splits: ['splits'],
        Dry: ['writes', DRY],
        Real: ['writes'],
        End: ['complete'],
        Fail: ['fail'],
      },
      [
        'Claim > Splits > Dry > End',
        'Claim > Splits 1 > Real > End',
        'Claim > Splits 1 > Real 1 > Fail',
      ],
      [order('1'), order('2'), order('3', { total: 'bad' })],
    );
    expect(ran.json('Fail')).toMatchObject([{ ledger: { state: 'dead' } }]);
    expect(written).toEqual(['2']);
    expect(await Promise.all(['1', '2', '3'].map(stateOf))).toEqual([undefined, 'done', 'dead']);
  });

  test('that claim does not see, as in a sub-workflow, leaves its record waiting without an attempt', async () => {
    const [item] = (await ledger('claim', [order('1')])).output(0);
    const rehearsed = { ...item, salesorder: { id: 'planned' }, dryRun: { writes: [] } };
    const { output } = await ledger('complete', [rehearsed], PARAMETERS.complete as never);
    expect(output(0)).toMatchObject([{ ledger: { state: 'dry-run', would: 'done' } }]);
    const [views] = await (await openLedger()).lookUp([{ key: keyOf('1') }]);
    expect(views).toMatchObject([{ state: 'retry', attempts: 0, links: [] }]);
    expect(views?.[0]?.nextAttempt).toBeGreaterThan(Date.now() + 30 * 60_000);
  });
});

describe('a claim behind one in dry run', () => {
  test.each<[string, WorkflowExecuteMode]>([
    ['published', 'trigger'],
    ['in a test run', 'manual'],
  ])('%s takes nothing either', async (_, mode) => {
    const before = await everything();
    const ran = await workflow(
      { First: ['claim', DRY], Drops: ['drops'], Second: ['claim'], End: ['writes'] },
      ['First > Drops > Second > End'],
      [order('1')],
      mode,
    );
    expect(ran.json('Second')).toMatchObject([{ claim: { dryRun: true, key: keyOf('1') } }]);
    expect(ran.json('Second')[0]?.claim).not.toHaveProperty('token');
    expect(written).toEqual([]);
    expect(await everything()).toEqual(before);
  });

  test('is told by the mark in a sub-workflow, item by item', async () => {
    const [dry] = (await ledger('claim', [order('1')], DRY)).output(0);
    const { output } = await ledger('claim', [dry ?? {}, order('2')]);
    expect(output(0)).toMatchObject([
      { claim: { dryRun: true, key: keyOf('1') } },
      { claim: { token: expect.any(String) as string, key: keyOf('2') } },
    ]);
    expect(await Promise.all(['1', '2'].map(stateOf))).toEqual([undefined, 'in_flight']);
  });
});

describe('branches with a claim of their own that end in the same nodes', () => {
  test.each<[string, string[]]>([
    ['each by a connection of its own', ['Dry > Writes > End', 'Real > Writes > End']],
    ['behind one node', ['Dry > Drops > Writes > End', 'Real > Drops > Writes > End']],
  ])('%s: only what has a real claim is written and noted', async (_, ways) => {
    await workflow(
      {
        Splits: ['splits'],
        Dry: ['claim', DRY],
        Real: ['claim'],
        Drops: ['drops'],
        Writes: ['writes'],
        End: ['complete'],
      },
      [`Splits > ${ways[0]}`, `Splits 1 > ${ways[1]}`],
      [order('1'), order('2')],
    );
    expect(written).toEqual(['2']);
    expect(await Promise.all(['1', '2'].map(stateOf))).toEqual([undefined, 'done']);
  });

  test('a claim that is followed by a dry one speaks for nothing, also where its claim is put back', async () => {
    const ran = await workflow(
      { Real: ['claim'], Dry: ['claim', DRY], Restores: ['restores'], Writes: ['writes'] },
      ['Real > Dry > Restores > Writes', 'Real > Dry 1 > Restores'],
      [order('1')],
    );
    expect(ran.json('Writes')).toMatchObject([{ claim: { token: expect.any(String) as string } }]);
    expect(written).toEqual([]);
  });
});
