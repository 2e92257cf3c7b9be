import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Ledger, ResendQuery } from './ledger';
import { createLedger } from './open';
import { SqliteStorage } from './sqlite/storage';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const leaseMs = MINUTE;
const LINK = { system: 'dataverse', table: 'salesorder', id: 'g' };

let folder: string;
let ledger: Ledger;
let now: number;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ledger-repair-'));
  now = Date.parse('2026-03-01T00:00:00Z');
  ledger = await createLedger({ file: join(folder, 'ledger.sqlite'), now: () => now });
});

afterEach(async () => {
  await ledger.close();
  rmSync(folder, { recursive: true });
});

const keyOf = (id: string) => `xcart:main:order:${id}`;

/** X-Cart counts ids and numbers apart. */
const documentOf = (id: string, hash: string) => ({
  content: hash,
  source: { id, number: `10${id}` },
});

const requestOf = (id: string, hash: string, flow = 'f') => ({
  flow,
  key: keyOf(id),
  hash,
  payload: documentOf(id, hash),
});

async function claim(id: string, hash = 'a', flow = 'f') {
  const [outcome] = await ledger.claim([requestOf(id, hash, flow)], { leaseMs });
  return { outcome: outcome?.outcome, token: outcome && 'token' in outcome ? outcome.token : '' };
}

async function send(id: string, outcome: 'done' | 'skipped' = 'done', flow = 'f'): Promise<void> {
  const { token } = await claim(id, 'a', flow);
  await ledger.complete([{ token, outcome, links: [LINK] }]);
  now += MINUTE;
}

const resend = async (query: Partial<ResendQuery> = {}) =>
  await ledger.resend({ limit: 100, ...query });

const due = async () => await ledger.due({ limit: 10, visibilityMs: MINUTE });

describe('resend', () => {
  test('brings what is done through again with its document, once', async () => {
    await send('1');
    expect(await claim('1')).toMatchObject({ outcome: 'unchanged' });
    expect(await resend()).toMatchObject([
      { key: keyOf('1'), number: '101', state: 'pending', changed: true, hasDocument: true },
    ]);
    expect(await due()).toMatchObject([{ key: keyOf('1'), document: documentOf('1', 'a') }]);
    const { outcome, token } = await claim('1');
    expect(outcome).toBe('retry');
    expect(await claim('1')).toMatchObject({ outcome: 'busy' });
    await ledger.complete([{ token }]);
    expect(await claim('1')).toMatchObject({ outcome: 'unchanged' });
    expect(await due()).toEqual([]);
    expect(await ledger.lookUp([{ key: keyOf('1') }])).toMatchObject([[{ links: [LINK] }]]);
  });

  test('only looks where that is asked', async () => {
    await send('1');
    expect(await ledger.resend({ limit: 5 }, { lookOnly: true })).toMatchObject([
      { state: 'done', changed: false, hasDocument: true, finishedAt: now - MINUTE },
    ]);
    expect(await due()).toEqual([]);
  });

  test('takes what the query says, longest finished first', async () => {
    const start = now;
    await send('1');
    await send('2', 'skipped');
    await send('3', 'done', 'g');
    await claim('4');
    await ledger.link([{ flow: 'f', key: keyOf('5'), ...LINK }]);
    const found = async (query: Partial<ResendQuery>) =>
      (await ledger.resend({ limit: 100, ...query }, { lookOnly: true })).map(
        ({ number }) => number,
      );
    expect(await found({})).toEqual(['101', '102', '103']);
    expect(await found({ limit: 2 })).toEqual(['101', '102']);
    expect(await found({ flow: 'g' })).toEqual(['103']);
    expect(await found({ states: ['skipped'] })).toEqual(['102']);
    expect(await found({ numbers: ['103', '101', '3', '104'] })).toEqual(['101', '103']);
    expect(await found({ from: start + MINUTE })).toEqual(['102', '103']);
    expect(await found({ from: start, to: start + MINUTE })).toEqual(['101']);
  });

  test('knows a record without a number by its id', async () => {
    const [outcome] = await ledger.claim(
      [{ flow: 'f', key: 'erp:de:item:A-7', hash: 'a', payload: {} }],
      { leaseMs },
    );
    await ledger.complete([{ token: outcome && 'token' in outcome ? outcome.token : '' }]);
    expect(await resend({ numbers: ['7'] })).toEqual([]);
    expect(await resend({ numbers: ['A-7'] })).toHaveLength(1);
  });

  test('lets newer content go first', async () => {
    await send('1');
    await resend();
    expect(await claim('1', 'b')).toMatchObject({ outcome: 'changed' });
    expect(await due()).toEqual([]);
  });
});

test('very many go in portions, between which others have their turn', async () => {
  const ids = Array.from({ length: 1001 }, (_, number) => String(number));
  const outcomes = await ledger.claim(
    ids.map((id) => requestOf(id, 'a')),
    { leaseMs },
  );
  await ledger.complete(
    outcomes.map((outcome) => ({ token: 'token' in outcome ? outcome.token : '' })),
  );
  let turns = 0;
  setImmediate(() => {
    turns += 1;
  });
  const resent = await resend({ limit: Infinity });
  expect(turns).toBe(1);
  expect(resent.filter(({ changed }) => changed)).toHaveLength(1001);
  const { total } = await ledger.statistics();
  expect(total.states).toMatchObject({ pending: 1001, done: 0 });
});

