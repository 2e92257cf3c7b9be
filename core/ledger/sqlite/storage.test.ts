import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { closeLedgers, createLedger, defaultLedgerFile, openLedger } from '../open';
import { SqliteDatabase } from './database';

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ledger-'));
  file = join(folder, 'sub', 'ledger.sqlite');
});

afterEach(async () => {
  await closeLedgers();
  rmSync(folder, { recursive: true, force: true });
});

const request = (id: number) => ({ flow: 'f', key: `k${id}`, hash: 'a', payload: { id } });

describe('the file', () => {
  test('lies in n8n’s user folder', () => {
    expect(defaultLedgerFile({ N8N_USER_FOLDER: '/data' })).toBe(
      '/data/.n8n/dynamics-commerce/ledger.sqlite',
    );
  });

  test('is for its owner alone, with all that lies beside it', async () => {
    const ledger = await openLedger({ file });
    await ledger.claim([request(1)], { leaseMs: 1 });
    expect(statSync(join(folder, 'sub')).mode & 0o777).toBe(0o700);
    const files = readdirSync(join(folder, 'sub'));
    expect(files).toContain('ledger.sqlite-wal');
    for (const name of files) expect(statSync(join(folder, 'sub', name)).mode & 0o777).toBe(0o600);
  });

  test('is opened once in a process, and keeps everything', async () => {
    const ledger = await openLedger({ file });
    expect(await openLedger({ file })).toBe(ledger);
    await ledger.claim([request(1)], { leaseMs: 60_000 });
    await closeLedgers();
    const again = await openLedger({ file });
    expect(await again.claim([request(1)], { leaseMs: 1 })).toMatchObject([{ outcome: 'busy' }]);
  });

  test('that is no database is named, with the repair', async () => {
    writeFileSync(
      join(folder, 'text.sqlite'),
      'This is no database, but a text of some length. '.repeat(50),
    );
    await expect(openLedger({ file: join(folder, 'text.sqlite') })).rejects.toMatchObject({
      code: 'LEDGER_DAMAGED',
      message: expect.stringContaining('text.sqlite'),
      fix: expect.stringContaining('backup'),
    });
  });

  test('that cannot be made is named', async () => {
    writeFileSync(join(folder, 'plain'), '');
    await expect(openLedger({ file: join(folder, 'plain', 'x.sqlite') })).rejects.toMatchObject({
      code: 'LEDGER_UNREACHABLE',
      class: 'permission',
    });
    await expect(openLedger({ file: 'ledger.sqlite' })).rejects.toThrow('no absolute path');
  });

  test('of a newer version is left alone', async () => {
    const newer = new DatabaseSync(join(folder, 'newer.sqlite'));
    newer.exec('PRAGMA user_version = 99');
    newer.close();
    await expect(openLedger({ file: join(folder, 'newer.sqlite') })).rejects.toMatchObject({
      code: 'LEDGER_NEWER',
    });
  });

  test('moved away under our feet takes nothing more, and is opened anew', async () => {
    const ledger = await openLedger({ file });
    await ledger.claim([request(1)], { leaseMs: 1 });
    renameSync(join(folder, 'sub'), join(folder, 'moved'));
    await expect(ledger.claim([request(2)], { leaseMs: 1 })).rejects.toMatchObject({
      code: 'LEDGER_MOVED',
    });
    const fresh = await openLedger({ file });
    expect(await fresh.claim([request(1)], { leaseMs: 1 })).toMatchObject([{ outcome: 'new' }]);
  });
});

test('a Node.js without SQLite is told which one n8n needs', async () => {
  const spy = jest.spyOn(process, 'getBuiltinModule').mockReturnValue(undefined);
  await expect(createLedger({ file })).rejects.toMatchObject({
    code: 'LEDGER_NODE_VERSION',
    fix: expect.stringContaining('22.13') as string,
  });
  spy.mockRestore();
});

test('a document that is missing makes a dead letter, not a record that never comes up', async () => {
  const ledger = await openLedger({ file });
  await ledger.claim([request(1)], { leaseMs: 0 });
  const other = new DatabaseSync(file);
  other.exec('DELETE FROM payload');
  other.close();
  expect(await ledger.due({ limit: 1, visibilityMs: 1 })).toEqual([]);
  const letters = await ledger.listDead({ limit: 1 });
  expect(letters).toMatchObject([{ error: { message: 'The stored document is missing' } }]);
  // As its repair says: whoever brings it in again, unchanged as it is, has it sent.
  expect(await ledger.claim([request(1)], { leaseMs: 0 })).toMatchObject([{ outcome: 'retry' }]);
  expect(await ledger.due({ limit: 1, visibilityMs: 1 })).toHaveLength(1);
});

