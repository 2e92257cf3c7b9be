import type { IDataObject, INode, INodeType } from 'n8n-workflow';

import { ServiceError } from '../../core/errors';
import { closeLedgers, openLedger } from '../../core/ledger/open';
import {
  runNode,
  type RunWorkflow,
  runWorkflow,
  START_TYPE,
  type WorkflowRun,
} from '../../test/engine';
import { keyOf, ledger, order, useOwnLedger } from '../../test/support/ledger';
import { withResult } from '../shared/input';
import { resultItem } from '../shared/items';
import type { Operation } from '../shared/operation';
import { run } from '../shared/run';
import { eachOf, itemSteps } from '../shared/steps';
import { noteUnderway, countUnderway } from '../shared/underway';
import { takeUnclaimed } from '../shared/unclaimed';
import { SyncLedger } from './SyncLedger.node';

useOwnLedger();

const BY_HAND = { mode: 'manual' } as const;

interface Writing {
  written: unknown[];
  /** Waits while it writes. */
  heldUp?: () => Promise<void>;
  onlyReads?: true;
}

const refusal = (message: string): ServiceError =>
  new ServiceError(message, { class: 'validation', fix: 'Repair it.' });

/** Writes orders; refuses those without a total before it sends anything, and those of 13 as a service does. */
function writing({ written, heldUp = async () => {}, onlyReads }: Writing): Operation {
  return {
    ...{ name: 'Write', value: 'write', action: 'Write', description: 'Write', properties: [] },
    ...(onlyReads && { onlyReads }),
    start: () =>
      itemSteps<IDataObject, object>({
        prepare: ({ json }) => {
          if (json.total === null) throw refusal('There is no total');
          return json.total === 0 ? undefined : json;
        },
        run: eachOf(1, async ({ order_number: id, total }) => {
          await heldUp();
          if (total === 13) throw refusal('13 is refused');
          written.push(id);
          return {};
        }),
        output: (item, _, index) => withResult(item, 'salesorder', { id: 'g' }, index),
      }),
  };
}

function typeOf(name: string, execute: INodeType['execute']): INodeType {
  const words = { displayName: name, name, description: name, defaults: { name } };
  return {
    description: {
      ...words,
      ...{ group: ['transform'], version: 1, inputs: ['main'], outputs: ['main'], properties: [] },
    },
    execute,
  };
}

function writer(options: Writing): INodeType {
  return typeOf('writes', async function () {
    return await run(this, writing(options));
  });
}

/** A node of another package: it writes, and knows nothing of claims. */
const foreign = typeOf('foreign', async function () {
  return [
    this.getInputData().map(({ json }, index) =>
      resultItem({ ...json, salesorder: { id: 'f' } }, index),
    ),
  ];
});

const look = async (...orders: object[]): Promise<IDataObject[]> =>
  (await ledger('claim', orders, {}, BY_HAND)).output(0);

const write = async (input: object[], options: Writing, executionId?: string) =>
  await runNode({
    nodeType: writer(options),
    ...{ parameters: {}, onError: 'continueErrorOutput', input, executionId, ...BY_HAND },
  });

const states = async () => (await (await openLedger()).statistics()).total.states;
const NOTHING = { in_flight: 0, done: 0, dead: 0, retry: 0, held: 0, pending: 0, skipped: 0 };
const hintsOf = ({ run: { data } }: WorkflowRun, node = 'Node') =>
  data.resultData.runData[node]?.at(-1)?.hints?.map(({ message }) => message);

async function send(...orders: object[]): Promise<void> {
  const { output } = await ledger('claim', orders);
  const sent = output(0).map((item) => ({ ...item, salesorder: { id: 'g' } }));
  await ledger('complete', sent);
}

