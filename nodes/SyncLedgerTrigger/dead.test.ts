import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { IDataObject, INode } from 'n8n-workflow';

import { closeLedgers, openLedger } from '../../core/ledger/open';
import type { Ledger } from '../../core/ledger/ledger';
import { SyncLedgerApi } from '../../credentials/SyncLedgerApi.credentials';
import { publish, type RunningTrigger } from '../../test/support/trigger';
import { SyncLedgerTrigger } from './SyncLedgerTrigger.node';

let folder: string;
let file: string;
let ledger: Ledger;

beforeEach(async () => {
  jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'setTimeout', 'setInterval'] });
  jest.setSystemTime(Date.parse('2026-03-01T07:00:00Z'));
  folder = mkdtempSync(join(tmpdir(), 'ledger-dead-'));
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

function start(deadOptions: IDataObject = {}, staticData: IDataObject = {}): RunningTrigger {
  const parameters = { ledger: 'credential', event: 'dead', flows: 'orders', deadOptions };
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

async function bury(message: string, ids: string[], flow = 'orders'): Promise<void> {
  const requests = ids.map((id) => ({
    flow,
    key: `xcart:main:order:${id}`,
    hash: id,
    payload: { customer: 'Ann Buyer', source: { number: `10${id}` } },
  }));
  const claimed = await ledger.claim(requests, { leaseMs: 60_000 });
  await ledger.fail(
    claimed.flatMap((one) =>
      'token' in one
        ? [{ token: one.token, message, details: { class: 'validation' as const, fix: 'Mend it' } }]
        : [],
    ),
  );
}

const told = async (trigger: RunningTrigger): Promise<unknown> =>
  (await trigger.poll())?.map(({ number }) => number).sort() ?? null;

test('puts out each dead letter of its flow once, with reason and repair and no content', async () => {
  await bury('No product', ['1', '2']);
  await bury('No product', ['3'], 'other');
  const trigger = start();
  const items = await trigger.poll();
  expect(items).toHaveLength(2);
  expect(items).toContainEqual(
    expect.objectContaining({
      number: '101',
      state: 'dead',
      reason: 'No product',
      repair: 'Mend it',
    }),
  );
  expect(JSON.stringify(items)).not.toContain('Ann Buyer');
  later(90);
  expect(await told(trigger)).toBeNull();
  expect(await told(start({}, trigger.staticData()))).toBeNull();
});

test('keeps a reason back for an hour, and then tells what came of it together', async () => {
  const trigger = start();
  await bury('No product', ['1']);
  expect(await told(trigger)).toEqual(['101']);
  later(5);
  await bury('No product', ['2', '3']);
  await bury('Bad address', ['4']);
  expect(await told(trigger)).toEqual(['104']);
  later(30);
  await bury('No product', ['5']);
  expect(await told(trigger)).toBeNull();
  later(30);
  expect(await told(trigger)).toEqual(['102', '103', '105']);
  later(61);
  expect(await told(trigger)).toBeNull();
});

test('what is new stands out behind many of a reason that is known, and thousands are all told', async () => {
  const trigger = start();
  await bury('No product', ['1']);
  expect(await told(trigger)).toEqual(['101']);
  later(5);
  await bury('Bad address', ['2']);
  later(1);
  await bury(
    'No product',
    Array.from({ length: 30 }, (_, index) => String(index + 10)),
  );
  expect(await told(trigger)).toEqual(['102']);
  await bury(
    'No right',
    Array.from({ length: 2500 }, (_, index) => String(index + 100)),
  );
  expect(await trigger.poll()).toHaveLength(2500);
});

test('tells at once with no quiet time, again what died again, and what is many', async () => {
  const trigger = start({ quietMinutes: 0 });
  const many = Array.from({ length: 40 }, (_, index) => String(index + 10));
  await bury('No product', many);
  expect(await trigger.poll()).toHaveLength(40);
  await bury('No product', ['1']);
  expect(await told(trigger)).toEqual(['101']);
  later(1);
  await bury('No product', ['1']);
  expect(await told(trigger)).toBeNull();
  await ledger.requeue([{ key: 'xcart:main:order:1' }]);
  await bury('No product', ['1']);
  expect(await told(trigger)).toEqual(['101']);
});

test('a record that another worker has kept late is told, too', async () => {
  const trigger = start({ quietMinutes: 0 });
  await bury('No product', ['1']);
  expect(await told(trigger)).toEqual(['101']);
  // Its write began before the other's, and waited for the file.
  later(-1);
  await bury('No product', ['2']);
  later(1);
  expect(await told(trigger)).toEqual(['102']);
  later(60);
  expect(await told(trigger)).toBeNull();
});

test('a test run shows the newest, and notes nothing', async () => {
  await bury('No product', ['1', '2', '3', '4', '5', '6']);
  const trigger = start();
  expect(await trigger.poll('manual')).toHaveLength(5);
  expect(trigger.staticData()).toEqual({});
  expect(await trigger.poll()).toHaveLength(6);
});
