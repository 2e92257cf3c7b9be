/** SQL for what stands in a key behind so many colons. */
const behindColons = (count: number): string =>
  Array.from({ length: count }).reduce<string>(
    (text) => `substr(${text}, instr(${text}, ':') + 1)`,
    'key',
  );

/** Step n takes a database from `user_version` n to n + 1. Never change one that was released; add one. */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE meta (
    name TEXT PRIMARY KEY,
    value BLOB NOT NULL
  ) WITHOUT ROWID;
  INSERT INTO meta (name, value) VALUES ('salt', randomblob(16));

  CREATE TABLE record (
    flow TEXT NOT NULL,
    key TEXT NOT NULL,
    state TEXT NOT NULL
      CHECK (state IN ('pending', 'in_flight', 'retry', 'done', 'dead', 'skipped')),
    hash TEXT NOT NULL,
    version TEXT,
    attempts INTEGER NOT NULL,
    owner TEXT,
    token TEXT,
    due_at INTEGER,
    hidden_until INTEGER NOT NULL,
    waiting_hash TEXT,
    waiting_version TEXT,
    error_class TEXT,
    error_code TEXT,
    error_message TEXT,
    error_fix TEXT,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (flow, key)
  ) WITHOUT ROWID;
  CREATE INDEX record_key ON record (key);
  CREATE UNIQUE INDEX record_token ON record (token) WHERE token IS NOT NULL;
  CREATE INDEX record_due ON record (due_at) WHERE due_at IS NOT NULL;
  CREATE INDEX record_dead ON record (updated_at) WHERE state = 'dead';

  CREATE TABLE payload (
    flow TEXT NOT NULL,
    key TEXT NOT NULL,
    hash TEXT NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (flow, key, hash)
  );

  CREATE TABLE link (
    flow TEXT NOT NULL,
    key TEXT NOT NULL,
    system TEXT NOT NULL,
    target_table TEXT NOT NULL,
    target_id TEXT NOT NULL,
    target_hash TEXT,
    linked_at INTEGER NOT NULL,
    PRIMARY KEY (flow, key, system, target_table)
  ) WITHOUT ROWID;
  CREATE INDEX link_target ON link (system, target_table, target_id);

  CREATE TABLE watermark (
    flow TEXT PRIMARY KEY,
    value TEXT NOT NULL,
    updated_at INTEGER NOT NULL
  ) WITHOUT ROWID;
  `,
  `
  ALTER TABLE record ADD COLUMN failed_at INTEGER;
  CREATE INDEX record_done ON record (flow, updated_at) WHERE state = 'done';
  `,
  // SQLite changes no CHECK constraint: the table is made anew (sqlite.org/lang_altertable.html, 7), with its indexes.
  `
  CREATE TABLE record_with_held (
    flow TEXT NOT NULL,
    key TEXT NOT NULL,
    state TEXT NOT NULL
      CHECK (state IN ('pending', 'in_flight', 'retry', 'held', 'done', 'dead', 'skipped')),
    hash TEXT NOT NULL,
    version TEXT,
    attempts INTEGER NOT NULL,
    owner TEXT,
    token TEXT,
    due_at INTEGER,
    hidden_until INTEGER NOT NULL,
    waiting_hash TEXT,
    waiting_version TEXT,
    error_class TEXT,
    error_code TEXT,
    error_message TEXT,
    error_fix TEXT,
    remark TEXT,
    conflicts TEXT CHECK (conflicts IN ('source', 'target')),
    failed_at INTEGER,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (flow, key)
  ) WITHOUT ROWID;
  INSERT INTO record_with_held (
    flow, key, state, hash, version, attempts, owner, token, due_at, hidden_until, waiting_hash, waiting_version,
    error_class, error_code, error_message, error_fix, failed_at, created_at, updated_at
  ) SELECT
    flow, key, state, hash, version, attempts, owner, token, due_at, hidden_until, waiting_hash, waiting_version,
    error_class, error_code, error_message, error_fix, failed_at, created_at, updated_at
  FROM record;
  DROP TABLE record;
  ALTER TABLE record_with_held RENAME TO record;
  CREATE INDEX record_key ON record (key);
  CREATE UNIQUE INDEX record_token ON record (token) WHERE token IS NOT NULL;
  CREATE INDEX record_due ON record (due_at) WHERE due_at IS NOT NULL;
  CREATE INDEX record_dead ON record (updated_at) WHERE state = 'dead';
  CREATE INDEX record_held ON record (updated_at) WHERE state = 'held';
  CREATE INDEX record_done ON record (flow, updated_at) WHERE state = 'done';

  CREATE TABLE sent (
    system TEXT NOT NULL,
    target_table TEXT NOT NULL,
    target_id TEXT NOT NULL,
    attempt INTEGER NOT NULL,
    digest BLOB NOT NULL,
    body BLOB NOT NULL,
    touched_at INTEGER NOT NULL,
    PRIMARY KEY (system, target_table, target_id, attempt)
  );
  CREATE INDEX sent_touched ON sent (touched_at);
  `,
  `
  ALTER TABLE record ADD COLUMN number TEXT;
  CREATE TABLE flow (
    flow TEXT PRIMARY KEY,
    name TEXT NOT NULL
  ) WITHOUT ROWID;
  `,
  'ALTER TABLE record ADD COLUMN original TEXT;',
  // Whole, and not only of those that have a number: the search goes through the others by it.
  'CREATE INDEX record_number ON record (number);',
  `
  ALTER TABLE record ADD COLUMN started_at INTEGER;
  ALTER TABLE record ADD COLUMN error_rule TEXT;
  CREATE INDEX record_rule ON record (flow, error_rule) WHERE error_rule IS NOT NULL;
  `,
  `
  CREATE TABLE store (
    platform TEXT NOT NULL,
    store TEXT NOT NULL,
    address TEXT NOT NULL,
    noted_at INTEGER NOT NULL,
    PRIMARY KEY (platform, store)
  ) WITHOUT ROWID;
  `,
  'ALTER TABLE record ADD COLUMN former TEXT;',
  // `label` is what `numberOf` says of a record; made from the others, so that no row is written anew.
  `
  ALTER TABLE record ADD COLUMN label TEXT GENERATED ALWAYS AS (
    coalesce(number, iif(key GLOB '*:*:*:?*', ${behindColons(3)}, key))
  ) VIRTUAL;
  DROP INDEX record_number;
  CREATE INDEX record_label ON record (label);
  DROP INDEX record_done;
  CREATE INDEX record_through ON record (flow, updated_at)
    WHERE state = 'done' AND started_at IS NOT NULL;
  CREATE INDEX record_finished ON record (updated_at, state) WHERE state IN ('done', 'skipped');
  CREATE INDEX record_open ON record (flow, state) WHERE state NOT IN ('done', 'skipped');
  CREATE INDEX record_asked ON record (updated_at) WHERE state = 'held' AND error_code IS NOT NULL;
  `,
  // How long each flow keeps its records, as it was said when they were purged last.
  `
  CREATE TABLE retention (
    flow TEXT PRIMARY KEY,
    kept_from INTEGER NOT NULL,
    documents_before INTEGER NOT NULL,
    noted_at INTEGER NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX record_old ON record (flow, updated_at, state) WHERE state IN ('done', 'skipped');
  `,
];
