import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import fc from 'fast-check';

import { sameAsKept } from '../sync/kept';
import type { Ledger } from './ledger';
import { factOf, MOST_ATTEMPTS, type SentTo } from './memory';
import { createLedger, type LedgerSettings } from './open';

const DAY = 24 * 3_600_000;

let folder: string;
let file: string;
let now: number;
let ledger: Ledger;

const open = async (settings: LedgerSettings = {}): Promise<Ledger> =>
  await createLedger({ file, now: () => now, ...settings });

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'memory-'));
  file = join(folder, 'ledger.sqlite');
  now = Date.parse('2026-03-01T00:00:00Z');
  ledger = await open();
});

afterEach(async () => {
  await ledger.close();
  rmSync(folder, { recursive: true });
});

const row = (id: string): SentTo => ({ system: 'dataverse:org', table: 'contact', id });

async function recallOne(target: SentTo) {
  const [memory] = await ledger.recall([target]);
  return memory;
}

async function send(target: SentTo, document: object): Promise<void> {
  await ledger.remember([{ target, document }]);
  await ledger.confirm([target]);
}

function stored(): Array<{ attempt: number; body: Uint8Array }> {
  const database = new DatabaseSync(file);
  const rows = database.prepare('SELECT attempt, body FROM sent ORDER BY attempt').all();
  database.close();
  return rows as Array<{ attempt: number; body: Uint8Array }>;
}

describe('what was sent to a row', () => {
  test('is nothing as long as nothing was', async () => {
    expect(await ledger.recall([row('1'), row('2')])).toEqual([undefined, undefined]);
    expect(await ledger.recall([])).toEqual([]);
  });

  test('is an attempt until it is confirmed', async () => {
    await ledger.remember([{ target: row('1'), document: { city: 'Ulm' } }]);
    expect(await recallOne(row('1'))).toEqual({ attempts: [{ city: 'Ulm' }] });
    await ledger.confirm([row('1')]);
    expect(await recallOne(row('1'))).toEqual({ confirmed: { city: 'Ulm' }, attempts: [] });
  });

  test('keeps the attempts whose answer was lost, until a later one is confirmed', async () => {
    await send(row('1'), { city: 'Ulm' });
    await ledger.remember([{ target: row('1'), document: { city: 'Bonn' } }]);
    await ledger.remember([{ target: row('1'), document: { city: 'Kiel' } }]);
    expect(await recallOne(row('1'))).toEqual({
      confirmed: { city: 'Ulm' },
      attempts: [{ city: 'Bonn' }, { city: 'Kiel' }],
    });
    await ledger.confirm([row('1')]);
    expect(await recallOne(row('1'))).toEqual({ confirmed: { city: 'Kiel' }, attempts: [] });
  });

  test('is what each of two runs has sent itself, whoever wrote down last', async () => {
    await send(row('1'), { phone: '0' });
    const [first, second] = [{ phone: '1' }, { phone: '2' }];
    await ledger.remember([{ target: row('1'), document: first }]);
    await ledger.remember([{ target: row('1'), document: second }]);
    await ledger.confirm([{ ...row('1'), sent: first }]);
    expect(await recallOne(row('1'))).toEqual({ confirmed: first, attempts: [second] });
    await ledger.confirm([{ ...row('1'), sent: { phone: '2' } }]);
    expect(await recallOne(row('1'))).toEqual({ confirmed: second, attempts: [] });
    // Not known any more: a later one took its place.
    await ledger.confirm([{ ...row('1'), sent: first }]);
    expect(await recallOne(row('1'))).toEqual({ confirmed: second, attempts: [] });
  });

  test('is what was confirmed before, where that is sent again after a lost answer', async () => {
    await send(row('1'), { city: 'Ulm' });
    await ledger.remember([{ target: row('1'), document: { city: 'Bonn' } }]);
    await ledger.remember([{ target: row('1'), document: { city: 'Ulm' } }]);
    expect(await recallOne(row('1'))).toEqual({
      confirmed: { city: 'Ulm' },
      attempts: [{ city: 'Bonn' }],
    });
    await ledger.confirm([row('1')]);
    expect(await recallOne(row('1'))).toEqual({ confirmed: { city: 'Ulm' }, attempts: [] });
  });

  test('does not grow by the same document, in whatever order its members stand', async () => {
    await send(row('1'), { city: 'Ulm', zip: '89073' });
    const before = stored();
    await ledger.remember([{ target: row('1'), document: { zip: '89073', city: 'Ulm' } }]);
    expect(stored()).toEqual(before);
    await ledger.confirm([row('1')]);
    expect(stored()).toEqual(before);
  });

  test(`is of the last ${MOST_ATTEMPTS} attempts, and what was confirmed`, async () => {
    await send(row('1'), { n: 0 });
    for (let n = 1; n <= MOST_ATTEMPTS + 2; n += 1) {
      await ledger.remember([{ target: row('1'), document: { n } }]);
    }
    expect(await recallOne(row('1'))).toEqual({
      confirmed: { n: 0 },
      attempts: [3, 4, 5, 6].map((n) => ({ n })),
    });
  });

  test('is kept apart by system, table and id', async () => {
    const targets = [
      row('1'),
      { ...row('1'), table: 'account' },
      { ...row('1'), system: 'dataverse:other' },
    ];
    await ledger.remember(targets.map((target, n) => ({ target, document: { n } })));
    await ledger.confirm(targets.slice(1));
    expect(await ledger.recall([...targets, row('2'), row('1')])).toEqual([
      { attempts: [{ n: 0 }] },
      { confirmed: { n: 1 }, attempts: [] },
      { confirmed: { n: 2 }, attempts: [] },
      undefined,
      { attempts: [{ n: 0 }] },
    ]);
  });

  test('may stand several times in one call: the last is the newest', async () => {
    const documents = [{ n: 1 }, { n: 2 }, { n: 1 }];
    await ledger.remember(documents.map((document) => ({ target: row('1'), document })));
    expect(await recallOne(row('1'))).toEqual({ attempts: [{ n: 2 }, { n: 1 }] });
    await ledger.confirm([row('1'), row('1')]);
    expect(await recallOne(row('1'))).toEqual({ confirmed: { n: 1 }, attempts: [] });
  });

  test('is forgotten with the row, or only what was certainly not carried out', async () => {
    await send(row('1'), { n: 1 });
    await ledger.remember([{ target: row('1'), document: { n: 2 } }]);
    await ledger.forget([row('1')], { only: 'attempts' });
    expect(await recallOne(row('1'))).toEqual({ confirmed: { n: 1 }, attempts: [] });
    await ledger.forget([row('1')]);
    expect(await recallOne(row('1'))).toBeUndefined();
  });
});

