import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { ClaimRequest, Failure, Ledger, TakeRequest } from './ledger';
import { createLedger } from './open';
import { ownerId } from './owner';
import { lookToken } from './take';

const MINUTE = 60_000;
const leaseMs = 5 * MINUTE;
const flow = 'orders';
const key = 'xcart:main:order:1';

let folder: string;
let now: number;
let ledger: Ledger;
const opened: Ledger[] = [];

async function open(owner?: string): Promise<Ledger> {
  const file = join(folder, 'ledger.sqlite');
  const one = await createLedger({ file, now: () => now, random: () => 0.5, owner });
  opened.push(one);
  return one;
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ledger-'));
  now = Date.parse('2026-03-01T00:00:00Z');
  ledger = await open();
});

afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
  rmSync(folder, { recursive: true });
});

const request = (hash: string, version?: string): ClaimRequest => ({
  ...{ flow, key, hash, version },
  payload: { content: hash, source: { number: '1001' } },
});

let looks = 0;

async function look(hash: string, version?: string): Promise<TakeRequest> {
  const asked = request(hash, version);
  const [seen] = await ledger.preview([asked]);
  if (!seen || !('attempt' in seen)) throw new Error(`would be skipped: ${seen?.outcome}`);
  looks += 1;
  return { ...asked, seen: seen.seen, at: now, look: `look-${looks}`, run: '1', leaseMs };
}

/** As a node does that writes in a test run; returns the token. */
async function takeByHand(hash: string, version?: string, by: Ledger = ledger): Promise<string> {
  const one = await look(hash, version);
  const [outcome] = await by.take([one]);
  if (!outcome || !('token' in outcome)) throw new Error(`not taken: ${outcome?.outcome}`);
  return lookToken(one);
}

async function claim(hash: string, version?: string): Promise<{ outcome: string; token: string }> {
  const [outcome] = await ledger.claim([request(hash, version)], { leaseMs });
  if (!outcome) throw new Error('no outcome');
  return { outcome: outcome.outcome, token: 'token' in outcome ? outcome.token : '' };
}

const failed = (token: string, errorClass: Failure['details']['class'] = 'validation') => [
  { token, message: 'no', details: { class: errorClass } },
];

const record = async () => (await ledger.lookUp([{ key }]))[0]?.[0];

async function due(): Promise<unknown[]> {
  const handedOut = await ledger.due({ limit: 10, visibilityMs: 1 });
  return handedOut.map(({ document }) => (document as { content?: unknown }).content);
}

/** Ways in which a test run ends without having sent a record. */
const ENDS: Array<[string, (token: string) => Promise<unknown>]> = [
  ['fails for good', async (token) => await ledger.fail(failed(token))],
  ['fails for now', async (token) => await ledger.fail(failed(token, 'transient'))],
  ['fails because it is to be held', async (token) => await ledger.fail(failed(token, 'held'))],
  ['holds it', async (token) => await ledger.complete([{ token, outcome: 'held' }])],
  ['is left by the person', async () => (now += leaseMs)],
];

const LEFT = 'is left by the person';

describe.each(ENDS)('a test run that %s', (name, end) => {
  test('leaves no record where there was none, and the flow takes it as new', async () => {
    await end(await takeByHand('a'));
    expect(await due()).toEqual([]);
    expect(await record()).toBeUndefined();
    expect((await ledger.statistics()).total.states).toMatchObject({ dead: 0, in_flight: 0 });
    expect(await claim('a')).toMatchObject({ outcome: 'new' });
  });

  test('leaves a record as it was, with its content, attempts and time', async () => {
    await ledger.complete([{ token: (await claim('a')).token, remark: 'Sent' }]);
    const before = await record();
    now += MINUTE;
    await end(await takeByHand('b'));
    expect(await due()).toEqual([]);
    expect(await record()).toEqual(before);
    expect(await claim('a')).toMatchObject({ outcome: 'unchanged' });
    expect(await claim('b')).toMatchObject({ outcome: 'changed' });
  });

  test('leaves a retry waiting with its error, and counts no attempt', async () => {
    await ledger.fail(failed((await claim('a')).token, 'transient'));
    const before = await record();
    expect(before).toMatchObject({ state: 'retry', attempts: 1 });
    await end(await takeByHand('a'));
    expect(await due()).toEqual(name === LEFT ? ['a'] : []);
    expect(await record()).toEqual(before);
  });

  test('loses nothing that came meanwhile: it goes as soon as it is given back', async () => {
    const token = await takeByHand('a');
    expect(await claim('a')).toMatchObject({ outcome: 'busy' });
    expect(await claim('a')).toMatchObject({ outcome: 'busy' });
    expect(await due()).toEqual([]);
    await end(token);
    expect(await due()).toEqual(['a']);
    expect(await record()).toMatchObject({ state: 'retry', attempts: 0, number: '1001' });
    expect(await claim('a')).toMatchObject({ outcome: 'retry' });
  });

  test.each([
    ['newer', '1', '2'],
    ['older, because the sample was ahead of it', '3', '2'],
  ])('sends what came meanwhile and is %s', async (_, sample, delivered) => {
    await ledger.complete([{ token: (await claim('a', '1')).token }]);
    const token = await takeByHand('b', sample);
    await claim('c', delivered);
    await end(token);
    expect(await due()).toEqual(['c']);
    expect(await claim('c', delivered)).toMatchObject({ outcome: 'retry' });
  });

  test('can be started again at once, with the same look and a new one', async () => {
    const first = await look('a');
    await ledger.take([first]);
    await end(lookToken(first));
    expect(await ledger.take([{ ...first, run: '2' }])).toMatchObject([
      { attempt: expect.any(Number) },
    ]);
    await end(lookToken({ ...first, run: '2' }));
    await ledger.complete([{ token: await takeByHand('a') }]);
    expect(await record()).toMatchObject({ state: 'done' });
  });
});