describe('very many dead letters', () => {
  const failure = (token: string) => ({
    token,
    message: 'no',
    details: { class: 'validation' as const },
  });

  beforeEach(async () => {
    const ids = Array.from({ length: 2001 }, (_, number) => String(number));
    const outcomes = await ledger.claim(
      ids.map((id) => requestOf(id, 'a')),
      { leaseMs },
    );
    await ledger.fail(outcomes.map((one) => failure('token' in one ? one.token : '')));
  });

  const states = async () => (await ledger.statistics()).total.states;

  test('are requeued in portions, between which another writer gets through', async () => {
    const all = ledger.requeue({ all: true });
    await new Promise((resolve) => setImmediate(resolve));
    await claim('new');
    expect(await states()).toMatchObject({ pending: 1000, dead: 1001, in_flight: 1 });
    const revisions = await all;
    expect(revisions.filter(({ changed }) => changed)).toHaveLength(2001);
    expect(await states()).toMatchObject({ pending: 2001, dead: 0, in_flight: 1 });
  });

  test('that have gone on meanwhile are left alone, and do not count', async () => {
    const [last] = (await ledger.listDead({ limit: 3000 })).slice(-1);
    const all = ledger.discard({ all: true });
    await new Promise((resolve) => setImmediate(resolve));
    await ledger.requeue([{ key: last?.key ?? '' }]);
    expect(await all).toHaveLength(2000);
    expect(await states()).toMatchObject({ skipped: 2000, pending: 1, dead: 0 });
  });

  test('of which a portion cannot be written: what is done is done, and the rest is taken the next time', async () => {
    const all = ledger.discard({ all: true });
    await new Promise((resolve) => setImmediate(resolve));
    const save = jest
      .spyOn(SqliteStorage.prototype, 'write')
      .mockRejectedValueOnce(new Error('gone'));
    await expect(all).rejects.toThrow('gone');
    save.mockRestore();
    expect(await states()).toMatchObject({ skipped: 1000, dead: 1001 });
    expect(await ledger.discard({ all: true })).toHaveLength(1001);
    expect(await states()).toMatchObject({ skipped: 2001, dead: 0 });
  });

  test('that are named twice, with and without their flow, count once', async () => {
    const named = (await ledger.listDead({ limit: 3000 })).map(({ key, flow }) => ({ key, flow }));
    const revisions = await ledger.requeue([...named, ...named.map(({ key }) => ({ key }))]);
    expect(revisions).toHaveLength(2001);
  });
});

describe('a document that is not kept any more', () => {
  beforeEach(async () => {
    await send('1');
    now += 10 * MINUTE;
    await ledger.purge({ documentsOlderThanMs: 5 * MINUTE });
  });

  test('leaves its record as it is', async () => {
    expect(await resend()).toMatchObject([{ state: 'done', hasDocument: false, changed: false }]);
    expect(await claim('1')).toMatchObject({ outcome: 'unchanged' });
  });

  test('is waited for where that is wanted, and not handed out, nor by a person', async () => {
    expect(await resend({ waitsForSource: true })).toMatchObject([
      { state: 'pending', hasDocument: false },
    ]);
    await ledger.requeue([{ key: keyOf('1') }]);
    expect(await due()).toEqual([]);
    expect(await ledger.listDead({ limit: 5 })).toEqual([]);
  });

  test('comes from its source, and is kept again, also where it has been given up for the want of it', async () => {
    await resend({ waitsForSource: true });
    const { outcome, token } = await claim('1');
    expect(outcome).toBe('retry');
    await ledger.fail([{ token, message: 'no', details: { class: 'transient' } }]);
    now += 60 * MINUTE;
    expect(await due()).toMatchObject([{ document: documentOf('1', 'a') }]);
  });
});

describe('purge', () => {
  test('forgets documents before records, and only of what is finished', async () => {
    await send('1');
    await claim('2');
    now += 10 * MINUTE;
    expect(await ledger.purge({ documentsOlderThanMs: 60 * MINUTE })).toBe(0);
    expect(await ledger.resend({ limit: 5 }, { lookOnly: true })).toMatchObject([
      { hasDocument: true },
    ]);
    expect(await ledger.purge({ documentsOlderThanMs: MINUTE })).toBe(0);
    expect(await ledger.resend({ limit: 5 }, { lookOnly: true })).toMatchObject([
      { key: keyOf('1'), hasDocument: false },
    ]);
    expect(await due()).toMatchObject([{ key: keyOf('2'), document: documentOf('2', 'a') }]);
  });

  test('of documents goes on where it has stopped', async () => {
    for (const id of ['1', '2', '3']) {
      await send(id);
      now += 10 * DAY;
    }
    const kept = async () => {
      await ledger.purge({ documentsOlderThanMs: 15 * DAY });
      const looked = await ledger.resend({ limit: 5 }, { lookOnly: true });
      return looked.flatMap(({ number, hasDocument }) => (hasDocument ? [number] : []));
    };
    const first = await kept();
    now += 10 * DAY;
    const second = await kept();
    now += 10 * DAY;
    expect([first, second, await kept()]).toEqual([['103'], [], []]);
  });

  test('of a record takes its document along', async () => {
    await send('1');
    now += 10 * MINUTE;
    expect(await ledger.purge({ olderThanMs: MINUTE })).toBe(1);
    await ledger.claim([{ ...requestOf('1', 'a'), payload: { is: 'new' } }], { leaseMs });
    now += 2 * MINUTE;
    // Had the old document been left, it would be the one that is kept.
    expect(await due()).toMatchObject([{ document: { is: 'new' } }]);
  });
});
