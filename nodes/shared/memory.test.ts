import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { inDryRun, Journal } from '../../core/dryRun';
import { openLedger } from '../../core/ledger/open';
import { ledger, order, useOwnLedger } from '../../test/support/ledger';
import { type ItemMemory, memoryFor } from './memory';

useOwnLedger();

const contact = (id: string) => ({ system: 'dataverse:org', table: 'contact', id });

/** Claimed orders; and one that was never claimed. */
async function itemsOf(...ids: string[]): Promise<INodeExecutionData[]> {
  const claimed = (
    await ledger(
      'claim',
      ids.map((id) => order(id)),
    )
  ).output(0);
  return [...claimed, order('unclaimed')].map((json) => ({ json }));
}

const warnings: string[] = [];

function memoryOf(items: INodeExecutionData[]): ItemMemory {
  warnings.length = 0;
  const logger = { warn: (text: string) => warnings.push(text) };
  return memoryFor({ logger } as unknown as IExecuteFunctions, items);
}

/** The ledger refuses these calls, once each. */
async function refusing(...calls: Array<'recall' | 'remember' | 'confirm' | 'knows'>) {
  const open = await openLedger();
  for (const call of calls) {
    jest.spyOn(open, call).mockRejectedValueOnce(new Error(`no ${call}`));
  }
}

afterEach(() => jest.restoreAllMocks());

test('is of the ledger that holds the claim, and nothing for items without one', async () => {
  const memory = memoryOf(await itemsOf('1', '2'));
  const rows = [0, 1, 2].map((index) => ({ index, target: contact(`c${index}`) }));
  expect(await memory.recall(rows)).toEqual([undefined, undefined, undefined]);
  await memory.remember(rows.map((row) => ({ ...row, document: { n: row.index } })));
  await memory.confirm(rows.slice(1));
  expect(await memory.recall(rows)).toEqual([
    { attempts: [{ n: 0 }] },
    { confirmed: { n: 1 }, attempts: [] },
    undefined,
  ]);
  const open = await openLedger();
  expect(await open.recall([contact('c2')])).toEqual([undefined]);
  expect(warnings).toEqual([]);
});

test('asks the ledger once for all', async () => {
  const memory = memoryOf(await itemsOf('1', '2'));
  const open = await openLedger();
  const calls = (['knows', 'recall', 'remember', 'confirm'] as const).map((call) =>
    jest.spyOn(open, call),
  );
  const rows = [0, 1].map((index) => ({ index, target: contact(`c${index}`), document: {} }));
  await memory.recall(rows);
  await memory.remember(rows);
  await memory.confirm(rows);
  expect(calls.map((call) => call.mock.calls.length)).toEqual([1, 1, 1, 1]);
});

test('opens no ledger where nothing was claimed', async () => {
  const memory = memoryOf([{ json: order('1') }]);
  await memory.remember([{ index: 0, target: contact('c'), document: {} }]);
  expect(await memory.recall([{ index: 0, target: contact('c') }])).toEqual([undefined]);
});

test('of one table speaks of ids alone', async () => {
  const memory = memoryOf(await itemsOf('1'));
  const places = new Map([['c0', 0]]);
  const table = { system: 'dataverse:org', table: 'contact' };
  const contacts = memory.of(table, (id) => places.get(id));
  await contacts.remember([
    { id: 'c0', document: { n: 1 } },
    { id: 'of no item', document: { n: 1 } },
  ]);
  await contacts.confirm(['c0', 'of no item']);
  expect(await contacts.recall(['c0', 'of no item'])).toEqual([
    { confirmed: { n: 1 }, attempts: [] },
    undefined,
  ]);
});

describe('when the ledger fails', () => {
  const row = { index: 0, target: contact('c') };

  async function sent(memory: ItemMemory, n: number): Promise<void> {
    await memory.remember([{ ...row, document: { n } }]);
    await memory.confirm([row]);
  }

  test('nothing is known, and the log says why', async () => {
    const memory = memoryOf(await itemsOf('1'));
    await sent(memory, 1);
    await refusing('recall');
    expect(await memory.recall([row])).toEqual([undefined]);
    expect(warnings).toEqual(['What was sent to rows could not be recalled: no recall']);
    expect(await memory.recall([row])).toEqual([{ confirmed: { n: 1 }, attempts: [] }]);
  });

  test.each(['remember', 'knows'] as const)(
    'what could not be written down before (%s) is made up for when it was sent',
    async (call) => {
      const items = await itemsOf('1');
      await memoryOf(items).remember([{ ...row, document: { n: 1 } }]);
      const memory = memoryOf(items);
      await refusing(call);
      await sent(memory, 2);
      expect(warnings).toHaveLength(1);
      expect(await memory.recall([row])).toEqual([{ confirmed: { n: 2 }, attempts: [] }]);
    },
  );

  test('what could not be confirmed stays an attempt', async () => {
    const memory = memoryOf(await itemsOf('1'));
    await refusing('confirm');
    await sent(memory, 1);
    expect(await memory.recall([row])).toEqual([{ attempts: [{ n: 1 }] }]);
    expect(warnings).toEqual(['What was sent to rows could not be confirmed: no confirm']);
  });
});

test('notes nothing in a dry run, and knows what was sent before all the same', async () => {
  const items = await itemsOf('1');
  const row = { index: 0, target: contact('c0') };
  const real = memoryOf(items);
  await real.remember([{ ...row, document: { n: 1 } }]);
  await real.confirm([row]);
  const known = { confirmed: { n: 1 }, attempts: [] };
  await inDryRun(new Journal(), async () => {
    const memory = memoryOf(items);
    expect(await memory.recall([row])).toEqual([known]);
    await memory.remember([{ ...row, document: { n: 2 } }]);
    await memory.confirm([row]);
  });
  expect(await real.recall([row])).toEqual([known]);
});

test('knows in a dry run what was sent to the rows of records that it does not take', async () => {
  const row = { index: 0, target: contact('c') };
  const real = memoryOf(await itemsOf('1'));
  await real.remember([{ ...row, document: { n: 1 } }]);
  await real.confirm([row]);
  const given = [order('2'), order('3')];
  const dry = (await ledger('claim', given, { dryRun: true })).output(0);
  const looked = (await ledger('claim', given, {}, { mode: 'manual' })).output(0);
  const byRecord = { index: 1, target: row.target };
  for (const claimed of [dry, looked]) {
    const items = claimed.map((json) => ({ json }));
    expect(items).toHaveLength(2);
    await inDryRun(new Journal(), async () => {
      const memory = memoryOf(items);
      const known = { confirmed: { n: 1 }, attempts: [] };
      expect(await memory.recall([row, byRecord])).toEqual([known, known]);
      await memory.remember([{ ...row, document: { n: 2 } }]);
    });
    expect(await memoryOf(items).recall([row])).toEqual([undefined]);
  }
});
