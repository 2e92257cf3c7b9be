import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { ErrorClass } from '../errors';
import type { ClaimOutcome, ClaimRequest, Ledger } from './ledger';
import { createLedger } from './open';
import { ownerId } from './owner';

const MINUTE = 60_000;
const leaseMs = 5 * MINUTE;
const flow = 'orders';

let folder: string;
let now: number;
let ledger: Ledger;
let file: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ledger-'));
  file = join(folder, 'ledger.sqlite');
  now = Date.parse('2026-03-01T00:00:00Z');
  ledger = await createLedger({ file, now: () => now, random: () => 0.5 });
});

afterEach(async () => {
  await ledger.close();
  rmSync(folder, { recursive: true });
});

const request = (id: string, hash: string, version?: string): ClaimRequest => ({
  flow,
  key: `xcart:main:order:${id}`,
  hash,
  version,
  payload: { id, content: hash, source: { event: 'order.created' } },
});

async function claim(...requests: ClaimRequest[]): Promise<ClaimOutcome[]> {
  return await ledger.claim(requests, { leaseMs });
}

async function claimOne(id: string, hash: string, version?: string): Promise<ClaimOutcome> {
  const [outcome] = await claim(request(id, hash, version));
  if (!outcome) throw new Error('no outcome');
  return outcome;
}

async function token(id: string, hash: string, version?: string): Promise<string> {
  const outcome = await claimOne(id, hash, version);
  if (!('token' in outcome)) throw new Error(`not claimed: ${outcome.outcome}`);
  return outcome.token;
}

const failure = (ofToken: string, errorClass: ErrorClass, retryAfterMs?: number) => ({
  token: ofToken,
  message: 'It did not work',
  details: { class: errorClass, code: 'X1', fix: 'Do this', retryAfterMs },
});

const due = async (options: { peek?: boolean; limit?: number; flow?: string } = {}) =>
  await ledger.due({ limit: 100, visibilityMs: MINUTE, ...options });

describe('claim', () => {
  test('lends a new record, with everything in one call', async () => {
    const outcomes = await claim(request('1', 'a'), request('2', 'a'));
    expect(outcomes).toEqual(
      ['1', '2'].map((id) => ({
        flow,
        key: `xcart:main:order:${id}`,
        outcome: 'new',
        token: expect.stringMatching(/^[0-9a-f-]{36}$/),
        attempt: 1,
        hash: 'a',
      })),
    );
  });

  test('lends a record that stands twice in one call once', async () => {
    const outcomes = await claim(request('1', 'a'), request('1', 'a'), request('1', 'b'));
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['new', 'busy', 'busy']);
  });

  test('skips what is done, and takes it again when it changed', async () => {
    await ledger.complete([{ token: await token('1', 'a') }]);
    expect(await claimOne('1', 'a')).toMatchObject({ outcome: 'unchanged' });
    expect(await claimOne('1', 'b')).toMatchObject({ outcome: 'changed', attempt: 1, hash: 'b' });
  });

  test('refuses content that is older than what is known, whatever became of that', async () => {
    const first = await token('1', 'b', '2026-02-02');
    expect(await claimOne('1', 'a', '2026-02-01')).toMatchObject({ outcome: 'stale' });
    await ledger.complete([{ token: first }]);
    expect(await claimOne('1', 'a', '2026-02-01')).toMatchObject({ outcome: 'stale' });
    expect(await claimOne('1', 'c', '2026-02-03')).toMatchObject({ outcome: 'changed' });
  });

  test('tells where the record already is', async () => {
    const links = [{ system: 'dataverse', table: 'salesorder', id: 'guid-1' }];
    await ledger.complete([{ token: await token('1', 'a'), links }]);
    expect(await claimOne('1', 'b')).toMatchObject({ outcome: 'changed', target: links[0] });
  });

  test('keeps flows apart: the same record goes through each of them', async () => {
    const other = { ...request('1', 'a'), flow: 'other' };
    const outcomes = await claim(request('1', 'a'), other);
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['new', 'new']);
  });

  test('takes over a record whose lease has ended, but not before', async () => {
    const late = await token('1', 'a');
    now += leaseMs - 1;
    expect(await claimOne('1', 'a')).toMatchObject({ outcome: 'busy' });
    now += 1;
    expect(await claimOne('1', 'a')).toMatchObject({ outcome: 'reclaimed', attempt: 2 });
    expect(await ledger.complete([{ token: late }])).toEqual([{ outcome: 'lost-lease' }]);
    expect(await ledger.fail([failure(late, 'validation')])).toEqual([{ outcome: 'lost-lease' }]);
    expect((await ledger.statistics()).total.states).toMatchObject({ in_flight: 1, dead: 0 });
  });

  test('takes over at once when the owner is gone', async () => {
    const dead = await createLedger({ file, now: () => now, owner: ownerId({ bootId: 'before' }) });
    await dead.claim([request('1', 'a')], { leaseMs });
    await dead.close();
    expect((await due({ peek: true })).map(({ key }) => key)).toEqual(['xcart:main:order:1']);
    expect(await claimOne('1', 'a')).toMatchObject({ outcome: 'reclaimed' });
  });

  test('gives up a record over which one run after another dies', async () => {
    const outcomes: string[] = [];
    for (let run = 0; run < 9; run += 1) {
      outcomes.push((await claimOne('1', 'a')).outcome);
      now += leaseMs;
    }
    expect(outcomes.at(7)).toBe('reclaimed');
    expect(outcomes.at(8)).toBe('dead');
    const [letter] = await ledger.listDead({ limit: 10 });
    expect(letter?.error).toMatchObject({ code: 'ABANDONED' });
  });
});