describe('Claim by hand', () => {
  test('says what it would do, and takes nothing', async () => {
    await send(order('1'), order('2'));
    const input = [order('1', { total: 11 }), order('2'), order('3'), order('3')];
    const looked = await ledger('claim', input, {}, BY_HAND);
    const claims = [
      { outcome: 'changed', attempt: 1, hash: expect.any(String) as string },
      { outcome: 'unchanged' },
      { outcome: 'new', attempt: 1, hash: expect.any(String) as string },
      { outcome: 'busy' },
    ];
    expect(looked.output(0)).toMatchObject(
      claims.map((claim, at) => ({
        ...input[at],
        claim: { ...claim, key: expect.any(String) as string, look: expect.any(String) as string },
      })),
    );
    expect(looked.output(1)).toEqual([]);
    expect(hintsOf(looked)).toEqual([
      'Test run: 2 would be sent (1 new, 1 changed), 2 skipped (1 unchanged, 1 busy). Nothing is taken until a node that writes runs. Unchanged: sent already. Sync Ledger: Resend sends it again. Busy: another run is sending it just now. What would be skipped goes on, too, so that a mapping can be tried with it; a node that writes refuses it.',
    ]);
    expect(await states()).toEqual({ ...NOTHING, done: 2 });
    const published = await ledger('claim', [order('3')]);
    expect(published.output(0)).toMatchObject([{ claim: { outcome: 'new' } }]);
  });

  test('does not answer for what a trigger of the published workflow has put out', async () => {
    await send(order('1'));
    noteUnderway('test', keyOf('1'));
    await ledger('claim', [order('1')], {}, BY_HAND);
    expect(countUnderway('test')).toBe(1);
    await ledger('claim', [order('1')]);
    expect(countUnderway('test')).toBe(0);
    const broken = { ledger: 'credential' };
    const credentials = { syncLedgerApi: { file: 'no absolute path' } };
    const failed = await ledger('claim', [order('1')], broken, { ...BY_HAND, credentials });
    expect(failed.error).toBeDefined();
    expect(takeUnclaimed('test', Date.now() + 60_000)).toBeUndefined();
    await ledger('claim', [order('1')], broken, { credentials });
    expect(takeUnclaimed('test', Date.now() + 60_000)).toBeDefined();
  });
});

describe('a sub-workflow', () => {
  const CALLED = { mode: 'integrated' } as const;

  test('only looks where a test run calls it, and what it writes is taken', async () => {
    const called = { ...CALLED, calledFrom: 'manual' } as const;
    const looked = await ledger('claim', [order('1')], {}, called);
    expect(looked.output(0)).toMatchObject([{ claim: { look: expect.any(String) as string } }]);
    expect(await states()).toEqual(NOTHING);
    const written: unknown[] = [];
    const { output } = await runNode({
      nodeType: writer({ written }),
      ...{ parameters: {}, input: looked.output(0), ...called },
    });
    const done = await ledger('complete', output(0), {}, called);
    expect(done.output()).toMatchObject([{ ledger: { state: 'done' } }]);
  });
});

describe('what would be skipped', () => {
  test('goes on in a test run to try a mapping with it; it is not written, and nothing is noted', async () => {
    await send(order('1'));
    const buried = (await ledger('claim', [order('2')])).output(0);
    await ledger(
      'fail',
      buried.map((item) => ({ ...item, error: 'No', details: { class: 'validation' } })),
    );
    const before = await states();
    const looked = await ledger('claim', [order('1'), order('2')], {}, BY_HAND);
    expect(looked.output(0)).toHaveLength(2);
    const written: unknown[] = [];
    const run = await write(looked.output(0), { written });
    expect(written).toEqual([]);
    expect(run.output(1)).toMatchObject([
      { error: 'This record was sent already, and is not sent twice' },
      { error: 'This record is a dead letter, and waits until somebody sends it again' },
    ]);
    for (const operation of ['complete', 'fail', 'hold']) {
      const items = looked
        .output(0)
        .map((item) => ({ ...item, error: 'No', salesorder: { id: 'g' } }));
      const settled = await ledger(operation, items, {}, BY_HAND);
      expect(settled.output()).toMatchObject([
        { ledger: { state: 'not-taken' } },
        { ledger: { state: 'not-taken' } },
      ]);
    }
    expect(await states()).toEqual(before);
  });
});

