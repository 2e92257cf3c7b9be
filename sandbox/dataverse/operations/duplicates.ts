import { errors } from '../errors';
import type { Table } from '../schema/model';
import { comparable, type Row } from '../store/row';
import type { Call } from './call';

/** The published rules that a new environment has: rows count as the same when this column is. */
const RULES: Readonly<Record<string, string>> = { account: 'name', contact: 'emailaddress1' };

/** Documented: detection is off unless the request says `MSCRM.SuppressDuplicateDetection: false`. */
const isOn = ({ request }: Call): boolean =>
  request.headers['mscrm.suppressduplicatedetection']?.trim().toLowerCase() === 'false';

/**
 * Runs a write that answers the id of its row, and undoes it when the row is a duplicate by a rule and the
 * request asked for detection. Source: Dataverse docs, webapi/manage-duplicate-detection-create-update.
 */
export function withoutDuplicates(call: Call, table: Table, write: () => string): string {
  const column = RULES[table.name];
  if (column === undefined || !isOn(call)) return write();
  const { database } = call.engine;
  return database.atomic(() => {
    const id = write();
    const { rows } = database.store(table.name);
    const wanted = comparable(database.get(table.name, id)?.[column]);
    const isSame = (row: Row): boolean =>
      row[table.primaryId] !== id && comparable(row[column]) === wanted;
    if (wanted !== null && [...rows.values()].some(isSame)) throw errors.duplicateRecord();
    return id;
  });
}
