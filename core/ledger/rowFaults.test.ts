import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Failure, Ledger } from './ledger';
import { createLedger } from './open';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const leaseMs = 5 * MINUTE;
const ROW = 'salesorder.new_channel';

let folder: string;
let now: number;
let ledger: Ledger;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ledger-rows-'));
  now = Date.parse('2026-03-06T10:00:00Z');
  const file = join(folder, 'ledger.sqlite');
  ledger = await createLedger({ file, now: () => now, random: () => 0.5 });
});

afterEach(async () => {
  await ledger.close();
  rmSync(folder, { recursive: true });
});

const idOf = (key: string): string => key.replace('order:', '');
const request = (id: string, flow = 'orders') => ({
  flow,
  key: `order:${id}`,
  hash: 'a',
  payload: { id },
});

/** Claims them together, as one run does; returns the tokens. */
async function claim(...ids: string[]): Promise<string[]> {
  const outcomes = await ledger.claim(
    ids.map((id) => request(id)),
    { leaseMs },
  );
  return outcomes.map((outcome) => {
    if ('token' in outcome) return outcome.token;
    throw new Error(`${outcome.key} is ${outcome.outcome}`);
  });
}

const atRow = (token: string, target = ROW): Failure => ({
  token,
  message: 'Cannot fill the field',
  details: { class: 'validation', fix: 'Change the row.', rule: { target, isOwn: true } },
});

const failAt = async (tokens: string[], row = ROW) =>
  await ledger.fail(tokens.map((token) => atRow(token, row)));
const complete = async (tokens: string[]) =>
  await ledger.complete(tokens.map((token) => ({ token })));

/** A whole run: claims, and fails at the row or completes. */
const fail = async (...ids: string[]) => await failAt(await claim(...ids));
const send = async (...ids: string[]) => await complete(await claim(...ids));

const due = async (): Promise<string[]> =>
  (await ledger.due({ limit: 100, visibilityMs: 1 })).map(({ key }) => idOf(key)).sort();

/** Lets all that becomes due fail again, every minute. Returns how many attempts that were. */
async function failOn(ms: number): Promise<number> {
  let attempts = 0;
  for (const end = now + ms; now < end; now += MINUTE) {
    const ids = await due();
    if (ids.length > 0) await fail(...ids);
    attempts += ids.length;
  }
  return attempts;
}

async function view(id: string) {
  const [[record] = []] = await ledger.lookUp([{ key: `order:${id}` }]);
  if (!record) throw new Error(`no record ${id}`);
  return record;
}

const stateOf = async (id: string) => (await view(id)).state;
const statistics = async () => (await ledger.statistics()).total;

describe('a row that stops every record', () => {
  test('leaves no dead letters over a weekend, and one that gets through takes all others along', async () => {
    await send('before');
    now += 12 * MINUTE;
    await fail('1', '2', '3');
    await fail('4');
    expect(await failOn(60 * HOUR)).toBeGreaterThan(400);
    expect(await statistics()).toMatchObject({
      states: { dead: 0, retry: 4 },
      heldByMapping: 4,
    });
    const tokens = await claim('new');
    now += 5_000;
    await complete(tokens);
    expect(await due()).toEqual(['1', '2', '3', '4']);
    await send('1', '2', '3', '4');
    expect(await statistics()).toMatchObject({ states: { done: 6, retry: 0 }, heldByMapping: 0 });
  });

  test('is told with the time and the repair, in the same words of each record', async () => {
    await send('before');
    now += 12 * MINUTE;
    const [first] = await fail('1');
    expect(first).toMatchObject({ state: 'retry', heldByMapping: true });
    expect(first?.reason).toMatch(/stops this record, and no other .*: Cannot fill the field$/);
    now += MINUTE;
    const [second] = await fail('2');
    expect(second?.reason).toBe(
      `The row "${ROW}" of the mapping has let no record through since 2026-03-06 10:00 UTC: Cannot fill the field`,
    );
    now += MINUTE;
    const [third] = await fail('3');
    expect(third?.reason).toBe(second?.reason);
    expect(second?.repair).toMatch(/^Change the row\. .*publish the workflow/);
    expect((await view('2')).error).toMatchObject({ class: 'validation', rule: ROW });
  });

  test('waits no longer than half an hour', async () => {
    await fail('1', '2');
    await failOn(10 * HOUR);
    const { nextAttempt = Infinity } = await view('1');
    expect(nextAttempt - now).toBeLessThanOrEqual(HOUR / 2);
  });

  test('is another one in another flow', async () => {
    await fail('1', '2');
    const [other] = await ledger.claim([request('1', 'stock')], { leaseMs });
    await complete([other && 'token' in other ? other.token : '']);
    expect(await due()).toEqual([]);
    await failOn(10 * HOUR);
    expect(await statistics()).toMatchObject({ states: { dead: 0, retry: 2 } });
  });

  test('takes the single attempt of whoever wants no more', async () => {
    const tokens = await claim('1', '2');
    const settled = await ledger.fail(
      tokens.map((token) => atRow(token)),
      { maxAttempts: 1 },
    );
    expect(settled).toMatchObject([{ state: 'dead' }, { state: 'dead' }]);
  });
});