describe('of bounded size', () => {
  test('long texts are kept as digests, and are still told from others', async () => {
    const text = 'A description. '.repeat(100);
    await send(row('1'), { description: text });
    const confirmed = (await recallOne(row('1')))?.confirmed;
    expect(JSON.stringify(confirmed).length).toBeLessThan(120);
    expect(sameAsKept(confirmed, { description: text })).toBe(true);
    expect(sameAsKept(confirmed, { description: `${text}!` })).toBe(false);
  });

  test('a document of 2 KB takes less than half of it', async () => {
    const lines = Array.from({ length: 12 }, (_, n) => ({
      productid: `PRODUCT-${n}`,
      quantity: n + 1,
      priceperunit: 10.5 * n,
      manualdiscountamount: 0,
      tax: 1.99,
      description: `Line ${n} of the order`,
    }));
    await send(row('1'), { name: 'X-Cart 1001', lines });
    expect(JSON.stringify({ lines }).length).toBeGreaterThan(1_500);
    expect(stored()[0]?.body.byteLength).toBeLessThan(750);
  });

  test('what is too large is said, and nothing is known of its row any more', async () => {
    await send(row('1'), { n: 1 });
    await send(row('2'), { n: 2 });
    // Numbers without a pattern, so that nothing makes them small.
    const noise = fc.sample(fc.double(), { numRuns: 40_000, seed: 7 });
    const entries = [
      { target: row('1'), document: { noise } },
      { target: row('2'), document: { n: 3 } },
    ];
    expect(await ledger.remember(entries)).toEqual([row('1')]);
    await ledger.confirm([row('1'), row('2')]);
    expect(await ledger.recall([row('1'), row('2')])).toEqual([
      undefined,
      { confirmed: { n: 3 }, attempts: [] },
    ]);
  });
});

describe('sealed', () => {
  const SECRET = 'Musterstraße';

  test('lies in no plain text, and opens for its own row alone', async () => {
    await ledger.close();
    ledger = await open({ encryptionKey: 'k1' });
    await send(row('1'), { street: SECRET });
    await send(row('2'), { street: 'other' });
    expect(Buffer.from(stored()[0]?.body ?? []).includes(SECRET)).toBe(false);
    const database = new DatabaseSync(file);
    database.exec(`UPDATE sent SET body = (SELECT body FROM sent WHERE target_id = '1')`);
    database.close();
    expect(await ledger.recall([row('1'), row('2')])).toEqual([
      { confirmed: { street: SECRET }, attempts: [] },
      undefined,
    ]);
  });

  test('with a key that is not at hand it is not known, and known again once it was sent again', async () => {
    await ledger.close();
    ledger = await open({ encryptionKey: 'k1' });
    await send(row('1'), { n: 1 });
    await ledger.close();
    ledger = await open({ encryptionKey: 'k2' });
    expect(await recallOne(row('1'))).toBeUndefined();
    await send(row('1'), { n: 1 });
    expect(await recallOne(row('1'))).toEqual({ confirmed: { n: 1 }, attempts: [] });
  });

  test('opens with the former key', async () => {
    await ledger.close();
    ledger = await open({ encryptionKey: 'k1' });
    await send(row('1'), { n: 1 });
    await ledger.close();
    ledger = await open({ encryptionKey: 'k2', formerEncryptionKey: 'k1' });
    expect(await recallOne(row('1'))).toEqual({ confirmed: { n: 1 }, attempts: [] });
  });
});

