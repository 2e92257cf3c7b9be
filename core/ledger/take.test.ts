import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { ClaimOutcome, ClaimRequest, Ledger, TakeRequest } from './ledger';
import { createLedger } from './open';
import { lookToken } from './take';

const MINUTE = 60_000;
const leaseMs = 5 * MINUTE;
const flow = 'orders';

let folder: string;
let now: number;
let ledger: Ledger;
const opened: Ledger[] = [];

/** Another process on the same database, of which nobody knows whether it still runs. */
async function open(owner?: string): Promise<Ledger> {
  const file = join(folder, 'ledger.sqlite');
  const other = await createLedger({ file, now: () => now, random: () => 0.5, owner });
  opened.push(other);
  return other;
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

const request = (id: string, hash: string, version?: string): ClaimRequest => ({
  flow,
  key: `xcart:main:order:${id}`,
  hash,
  version,
  payload: { id, content: hash },
});

let looks = 0;

/** Looks at a record as a test run does, and gives what is needed to take it. */
async function look(id: string, hash: string, version?: string): Promise<TakeRequest> {
  const asked = request(id, hash, version);
  const [seen] = await ledger.preview([asked]);
  if (!seen || !('attempt' in seen)) throw new Error(`would be skipped: ${seen?.outcome}`);
  looks += 1;
  return { ...asked, seen: seen.seen, at: now, look: `look-${looks}`, run: '1', leaseMs };
}

async function take(one: TakeRequest, by: Ledger = ledger): Promise<ClaimOutcome['outcome']> {
  const [outcome] = await by.take([one]);
  return (outcome as ClaimOutcome).outcome;
}

async function claim(id: string, hash: string, version?: string): Promise<string> {
  const [outcome] = await ledger.claim([request(id, hash, version)], { leaseMs });
  if (!outcome || !('token' in outcome)) throw new Error(`not claimed: ${outcome?.outcome}`);
  return outcome.token;
}

async function send(id: string, hash: string, version?: string): Promise<void> {
  await ledger.complete([{ token: await claim(id, hash, version) }]);
}

async function claimed(id: string, hash: string, version?: string): Promise<string> {
  const [outcome] = await ledger.claim([request(id, hash, version)], { leaseMs });
  return outcome?.outcome ?? '';
}

const fails = async (token: string): Promise<unknown> =>
  await ledger.fail([{ token, message: 'no', details: { class: 'validation' } }]);

const everything = async () => ({
  views: await ledger.lookUp(['1', '2', '3'].map((id) => ({ key: request(id, '').key }))),
  due: await ledger.due({ limit: 10, visibilityMs: 0, peek: true }),
  statistics: await ledger.statistics(),
});

describe('preview', () => {
  test('says what a claim would answer, and changes nothing', async () => {
    await send('1', 'a');
    await fails(await claim('2', 'a'));
    const before = await everything();
    const asked = [
      request('1', 'a'),
      request('1', 'b'),
      request('2', 'a'),
      request('3', 'a'),
      request('3', 'a'),
    ];
    const previewed = await ledger.preview(asked);
    expect(previewed.map(({ outcome }) => outcome)).toEqual([
      'unchanged',
      'changed',
      'dead',
      'new',
      'busy',
    ]);
    expect(previewed[1]).toMatchObject({ attempt: 1, hash: 'b', seen: 'a' });
    expect(previewed.some((one) => 'token' in one)).toBe(false);
    expect(await everything()).toEqual(before);
    const claimed = await ledger.claim(asked, { leaseMs });
    expect(claimed.map(({ outcome }) => outcome)).toEqual(previewed.map(({ outcome }) => outcome));
  });

  test('notes of content that comes while another is in flight nothing either', async () => {
    const token = await claim('1', 'a');
    expect(await ledger.preview([request('1', 'b')])).toMatchObject([{ outcome: 'busy' }]);
    expect(await ledger.complete([{ token }])).toMatchObject([{ outcome: 'done' }]);
  });
});

describe('take', () => {
  test('takes what was seen, with a lease and what is needed to send it again', async () => {
    const seen = await look('1', 'a');
    now += 30 * MINUTE;
    const [outcome] = await ledger.take([{ ...seen, flowName: 'X-Cart orders' }]);
    expect((await ledger.statistics()).flows).toMatchObject([{ flowName: 'X-Cart orders' }]);
    expect(outcome).toMatchObject({ outcome: 'new', token: lookToken(seen), attempt: 1 });
    expect(await claimed('1', 'a')).toBe('busy');
    now += leaseMs;
    expect(await ledger.due({ limit: 1, visibilityMs: 1 })).toMatchObject([
      { document: { id: '1', content: 'a' } },
    ]);
  });

  test('of two who have looked at the same time one takes it', async () => {
    const first = await look('1', 'a');
    const second = await look('1', 'a');
    const other = await open('elsewhere:1:1');
    const outcomes = await Promise.all([take(first), take(second, other)]);
    expect(outcomes.toSorted((a, b) => a.localeCompare(b))).toEqual(['busy', 'new']);
  });

  test('of two processes with the same look one takes it, until its lease has ended', async () => {
    const seen = await look('1', 'a');
    const other = await open('elsewhere:1:1');
    expect(await take(seen)).toBe('new');
    expect(await take({ ...seen, run: '2' }, other)).toBe('busy');
    now += leaseMs;
    expect(await take({ ...seen, run: '2' }, other)).toBe('retry');
    expect(await ledger.complete([{ token: lookToken(seen) }])).toMatchObject([
      { outcome: 'lost-lease' },
    ]);
  });

  test('a person goes on with the same look, as a retry, until the record is sent', async () => {
    const seen = await look('1', 'a');
    expect(await take(seen)).toBe('new');
    expect(await take(seen)).toBe('retry');
    const again = { ...seen, run: '2' };
    expect(await take(again)).toBe('retry');
    await fails(lookToken(again));
    expect(await take({ ...seen, run: '3' })).toBe('new');
    await ledger.complete([{ token: lookToken({ ...seen, run: '3' }) }]);
    expect(await take({ ...seen, run: '3' })).toBe('unchanged');
    expect(await take({ ...seen, run: '4' })).toBe('unchanged');
  });

  test('what was sent since is not sent again, however often it was looked at', async () => {
    const [first, second] = [await look('1', 'a'), await look('1', 'a')];
    expect(await take(first)).toBe('new');
    await ledger.complete([{ token: lookToken(first) }]);
    expect(await take(second)).toBe('unchanged');
    expect((await ledger.statistics()).total.states).toMatchObject({ done: 1, in_flight: 0 });
  });

  test('content without a version is not written over what came since', async () => {
    await send('1', 'a');
    const pinned = await look('1', 'b');
    await send('1', 'c');
    const before = await everything();
    expect(await take(pinned)).toBe('stale');
    expect(await everything()).toEqual(before);
  });

  test('of a record that was not there then, other content is not taken for a change', async () => {
    const pinned = await look('1', 'a');
    await send('1', 'b');
    expect(await take(pinned)).toBe('stale');
  });

  test('a refused take leaves nothing to be sent later', async () => {
    await send('1', 'a');
    const pinned = await look('1', 'b');
    const token = await claim('1', 'c');
    expect(await take(pinned)).toBe('busy');
    expect(await ledger.complete([{ token }])).toMatchObject([{ outcome: 'done' }]);
  });

  test('the same content is taken whatever has become of it, unless a person is to decide', async () => {
    const seen = await look('1', 'a');
    const token = await claim('1', 'a');
    await ledger.fail([{ token, message: 'no', details: { class: 'transient' } }]);
    expect(await take(seen)).toBe('retry');
    const dead = await look('2', 'a');
    await fails(await claim('2', 'a'));
    expect(await take(dead)).toBe('dead');
  });
});

test('a ledger has the same id for all who open it, and another has another', async () => {
  const { id } = await open();
  expect(id).toMatch(/^[0-9a-f]{16}$/);
  expect(ledger.id).toBe(id);
  const other = await createLedger({ file: join(folder, 'other.sqlite') });
  opened.push(other);
  expect(other.id).not.toBe(id);
});
