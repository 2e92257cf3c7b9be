import type { IDataObject, INodeType } from 'n8n-workflow';

import type { RecordView } from '../../core/ledger/ledger';
import { openLedger } from '../../core/ledger/open';
import { runNode } from '../../test/engine';
import { keyOf, ledger, order, useOwnLedger } from '../../test/support/ledger';
import { withResult } from './input';
import type { Operation } from './operation';
import { run } from './run';
import { itemSteps } from './steps';

useOwnLedger();

function writing(written: unknown[], heldUp: () => Promise<void>): Operation {
  return {
    name: 'Write',
    value: 'write',
    action: 'Write',
    description: 'Write',
    properties: [],
    start: () =>
      itemSteps<IDataObject, object>({
        prepare: ({ json }) => json,
        run: async (work) => {
          await heldUp();
          written.push(
            ...work.map(({ order_number: id, total }) => `${String(id)}: ${String(total)}`),
          );
          return work.map(() => ({ ok: true, value: {} }));
        },
        output: (item, _, index) => withResult(item, 'salesorder', { id: 'g' }, index),
      }),
  };
}

/** Writes what it gets into `written`, and may be held up on the way. */
class Writes implements INodeType {
  description: INodeType['description'] = {
    displayName: 'Writes',
    name: 'writes',
    group: ['transform'],
    version: 1,
    description: 'Writes',
    defaults: { name: 'Writes' },
    inputs: ['main'],
    outputs: ['main'],
    properties: [],
  };

  execute: INodeType['execute'];

  constructor(written: unknown[], heldUp: () => Promise<void> = async () => {}) {
    const operation = writing(written, heldUp);
    this.execute = async function () {
      return await run(this, operation);
    };
  }
}

const claimed = async (...orders: object[]): Promise<IDataObject[]> =>
  (await ledger('claim', orders)).output(0);

async function write(items: object[], written: unknown[], heldUp?: () => Promise<void>) {
  return await runNode({
    nodeType: new Writes(written, heldUp),
    parameters: {},
    input: items,
    onError: 'continueErrorOutput',
  });
}

async function record(id: string): Promise<RecordView | undefined> {
  return (await (await openLedger()).lookUp([{ key: keyOf(id) }]))[0]?.[0];
}

/** As if the lease of a record had ended long ago. */
async function expire(id: string): Promise<void> {
  const open = await openLedger();
  const [outcome] = await open.claim(
    [{ flow: 'test', key: keyOf(id), hash: 'forces', payload: {} }],
    { leaseMs: 1 },
  );
  expect(outcome?.outcome).toBe('busy');
}

test('what another run has taken over is not written, the rest is', async () => {
  const open = await openLedger();
  const old = order('1', { total: 10 });
  const items = [
    ...(await claimed(order('2'))),
    ...(await claimed(old)).map((item) => ({
      ...item,
      claim: { ...(item.claim as object), token: 'gone' },
    })),
  ];
  const written: unknown[] = [];
  const run = await write(items, written);
  expect(written).toEqual(['2: 10']);
  expect(run.output(0)).toMatchObject([{ order_number: '2' }]);
  expect(run.output(1)).toMatchObject([
    { order_number: '1', details: { class: 'conflict', code: 'CLAIM_LOST' } },
  ]);
  const failed = await ledger('fail', run.output(1));
  expect(failed.output()).toMatchObject([{ ledger: { state: 'lost-lease' } }]);
  expect((await open.statistics()).total.states).toMatchObject({ in_flight: 2, dead: 0 });
});

test('a run that comes back late does not write its older content over newer one', async () => {
  const open = await openLedger();
  const [late] = await claimed(order('1', { total: 10, update_date: '2026-01-01' }));
  // The lease ends while the run stands still; a newer version goes through meanwhile.
  await open.fail([
    {
      token: (late?.claim as IDataObject).token as string,
      message: 'no',
      details: { class: 'transient' },
    },
  ]);
  const newer = await claimed(order('1', { total: 20, update_date: '2026-01-02' }));
  const written: unknown[] = [];
  await ledger('complete', (await write(newer, written)).output(0));
  await write([late ?? {}], written);
  expect(written).toEqual(['1: 20']);
  expect(await record('1')).toMatchObject({ state: 'done' });
});

test('a run that takes longer than its lease keeps what it holds', async () => {
  const short = { options: { leaseMinutes: 1 } };
  const items = (await ledger('claim', [order('1')], short)).output(0);
  const before = (await record('1'))?.leaseUntil ?? 0;
  const written: unknown[] = [];
  await write(items, written, async () => {
    expect((await record('1'))?.leaseUntil).toBeGreaterThan(before + 3 * 60_000);
    await expire('1');
  });
  expect(written).toEqual(['1: 10']);
});

test('renews while it works, and no longer', async () => {
  jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate', 'setTimeout'] });
  try {
    const items = await claimed(order('1'));
    const leases: number[] = [];
    await write(items, [], async () => {
      for (let minutes = 0; minutes < 12; minutes += 1) {
        jest.advanceTimersByTime(60_000);
        await new Promise((resolve) => setTimeout(resolve, 20));
        leases.push(((await record('1'))?.leaseUntil ?? 0) - Date.now());
      }
    });
    expect(Math.min(...leases)).toBeGreaterThan(60_000);
    expect(jest.getTimerCount()).toBe(0);
  } finally {
    jest.useRealTimers();
  }
});

test('items without a claim are written as ever', async () => {
  const written: unknown[] = [];
  const foreign = { ...order('1'), claim: { token: 'of something else' } };
  await write([order('2'), foreign], written);
  expect(written).toEqual(['2: 10', '1: 10']);
});