test('what a test run sends is sent, also what came meanwhile and was the same', async () => {
  const token = await takeByHand('a');
  await claim('a');
  expect(await ledger.complete([{ token }])).toMatchObject([{ outcome: 'done' }]);
  expect(await due()).toEqual([]);
  expect(await claim('a')).toMatchObject({ outcome: 'unchanged' });
});

test('newer content that came meanwhile goes after what a test run sends', async () => {
  const token = await takeByHand('a', '1');
  await claim('b', '2');
  expect(await ledger.complete([{ token }])).toMatchObject([{ outcome: 'superseded' }]);
  expect(await due()).toEqual(['b']);
});

test('what is dead or held stays so, whatever a test run does with other content', async () => {
  await ledger.fail(failed((await claim('a')).token));
  const token = await takeByHand('b');
  expect(await claim('a')).toMatchObject({ outcome: 'dead' });
  await ledger.fail(failed(token));
  expect(await record()).toMatchObject({ state: 'dead', hash: 'a' });
  expect((await ledger.listDead({ limit: 1 }))[0]?.document).toMatchObject({ content: 'a' });
  expect(await due()).toEqual([]);
});

test('a test run whose process dies gives back at once, also to somebody who only looks', async () => {
  const gone = await open(ownerId({ bootId: '0' }));
  await takeByHand('a', undefined, gone);
  expect(await ledger.due({ limit: 10, visibilityMs: 1, peek: true })).toEqual([]);
  expect(await claim('a')).toMatchObject({ outcome: 'new' });
});

test('a document that a person has changed survives a test run and what its source repeats', async () => {
  await ledger.fail(failed((await claim('a')).token));
  await ledger.edit([{ key, document: { content: 'mended' } }]);
  const token = await takeByHand('b');
  expect(await claim('a')).toMatchObject({ outcome: 'busy' });
  await ledger.fail(failed(token));
  expect(await due()).toEqual(['mended']);
});

test('a link that is noted meanwhile is known afterwards', async () => {
  const token = await takeByHand('a');
  await ledger.link([{ flow, key, system: 'dataverse', table: 'salesorder', id: 'g' }]);
  await ledger.fail(failed(token));
  expect(await record()).toMatchObject({ state: 'done', links: [{ id: 'g' }] });
});

test('what was sent to a row is remembered, so that the next attempt doubles nothing', async () => {
  const target = { system: 'dataverse', table: 'account', id: 'g' };
  const token = await takeByHand('a');
  await ledger.remember([{ target, document: { name: 'Cup' } }]);
  await ledger.confirm([target]);
  await ledger.fail(failed(token));
  expect(await ledger.recall([target])).toEqual([{ confirmed: { name: 'Cup' }, attempts: [] }]);
});

test('a person who runs one step and then all waits for no lease, another process does', async () => {
  await takeByHand('a');
  expect(await ledger.preview([request('a')])).toMatchObject([{ outcome: 'new' }]);
  const other = await open('elsewhere:1:1');
  expect(await other.preview([request('a')])).toMatchObject([{ outcome: 'busy' }]);
  const token = await takeByHand('a');
  await ledger.complete([{ token }]);
  expect(await record()).toMatchObject({ state: 'done' });
});

test('what a test run has left does not count as due', async () => {
  await takeByHand('a');
  now += leaseMs;
  const { total } = await ledger.statistics();
  expect([total.due, total.oldestDueAt]).toEqual([0, undefined]);
});

test('a discarded record is not brought back by the test run that had it', async () => {
  const token = await takeByHand('a');
  now += leaseMs;
  await ledger.discard([{ key }]);
  expect(await ledger.fail(failed(token))).toMatchObject([{ outcome: 'lost-lease' }]);
  expect(await claim('a')).toMatchObject({ outcome: 'unchanged' });
});

describe('a look from before a purge', () => {
  test('is refused where a record may have been, or was', async () => {
    const old = await look('a');
    await ledger.complete([{ token: (await claim('a')).token }]);
    const seen = await look('c');
    await ledger.complete([{ token: (await claim('b')).token }]);
    now += MINUTE;
    await ledger.purge({ olderThanMs: 0 });
    expect(await record()).toBeUndefined();
    expect(await ledger.take([old])).toMatchObject([{ outcome: 'stale' }]);
    expect(await ledger.take([{ ...seen, at: now }])).toMatchObject([{ outcome: 'stale' }]);
    expect(await record()).toBeUndefined();
    expect(await takeByHand('a')).toBeDefined();
  });
});