describe('newer content while older is in flight', () => {
  test.each(['complete', 'fail'] as const)('is due as soon as the older did %s', async (end) => {
    const first = await token('1', 'a');
    expect(await claimOne('1', 'b')).toMatchObject({ outcome: 'busy' });
    expect(await due()).toEqual([]);
    const settled =
      end === 'complete'
        ? await ledger.complete([{ token: first }])
        : await ledger.fail([failure(first, 'validation')]);
    expect(settled).toMatchObject([{ outcome: 'superseded', state: 'retry', nextAttempt: now }]);
    const [record] = await due();
    expect(record?.document).toMatchObject({ content: 'b' });
    expect(await claimOne('1', 'b')).toMatchObject({ outcome: 'retry', attempt: 1 });
  });

  test('the newest of several waits, and older ones are stale', async () => {
    const first = await token('1', 'a', '1');
    await claimOne('1', 'c', '3');
    expect(await claimOne('1', 'b', '2')).toMatchObject({ outcome: 'stale' });
    await ledger.complete([{ token: first }]);
    expect((await due()).map(({ document }) => document)).toMatchObject([{ content: 'c' }]);
  });

  test('waits no more when the record changed back', async () => {
    const first = await token('1', 'a', '1');
    await claimOne('1', 'b', '2');
    await claimOne('1', 'a', '3');
    expect(await ledger.complete([{ token: first }])).toMatchObject([{ outcome: 'done' }]);
  });

  test('is what is handed out when the worker dies', async () => {
    await token('1', 'a');
    await claimOne('1', 'b');
    now += leaseMs;
    expect((await due()).map(({ document }) => document)).toMatchObject([{ content: 'b' }]);
    expect(await claimOne('1', 'b')).toMatchObject({ outcome: 'changed', attempt: 1 });
  });
});

describe('complete and fail', () => {
  test('the same answer twice is one answer', async () => {
    const mine = await token('1', 'a');
    const twice = await ledger.complete([{ token: mine }, { token: mine }]);
    expect(twice.map(({ outcome }) => outcome)).toEqual(['done', 'done']);
    expect(await ledger.complete([{ token: mine }])).toMatchObject([{ outcome: 'done' }]);
    expect(await ledger.fail([failure(mine, 'validation')])).toMatchObject([{ outcome: 'done' }]);
  });

  test('a token that never was is a lost lease', async () => {
    expect(await ledger.complete([{ token: 'nobody' }])).toEqual([{ outcome: 'lost-lease' }]);
  });

  test('a transient failure is due again later, and a poll meanwhile does not take it', async () => {
    const mine = await token('1', 'a');
    const [settled] = await ledger.fail([failure(mine, 'throttled', 10 * MINUTE)]);
    expect(settled).toMatchObject({ outcome: 'retry', state: 'retry' });
    expect(settled?.nextAttempt).toBeGreaterThanOrEqual(now + 10 * MINUTE);
    expect(await claimOne('1', 'a')).toMatchObject({ outcome: 'busy' });
    expect(await due()).toEqual([]);
    now = settled?.nextAttempt ?? 0;
    expect(await due()).toHaveLength(1);
    expect(await claimOne('1', 'a')).toMatchObject({ outcome: 'retry', attempt: 2 });
  });

  test('changed content does not wait for the retry of the old', async () => {
    await ledger.fail([failure(await token('1', 'a'), 'transient')]);
    expect(await claimOne('1', 'b')).toMatchObject({ outcome: 'changed', attempt: 1 });
  });

  test('attempts used up make a dead letter; its content is not taken again, changed content is', async () => {
    await ledger.fail([failure(await token('1', 'a'), 'transient')], { maxAttempts: 2 });
    now += 24 * 60 * MINUTE;
    await ledger.complete([{ token: await token('2', 'a') }]);
    const [last] = await ledger.fail([failure(await token('1', 'a'), 'transient')], {
      maxAttempts: 2,
    });
    expect(last).toMatchObject({ outcome: 'dead', state: 'dead' });
    expect(await claimOne('1', 'a')).toMatchObject({ outcome: 'dead' });
    expect(await claimOne('1', 'b')).toMatchObject({ outcome: 'changed', attempt: 1 });
  });

  test('a duplicate needs a person: what stands in the way need not be the record itself', async () => {
    const [settled] = await ledger.fail([failure(await token('1', 'a'), 'duplicate')]);
    expect(settled).toMatchObject({ outcome: 'dead', state: 'dead' });
  });

  test('keeps neither a secret nor an address of the error text', async () => {
    const mine = await token('1', 'a');
    const message = 'jane@example.com was refused, Bearer abc.def';
    await ledger.fail([{ token: mine, message, details: { class: 'validation' } }]);
    const [letter] = await ledger.listDead({ limit: 1 });
    expect(letter?.error?.message).not.toMatch(/jane|abc/);
  });

  test('keeps hash and links with completion, and requeues nothing that is done', async () => {
    const mine = await token('1', 'a');
    const links = [{ system: 'dataverse', table: 'salesorder', id: 'g', targetHash: 'h' }];
    await ledger.complete([{ token: mine, links }]);
    const [[view] = []] = await ledger.lookUp([{ key: 'xcart:main:order:1' }]);
    expect(view).toMatchObject({ state: 'done', hash: 'a', links });
    expect(await ledger.requeue([{ key: 'xcart:main:order:1' }])).toMatchObject([
      { changed: false, state: 'done' },
    ]);
  });
});

