import { IS_FINISHED } from './sql';

/** SQL that forgets what was finished long ago. A flow that says itself how long it keeps its records is left to it. */

/** Finished long ago: in one flow, or in all that do not say it themselves. */
const old = (ofFlow: boolean): string =>
  ofFlow
    ? `flow = :flow AND ${IS_FINISHED} AND updated_at < :before`
    : `${IS_FINISHED} AND updated_at < :before AND flow NOT IN (SELECT flow FROM retention)`;
const ofRecords = (table: string, condition: string): string => `
  DELETE FROM ${table} WHERE (flow, key) IN (SELECT flow, key FROM record WHERE ${condition})`;

/** In the order in which they are to be removed: the record is what the others are found by. */
export const purgeRecords = (ofFlow: boolean): string[] => [
  ofRecords('payload', old(ofFlow)),
  ofRecords('link', old(ofFlow)),
  `DELETE FROM record WHERE ${old(ofFlow)}`,
];

const ALL_DOCUMENTS = "(SELECT value FROM meta WHERE name = 'documents_purged_before')";
/** A flow was among all of them until it said itself how long it keeps its documents. */
const OWN_DOCUMENTS = '(SELECT documents_before FROM retention WHERE flow = :flow)';
/** A record that a test run gives back may be finished as of a time that was purged before. */
const GIVEN_BACK_WITHIN_MS = 7 * 24 * 60 * 60_000;
/** Of records that stay: only of those that were not yet old when this was done last, and some more. */
export const purgeDocuments = (ofFlow: boolean): string =>
  ofRecords(
    'payload',
    `${old(ofFlow)} AND updated_at >= -${GIVEN_BACK_WITHIN_MS}
      + coalesce(${ofFlow ? `${OWN_DOCUMENTS}, ` : ''}${ALL_DOCUMENTS}, 0)`,
  );

const note = (name: string): string => `
  INSERT INTO meta (name, value) VALUES ('${name}', ?)
  ON CONFLICT (name) DO UPDATE SET value = max(value, excluded.value)`;
export const NOTE_DOCUMENTS_PURGED = note('documents_purged_before');
export const NOTE_PURGE = note('purged_before');

/** The name by which all flows that say nothing themselves are noted. */
export const OTHER_FLOWS = '';
export const NOTE_RETENTION = `
  INSERT INTO retention (flow, kept_from, documents_before, noted_at)
  VALUES (:flow, :before, max(:documentsBefore, coalesce(${ALL_DOCUMENTS}, 0)), :now)
  ON CONFLICT (flow) DO UPDATE SET kept_from = excluded.kept_from, noted_at = excluded.noted_at,
    documents_before = max(documents_before, :documentsBefore)`;
/**
 * From when on any flow keeps records, of those that were purged lately. Nothing where the one that asks never said it
 * before: others may not have said it yet either.
 */
export const KEPT_FROM = `
  SELECT min(iif(flow = :flow, :before, kept_from)) AS at FROM retention
  WHERE noted_at >= :since HAVING max(flow = :flow)`;
