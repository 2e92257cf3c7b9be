import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { IDataObject, INodeType } from 'n8n-workflow';

import { openLedger } from '../../core/ledger/open';
import { type NodeRun, runNode } from '../../test/engine';
import { hintsOf, keyOf, ledger, order, useOwnLedger } from '../../test/support/ledger';
import { withResult } from '../shared/input';
import type { Operation } from '../shared/operation';
import { run } from '../shared/run';
import { eachOf, itemSteps } from '../shared/steps';

useOwnLedger();

const BY_HAND = { mode: 'manual' } as const;

const written: unknown[] = [];
beforeEach(() => written.splice(0));

function writes(work: (id: unknown) => Promise<void> = async () => {}): INodeType {
  const operation: Operation = {
    ...{ name: 'Write', value: 'write', action: 'Write', description: 'Write', properties: [] },
    start: () =>
      itemSteps<IDataObject, object>({
        prepare: ({ json }) => json,
        run: eachOf(1, async ({ order_number: id, total }) => {
          written.push([id, total]);
          await work(id);
          return {};
        }),
        output: (item, _, index) => withResult(item, 'salesorder', { id: 'g' }, index),
      }),
  };
  const words = { displayName: 'w', name: 'w', description: 'w', defaults: { name: 'w' } };
  return {
    description: {
      ...words,
      ...{ group: ['transform'], version: 1, inputs: ['main'], outputs: ['main'], properties: [] },
    },
    async execute() {
      return await run(this, operation);
    },
  };
}

/** Another execution each time, as n8n makes one for every step that a person runs. */
let executions = 100;
const byHand = (): { mode: 'manual'; executionId: string } => {
  executions += 1;
  return { ...BY_HAND, executionId: String(executions) };
};

const write = async (input: object[], more: object = byHand(), nodeType = writes()) =>
  await runNode({ nodeType, parameters: {}, onError: 'continueErrorOutput', input, ...more });

const claim = async (orders: object[], more: object = {}) =>
  await ledger('claim', orders, {}, more);
const look = async (...orders: object[]) => (await claim(orders, byHand())).output(0);
const outcomes = ({ output }: NodeRun, at = 0) =>
  output(at).map((item) => (item.claim as IDataObject).outcome);
const failing = (items: IDataObject[], errorClass = 'validation') =>
  items.map((item) => ({ ...item, error: 'no', details: { class: errorClass } }));
const states = async () => {
  const { states: all } = (await (await openLedger()).statistics()).total;
  return Object.fromEntries(Object.entries(all).filter(([, count]) => count > 0));
};

describe('what was taken by hand and failed', () => {
  test.each([
    ['fail', 'validation', 'dead', 'become a dead letter'],
    ['fail', 'held', 'held', 'be held'],
    ['hold', 'held', 'held', 'be held'],
  ])('%s (%s) gives it back, and says so', async (operation, errorClass, would, words) => {
    const { output } = await write(await look(order('1')));
    const settled = await ledger(operation, failing(output(0), errorClass), {}, BY_HAND);
    expect(settled.output()).toMatchObject([
      {
        ledger: {
          ...{ key: keyOf('1'), state: 'given-back', would },
          note: expect.stringContaining('the ledger has no record of it') as string,
        },
      },
    ]);
    expect(hintsOf(settled)).toEqual([
      expect.stringMatching(new RegExp(`^Test run: 1 would ${words}\\. .*gives back`)),
    ]);
    expect(await states()).toEqual({});
    expect(outcomes(await claim([order('1')]))).toEqual(['new']);
  });

  test('the next step is run again with the input that n8n has kept', async () => {
    const first = (await write(await look(order('1')))).output(0);
    await ledger('fail', failing(first), {}, BY_HAND);
    const second = await write(first);
    expect(second.output(1)).toEqual([]);
    expect(written).toHaveLength(2);
    await ledger('complete', second.output(0), {}, BY_HAND);
    expect(await states()).toEqual({ done: 1 });
  });

  test('what failed when it was taken once more is given back, too', async () => {
    const first = (await write(await look(order('1')))).output(0);
    await ledger('fail', failing(first), {}, BY_HAND);
    const execution = byHand();
    await write(first, execution);
    expect(await states()).toEqual({ in_flight: 1 });
    // n8n makes the failed item of the input of the node, which has the former token.
    const settled = await ledger('fail', failing(first), {}, execution);
    expect(settled.output()).toMatchObject([{ ledger: { state: 'given-back' } }]);
    const again = await ledger('fail', failing(first), {}, execution);
    expect(again.output()).toMatchObject([{ ledger: { state: 'not-taken', would: 'dead' } }]);
  });
});

