import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { ClaimOutcome, Completion, Failure, Ledger } from './ledger';
import { createLedger } from './open';

const MINUTE = 60_000;
const leaseMs = 5 * MINUTE;
const flow = 'orders';
const key = 'xcart:main:order:1';

let folder: string;
let now: number;
let ledger: Ledger;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'held-'));
  now = Date.parse('2026-03-01T00:00:00Z');
  ledger = await createLedger({ file: join(folder, 'ledger.sqlite'), now: () => now });
});

afterEach(async () => {
  await ledger.close();
  rmSync(folder, { recursive: true });
});

async function claim(hash: string, version?: string): Promise<ClaimOutcome> {
  const payload = { content: hash, source: { platform: 'xcart', id: '1', event: 'poll' } };
  const [outcome] = await ledger.claim([{ flow, key, hash, version, payload }], { leaseMs });
  if (!outcome) throw new Error('no outcome');
  return outcome;
}

async function token(hash: string): Promise<string> {
  const outcome = await claim(hash);
  if (!('token' in outcome)) throw new Error(`not claimed: ${outcome.outcome}`);
  return outcome.token;
}

async function settle(completion: Completion) {
  const [settlement] = await ledger.complete([completion]);
  return settlement;
}

const hold = async (ofToken: string, remark?: string) =>
  await settle({ token: ofToken, outcome: 'held', remark });

const heldFailure = (ofToken: string): Failure => ({
  token: ofToken,
  message: 'Two contacts have the address jane@example.com',
  details: { class: 'held', code: 'SEVERAL', fix: 'Choose one' },
});

async function record() {
  const [[view] = []] = await ledger.lookUp([{ key }]);
  if (!view) throw new Error('no record');
  return view;
}

const due = async () => await ledger.due({ limit: 10, visibilityMs: 1 });

const WAYS: Array<[string, (ofToken: string) => Promise<unknown>]> = [
  ['a completion', (ofToken) => hold(ofToken, 'Unpaid')],
  ['a failure of the class held', (ofToken) => ledger.fail([heldFailure(ofToken)])],
];

describe.each(WAYS)('held by %s', (_way, holdBy) => {
  test('waits: neither due nor dead nor purged, with its document', async () => {
    await holdBy(await token('a'));
    expect(await record()).toMatchObject({ state: 'held', error: { class: 'held' } });
    now += 1_000 * 24 * 60 * MINUTE;
    expect(await due()).toEqual([]);
    expect(await ledger.purge({ olderThanMs: MINUTE })).toBe(0);
    expect(await ledger.listDead({ limit: 5 })).toEqual([]);
    expect(await ledger.listHeld({ limit: 5, flow })).toMatchObject([
      { key, state: 'held', document: { content: 'a' } },
    ]);
    expect(await ledger.listHeld({ limit: 5, flow: 'other' })).toEqual([]);
    const { total } = await ledger.statistics();
    expect(total).toMatchObject({ states: { held: 1, dead: 0, done: 0 }, due: 0, deadByClass: {} });
  });

  test('the same content is skipped, and changed content goes by itself', async () => {
    await holdBy(await token('a'));
    expect(await claim('a')).toEqual({ flow, key, outcome: 'held' });
    expect(await claim('b')).toMatchObject({ outcome: 'changed', attempt: 1, hash: 'b' });
    const view = await record();
    expect(view.state).toBe('in_flight');
    expect(view.error).toBeUndefined();
    expect(view.remark).toBeUndefined();
  });

  test('a person releases it as it is', async () => {
    await holdBy(await token('a'));
    expect(await ledger.requeue([{ key }])).toMatchObject([{ changed: true, state: 'pending' }]);
    expect(await due()).toMatchObject([{ document: { content: 'a' } }]);
    expect(await claim('a')).toMatchObject({ outcome: 'retry', attempt: 1 });
  });

  test('a person releases all that are held, and no dead letters', async () => {
    await holdBy(await token('a'));
    expect(await ledger.requeue({ all: true })).toEqual([]);
    expect(await ledger.requeue({ all: true, state: 'held', flow: 'other' })).toEqual([]);
    expect(await ledger.requeue({ all: true, state: 'held' })).toMatchObject([{ changed: true }]);
  });

  test('a person gives it up', async () => {
    await holdBy(await token('a'));
    expect(await ledger.discard([{ key }])).toMatchObject([{ changed: true, state: 'skipped' }]);
    expect(await claim('a')).toMatchObject({ outcome: 'unchanged' });
  });

  test('newer content that came meanwhile is due instead', async () => {
    const mine = await token('a');
    await claim('b');
    await holdBy(mine);
    expect(await record()).toMatchObject({ state: 'retry' });
    expect(await due()).toMatchObject([{ document: { content: 'b' } }]);
  });

  test('the run that held it says it twice, or writes it after all', async () => {
    const mine = await token('a');
    await holdBy(mine);
    const before = await record();
    expect(await hold(mine, 'Again')).toMatchObject({ outcome: 'held', state: 'held' });
    expect(await ledger.fail([heldFailure(mine)])).toMatchObject([{ outcome: 'held' }]);
    expect(await record()).toEqual(before);
    expect(await settle({ token: mine })).toMatchObject({ outcome: 'done', state: 'done' });
  });
});

test('says why it is held, without personal data, and what helps', async () => {
  await hold(await token('a'), ' Unpaid: jane@example.com has not paid ');
  expect(await record()).toMatchObject({
    error: {
      class: 'held',
      message: 'Unpaid: [e-mail] has not paid',
      fix: expect.stringContaining('Requeue') as string,
    },
  });
});

