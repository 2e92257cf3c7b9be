/**
 * All SQL of the SQLite storage. Lists come in as one JSON parameter (`json_each`), so that a thousand records are
 * one statement.
 */

/** In the order in which `SAVE_RECORD` takes them. */
export const RECORD_COLUMNS = [
  'flow',
  'key',
  'state',
  'hash',
  'version',
  'attempts',
  'owner',
  'token',
  'due_at',
  'hidden_until',
  'waiting_hash',
  'waiting_version',
  'former',
  'error_class',
  'error_code',
  'error_message',
  'error_fix',
  'error_rule',
  'remark',
  'conflicts',
  'failed_at',
  'started_at',
  'number',
  'original',
  'created_at',
  'updated_at',
] as const;

const columns = (table: string): string =>
  RECORD_COLUMNS.map((column) => `${table}.${column}`).join(', ');
const UPDATED = RECORD_COLUMNS.filter((column) => !['flow', 'key', 'created_at'].includes(column));

/** `CROSS JOIN` keeps SQLite from scanning the table to look into the list. */
export const RECORDS = `
  SELECT ${columns('r')} FROM json_each(?) j
  CROSS JOIN record r ON r.flow = j.value ->> 0 AND r.key = j.value ->> 1`;
export const RECORDS_BY_KEY = `
  SELECT ${columns('r')} FROM json_each(?) j
  CROSS JOIN record r ON r.key = j.value ORDER BY j.key, r.flow`;
export const RECORDS_BY_TOKEN = `
  SELECT ${columns('r')} FROM json_each(?) j
  CROSS JOIN record r ON r.token = j.value`;
/**
 * What stands in the text and not in a parameter lets SQLite see that a partial index will do: here the state, and
 * whether only those with an error code are wanted, or only the others.
 */
export const stoppedRecords = (state: 'dead' | 'held', hasCode?: boolean): string => `
  SELECT ${columns('r')} FROM record r
  WHERE r.state = '${state}' AND (:flow IS NULL OR r.flow = :flow)
    ${hasCode === undefined ? '' : `AND r.error_code IS ${hasCode ? 'NOT NULL' : 'NULL'}`}
  ORDER BY r.updated_at DESC, r.flow, r.key LIMIT :limit`;

const HAS_NUMBER = 'r.label IN (SELECT value FROM json_each(:numbers))';
export const RECORDS_BY_NUMBER = `
  SELECT ${columns('r')} FROM record r WHERE ${HAS_NUMBER} ORDER BY r.key, r.flow`;
/** As the partial index says it. */
export const IS_FINISHED = "state IN ('done', 'skipped')";
/** What is known by a link alone was never here. */
export const finishedRecords = (byNumber: boolean): string => `
  SELECT ${columns('r')} FROM record r
  WHERE r.${IS_FINISHED} AND r.state IN (SELECT value FROM json_each(:states)) AND r.hash <> ''
    AND (:flow IS NULL OR r.flow = :flow) AND r.updated_at >= :from AND r.updated_at < :to
    ${byNumber ? `AND ${HAS_NUMBER}` : ''}
  ORDER BY r.updated_at, r.flow, r.key LIMIT :limit`;

/**
 * Settled records have no `due_at`. A lease ends at its time, or with its owner. What was written later than
 * `:future` comes from before the clock was turned back.
 */
const IS_DUE = `
  (hidden_until <= :now OR updated_at > :future) AND (
    due_at <= :now
    OR (due_at > :now AND state = 'in_flight' AND owner IN (SELECT value FROM json_each(:gone)))
    OR (due_at > :now AND updated_at > :future)
  )`;
export const DUE_RECORDS = `
  SELECT ${columns('r')} FROM record r
  WHERE due_at IS NOT NULL AND ${IS_DUE} AND (:flow IS NULL OR flow = :flow)
  ORDER BY due_at, flow, key LIMIT :limit`;
export const LEASE_OWNERS = `
  SELECT DISTINCT owner FROM record
  WHERE due_at > :now AND state = 'in_flight' AND owner IS NOT NULL`;

export const SAVE_RECORD = `
  INSERT INTO record (${RECORD_COLUMNS.join(', ')})
  VALUES (${RECORD_COLUMNS.map(() => '?').join(', ')})
  ON CONFLICT (flow, key) DO UPDATE SET
  ${UPDATED.map((column) => `${column} = excluded.${column}`).join(', ')}`;

export const REMOVE_RECORD = 'DELETE FROM record WHERE flow = ? AND key = ?';

const LISTED_PAYLOADS = `
  json_each(?) j CROSS JOIN payload p
  ON p.flow = j.value ->> 0 AND p.key = j.value ->> 1 AND p.hash = j.value ->> 2`;
export const PAYLOADS = `SELECT p.flow, p.key, p.hash, p.body FROM ${LISTED_PAYLOADS}`;
/** Without the documents themselves. */
export const KEPT_PAYLOADS = `SELECT p.flow, p.key FROM ${LISTED_PAYLOADS}`;
export const KEEP_PAYLOAD = `
  INSERT INTO payload (flow, key, hash, body) VALUES (?, ?, ?, ?)
  ON CONFLICT (flow, key, hash) DO NOTHING`;
export const DROP_PAYLOADS = `
  DELETE FROM payload
  WHERE flow = ? AND key = ? AND hash NOT IN (SELECT value FROM json_each(?))`;