describe('a row that stops some records alone', () => {
  test.each(['before', 'after'])(
    'makes dead letters of them when the others of their run are noted %s',
    async (order) => {
      const [bad = '', alsoBad = '', ...good] = await claim('1', '2', '3', '4', '5');
      now += 5_000;
      if (order === 'before') await complete(good);
      const settled = await failAt([bad, alsoBad]);
      if (order === 'after') {
        expect(settled).toMatchObject([{ state: 'retry' }, { state: 'retry' }]);
        await complete(good);
        expect(await due()).toEqual(['1', '2']);
        await fail('1', '2');
      }
      expect(await statistics()).toMatchObject({ states: { done: 3, dead: 2, retry: 0 } });
      const { error } = await view('1');
      expect(error).toMatchObject({ message: 'Cannot fill the field', rule: ROW });
    },
  );

  test('makes a dead letter as soon as another record has gone through', async () => {
    await fail('bad');
    expect(await stateOf('bad')).toBe('retry');
    now += MINUTE / 2;
    await send('good');
    expect(await due()).toEqual(['bad']);
    now += 1_000;
    expect(await fail('bad')).toMatchObject([{ state: 'dead', reason: 'Cannot fill the field' }]);
  });

  test('makes one after some two hours when no other record comes at all', async () => {
    const [first] = await fail('bad');
    expect((first?.nextAttempt ?? 0) - now).toBeLessThanOrEqual(2 * MINUTE);
    const start = now;
    while ((await stateOf('bad')) === 'retry') await failOn(MINUTE);
    expect(now - start).toBeGreaterThan(HOUR);
    expect(now - start).toBeLessThan(3 * HOUR);
  });

  test('is a fault of the mapping once a second record stops there, though the first was given up', async () => {
    await fail('1');
    await failOn(4 * HOUR);
    expect(await stateOf('1')).toBe('dead');
    await fail('2');
    await failOn(24 * HOUR);
    expect(await stateOf('2')).toBe('retry');
    expect((await view('2')).error?.message).toContain('has let no record through');
  });

  test('says nothing of those that stop at another row', async () => {
    const [one = '', other = ''] = await claim('1', '2');
    await failAt([one]);
    const [settled] = await failAt([other], 'contact.telephone1');
    expect(settled?.reason).toContain('stops this record');
  });
});

describe('the moment of the change', () => {
  test('a run from before the row was broken says nothing of it', async () => {
    const before = await claim('old');
    now += MINUTE;
    await fail('1', '2');
    now += MINUTE;
    await complete(before);
    expect(await due()).toEqual([]);
    await failOn(HOUR);
    expect(await statistics()).toMatchObject({ states: { dead: 0, retry: 2 } });
  });

  test('a run from before the row was mended is tried once more, though others get through', async () => {
    await fail('1', '2');
    now += HOUR;
    const slow = await claim('1');
    now += MINUTE;
    await send('mended');
    now += MINUTE;
    expect(await failAt(slow)).toMatchObject([{ state: 'retry' }]);
    now += 5 * MINUTE;
    expect(await send('1')).toMatchObject([{ state: 'done' }]);
  });

  test('what is at fault itself is known the second time', async () => {
    await fail('1', '2');
    now += HOUR;
    const slow = await claim('1');
    now += MINUTE;
    await send('mended');
    now += MINUTE;
    await failAt(slow);
    now += 5 * MINUTE;
    expect(await fail('1')).toMatchObject([{ state: 'dead' }]);
  });

  test('a test run with a mapping that is not published yet neither releases nor condemns', async () => {
    await fail('1', '2');
    now += HOUR;
    const taken = await ledger.take([
      { ...request('sample'), look: 'look', run: '7', at: now, leaseMs },
    ]);
    await complete(taken.map((outcome) => ('token' in outcome ? outcome.token : '')));
    expect(await stateOf('sample')).toBe('done');
    await failOn(2 * HOUR);
    expect(await statistics()).toMatchObject({ states: { dead: 0, retry: 2 } });
  });
});

test('a node that is set up wrong stops even a single record for as long as it takes', async () => {
  const failure = async () => {
    const [token = ''] = await claim('1');
    return { token, message: 'Wrong', details: { class: 'configuration' as const } };
  };
  await ledger.fail([await failure()]);
  for (let hours = 0; hours < 100; hours += 1) {
    now += HOUR;
    const [settled] = await ledger.fail([await failure()]);
    expect(settled).toMatchObject({ state: 'retry', heldByMapping: true });
  }
  now += 1_000;
  await send('2');
  expect(await due()).toEqual(['1']);
});