describe('due', () => {
  test('hides what it handed out, for a while, but not from a claim', async () => {
    await token('1', 'a');
    now += leaseMs;
    expect(await due({ peek: true })).toHaveLength(1);
    expect(await due()).toHaveLength(1);
    expect(await due()).toEqual([]);
    now += MINUTE;
    expect(await due()).toHaveLength(1);
    expect(await claimOne('1', 'a')).toMatchObject({ outcome: 'reclaimed' });
    expect(await due()).toEqual([]);
  });

  test('keeps to the limit and the flow', async () => {
    await claim(...['1', '2', '3'].map((id) => request(id, 'a')));
    await claim({ ...request('9', 'a'), flow: 'other' });
    now += leaseMs;
    expect(await due({ flow: 'other' })).toHaveLength(1);
    expect(await due({ limit: 2 })).toHaveLength(2);
    expect(await due()).toHaveLength(1);
  });

  test('makes a dead letter of what it cannot read, and sends it when the key is back', async () => {
    const secret = join(folder, 'secret.sqlite');
    const keyed = await createLedger({ file: secret, now: () => now, encryptionKey: 'k1' });
    await keyed.claim([request('1', 'a')], { leaseMs });
    await keyed.close();
    now += leaseMs;
    const other = await createLedger({ file: secret, now: () => now, encryptionKey: 'k2' });
    expect(await other.due({ limit: 1, visibilityMs: 0 })).toEqual([]);
    const [letter] = await other.listDead({ limit: 1 });
    expect(letter).toMatchObject({ error: { class: 'authentication', code: 'LEDGER_KEY' } });
    expect(letter?.document).toBeUndefined();
    await other.close();
    const both = await createLedger({
      file: secret,
      now: () => now,
      encryptionKey: 'k2',
      formerEncryptionKey: 'k1',
    });
    await both.requeue({ all: true });
    expect(await both.due({ limit: 1, visibilityMs: 0 })).toMatchObject([
      { document: { id: '1' } },
    ]);
    await both.close();
  });
});

