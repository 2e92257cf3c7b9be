import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { ErrorClass } from '../errors';
import type { Ledger } from './ledger';
import { createLedger } from './open';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const leaseMs = 5 * MINUTE;

let folder: string;
let now: number;
let ledger: Ledger;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ledger-'));
  now = Date.parse('2026-03-06T18:00:00Z');
  const file = join(folder, 'ledger.sqlite');
  ledger = await createLedger({ file, now: () => now, random: () => 0.5 });
});

afterEach(async () => {
  await ledger.close();
  rmSync(folder, { recursive: true });
});

async function claim(id: string, hash = 'a', flow = 'orders') {
  const request = { flow, key: `order:${id}`, hash, payload: { id, hash } };
  const [outcome] = await ledger.claim([request], { leaseMs });
  return outcome;
}

async function token(id: string, hash = 'a'): Promise<string> {
  const outcome = await claim(id, hash);
  if (!outcome || !('token' in outcome)) throw new Error(`not claimed: ${outcome?.outcome}`);
  return outcome.token;
}

const failed = (ofToken: string, errorClass: ErrorClass) => ({
  token: ofToken,
  message: 'It did not work',
  details: { class: errorClass },
});

/** Sends whatever is due, every minute, and lets it fail; or, without a class, succeed. */
async function pass(ms: number, errorClass?: ErrorClass): Promise<number> {
  let tries = 0;
  for (const end = now + ms; now < end; now += MINUTE) {
    for (const { key } of await ledger.due({ limit: 100, visibilityMs: 5 * MINUTE })) {
      const ofToken = await token(key.replace('order:', ''));
      if (errorClass) await ledger.fail([failed(ofToken, errorClass)]);
      else await ledger.complete([{ token: ofToken }]);
      tries += 1;
    }
  }
  return tries;
}

const states = async () => (await ledger.statistics()).total.states;

describe('an outage', () => {
  test.each([
    'transient',
    'authentication',
    'configuration',
    'permission',
    'throttled',
    'unknown',
  ] as const)(
    'of a weekend (%s) leaves no dead letters, and is over half an hour after the repair',
    async (errorClass) => {
      await ledger.fail([failed(await token('1'), errorClass)]);
      await ledger.fail([failed(await token('2'), errorClass)]);
      const tries = await pass(60 * HOUR, errorClass);
      expect(tries).toBeGreaterThan(200);
      expect(await states()).toMatchObject({ dead: 0, retry: 2 });
      await pass(HOUR / 2 + MINUTE);
      expect(await states()).toMatchObject({ done: 2, retry: 0 });
    },
  );

  test.each([
    ['transient', 7],
    ['permission', 1],
    ['unknown', 2],
  ] as const)(
    'is none where others get through: %s is a dead letter after a while',
    async (errorClass, retries) => {
      await ledger.fail([failed(await token('1'), errorClass)]);
      let tries = 0;
      for (let other = 0; other < 20; other += 1) {
        await ledger.complete([{ token: await token(`other ${other}`) }]);
        tries += await pass(10 * MINUTE, errorClass);
      }
      expect(await states()).toMatchObject({ dead: 1, retry: 0 });
      expect(tries).toBeGreaterThanOrEqual(retries);
      expect(tries).toBeLessThanOrEqual(retries + 2);
    },
  );

  test('is not over for what a person has sent by hand, or has linked', async () => {
    const waiting = ['1', '2', '3'];
    const tokens = await Promise.all(waiting.map(async (id) => token(id)));
    await ledger.fail(tokens.map((one) => failed(one, 'permission')));
    now += MINUTE;
    const request = { flow: 'orders', key: 'order:4', hash: 'a', payload: { id: '4' } };
    const [tried] = await ledger.take([{ ...request, look: 'look', run: 'run', at: now, leaseMs }]);
    await ledger.complete([{ token: tried && 'token' in tried ? tried.token : '' }]);
    await ledger.link([{ flow: 'orders', key: 'order:5', system: 's', table: 't', id: 'i' }]);
    await pass(HOUR, 'permission');
    expect(await states()).toMatchObject({ done: 2, dead: 0, retry: 3 });
    await ledger.complete([{ token: await token('6') }]);
    await pass(HOUR, 'permission');
    expect(await states()).toMatchObject({ dead: 3, retry: 0 });
  });

  test('of one flow is none of another', async () => {
    await ledger.fail([failed(await token('1'), 'transient')], { maxAttempts: 2 });
    now += HOUR;
    const other = await claim('1', 'a', 'stock');
    await ledger.complete([{ token: other && 'token' in other ? other.token : '' }]);
    const [last] = await ledger.fail([failed(await token('1'), 'transient')], { maxAttempts: 2 });
    expect(last?.outcome).toBe('retry');
  });
});

describe('renew', () => {
  test('keeps a record for the one who has it, as long as it takes', async () => {
    const mine = await token('1');
    for (let minutes = 0; minutes < 30; minutes += 2) {
      now += 2 * MINUTE;
      expect(await ledger.renew([mine], { leaseMs })).toEqual([true]);
      expect(await claim('1')).toMatchObject({ outcome: 'busy' });
      expect(await ledger.due({ limit: 9, visibilityMs: 1 })).toEqual([]);
    }
    expect(await ledger.complete([{ token: mine }])).toMatchObject([{ outcome: 'done' }]);
  });

  test('gives back what nobody has taken, and not what somebody has', async () => {
    const [mine, other] = [await token('1'), await token('2')];
    now += leaseMs + 1;
    const taken = await token('2', 'newer');
    expect(await ledger.renew([mine, other, taken, 'none'], { leaseMs })).toEqual([
      true,
      false,
      true,
      false,
    ]);
    expect(await claim('1')).toMatchObject({ outcome: 'busy' });
    expect(await ledger.complete([{ token: other }])).toEqual([{ outcome: 'lost-lease' }]);
  });

  test('holds nothing that is done, and takes up again what failed under the same token', async () => {
    const [done, again] = [await token('1'), await token('2')];
    await ledger.complete([{ token: done }]);
    await ledger.fail([failed(again, 'validation')]);
    expect(await ledger.renew([done, again], { leaseMs })).toEqual([false, true]);
    expect(await ledger.complete([{ token: again }])).toMatchObject([{ outcome: 'done' }]);
  });
});

describe('a clock that is turned back', () => {
  test('holds up neither a retry nor a record that a run has left behind', async () => {
    await ledger.fail([failed(await token('1'), 'transient')]);
    await token('2');
    now -= 24 * HOUR;
    const due = await ledger.due({ limit: 9, visibilityMs: MINUTE });
    expect(due.map(({ key }) => key).sort()).toEqual(['order:1', 'order:2']);
    expect(await claim('1')).toMatchObject({ outcome: 'retry' });
    expect(await claim('2')).toMatchObject({ outcome: 'reclaimed' });
  });
});
