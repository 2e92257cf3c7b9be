import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { IDataObject, INode } from 'n8n-workflow';

import { closeLedgers, openLedger } from '../../core/ledger/open';
import type { Ledger } from '../../core/ledger/ledger';
import { SyncLedgerApi } from '../../credentials/SyncLedgerApi.credentials';
import { publish, type RunningTrigger } from '../../test/support/trigger';
import { SyncLedgerTrigger } from './SyncLedgerTrigger.node';

const ROW = 'salesorder.new_channel';

let folder: string;
let file: string;
let ledger: Ledger;

beforeEach(async () => {
  jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'setTimeout', 'setInterval'] });
  jest.setSystemTime(Date.parse('2026-03-01T07:00:00Z'));
  folder = mkdtempSync(join(tmpdir(), 'ledger-told-'));
  file = join(folder, 'ledger.sqlite');
  ledger = await openLedger({ file, encryptionKey: undefined });
});

afterEach(async () => {
  await closeLedgers();
  jest.useRealTimers();
  rmSync(folder, { recursive: true });
});

const later = (minutes: number): void => {
  jest.setSystemTime(Date.now() + minutes * 60_000);
};

function start(staticData: IDataObject = {}): RunningTrigger {
  const parameters = { ledger: 'credential', event: 'dead', flows: 'orders', deadOptions: {} };
  return publish(
    {
      trigger: new SyncLedgerTrigger(),
      credentialType: new SyncLedgerApi(),
      credential: { file },
      parameters: parameters as INode['parameters'],
      id: 'test',
    },
    staticData,
  );
}

async function claim(ids: string[], flow = 'orders'): Promise<string[]> {
  const requests = ids.map((id) => ({
    flow,
    key: `xcart:main:order:${id}`,
    hash: id,
    payload: { customer: 'Ann Buyer', source: { number: `10${id}` } },
  }));
  const claimed = await ledger.claim(requests, { leaseMs: 60_000 });
  return claimed.flatMap((one) => ('token' in one ? [one.token] : []));
}

/** Claims what is due or new, and stops at the row. */
async function stop(ids: string[], { flow = 'orders', target = ROW } = {}): Promise<void> {
  const rule = { target, isOwn: true };
  const details = { class: 'validation' as const, fix: 'Change the row.', rule };
  const tokens = await claim(ids, flow);
  expect(tokens).toHaveLength(ids.length);
  await ledger.fail(tokens.map((token) => ({ token, message: 'Cannot fill', details })));
}

async function send(ids: string[]): Promise<void> {
  const tokens = await claim(ids);
  expect(tokens).toHaveLength(ids.length);
  later(1);
  await ledger.complete(tokens.map((token) => ({ token })));
}

const told = async (trigger: RunningTrigger): Promise<unknown> =>
  (await trigger.poll())?.map(({ state, heldByMapping }) => [state, heldByMapping]) ?? null;

test('tells a row once, with count, reason, repair and a number, when a second order stops there', async () => {
  const trigger = start();
  await stop(['1']);
  expect(await told(trigger)).toBeNull();
  later(1);
  await stop(['2']);
  await stop(['3'], { flow: 'other' });
  const items = await trigger.poll();
  expect(items).toEqual([
    expect.objectContaining({
      number: '102',
      state: 'retry',
      flow: 'orders',
      heldByMapping: 2,
      reason: expect.stringContaining(
        `The row "${ROW}" of the mapping has let no record through`,
      ) as string,
      repair: expect.stringMatching(/^Change the row\./) as string,
    }),
  ]);
  expect(JSON.stringify(items)).not.toContain('Ann Buyer');
});

test('is quiet while the row keeps failing, also in an n8n that was started again; another row is news', async () => {
  const trigger = start();
  await stop(['1', '2']);
  expect(await told(trigger)).toEqual([['retry', 2]]);
  later(40);
  await stop(['1', '2', '3']);
  expect(await told(trigger)).toBeNull();
  later(40);
  expect(await told(start(trigger.staticData()))).toBeNull();
  await stop(['4', '5'], { target: 'salesorder.name' });
  expect(await told(trigger)).toEqual([['retry', 2]]);
});

test('tells it anew when an order got through in between and others fail, whatever n8n has forgotten', async () => {
  const trigger = start();
  await stop(['1', '2']);
  expect(await told(trigger)).toEqual([['retry', 2]]);
  const kept = trigger.staticData();
  later(10);
  await send(['3']);
  // What waits is due, and nobody knows yet whether it goes.
  expect(await told(trigger)).toBeNull();
  await send(['1', '2']);
  expect(await told(trigger)).toBeNull();
  later(60);
  await stop(['4', '5']);
  const again = start(kept);
  expect(await told(again)).toEqual([['retry', 2]]);
  expect(await told(again)).toBeNull();
});

test('a row that fails for some orders between others that pass is a message an hour', async () => {
  const trigger = start();
  let messages = 0;
  for (let minute = 0; minute < 100; minute += 1) {
    await send([`good-${minute}`]);
    later(0.1);
    await stop([`bad-${minute}`, `worse-${minute}`]);
    if ((await trigger.poll())?.some(({ heldByMapping }) => heldByMapping !== undefined))
      messages += 1;
  }
  expect(messages).toBe(2);
});

test('tells a single order that stops there when it has waited for some minutes', async () => {
  const trigger = start();
  for (const expected of [null, null, [['retry', 1]], null]) {
    await stop(['1']);
    expect(await told(trigger)).toEqual(expected);
    later(20);
  }
});

test('stands beside the dead letters, and in a test run notes nothing', async () => {
  await stop(['1', '2']);
  const [token = ''] = await claim(['3']);
  await ledger.fail([{ token, message: 'No product', details: { class: 'validation' } }]);
  const trigger = start();
  expect(await trigger.poll('manual')).toHaveLength(2);
  expect(trigger.staticData()).toEqual({});
  expect(await told(trigger)).toEqual([
    ['retry', 2],
    ['dead', undefined],
  ]);
});