describe('what a person does', () => {
  test('requeue sends dead letters again, from the first attempt', async () => {
    await ledger.fail([failure(await token('1', 'a'), 'validation')]);
    expect(await ledger.listDead({ limit: 5 })).toMatchObject([
      { key: 'xcart:main:order:1', document: { content: 'a' }, error: { fix: 'Do this' } },
    ]);
    expect(await ledger.requeue({ all: true, flow: 'other' })).toEqual([]);
    expect(await ledger.requeue({ all: true })).toMatchObject([
      { changed: true, state: 'pending' },
    ]);
    expect(await due()).toHaveLength(1);
    expect(await claimOne('1', 'a')).toMatchObject({ outcome: 'retry', attempt: 1 });
  });

  test('discard ends a record, except while someone sends it', async () => {
    const mine = await token('1', 'a');
    const key = 'xcart:main:order:1';
    expect(await ledger.discard([{ key }])).toMatchObject([{ changed: false }]);
    await ledger.fail([failure(mine, 'validation')]);
    expect(await ledger.discard([{ key }])).toMatchObject([{ changed: true, state: 'skipped' }]);
    expect(await claimOne('1', 'a')).toMatchObject({ outcome: 'unchanged' });
    expect(await claimOne('1', 'b')).toMatchObject({ outcome: 'changed' });
  });

  test('link makes a record known that another way brought over', async () => {
    const key = 'xcart:main:order:7';
    const target = { system: 'dataverse', table: 'salesorder', id: 'g7' };
    await ledger.link([{ flow, key, ...target, targetHash: 'h' }]);
    await ledger.link([{ flow, key, ...target }]);
    const found = await ledger.lookUpByTarget([target, { ...target, id: 'none' }]);
    expect(found).toMatchObject([[{ key, links: [{ ...target, targetHash: 'h' }] }], []]);
    expect(await claimOne('7', 'a')).toMatchObject({ outcome: 'changed', target });
  });

  test('look up finds a key in every flow, or in one', async () => {
    await claim(request('1', 'a'), { ...request('1', 'a'), flow: 'other' });
    const key = 'xcart:main:order:1';
    const found = await ledger.lookUp([{ key }, { key, flow: 'other' }, { key: 'nothing' }]);
    expect(found.map((views) => views.map((view) => view.flow))).toEqual([
      ['orders', 'other'],
      ['other'],
      [],
    ]);
  });
});

test('watermarks move, and only forward when asked so', async () => {
  expect(await ledger.getWatermark(flow)).toBeUndefined();
  await ledger.setWatermark(flow, '2026-02-02T00:00:00Z');
  const back = '2026-02-01T00:00:00Z';
  expect(await ledger.setWatermark(flow, back, { onlyForward: true })).toBe('2026-02-02T00:00:00Z');
  expect(await ledger.setWatermark(flow, back)).toBe(back);
  expect(await ledger.getWatermark(flow)).toBe(back);
});

test('statistics count states, what is due, and the reasons of dead letters', async () => {
  const [first, second] = [await token('1', 'a'), await token('2', 'a')];
  await ledger.complete([{ token: first }]);
  await ledger.fail([failure(second, 'not-found')]);
  await token('3', 'a');
  now += leaseMs;
  const { total, flows } = await ledger.statistics();
  expect(total).toMatchObject({
    states: { done: 1, dead: 1, in_flight: 1, pending: 0 },
    due: 1,
    oldestDueAt: now,
    lastDoneAt: now - leaseMs,
    deadByClass: { 'not-found': 1 },
  });
  expect(flows).toMatchObject([{ flow, due: 1 }]);
  expect((await ledger.statistics({ flow: 'none' })).flows).toEqual([]);
});

test('flows are told with what is not finished in them, without counting the rest', async () => {
  const request = (of: string, id: string) => ({ flow: of, key: id, hash: 'a', payload: { id } });
  const all = [request('b', '1'), request('a', '2'), request('a', '3'), request('c', '4')];
  const outcomes = await ledger.claim(
    all.map((one) => ({ ...one, ...(one.flow === 'a' && { flowName: 'Orders' }) })),
    { leaseMs },
  );
  const [first, second, third] = outcomes.map((one) => ('token' in one ? one.token : ''));
  await ledger.complete([{ token: first ?? '' }, { token: second ?? '', outcome: 'held' }]);
  await ledger.fail([failure(third ?? '', 'validation')]);
  const none = { pending: 0, in_flight: 0, retry: 0, held: 0, dead: 0 };
  expect(await ledger.flows()).toEqual([
    { flow: 'a', flowName: 'Orders', states: { ...none, held: 1, dead: 1 } },
    { flow: 'b', flowName: undefined, states: none },
    { flow: 'c', flowName: undefined, states: { ...none, in_flight: 1 } },
  ]);
  expect(await ledger.count()).toBe(4);
});

test('purge forgets what was finished long ago, and nothing that is open', async () => {
  const links = [{ system: 's', table: 't', id: '1' }];
  await ledger.complete([{ token: await token('1', 'a'), links }]);
  await ledger.fail([failure(await token('2', 'a'), 'validation')]);
  now += 10 * MINUTE;
  expect(await ledger.purge({ olderThanMs: 11 * MINUTE })).toBe(0);
  expect(await ledger.purge({ olderThanMs: 9 * MINUTE })).toBe(1);
  expect(await ledger.lookUpByTarget([{ system: 's', table: 't', id: '1' }])).toEqual([[]]);
  expect(await ledger.listDead({ limit: 5 })).toHaveLength(1);
});