test('a person who runs the writing step, and then all, waits for nothing', async () => {
  await write(await look(order('1')));
  expect(await states()).toEqual({ in_flight: 1 });
  const again = await write(await look(order('1')));
  await ledger('complete', again.output(0), {}, BY_HAND);
  expect(await states()).toEqual({ done: 1 });
});

test('of two test runs with looks of their own one waits while the other writes', async () => {
  const [first, second] = [await look(order('1')), await look(order('1'))];
  let refused: IDataObject[] = [];
  await write(
    first,
    byHand(),
    writes(async () => {
      refused = (await write(second)).output(1);
    }),
  );
  expect(written).toHaveLength(1);
  expect(refused).toMatchObject([{ details: { code: 'CLAIM_LOST' } }]);
});

test('what waits because of the mapping can be tried by hand at once', async () => {
  const { output } = await claim([order('1')]);
  const rule = { target: 'salesorder.name', isOwn: true };
  const held = failing(output(0)).map((item) => ({ ...item, details: { ...item.details, rule } }));
  await ledger('fail', held);
  expect(await states()).toEqual({ retry: 1 });
  const looked = await claim([order('1')], byHand());
  expect(outcomes(looked)).toEqual(['retry']);
  await ledger('complete', (await write(looked.output(0))).output(0), {}, BY_HAND);
  expect(await states()).toEqual({ done: 1 });
});

test('Claim by hand says what to do about dead letters and held records', async () => {
  const { output } = await claim([order('1'), order('2')]);
  await ledger('fail', failing(output(0).slice(0, 1)));
  await ledger('hold', output(0).slice(1));
  const [hint] = hintsOf(await claim([order('1'), order('2')], byHand()));
  expect(hint).toMatch(
    /^Test run: 0 would be sent, 2 skipped \(1 dead, 1 held\)\. Nothing was taken/,
  );
  expect(hint).toContain('then send it again: with Sync Ledger: Requeue');
  expect(hint).toContain('release it with Sync Ledger: Requeue');
});

describe('a step that is run once more after the record is done', () => {
  test.each([
    ['by hand', byHand()],
    ['in an execution that n8n retries', { mode: 'retry' as const }],
  ])('%s writes nothing, and says that it was sent', async (_, more) => {
    const input =
      more.mode === 'manual' ? await look(order('1')) : (await claim([order('1')])).output(0);
    const first = (await write(input, more)).output(0);
    await ledger('complete', first, {}, more);
    const again = await write(first, more);
    expect(written).toHaveLength(1);
    expect(again.output(1)).toMatchObject([
      {
        error: 'This record was sent already with this claim, and is not sent twice',
        details: { code: 'CLAIM_LOST', fix: expect.stringContaining('Claim again') as string },
      },
    ]);
  });
});

test('a look that has got into a published run is not called a test run there', async () => {
  const held = await ledger('hold', await look(order('1')), { reasonFrom: 'text', reason: 'r' });
  expect(held.output()).toMatchObject([
    {
      ledger: {
        state: 'not-taken',
        would: 'held',
        note: expect.stringContaining('only looked') as string,
      },
    },
  ]);
  expect(hintsOf(held)).toEqual([
    expect.stringMatching(/^1 would be held\. Nothing is noted, because Claim/),
  ]);
});

describe('a ledger other than the one of Claim', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'other-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  test.each(['taken by hand', 'looked at', 'claimed'])(
    'is named, where a record was %s',
    async (how) => {
      const looked = await look(order('1'));
      const items = how === 'claimed' ? (await claim([order('1')])).output(0) : looked;
      const sent = how === 'looked at' ? items : (await write(items)).output(0);
      const { output } = await ledger(
        'complete',
        sent.map((item) => ({ ...item, salesorder: { id: 'g' } })),
        { ledger: 'credential' },
        {
          ...byHand(),
          onError: 'continueErrorOutput',
          credentials: { syncLedgerApi: { file: join(folder, 'b.sqlite') } },
        },
      );
      expect(output(1)).toMatchObject([
        {
          error: expect.stringContaining('in another ledger') as string,
          details: {
            class: 'configuration',
            fix: expect.stringContaining('same Ledger') as string,
          },
        },
      ]);
    },
  );
});
