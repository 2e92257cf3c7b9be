/** SQL about what was sent to rows of other systems. Lists come in as one JSON parameter, as in `sql.ts`. */

/** The rows of the targets in the list; `CROSS JOIN` keeps SQLite from scanning the table to look into the list. */
const LISTED = `
  json_each(?) j CROSS JOIN sent s ON s.system = j.value ->> 0 AND s.target_table = j.value ->> 1
    AND s.target_id = j.value ->> 2`;

const MARK = 's.system, s.target_table, s.target_id, s.attempt, s.digest';
export const SENT = `SELECT ${MARK}, s.body FROM ${LISTED} ORDER BY j.key, s.attempt`;
export const SENT_MARKS = `SELECT ${MARK} FROM ${LISTED} ORDER BY j.key, s.attempt`;

export const SAVE_SENT = `
  INSERT INTO sent (system, target_table, target_id, attempt, digest, body, touched_at)
  VALUES (?, ?, ?, ?, ?, ?, ?)`;
export const DROP_SENT = `
  DELETE FROM sent WHERE system = ? AND target_table = ? AND target_id = ? AND attempt = ?`;
export const TOUCH_SENT = `
  UPDATE sent SET touched_at = ? WHERE rowid IN (SELECT s.rowid FROM ${LISTED})`;
export const FORGET_SENT = `
  DELETE FROM sent WHERE attempt >= ? AND rowid IN (SELECT s.rowid FROM ${LISTED})`;

const NEWER = (of: string, newer: string): string =>
  `SELECT 1 FROM sent ${newer} WHERE ${newer}.system = ${of}.system
    AND ${newer}.target_table = ${of}.target_table AND ${newer}.target_id = ${of}.target_id`;

export const DROP_ALL_BUT_NEWEST = `
  DELETE FROM sent WHERE rowid IN (
    SELECT s.rowid FROM ${LISTED}
    WHERE EXISTS (${NEWER('s', 'n')} AND n.attempt > s.attempt)
  )`;
export const CONFIRM_SENT = `
  UPDATE sent SET attempt = 0, touched_at = ?
  WHERE attempt > 0 AND rowid IN (SELECT s.rowid FROM ${LISTED})`;

/** Of each target in the list the attempt that has the digest in its fourth place, in hex. */
const LISTED_SENT = `
  json_each(?) j CROSS JOIN sent m ON m.system = j.value ->> 0 AND m.target_table = j.value ->> 1
    AND m.target_id = j.value ->> 2 AND hex(m.digest) = j.value ->> 3`;
export const DROP_OLDER = `
  DELETE FROM sent WHERE rowid IN (
    SELECT s.rowid FROM ${LISTED_SENT} CROSS JOIN sent s ON s.system = m.system
      AND s.target_table = m.target_table AND s.target_id = m.target_id
    WHERE s.attempt < m.attempt
  )`;
export const CONFIRM_DIGEST = `
  UPDATE sent SET attempt = 0, touched_at = ?
  WHERE attempt > 0 AND rowid IN (SELECT m.rowid FROM ${LISTED_SENT})`;

/** A fact is of a record, whose identity is its id. A target is as old as what was last sent to it. */
export const PURGE_SENT = `
  DELETE FROM sent WHERE touched_at < ?
  AND NOT EXISTS (${NEWER('sent', 'n')} AND n.touched_at >= ?)
  AND NOT EXISTS (
    SELECT 1 FROM record r WHERE sent.system = 'record'
    AND r.flow = iif(json_valid(sent.target_id), sent.target_id ->> 0, NULL)
    AND r.key = iif(json_valid(sent.target_id), sent.target_id ->> 1, NULL)
  )`;
