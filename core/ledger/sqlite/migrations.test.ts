import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { createLedger } from '../open';
import { MIGRATIONS } from './migrations';
import { finishedRecords, RECORDS_BY_NUMBER } from './sql';

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'migrate-'));
  file = join(folder, 'ledger.sqlite');
});

afterEach(() => rmSync(folder, { recursive: true }));

function inFile<T>(path: string, work: (database: DatabaseSync) => T): T {
  const database = new DatabaseSync(path);
  try {
    return work(database);
  } finally {
    database.close();
  }
}

const NOW = Date.parse('2026-03-01T00:00:00Z');

const RECORD_COLUMNS = `flow, key, state, hash, version, attempts, owner, token, due_at, hidden_until, waiting_hash,
  waiting_version, error_class, error_code, error_message, error_fix, created_at, updated_at, failed_at`;

/** As the version before left it: a record in every state that there was, with all that it may have. */
function writeVersion2(path: string): void {
  inFile(path, (database) => {
    for (const step of MIGRATIONS.slice(0, 2)) database.exec(step);
    database.exec('PRAGMA user_version = 2');
    const states = ['pending', 'in_flight', 'retry', 'done', 'dead', 'skipped'];
    const insert = database.prepare(
      `INSERT INTO record (${RECORD_COLUMNS}) VALUES (${Array.from({ length: 19 }, () => '?').join(', ')})`,
    );
    const payload = database.prepare(
      "INSERT INTO payload VALUES ('f', ?, ?, CAST(x'00' || ? AS BLOB))",
    );
    for (const [n, state] of states.entries()) {
      const waits = state === 'pending' || state === 'retry' || state === 'in_flight';
      const error = state === 'dead' ? ['validation', 'X1', 'No such product', 'Add it'] : [];
      insert.run(
        'f',
        `k${n}`,
        state,
        `h${n}`,
        `2026-02-0${n + 1}`,
        n,
        state === 'in_flight' ? 'host:1:1' : null,
        `token-${n}`,
        waits ? NOW + n : null,
        n,
        state === 'in_flight' ? 'newer' : null,
        null,
        ...Array.from({ length: 4 }, (_, part) => error[part] ?? null),
        NOW - 100,
        NOW - n,
        state === 'retry' ? NOW - 5 : null,
      );
      if (state !== 'done' && state !== 'skipped') payload.run(`k${n}`, `h${n}`, `{"n":${n}}`);
    }
    database.exec(
      `INSERT INTO link VALUES ('f', 'k3', 'dataverse', 'salesorder', 'g', 'th', ${NOW})`,
    );
    database.exec(`INSERT INTO watermark VALUES ('f', '2026-02-28', ${NOW})`);
  });
}

const records = (database: DatabaseSync) =>
  database.prepare(`SELECT ${RECORD_COLUMNS} FROM record ORDER BY flow, key`).all();

const indexes = (database: DatabaseSync) =>
  database
    .prepare("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL")
    .all() as Array<{ name: string; sql: string }>;

/** Opens it as the pack does, which brings it to the latest version. */
async function migrate(): Promise<void> {
  const ledger = await createLedger({ file, now: () => NOW });
  await ledger.close();
}

describe('a ledger of version 2', () => {
  test('keeps every record as it was, with documents, links, watermarks and indexes', async () => {
    writeVersion2(file);
    const before = inFile(file, (database) => ({
      records: records(database),
      indexes: indexes(database),
    }));
    await migrate();
    inFile(file, (database) => {
      expect(records(database)).toEqual(before.records);
      expect(before.records).toHaveLength(6);
      expect(indexes(database)).toEqual(expect.arrayContaining(before.indexes));
      expect(database.prepare('PRAGMA user_version').get()).toEqual({
        user_version: MIGRATIONS.length,
      });
      expect(database.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
    });
    const ledger = await createLedger({ file, now: () => NOW });
    expect(await ledger.getWatermark('f')).toBe('2026-02-28');
    expect(await ledger.lookUp([{ key: 'k3' }])).toMatchObject([[{ links: [{ id: 'g' }] }]]);
    expect(await ledger.listDead({ limit: 5 })).toMatchObject([
      { key: 'k4', error: { message: 'No such product' }, document: { n: 4 } },
    ]);
    // The holder of the time before still settles, now also as held.
    const [settled] = await ledger.complete([{ token: 'token-2', outcome: 'held', remark: 'No' }]);
    expect(settled).toMatchObject({ state: 'retry' });
    await ledger.renew(['token-2'], { leaseMs: 1_000 });
    const [held] = await ledger.complete([{ token: 'token-2', outcome: 'held', remark: 'No' }]);
    expect(held).toMatchObject({ state: 'held' });
    await ledger.close();
  });

  test('stays what it was when the step fails half-way', async () => {
    writeVersion2(file);
    // Something that stands in the way of the last part of the step.
    inFile(file, (database) => database.exec('CREATE TABLE sent (id TEXT)'));
    const before = inFile(file, records);
    await expect(migrate()).rejects.toThrow('already exists');
    inFile(file, (database) => {
      expect(records(database)).toEqual(before);
      expect(database.prepare('PRAGMA user_version').get()).toEqual({ user_version: 2 });
      database.exec('DROP TABLE sent');
    });
    await migrate();
    expect(inFile(file, records)).toEqual(before);
  });
});

test('a migrated ledger and a new one have the same tables and indexes', async () => {
  const schema = (path: string) =>
    inFile(path, (database) =>
      database.prepare('SELECT type, name, tbl_name FROM sqlite_master ORDER BY name').all(),
    );
  writeVersion2(file);
  await migrate();
  const migrated = schema(file);
  file = join(folder, 'new.sqlite');
  await migrate();
  expect(schema(file)).toEqual(migrated);
});

test('what the ledger looks for by state, time or target it finds by an index', async () => {
  await migrate();
  const plans = inFile(file, (database) =>
    ["state = 'dead'", "state = 'held'", 'due_at IS NOT NULL AND due_at <= 1'].map((condition) =>
      database
        .prepare(`EXPLAIN QUERY PLAN SELECT * FROM record WHERE ${condition} ORDER BY updated_at`)
        .all()
        .map(({ detail }) => String(detail))
        .join(' '),
    ),
  );
  expect(plans).toEqual([
    expect.stringContaining('record_dead'),
    expect.stringContaining('record_held'),
    expect.stringContaining('record_due'),
  ]);
});

test.each([
  ['a record', RECORDS_BY_NUMBER],
  ['a finished record', finishedRecords(true)],
])('%s it finds by its number without going through all others', async (_, statement) => {
  await migrate();
  const plan = inFile(file, (database) =>
    database.prepare(`EXPLAIN QUERY PLAN ${statement}`).all(),
  ).map(({ detail }) => String(detail));
  expect(plan).toContain('SEARCH r USING INDEX record_number (number=?)');
  expect(plan).not.toContain('SCAN r');
});
