import { closeSync, mkdirSync, openSync, statSync } from 'node:fs';
import type * as Sqlite from 'node:sqlite';
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

import { ServiceError } from '../../errors';
import { MIGRATIONS } from './migrations';
import { isBusy, sqliteProblem } from './problems';

export interface SqliteOptions {
  file: string;
  /** How long to wait for other processes' transactions before giving up. */
  patienceMs?: number;
}

/** Waiting inside SQLite stops the whole process, so only for the length of a usual transaction. */
const BUSY_TIMEOUT_MS = 100;
const DEFAULT_PATIENCE_MS = 20_000;

/**
 * `synchronous = FULL`: a trigger moves its cursor past a record as soon as the record was claimed. With NORMAL a power
 * cut could take back that claim but not the cursor, and the record would be lost. The price is one fsync per
 * transaction, and a transaction carries all items of a run.
 */
const SETTINGS = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA foreign_keys = ON;
`;

/** Loaded on first use: an older Node.js has no SQLite, and whoever needs no ledger does not pay for it. */
function sqliteModule(): typeof Sqlite {
  const module = process.getBuiltinModule?.('node:sqlite');
  if (module) return module;
  throw new ServiceError(`Node.js ${process.versions.node} has no built-in SQLite`, {
    class: 'validation',
    code: 'LEDGER_NODE_VERSION',
    fix: 'Run n8n on Node.js 24, or at least 22.13: the Sync Ledger keeps its records with node:sqlite.',
  });
}

function createFile(file: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  closeSync(openSync(file, 'a', 0o600));
}

function migrate(database: Sqlite.DatabaseSync): void {
  database.exec('BEGIN IMMEDIATE');
  const row = database.prepare('PRAGMA user_version').get() as { user_version: number };
  if (row.user_version > MIGRATIONS.length) {
    database.exec('ROLLBACK');
    throw new ServiceError('The ledger was written by a newer version of this package', {
      class: 'validation',
      code: 'LEDGER_NEWER',
      fix: 'Update n8n-nodes-dynamics-commerce on this n8n to the version that its other processes have.',
    });
  }
  for (const step of MIGRATIONS.slice(row.user_version)) database.exec(step);
  database.exec(`PRAGMA user_version = ${MIGRATIONS.length}`);
  database.exec('COMMIT');
}

/** What distinguishes a file from another that later stands in its place. */
export function fileId(file: string): number | undefined {
  return statSync(file, { throwIfNoEntry: false })?.ino;
}

/** What is written to a file that was deleted is lost without a word. */
function movedAway(file: string): ServiceError {
  return new ServiceError(`The ledger file ${file} was moved, replaced or deleted while in use`, {
    class: 'transient',
    code: 'LEDGER_MOVED',
    fix: 'Run again: the ledger is opened anew. Stop n8n before you move its files.',
  });
}

/** One connection to one file. Transactions of this process queue up; those of others are waited for. */
export class SqliteDatabase {
  private readonly file: string;
  private readonly patienceMs: number;
  private connection?: Sqlite.DatabaseSync;
  private openedFile?: number;
  private readonly statements = new Map<string, Sqlite.StatementSync>();
  private last: Promise<unknown> = Promise.resolve();

  constructor({ file, patienceMs = DEFAULT_PATIENCE_MS }: SqliteOptions) {
    this.file = file;
    this.patienceMs = patienceMs;
  }

  /** A prepared statement of the open connection; only inside a transaction. */
  prepare(sql: string): Sqlite.StatementSync {
    const known = this.statements.get(sql);
    if (known) return known;
    if (!this.connection) throw new Error('The ledger is not open');
    const statement = this.connection.prepare(sql);
    this.statements.set(sql, statement);
    return statement;
  }

  /** `work` may await microtasks only: everyone else waits for it. */
  async transaction<T>(kind: 'IMMEDIATE' | 'DEFERRED', work: () => Promise<T>): Promise<T> {
    const run = this.last.then(async () => this.run(kind, work));
    this.last = run.catch(() => undefined);
    return await run;
  }

  async close(): Promise<void> {
    await this.last;
    this.disconnect();
  }

  private async run<T>(kind: string, work: () => Promise<T>): Promise<T> {
    const connection = await this.whenFree(() => {
      const open = this.connect();
      open.exec(`BEGIN ${kind}`);
      return open;
    });
    try {
      const result = await work();
      connection.exec('COMMIT');
      return result;
    } catch (error) {
      if (connection.isTransaction) connection.exec('ROLLBACK');
      throw sqliteProblem(error, this.file);
    }
  }

  /** Waits without stopping the process. Nothing has been written before the first success. */
  private async whenFree<T>(attempt: () => T): Promise<T> {
    const end = Date.now() + this.patienceMs;
    for (;;) {
      try {
        return attempt();
      } catch (error) {
        if (!isBusy(error) || Date.now() >= end) throw sqliteProblem(error, this.file);
      }
      await wait(5 + Math.random() * 45);
    }
  }

  private connect(): Sqlite.DatabaseSync {
    if (this.connection) {
      if (fileId(this.file) === this.openedFile) return this.connection;
      throw movedAway(this.file);
    }
    const { DatabaseSync } = sqliteModule();
    createFile(this.file);
    const connection = new DatabaseSync(this.file, { timeout: BUSY_TIMEOUT_MS });
    try {
      connection.exec(SETTINGS);
      migrate(connection);
    } catch (error) {
      connection.close();
      throw error;
    }
    this.openedFile = fileId(this.file);
    this.connection = connection;
    return connection;
  }

  private disconnect(): void {
    this.statements.clear();
    this.connection?.close();
    this.connection = undefined;
  }
}
