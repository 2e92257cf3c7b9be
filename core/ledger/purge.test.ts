import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Ledger, PurgeQuery } from './ledger';
import { createLedger } from './open';

const DAY = 24 * 3_600_000;
const days = (n: number): number => n * DAY;

let folder: string;
let ledger: Ledger;
let now: number;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ledger-purge-'));
  now = Date.parse('2026-03-01T00:00:00Z');
  ledger = await createLedger({ file: join(folder, 'ledger.sqlite'), now: () => now });
});

afterEach(async () => {
  await ledger.close();
  rmSync(folder, { recursive: true });
});

async function send(...flows: string[]): Promise<void> {
  const requests = flows.map((flow) => ({
    flow,
    key: `x:main:order:${now}`,
    hash: 'a',
    payload: {},
  }));
  const claimed = await ledger.claim(requests, { leaseMs: 1000 });
  await ledger.complete(claimed.map((one) => ({ token: 'token' in one ? one.token : '' })));
}

const purge = async (flow: string | undefined, keep: number, documents?: number) =>
  await ledger.purge({
    flow,
    olderThanMs: days(keep),
    ...(documents !== undefined && { documentsOlderThanMs: days(documents) }),
  } satisfies PurgeQuery);

/** How many documents and records there are of each flow. */
async function left(): Promise<Record<string, string>> {
  const found = await ledger.resend({ limit: 100 }, { lookOnly: true });
  const count = (flow: string) => {
    const records = found.filter((one) => one.flow === flow);
    return `${records.filter(({ hasDocument }) => hasDocument).length} of ${records.length}`;
  };
  return { long: count('long'), short: count('short') };
}

test('each flow forgets its own records and documents, by its own times, whoever is first', async () => {
  for (let time = 0; time < 10; time += 1) {
    await send('long', 'short');
    now += DAY;
  }
  expect(await purge('short', 5, 1)).toBe(5);
  expect(await left()).toEqual({ long: '10 of 10', short: '1 of 5' });
  expect(await purge('long', 8, 7)).toBe(2);
  expect(await left()).toEqual({ long: '7 of 8', short: '1 of 5' });
  now += DAY;
  await purge('short', 5, 1);
  await purge('long', 8, 7);
  expect(await left()).toEqual({ long: '6 of 7', short: '0 of 4' });
});

test('who forgets records of all flows leaves out those that say it themselves', async () => {
  await send('long', 'short');
  now += days(10);
  await purge('long', 20, 15);
  expect(await purge(undefined, 5, 3)).toBe(1);
  expect(await left()).toEqual({ long: '1 of 1', short: '0 of 0' });
  now += days(6);
  await purge(undefined, 5, 3);
  await purge('long', 20, 15);
  expect(await left()).toEqual({ long: '0 of 1', short: '0 of 0' });
});

test('documents that all flows had forgotten before are not looked for again by one of them', async () => {
  await send('long');
  now += days(10);
  await purge(undefined, 100, 1);
  await send('long');
  now += DAY;
  await purge('long', 100, 5);
  expect(await left()).toMatchObject({ long: '1 of 2' });
});

describe('what was sent to a row', () => {
  const row = { system: 'dataverse:org', table: 'contact', id: 'r' };
  const remembered = async () => (await ledger.recall([row]))[0] !== undefined;

  beforeEach(async () => {
    await ledger.remember([{ target: row, document: {} }]);
    await ledger.confirm([row]);
  });

  test('is remembered as long as the flow that keeps its records longest', async () => {
    await purge('short', 5);
    await purge('long', 20);
    now += days(10);
    await purge('short', 5);
    expect(await remembered()).toBe(true);
    now += days(11);
    await purge('short', 5);
    await purge('long', 20);
    await purge('short', 5);
    expect(await remembered()).toBe(false);
  });

  test('stays where a flow says it for the first time, for others may not have said it yet', async () => {
    now += days(10);
    await purge('short', 5);
    expect(await remembered()).toBe(true);
    await purge('long', 20);
    await purge('short', 5);
    expect(await remembered()).toBe(true);
  });

  test('is forgotten though a flow that is gone kept its records for ever', async () => {
    await ledger.purge({ flow: 'gone' });
    await purge('short', 5);
    now += days(29);
    await purge('short', 5);
    expect(await remembered()).toBe(true);
    now += days(2);
    await purge('short', 5);
    expect(await remembered()).toBe(false);
  });
});