describe('a node that writes, by hand', () => {
  test('takes what was looked at, and passes the claim on', async () => {
    const written: unknown[] = [];
    const { output } = await write(await look(order('1')), { written });
    expect(written).toEqual(['1']);
    const [item] = output(0);
    expect(item).toMatchObject({ claim: { key: keyOf('1'), outcome: 'new', attempt: 1 } });
    expect(await states()).toEqual({ ...NOTHING, in_flight: 1 });
    const done = await ledger('complete', output(0), {}, BY_HAND);
    expect(done.output()).toMatchObject([{ ledger: { state: 'done', target: { id: 'g' } } }]);
    expect((await ledger('claim', [order('1')])).output(1)).toMatchObject([
      { claim: { outcome: 'unchanged' } },
    ]);
  });

  test('takes nothing where it only reads, refuses an item beforehand, or has nothing to do', async () => {
    const written: unknown[] = [];
    const read = await write(await look(order('1')), { written, onlyReads: true });
    expect(read.output(0)).toMatchObject([{ claim: { look: expect.any(String) as string } }]);
    const items = await look(order('2', { total: null }), order('3', { total: 0 }));
    const failed = await write(items, { written });
    expect(failed.output(0)).toMatchObject([{ claim: { look: expect.any(String) as string } }]);
    expect(failed.output(1)).toMatchObject([{ error: 'There is no total' }]);
    expect(await states()).toEqual(NOTHING);
  });

  test('looked at twice, written twice: one write', async () => {
    const written: unknown[] = [];
    const [first, second] = [await look(order('1')), await look(order('1'))];
    await ledger('complete', (await write(first, { written })).output(0), {}, BY_HAND);
    const again = await write(second, { written });
    expect(written).toEqual(['1']);
    expect(again.output(1)).toMatchObject([
      {
        error: 'This record was sent already, and is not sent twice',
        details: { class: 'conflict', code: 'CLAIM_LOST', fix: expect.any(String) as string },
      },
    ]);
    const settled = await ledger('fail', again.output(1), {}, BY_HAND);
    expect(settled.output()).toMatchObject([{ ledger: { state: 'not-taken' } }]);
    expect(await states()).toEqual({ ...NOTHING, done: 1 });
  });

  test('a pinned look is taken days later, in another process, but not over what came since', async () => {
    const written: unknown[] = [];
    const pinned = await look(order('1'), order('2'));
    await send(order('2', { total: 20 }));
    await closeLedgers();
    const { output } = await write(pinned, { written });
    expect(written).toEqual(['1']);
    expect(output(1)).toMatchObject([
      { order_number: '2', error: expect.stringContaining('Another content') as string },
    ]);
  });

  test('a person runs the same step again until it works', async () => {
    const written: unknown[] = [];
    const looked = await look(order('1', { total: 13 }));
    expect((await write(looked, { written })).output(1)).toHaveLength(1);
    const mapped = looked.map((item) => ({ ...item, total: 12 }));
    const { output } = await write(mapped, { written });
    expect(output(0)).toMatchObject([{ claim: { outcome: 'retry', attempt: 2 } }]);
    await ledger('complete', output(0), {}, BY_HAND);
    expect((await write(mapped, { written })).output(1)).toHaveLength(1);
    expect(written).toEqual(['1']);
  });

  test('two runs with one pinned look never write at the same time', async () => {
    const written: unknown[] = [];
    const pinned = await look(order('1'));
    let second: Promise<unknown> | undefined;
    let refused: IDataObject[] = [];
    await write(pinned, {
      written,
      heldUp: async () => {
        second ??= write(pinned, { written }).then(({ output }) => (refused = output(1)));
        await second;
      },
    });
    expect(written).toEqual(['1']);
    expect(refused).toMatchObject([{ details: { code: 'CLAIM_LOST' } }]);
    const failed = await ledger('fail', refused, {}, BY_HAND);
    expect(failed.output()).toMatchObject([{ ledger: { state: 'not-taken' } }]);
    expect(await states()).toEqual({ ...NOTHING, in_flight: 1 });
  });

  test.each([
    ['a changed look', () => ({ look: 'abc' }), 'claim.look'],
    ['a ledger that is gone', async () => await elsewhere(), 'not open here'],
  ])('writes nothing with %s, and says what helps', async (_, claimed, message) => {
    const written: unknown[] = [];
    const item = { ...order('1'), claim: { key: keyOf('1'), hash: 'h', ...(await claimed()) } };
    const { output } = await write([item], { written });
    expect(written).toEqual([]);
    expect(output(1)).toMatchObject([
      {
        error: expect.stringContaining(message) as string,
        details: { fix: expect.stringContaining('Claim again') as string },
      },
    ]);
  });

  /** A look into a ledger that no process has open any more. */
  async function elsewhere(): Promise<IDataObject> {
    const [item] = await look(order('1'));
    const folder = process.env.N8N_USER_FOLDER;
    await closeLedgers();
    process.env.N8N_USER_FOLDER = `${folder}/other`;
    return item?.claim as IDataObject;
  }
});