const LINK_COLUMNS = 'l.flow, l.key, l.system, l.target_table, l.target_id, l.target_hash';
export const LINKS = `
  SELECT ${LINK_COLUMNS} FROM json_each(?) j
  CROSS JOIN link l ON l.flow = j.value ->> 0 AND l.key = j.value ->> 1
  ORDER BY j.key, l.linked_at, l.system, l.target_table`;
export const LINKS_BY_TARGET = `
  SELECT ${LINK_COLUMNS} FROM json_each(?) j
  CROSS JOIN link l ON l.system = j.value ->> 0 AND l.target_table = j.value ->> 1
    AND l.target_id = j.value ->> 2`;
export const SAVE_LINK = `
  INSERT INTO link (flow, key, system, target_table, target_id, target_hash, linked_at)
  VALUES (?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (flow, key, system, target_table) DO UPDATE SET
  target_hash = iif(
    target_id = excluded.target_id, coalesce(excluded.target_hash, target_hash), excluded.target_hash
  ),
  target_id = excluded.target_id, linked_at = excluded.linked_at`;

/** What was done by hand, or is known by a link alone, says nothing of the workflow that the others go by. */
const WENT_THROUGH = "flow = :flow AND state = 'done' AND started_at IS NOT NULL";
export const LAST_DONE = `SELECT max(updated_at) AS at FROM record WHERE ${WENT_THROUGH}`;

/** What is done was done after it was handed out: so the index of what is done leaves little to look at. */
export const GOT_THROUGH = `
  SELECT 1 FROM record
  WHERE ${WENT_THROUGH} AND updated_at >= :from AND started_at BETWEEN :from AND :to
  LIMIT 1`;
/**
 * Those that wait, or are on their way once more; and what was given up for want of others to compare with. The index
 * is named here and below because SQLite would go through the flow instead, which has every record that ever was.
 */
export const COUNT_STOPPED = `
  SELECT count(*) AS records FROM record INDEXED BY record_rule
  WHERE flow = :flow AND error_rule = :rule
    AND (state IN ('pending', 'in_flight', 'retry') OR (state = 'dead' AND updated_at > :since))
    AND key NOT IN (SELECT value FROM json_each(:except))`;
/** Where `max` stands alone, SQLite takes the other columns from its row (sqlite.org/lang_select.html, 2.5). */
export const ROW_STOPS = `
  SELECT ${columns('r')}, max(r.failed_at), count(*) AS records FROM record r
  WHERE r.error_rule IS NOT NULL AND r.failed_at IS NOT NULL
    AND r.state IN ('in_flight', 'retry') AND (:flow IS NULL OR r.flow = :flow)
  GROUP BY r.flow, r.error_rule`;
export const RELEASE = `
  UPDATE record INDEXED BY record_rule SET due_at = :now, hidden_until = 0
  WHERE flow = :flow AND error_rule IS NOT NULL AND state = 'retry' AND due_at > :now
    AND failed_at <= :startedAt`;

export const WATERMARK = 'SELECT value FROM watermark WHERE flow = :flow';
export const SAVE_WATERMARK = `
  INSERT INTO watermark (flow, value, updated_at) VALUES (?, ?, ?)
  ON CONFLICT (flow) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at`;

export const FLOW_NAMES = `
  SELECT f.flow, f.name FROM json_each(?) j CROSS JOIN flow f ON f.flow = j.value`;
/** What stays the same is not written again: every claim says it. */
export const SAVE_FLOW_NAME = `
  INSERT INTO flow (flow, name) VALUES (?, ?)
  ON CONFLICT (flow) DO UPDATE SET name = excluded.name WHERE name <> excluded.name`;

export const STORES = 'SELECT platform, store, address FROM store ORDER BY platform, store';
export const SAVE_STORE = `
  INSERT INTO store (platform, store, address, noted_at) VALUES (?, ?, ?, ?)
  ON CONFLICT (platform, store) DO UPDATE SET address = excluded.address, noted_at = excluded.noted_at`;

/** What a test run has left is not sent when its lease has ended. */
const IS_SENT = "(former IS NULL OR former ->> 'isPublished')";
export const COUNTS = `
  SELECT flow, state, error_class, count(*) AS records,
    sum(state = 'held' AND error_code IS NOT NULL) AS held_for_person,
    max(CASE WHEN state = 'done' THEN updated_at END) AS last_done_at,
    sum(due_at <= :now AND ${IS_SENT}) AS due,
    sum(state = 'retry' AND error_rule IS NOT NULL) AS held_by_mapping,
    min(CASE WHEN due_at <= :now AND ${IS_SENT} THEN due_at END) AS oldest_due_at
  FROM record WHERE :flow IS NULL OR flow = :flow
  GROUP BY flow, state, error_class ORDER BY flow`;

/** Leaps from flow to flow, however many records each has. */
export const FLOWS = `
  WITH RECURSIVE next (flow) AS (
    SELECT min(flow) FROM record
    UNION ALL
    SELECT (SELECT min(r.flow) FROM record r WHERE r.flow > next.flow) FROM next
    WHERE next.flow IS NOT NULL
  )
  SELECT flow FROM next WHERE flow IS NOT NULL`;
export const OPEN_COUNTS = `
  SELECT flow, state, count(*) AS records FROM record WHERE state NOT IN ('done', 'skipped') GROUP BY flow, state`;
export const COUNT = 'SELECT count(*) AS records FROM record';

export const SALT = "SELECT value FROM meta WHERE name = 'salt'";

export const PURGED_BEFORE = "SELECT value FROM meta WHERE name = 'purged_before'";
