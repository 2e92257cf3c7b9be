import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { IDataObject, INode } from 'n8n-workflow';

import type { Ledger } from '../../core/ledger/ledger';
import { closeLedgers, openLedger } from '../../core/ledger/open';
import { RecordLedger } from '../../core/ledger/recordLedger';
import { SyncLedgerApi } from '../../credentials/SyncLedgerApi.credentials';
import { runNode } from '../../test/engine';
import { publish, type RunningTrigger } from '../../test/support/trigger';
import { SyncLedger } from '../SyncLedger/SyncLedger.node';
import { SyncLedgerTrigger } from './SyncLedgerTrigger.node';

let folder: string;
let file: string;
let ledger: Ledger;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ledger-trigger-'));
  file = join(folder, 'ledger.sqlite');
  ledger = await openLedger({ file, encryptionKey: undefined });
});

afterEach(async () => {
  await closeLedgers();
  rmSync(folder, { recursive: true });
});

const order = (id: string) => ({
  order_number: id,
  source: { platform: 'xcart', store: 'main', kind: 'order', id, event: 'order.created' },
});

function start(
  parameters: IDataObject = {},
  typeVersion?: number,
  followedWith?: INode['parameters'],
): RunningTrigger {
  return publish({
    followedWith,
    typeVersion,
    trigger: new SyncLedgerTrigger(),
    credentialType: new SyncLedgerApi(),
    credential: { file },
    parameters: { ledger: 'credential', ...parameters } as INode['parameters'],
    id: 'test',
  });
}

async function claim(items: object[], mode?: 'manual') {
  return await runNode({
    nodeType: new SyncLedger(),
    parameters: { ledger: 'credential', operation: 'claim' },
    credentialTypes: [new SyncLedgerApi()],
    credentials: { syncLedgerApi: { file } },
    input: items,
    mode,
  });
}

/** Claimed and failed, then sent again by a person: due at once. */
async function leaveDue(flow: string, ...ids: string[]): Promise<void> {
  const requests = ids.map((id) => ({
    flow,
    key: `xcart:main:order:${id}`,
    hash: id,
    payload: order(id),
  }));
  const claimed = await ledger.claim(requests, { leaseMs: 60_000 });
  const failures = claimed.map((outcome) => ({
    token: 'token' in outcome ? outcome.token : '',
    message: 'no',
    details: { class: 'validation' as const },
  }));
  await ledger.fail(failures);
  await ledger.requeue({ all: true });
}

test('puts out due records of this workflow as they came first, marked as retries, once', async () => {
  await leaveDue('test', '1', '2');
  await leaveDue('other', '3');
  const trigger = start();
  const source = { ...order('1').source, event: 'retry', flow: 'test' };
  const items = await trigger.poll();
  expect(items).toHaveLength(2);
  expect(items).toContainEqual({ order_number: '1', source });
  expect(await trigger.poll()).toBeNull();
  expect(trigger.staticData()).toEqual({ 'node:Trigger': {} });
});

test('a dry run puts out each due record once, and leaves it due', async () => {
  await leaveDue('test', '1', '2');
  const dry = start({ options: { maxRecords: 1 } }, undefined, {
    operation: 'claim',
    dryRun: true,
  });
  const firsts = [await dry.poll(), await dry.poll()];
  expect(firsts.map((items) => items?.length)).toEqual([1, 1]);
  expect(new Set(firsts.flat().map((item) => item?.order_number))).toEqual(new Set(['1', '2']));
  expect(await dry.poll()).toBeNull();
  await leaveDue('test', '3');
  expect(await dry.poll()).toMatchObject([{ order_number: '3' }]);
  const states = await ledger.lookUp([{ key: 'xcart:main:order:1' }]);
  expect(states).toMatchObject([[{ state: 'pending', attempts: 0 }]]);
  const trigger = start();
  expect(await trigger.poll()).toHaveLength(3);
});

test('what it puts out is claimed again, whichever node claims it', async () => {
  const first = await claim([order('1')]);
  const [item] = first.output(0);
  const { token } = item?.claim as { token: string };
  await ledger.fail([{ token, message: 'no', details: { class: 'validation' } }]);
  await ledger.requeue({ all: true });
  const due = await start().poll();
  expect(due).toHaveLength(1);
  const again = await claim(due ?? []);
  expect(again.output(0)).toMatchObject([{ claim: { outcome: 'retry', attempt: 1 } }]);
  const dead = again.output(0).map(({ claim: given }) => (given as { token: string }).token);
  await ledger.fail([{ token: dead[0] ?? '', message: 'no', details: { class: 'validation' } }]);
  const [letter] = await ledger.listDead({ limit: 1 });
  expect(letter?.document).toEqual(order('1'));
});