describe('purge', () => {
  // How long records are kept is known of all flows when each was purged once.
  beforeEach(async () => void (await ledger.purge({})));

  test('forgets rows that nothing was sent to for as long, and no others', async () => {
    await send(row('old'), { n: 1 });
    await send(row('same'), { n: 1 });
    await send(row('tried'), { n: 1 });
    now += 10 * DAY;
    await send(row('same'), { n: 1 });
    await ledger.remember([{ target: row('tried'), document: { n: 2 } }]);
    now += DAY;
    await ledger.purge({ olderThanMs: 5 * DAY });
    expect(await ledger.recall([row('old'), row('same'), row('tried')])).toEqual([
      undefined,
      { confirmed: { n: 1 }, attempts: [] },
      { confirmed: { n: 1 }, attempts: [{ n: 2 }] },
    ]);
  });

  test('keeps facts of a record as long as the record', async () => {
    const request = { flow: 'orders "EU"', key: 'xcart:main:order:7', hash: 'a', payload: {} };
    const fact = factOf(request, 'refund');
    await send(fact, { amount: 20 });
    await send(factOf({ flow: 'orders', key: 'unknown' }, 'refund'), { amount: 1 });
    now += 10 * DAY;
    const [claim] = await ledger.claim([request], { leaseMs: 1 });
    if (!claim || !('token' in claim)) throw new Error('not claimed');
    await ledger.complete([{ token: claim.token }]);
    await ledger.purge({ olderThanMs: 5 * DAY });
    expect(await recallOne(fact)).toEqual({ confirmed: { amount: 20 }, attempts: [] });
    expect(stored()).toHaveLength(1);
    now += 10 * DAY;
    expect(await ledger.purge({ olderThanMs: 5 * DAY })).toBe(1);
    expect(await recallOne(fact)).toBeUndefined();
  });
});

test('whatever is sent, confirmed and lost in whatever order: the last confirmed is known, and what came after', async () => {
  const steps = fc.array(
    fc.oneof(
      fc.integer({ min: 0, max: 3 }).map((n) => ({ n })),
      fc.constant('confirm' as const),
    ),
    { maxLength: 20 },
  );
  let run = 0;
  await fc.assert(
    fc.asyncProperty(steps, async (sequence) => {
      const target = row(`run ${(run += 1)}`);
      let confirmed: object | undefined;
      let since: Array<{ n: number }> = [];
      for (const step of sequence) {
        if (step === 'confirm') {
          await ledger.confirm([target]);
          confirmed = since.at(-1) ?? confirmed;
          since = [];
        } else {
          await ledger.remember([{ target, document: step }]);
          since = [...since.filter(({ n }) => n !== step.n), step];
        }
      }
      const attempts = since.filter((one) => JSON.stringify(one) !== JSON.stringify(confirmed));
      const known = confirmed !== undefined || attempts.length > 0;
      expect(await recallOne(target)).toEqual(
        known ? { ...(confirmed && { confirmed }), attempts } : undefined,
      );
    }),
    { numRuns: 60 },
  );
});

describe('a fact of a record', () => {
  const request = { flow: 'orders', key: 'xcart:main:order:1', hash: 'h1', payload: {} };
  const fact = factOf(request, 'refund');

  async function claimed(hash = 'h1'): Promise<string> {
    const [claim] = await ledger.claim([{ ...request, hash }], { leaseMs: 60_000 });
    if (!claim || !('token' in claim)) throw new Error('not claimed');
    return claim.token;
  }

  test('holds from the moment at which the record is done, and with it alone', async () => {
    const token = await claimed();
    await ledger.remember([{ target: fact, document: { total: 20 } }]);
    await ledger.fail([{ token, message: 'no', details: { class: 'transient' } }]);
    expect(await recallOne(fact)).toEqual({ attempts: [{ total: 20 }] });
    now += DAY;
    const again = await claimed();
    await ledger.complete([{ token, facts: ['refund'] }]);
    expect(await recallOne(fact)).toEqual({ attempts: [{ total: 20 }] });
    await ledger.complete([{ token: again, facts: ['refund', 'unknown'] }]);
    expect(await recallOne(fact)).toEqual({ confirmed: { total: 20 }, attempts: [] });
  });

  test('is not confirmed by a completion that does not name it', async () => {
    const token = await claimed();
    await ledger.remember([{ target: fact, document: { total: 20 } }]);
    await ledger.complete([{ token }]);
    expect(await recallOne(fact)).toEqual({ attempts: [{ total: 20 }] });
  });
});