test('a failure of the class held keeps its own reason and repair', async () => {
  const [settlement] = await ledger.fail([heldFailure(await token('a'))], { maxAttempts: 1 });
  expect(settlement).toMatchObject({
    outcome: 'held',
    state: 'held',
    reason: 'Two contacts have the address [e-mail]',
  });
  expect(settlement?.nextAttempt).toBeUndefined();
  expect((await record()).error).toEqual({
    class: 'held',
    code: 'SEVERAL',
    message: 'Two contacts have the address [e-mail]',
    fix: 'Choose one',
  });
});

test('what was done or failed is not held afterwards by the same run', async () => {
  const done = await token('a');
  await settle({ token: done });
  expect(await hold(done, 'Unpaid')).toMatchObject({ outcome: 'done' });
  const failed = await token('b');
  await ledger.fail([{ token: failed, message: 'no', details: { class: 'transient' } }]);
  expect(await hold(failed, 'Unpaid')).toMatchObject({ outcome: 'retry', state: 'retry' });
});

describe('a remark', () => {
  test('tells people what became of a record, until its content changes', async () => {
    const remark = 'Refund of 20.00 USD in the shop';
    expect(await settle({ token: await token('a'), remark })).toMatchObject({ remark });
    expect(await record()).toMatchObject({ state: 'done', remark });
    await claim('b');
    expect((await record()).remark).toBeUndefined();
  });

  test('is short and holds no personal data', async () => {
    await settle({ token: await token('a'), remark: `jane@example.com ${'x'.repeat(600)}` });
    const { remark } = await record();
    expect(remark).toHaveLength(500);
    expect(remark).not.toContain('jane');
  });

  test('of nothing is none', async () => {
    await settle({ token: await token('a'), remark: ' ' });
    expect((await record()).remark).toBeUndefined();
  });
});

describe('who wins a conflict', () => {
  const heldConflict = async (hash: string): Promise<void> => {
    await hold(await token(hash), 'Both sides changed the description');
  };
  const sourceOf = (document: object | undefined) => (document as { source?: object })?.source;

  test('goes with the record to the node that writes, by whichever way it is sent again', async () => {
    await heldConflict('a');
    await ledger.requeue([{ key }], { conflicts: 'target' });
    const [handedOut] = await due();
    expect(sourceOf(handedOut?.document)).toEqual({
      platform: 'xcart',
      id: '1',
      event: 'poll',
      conflicts: 'target',
    });
    expect(await claim('a')).toMatchObject({ outcome: 'retry', conflicts: 'target' });
  });

  test('holds on while it fails, and ends when it is done', async () => {
    await heldConflict('a');
    await ledger.requeue([{ key }], { conflicts: 'source' });
    await ledger.fail([
      { token: await token('a'), message: 'down', details: { class: 'transient' } },
    ]);
    now += 60 * MINUTE;
    expect(sourceOf((await due())[0]?.document)).toMatchObject({ conflicts: 'source' });
    await settle({ token: await token('a') });
    expect((await record()).conflicts).toBeUndefined();
  });

  test('ends with the content that was seen', async () => {
    await heldConflict('a');
    await ledger.requeue([{ key }], { conflicts: 'source' });
    const changed = await claim('b');
    expect(changed).toMatchObject({ outcome: 'changed' });
    expect(changed).not.toHaveProperty('conflicts');
  });

  test('is left to the node again where the next release says so', async () => {
    await heldConflict('a');
    await ledger.requeue([{ key }], { conflicts: 'source' });
    await ledger.requeue([{ key }]);
    expect(sourceOf((await due())[0]?.document)).not.toHaveProperty('conflicts');
  });

  test('is not brought back by a document that was claimed with it', async () => {
    const payload = { content: 'c', source: { id: '1', conflicts: 'source' } };
    await ledger.claim([{ flow, key, hash: 'c', payload }], { leaseMs });
    now += leaseMs;
    expect(sourceOf((await due())[0]?.document)).toEqual({ id: '1' });
  });
});

test('those that ask a person are counted, and listed without the others', async () => {
  const others = Array.from({ length: 3 }, (_, id) => ({
    flow,
    key: `xcart:main:order:unpaid ${id}`,
    hash: 'a',
    payload: { id },
  }));
  await ledger.fail([heldFailure(await token('a'))]);
  now += MINUTE;
  for (const outcome of await ledger.claim(others, { leaseMs })) {
    await hold('token' in outcome ? outcome.token : '', 'Unpaid');
  }
  const { total, flows } = await ledger.statistics();
  expect(total).toMatchObject({ states: { held: 4 }, heldForPerson: 1 });
  expect(flows).toMatchObject([{ flow, heldForPerson: 1 }]);
  const listed = async (forPerson?: boolean) => await ledger.listHeld({ limit: 2, forPerson });
  expect(await listed(true)).toMatchObject([{ key, document: { content: 'a' } }]);
  expect((await listed(false)).map(({ number }) => number)).toEqual(['unpaid 0', 'unpaid 1']);
  expect((await listed()).map(({ number }) => number)).toEqual(['unpaid 0', 'unpaid 1']);
  const [bare] = await ledger.listHeld({ limit: 2, forPerson: true, documents: false });
  expect(bare).toMatchObject({ key, number: '1', flow });
  expect(bare).not.toHaveProperty('document');
});