describe('a lock of another program', () => {
  test('is waited for without stopping the process, then named', async () => {
    await openLedger({ file });
    const other = new DatabaseSync(file);
    other.exec('BEGIN IMMEDIATE');
    const database = new SqliteDatabase({ file, patienceMs: 500 });
    let ticks = 0;
    const timer = setInterval(() => (ticks += 1), 10);
    await expect(database.transaction('IMMEDIATE', async () => 1)).rejects.toMatchObject({
      code: 'LEDGER_LOCKED',
      class: 'transient',
    });
    clearInterval(timer);
    expect(ticks).toBeGreaterThan(0);
    const waiting = new SqliteDatabase({ file, patienceMs: 10_000 });
    const answer = waiting.transaction('IMMEDIATE', async () => 'free');
    setTimeout(() => other.exec('COMMIT'), 200);
    expect(await answer).toBe('free');
    await Promise.all([database.close(), waiting.close()]);
    other.close();
  });

  test('a failed transaction leaves nothing behind and blocks nobody', async () => {
    const ledger = await openLedger({ file });
    const broken = { ...request(2), payload: { toJSON: () => 1n } };
    await expect(ledger.claim([request(1), broken], { leaseMs: 1 })).rejects.toThrow();
    expect((await ledger.statistics()).flows).toEqual([]);
    expect(await ledger.claim([request(1)], { leaseMs: 1 })).toMatchObject([{ outcome: 'new' }]);
  });
});

describe('several processes', () => {
  const open = JSON.stringify(resolve(__dirname, '../open.ts'));

  function start(script: string): ChildProcess {
    const code = `const { createLedger } = require(${open}); (async () => { ${script} })();`;
    const child = spawn(process.execPath, ['--import', 'tsx', '-e', code], {
      cwd: resolve(__dirname, '../../..'),
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    children.push(child);
    return child;
  }

  /** What a child says next; rejects when it ends without a word. */
  async function line(child: ChildProcess): Promise<string> {
    if (!child.stdout) throw new Error('no output');
    const ended = once(child, 'exit').then(() => {
      throw new Error('The process ended');
    });
    const [chunk] = (await Promise.race([once(child.stdout, 'data'), ended])) as [Buffer];
    return String(chunk);
  }

  const children: ChildProcess[] = [];

  afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
  });

  test('claim each record exactly once, all at the same time', async () => {
    const script = `
      const ledger = await createLedger({ file: ${JSON.stringify(file)} });
      console.log('ready');
      for await (const round of require('node:readline').createInterface(process.stdin)) {
        const requests = Array.from({ length: 20 }, (_, i) => ({
          flow: 'f', key: 'k' + round + '-' + i, hash: 'a', payload: {} }));
        if (process.pid % 2) requests.reverse();
        const outcomes = await ledger.claim(requests, { leaseMs: 600000 });
        console.log(JSON.stringify(outcomes.filter(({ token }) => token).map(({ key }) => key)));
      }
      await ledger.close();`;
    const four = Array.from({ length: 4 }, () => start(script));
    await Promise.all(four.map(line));
    const winners = new Set<ChildProcess>();
    for (let round = 0; round < 40; round += 1) {
      // Each is the first to be told in its turn: on a slow machine that one wins, and all four are to.
      const told = four.map((_, i) => four[(round + i) % 4] as ChildProcess);
      const answers = told.map(async (child) => {
        const keys = JSON.parse(await line(child)) as string[];
        if (keys.length > 0) winners.add(child);
        return keys;
      });
      for (const { stdin } of told) stdin?.write(`${round}\n`);
      const won = (await Promise.all(answers)).flat();
      expect(won).toHaveLength(20);
      expect(new Set(won).size).toBe(20);
    }
    expect(winners.size).toBeGreaterThan(1);
    // They live until all have answered: a lease of one that is gone would be free for the others.
    for (const child of four) child.stdin?.end();
    await Promise.all(four.map(async (child) => once(child, 'exit')));
  });

  test('the work of a killed one is free at once', async () => {
    const child = start(`
      const ledger = await createLedger({ file: ${JSON.stringify(file)} });
      await ledger.claim([{ flow: 'f', key: 'k1', hash: 'a', payload: { id: 1 } }], { leaseMs: 600000 });
      console.log('claimed');
      setInterval(() => {}, 1000);`);
    await line(child);
    const ledger = await createLedger({ file });
    const lease = { leaseMs: 1_000 };
    expect(await ledger.claim([request(1)], lease)).toMatchObject([{ outcome: 'busy' }]);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(await ledger.due({ limit: 1, visibilityMs: 1, peek: true })).toHaveLength(1);
    expect(await ledger.claim([request(1)], lease)).toMatchObject([{ outcome: 'reclaimed' }]);
    await ledger.close();
  });
});
