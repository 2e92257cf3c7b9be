/** Workflows that are dry in a part: what their records become in the ledger. */
import type { IDataObject, WorkflowExecuteMode } from 'n8n-workflow';

import { openLedger } from '../../core/ledger/open';
import { DRY, type Kind, PARAMETERS, workflow, written } from '../../test/support/dryWorkflow';
import { keyOf, ledger, order, useOwnLedger } from '../../test/support/ledger';

useOwnLedger();

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

/** What one dry node has not written waits, without an attempt; a test run has taken nothing. */
async function expectLeft(
  ids: string[],
  { mode, before }: { mode: WorkflowExecuteMode; before: unknown },
): Promise<void> {
  if (mode === 'manual') {
    expect(await everything()).toEqual(before);
    return;
  }
  const opened = await openLedger();
  const views = await opened.lookUp(ids.map((id) => ({ key: keyOf(id) })));
  expect(views).toMatchObject(ids.map(() => [{ state: 'retry', attempts: 0 }]));
  const due = await opened.due({ limit: 10, visibilityMs: 1, peek: true });
  expect(due.map(({ key }) => key).sort()).toEqual(ids.map(keyOf).sort());
}

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
  ])('%s: %s counts nothing, and the records go when the switch is off', async (_, end, mode) => {
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
    await expectLeft(['1', '2', '3'], { mode, before });

    const real = await workflow({ ...line(false), End: ['complete'] }, LINE, given);
    const again = mode === 'manual' ? ['new', 'changed', 'retry'] : ['retry', 'retry', 'retry'];
    expect(outcomes(real.json('Claim'))).toEqual(again);
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
    await expectLeft(['1', '2', '3'], { mode, before });
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
    await expectLeft(['1'], { mode: 'trigger', before: undefined });
  });

  test('counts a run that dies before it as any other, and loses nothing that was written', async () => {
    const opened = await openLedger();
    for (let run = 1; run <= 8; run += 1) {
      const died = await workflow(
        { Claim: ['claim', { options: { leaseMinutes: 0.000_01 } }], Dry: ['writes', DRY] },
        ['Claim > Dry'],
        [order('1')],
      );
      expect(outcomes(died.json('Claim'))).toEqual([run === 1 ? 'new' : 'reclaimed']);
      const due = { limit: 10, visibilityMs: 1, peek: true };
      expect((await opened.due(due)).map(({ key }) => key)).toEqual([keyOf('1')]);
    }
    await ledger('claim', [order('1')]);
    expect(await stateOf('1')).toBe('dead');
  });

  test.each<[string, string, string]>([
    ['fails', 'bad if dry', 'Claim > Dry 1 > Fail'],
    ['is complete', 'good', 'Claim > Dry > End'],
  ])('leaves the claim to another branch when it %s', async (_, total, way) => {
    const ran = await workflow(
      {
        Claim: ['claim'],
        Dry: ['writes', DRY],
        Fail: ['fail'],
        Real: ['writes'],
        End: ['complete'],
        Last: ['complete'],
      },
      [way, 'Claim > Real > Last'],
      [order('1', { total })],
    );
    const end = total === 'good' ? 'End' : 'Fail';
    expect(ran.json(end)).toMatchObject([{ ledger: { state: 'dry-run' } }]);
    expect(written).toEqual(['1']);
    expect(await stateOf('1')).toBe('done');
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
      await expectLeft(['1'], { mode, before });
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
    expect(await Promise.all(['1', '2', '3'].map(stateOf))).toEqual(['retry', 'done', 'dead']);
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