test('all flows, a flow by name, and no more than the limit', async () => {
  await leaveDue('a', '1', '2');
  await leaveDue('b', '3');
  expect(await start({ flows: 'b' }).poll()).toMatchObject([{ order_number: '3' }]);
  expect(await start({ flows: 'not there yet' }).poll()).toBeNull();
  const trigger = start({ flows: '*', options: { maxRecords: 1 } });
  expect(await trigger.poll()).toHaveLength(1);
  expect(await trigger.poll()).toHaveLength(1);
  expect(await trigger.poll()).toBeNull();
});

test('a flow by the name that people know it by, as an expression may give it', async () => {
  await ledger.claim(
    [
      {
        flow: 'x7',
        flowName: 'Orders of the outlet',
        key: 'xcart:main:order:9',
        hash: 'a',
        payload: order('9'),
      },
    ],
    { leaseMs: 0 },
  );
  expect(await start({ flows: 'Orders of the outlet' }).poll()).toMatchObject([
    { order_number: '9' },
  ]);
});

test('saved before flows were chosen from the ledger, it goes on as it was set', async () => {
  await leaveDue('test', '1');
  await leaveDue('b', '2');
  await leaveDue('c', '3');
  expect(await start({ flow: 'b' }, 1.2).poll()).toMatchObject([{ order_number: '2' }]);
  expect(await start({}, 1.2).poll()).toMatchObject([{ order_number: '1' }]);
  expect(await start({ allFlows: true }, 1).poll()).toMatchObject([{ order_number: '3' }]);
});

test('forgets documents of what is finished after the days that it is told', async () => {
  const [outcome] = await ledger.claim(
    [{ flow: 'test', key: 'xcart:main:order:1', hash: 'a', payload: order('1') }],
    { leaseMs: 60_000 },
  );
  await ledger.complete([{ token: outcome && 'token' in outcome ? outcome.token : '' }]);
  const kept = async () => await ledger.resend({ limit: 5 }, { lookOnly: true });
  await start({ options: { keepDocumentsDays: 0 } }).poll();
  expect(await kept()).toMatchObject([{ hasDocument: true }]);
  // One ledger is tidied up once a day: opened anew, it is another one for the trigger.
  await closeLedgers();
  ledger = await openLedger({ file, encryptionKey: undefined });
  const momentAgo = 1 / 24 / 3_600 / 1_000;
  await new Promise((resolve) => setTimeout(resolve, 10));
  await start({ options: { keepDocumentsDays: momentAgo } }).poll();
  expect(await kept()).toMatchObject([{ hasDocument: false }]);
});

test('each trigger forgets records of its own flow alone, by its own days', async () => {
  const purge = jest.spyOn(RecordLedger.prototype, 'purge');
  await start({ flows: 'orders', options: { keepDays: 10 } }).poll();
  const own = start({ options: { keepDays: 0, keepDocumentsDays: 0 } });
  await own.poll();
  await own.poll();
  const day = 24 * 3_600_000;
  expect(purge.mock.calls.map(([query]) => query)).toEqual([
    { flow: 'orders', olderThanMs: 10 * day, documentsOlderThanMs: 90 * day },
    { flow: 'test', olderThanMs: Infinity, documentsOlderThanMs: Infinity },
  ]);
  purge.mockRestore();
});

test('a test run in the editor only looks', async () => {
  await leaveDue('test', '1');
  const trigger = start();
  const known = async () => await ledger.lookUp([{ key: 'xcart:main:order:1' }]);
  const before = await known();
  const seen = await trigger.poll('manual');
  expect(seen).toHaveLength(1);
  expect(await trigger.poll('manual')).toHaveLength(1);
  const looked = await claim(seen ?? [], 'manual');
  expect(looked.output(0)).toHaveLength(1);
  expect(await known()).toEqual(before);
  expect(await trigger.poll()).toHaveLength(1);
});

test('a ledger that cannot be opened is named, with the repair', async () => {
  file = join(folder, 'ledger.sqlite', 'below a file');
  await expect(start().poll()).rejects.toMatchObject({
    message: expect.stringContaining('cannot be opened') as string,
    description: expect.stringContaining('Database File') as string,
  });
});
