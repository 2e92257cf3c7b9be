import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { createLedger } from '../open';
import { numberOf } from '../record';
import { MIGRATIONS } from './migrations';
import * as purge from './purge';
import * as sql from './sql';

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

const SORTED_LAST_2 = 'USE TEMP B-TREE FOR LAST 2 TERMS OF ORDER BY';

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

const LATER_REPLACED = ['record_done'];

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
      const kept = before.indexes.filter(({ name }) => !LATER_REPLACED.includes(name));
      expect(indexes(database)).toEqual(expect.arrayContaining(kept));
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

test('a record is found by what people call it, whatever its key looks like', async () => {
  const keys = ['42', 'a:42', 'a:b:42', 'a:b:c:42', 'a:b:c:10:42', 'a:b:c:', 'a:b::42', ':::', ''];
  const odd = [':::x', 'a:b:c::', '::::', 'a:b:c:\u00fc:\u{1f600}', 'order/42', 'a:b:c:d:e:f'];
  writeVersion2(file);
  const named = [...keys, ...odd].flatMap((key) => [
    { key },
    { key: `${key} named`, number: 'N 1' },
  ]);
  inFile(file, (database) => {
    const insert = database.prepare(
      "INSERT INTO record (flow, key, state, hash, attempts, hidden_until, created_at, updated_at) VALUES ('g', ?, 'done', 'h', 1, 0, 1, 1)",
    );
    for (const { key } of named) insert.run(key);
  });
  await migrate();
  inFile(file, (database) => {
    database.exec("UPDATE record SET number = 'N 1' WHERE key LIKE '% named'");
    const labels = database.prepare("SELECT key, label FROM record WHERE flow = 'g'").all();
    expect(new Map(labels.map(({ key, label }) => [key, label]))).toEqual(
      new Map(named.map((record) => [record.key, numberOf(record)])),
    );
  });
  const ledger = await createLedger({ file, now: () => NOW });
  const [found] = await ledger.lookUpByNumber(['42']);
  expect(found?.map(({ key }) => key)).toEqual(['42', 'a:b::42', 'a:b:c:42']);
  const resent = await ledger.resend({ limit: 9, numbers: ['42'] }, { lookOnly: true });
  expect(resent.map(({ key }) => key)).toEqual(['42', 'a:b::42', 'a:b:c:42']);
  await ledger.close();
});

/** How SQLite gets at the rows of the table `record`, and whether it then has to sort them. */
async function plan(statement: string): Promise<string[]> {
  await migrate();
  return inFile(file, (database) => database.prepare(`EXPLAIN QUERY PLAN ${statement}`).all())
    .map(({ detail }) => String(detail))
    .filter((step) => /^(SEARCH|SCAN) (r|record)\b|(ORDER|GROUP) BY/.test(step));
}

// A plan that goes through a flow, or the table, takes seconds in a ledger of a million records, and blocks n8n meanwhile.
test.each<[string, string, string[]]>([
  ['due records', sql.DUE_RECORDS, ['SEARCH r USING INDEX record_due (due_at>?)']],
  ['dead letters', sql.stoppedRecords('dead'), ['SCAN r USING INDEX record_dead', SORTED_LAST_2]],
  ['held records', sql.stoppedRecords('held'), ['SCAN r USING INDEX record_held', SORTED_LAST_2]],
  [
    'held records that ask a person',
    sql.stoppedRecords('held', true),
    ['SCAN r USING INDEX record_asked', SORTED_LAST_2],
  ],
  [
    'records by their number',
    sql.RECORDS_BY_NUMBER,
    ['SEARCH r USING INDEX record_label (label=?)', 'USE TEMP B-TREE FOR ORDER BY'],
  ],
  [
    'finished records by their number',
    sql.finishedRecords(true),
    ['SEARCH r USING INDEX record_label (label=?)', 'USE TEMP B-TREE FOR ORDER BY'],
  ],
  [
    'finished records by their time',
    sql.finishedRecords(false),
    ['SEARCH r USING INDEX record_finished (updated_at>? AND updated_at<?)', SORTED_LAST_2],
  ],
  [
    'when one got through last',
    sql.LAST_DONE,
    ['SEARCH record USING INDEX record_through (flow=?)'],
  ],
  [
    'whether one got through',
    sql.GOT_THROUGH,
    ['SEARCH record USING INDEX record_through (flow=? AND updated_at>?)'],
  ],
  [
    'how many stop at a row of the mapping',
    sql.COUNT_STOPPED,
    ['SEARCH record USING INDEX record_rule (flow=? AND error_rule=?)'],
  ],
  [
    'what a record that got through releases',
    sql.RELEASE,
    ['SEARCH record USING INDEX record_rule (flow=? AND error_rule>?)'],
  ],
  ['the rows of the mapping that hold records', sql.ROW_STOPS, ['SCAN r USING INDEX record_rule']],
  [
    'the flows',
    sql.FLOWS,
    ['SEARCH record USING PRIMARY KEY', 'SEARCH r USING PRIMARY KEY (flow>?)'],
  ],
  ['how many are not finished', sql.OPEN_COUNTS, ['SCAN record USING COVERING INDEX record_open']],
  ...purge
    .purgeRecords(false)
    .map((statement): [string, string, string[]] => [
      `what is to be forgotten (${statement.trim().slice(0, 18)})`,
      statement,
      [expect.stringMatching(/ record_finished \(updated_at<\?\)$/)],
    ]),
  ...purge
    .purgeRecords(true)
    .map((statement): [string, string, string[]] => [
      `what is to be forgotten of a flow (${statement.trim().slice(0, 18)})`,
      statement,
      [expect.stringMatching(/ record_old \(flow=\? AND updated_at<\?\)$/)],
    ]),
  [
    'documents to be forgotten',
    purge.purgeDocuments(false),
    ['SEARCH record USING COVERING INDEX record_finished (updated_at>? AND updated_at<?)'],
  ],
  [
    'documents of a flow to be forgotten',
    purge.purgeDocuments(true),
    ['SEARCH record USING COVERING INDEX record_old (flow=? AND updated_at>? AND updated_at<?)'],
  ],
])('%s are found by an index', async (_, statement, expected) => {
  expect(await plan(statement)).toEqual(expected);
});
