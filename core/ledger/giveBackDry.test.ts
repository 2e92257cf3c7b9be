/** What becomes in the ledger of records that a published workflow has taken and one dry node of it has not written. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Ledger } from './ledger';
import { createLedger } from './open';

const MINUTE = 60_000;
const leaseMs = 5 * MINUTE;
const id = { flow: 'orders', key: 'xcart:main:order:1' };

let folder: string;
let now: number;
let ledger: Ledger;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ledger-'));
  now = Date.parse('2026-03-01T00:00:00Z');
  ledger = await createLedger({ file: join(folder, 'l.sqlite'), now: () => now });
});

afterEach(async () => {
  await ledger.close();
  rmSync(folder, { recursive: true });
});

/** @param isGivenBack whether Claim sees the dry node */
async function claim(
  hash: string,
  isGivenBack = true,
): Promise<{ outcome: string; token: string }> {
  const request = { ...id, hash, payload: { content: hash } };
  const [outcome] = await ledger.claim([request], { leaseMs, isGivenBack });
  if (!outcome) throw new Error('no outcome');
  return { outcome: outcome.outcome, token: 'token' in outcome ? outcome.token : '' };
}

const record = async () => (await ledger.lookUp([id]))[0]?.[0];

async function due(): Promise<unknown[]> {
  const found = await ledger.due({ limit: 10, visibilityMs: 1, peek: true });
  return found.map(({ document }) => (document as { content?: unknown }).content);
}

/** What a record may be before a workflow with a dry node takes it; each answers what it takes. */
const BEFORE: Array<[string, () => Promise<string>]> = [
  ['new', async () => 'a'],
  [
    'changed since it was done',
    async () => {
      await ledger.complete([{ token: (await claim('a', false)).token }]);
      return 'b';
    },
  ],
  [
    'changed since it was given up',
    async () => {
      const failure = { message: 'no', details: { class: 'validation' as const } };
      await ledger.fail([{ token: (await claim('a', false)).token, ...failure }]);
      return 'b';
    },
  ],
  [
    'sent again by a person',
    async () => {
      const failure = { message: 'no', details: { class: 'validation' as const } };
      await ledger.fail([{ token: (await claim('a', false)).token, ...failure }]);
      await ledger.requeue([id]);
      return 'a';
    },
  ],
];

describe.each(BEFORE)('what is %s', (_, begin) => {
  test('waits when it is given back, due at once and without an attempt', async () => {
    const content = await begin();
    await ledger.giveBack([(await claim(content)).token]);
    expect(await record()).toMatchObject({ state: 'retry', attempts: 0 });
    expect(await due()).toEqual([content]);
    expect((await ledger.statistics()).total).toMatchObject({ due: 1 });
    expect(await claim(content, false)).toMatchObject({ outcome: 'retry' });
  });

  test('is handed out when its run dies', async () => {
    const content = await begin();
    await claim(content);
    now += leaseMs;
    expect(await due()).toEqual([content]);
    expect((await ledger.statistics()).total).toMatchObject({ due: 1 });
    expect(await claim(content, false)).toMatchObject({ outcome: 'reclaimed' });
  });

  test('makes way for newer content that came meanwhile', async () => {
    const { token } = await claim(await begin());
    expect(await claim('c')).toMatchObject({ outcome: 'busy' });
    expect(await ledger.giveBack([token])).toMatchObject([{ outcome: 'superseded' }]);
    expect(await due()).toEqual(['c']);
  });

  test('stays its run’s own for another branch, which sends it', async () => {
    const { token } = await claim(await begin());
    await ledger.giveBack([token]);
    expect(await ledger.renew([token], { leaseMs })).toEqual([true]);
    expect(await record()).toMatchObject({ state: 'in_flight', attempts: 1 });
    expect(await due()).toEqual([]);
    expect(await ledger.complete([{ token }])).toMatchObject([{ outcome: 'done' }]);
    expect(await due()).toEqual([]);
  });
});

test('what kills one run after another is given up, also where each has given it back before', async () => {
  const outcomes: string[] = [];
  for (let run = 0; run < 9; run += 1) {
    const { outcome, token } = await claim('a');
    outcomes.push(outcome);
    if (run % 2 === 0) await ledger.giveBack([token]);
    await ledger.renew([token], { leaseMs });
    now += leaseMs;
  }
  expect(outcomes.slice(0, 2)).toEqual(['new', 'reclaimed']);
  expect(outcomes.at(-1)).toBe('dead');
});

test('another run that takes it meanwhile keeps it', async () => {
  const { token } = await claim('a');
  await ledger.giveBack([token]);
  const other = await claim('a', false);
  expect(await ledger.renew([token], { leaseMs })).toEqual([false]);
  expect(await ledger.complete([{ token: other.token }])).toMatchObject([{ outcome: 'done' }]);
});