describe('Complete, Fail and Hold by hand', () => {
  test.each([
    ['dead', 'fail', { error: 'no', details: { class: 'validation' } }],
    ['retry', 'fail', { error: 'no', details: { class: 'transient' } }],
    ['held', 'fail', { error: 'no', details: { class: 'held' } }],
    ['held', 'hold', { state: { reason: 'Not paid' } }],
    ['skipped', 'complete', { salesorder: { outcome: 'skipped' } }],
  ])('note nothing of what nobody took: it would be %s', async (would, operation, more) => {
    const options = operation === 'complete' && {
      options: { outcomeField: 'salesorder.outcome' },
    };
    const [item] = await look(order('1'));
    const settled = await ledger(operation, [{ ...item, ...more }], { ...options }, BY_HAND);
    expect(settled.output()).toMatchObject([
      { ...more, ledger: { key: keyOf('1'), state: 'not-taken', would, note: expect.any(String) } },
    ]);
    expect(hintsOf(settled)).toEqual([
      expect.stringMatching(/^Test run: 1 would be(come)? .*Nothing is noted/),
    ]);
    expect(await states()).toEqual(NOTHING);
  });

  test('what a node of another package has written is noted, so that it is not written again', async () => {
    const looked = await look(order('1'));
    const { output } = await runNode({ nodeType: foreign, parameters: {}, input: looked });
    const done = await ledger('complete', output(), {}, BY_HAND);
    expect(done.output()).toMatchObject([{ ledger: { state: 'done', target: { id: 'f' } } }]);
    expect((await ledger('claim', [order('1')])).output(1)).toMatchObject([
      { claim: { outcome: 'unchanged', target: { id: 'f' } } },
    ]);
    const late = await ledger('complete', output(), {}, BY_HAND);
    expect(late.output()).toMatchObject([{ ledger: { state: 'lost-lease' } }]);
  });

  test('a whole workflow by hand ends as it would, and says of each item what was noted', async () => {
    const written: unknown[] = [];
    const node = (name: string, type: string, parameters: INode['parameters'] = {}) => ({
      name,
      type,
      parameters,
    });
    const to = (name: string) => [{ node: name, type: 'main' as const, index: 0 }];
    const workflow: RunWorkflow['workflow'] = {
      nodes: [
        node('Start', START_TYPE),
        node('Claim', 'x.syncLedger', { operation: 'claim' }),
        { ...node('Send', 'x.writes'), onError: 'continueErrorOutput' },
        node('Complete', 'x.syncLedger', { operation: 'complete' }),
        node('Fail', 'x.syncLedger', { operation: 'fail' }),
      ],
      connections: {
        Start: { main: [to('Claim')] },
        Claim: { main: [to('Send')] },
        Send: { main: [to('Complete'), to('Fail')] },
      },
    };
    const result = await runWorkflow({
      ...BY_HAND,
      nodeTypes: { 'x.syncLedger': new SyncLedger(), 'x.writes': writer({ written }) },
      input: [order('1'), order('2', { total: 13 }), order('3', { total: null })],
      workflow,
    });
    expect(result.error).toBeUndefined();
    expect(result.json('Complete')).toMatchObject([{ ledger: { key: keyOf('1'), state: 'done' } }]);
    expect(result.json('Fail')).toMatchObject([
      { error: '13 is refused', ledger: { key: keyOf('2'), state: 'given-back', would: 'dead' } },
      {
        error: 'There is no total',
        ledger: { key: keyOf('3'), state: 'not-taken', would: 'dead' },
      },
    ]);
    expect(await states()).toEqual({ ...NOTHING, done: 1 });
    expect(
      result.run.data.resultData.runData.Fail?.[0]?.hints?.map(({ message }) => message),
    ).toEqual([
      expect.stringMatching(/^Test run: 1 would become a dead letter\. .*has only looked/),
      expect.stringMatching(/^Test run: 1 would become a dead letter\. .*gives back/),
    ]);
  });
});
