import { errors } from '../errors';
import { decodeQuery } from '../../odata/syntax/query-options';
import type { Table } from '../schema/model';
import type { Row } from '../store/row';
import type { Call } from './call';

/**
 * Partitions of elastic tables. Documented (use-elastic-tables): a row whose `partitionid` was given when it was made is
 * found by that value alone, which GET and DELETE have as a parameter; with POST and PATCH the parameter is ignored.
 */

const PARTITION = 'partitionid';

const partitionOf = ({ options }: Call): string | undefined => {
  const given = options.raw.find(([name]) => name.toLowerCase() === PARTITION)?.[1];
  return given === undefined
    ? undefined
    : decodeQuery(given)
        .replace(/^'(.*)'$/s, '$1')
        .replaceAll("''", "'");
};

const READS: ReadonlySet<string> = new Set(['GET', 'DELETE']);

/** Whether a request sees a row, as far as partitions say. */
const isSeen = (call: Call, row: Row): boolean =>
  (row[PARTITION] ?? undefined) === partitionOf(call);

export function requirePartition(call: Call, table: Table, row: Row): void {
  if (!table.schema.elastic || !READS.has(call.request.method) || isSeen(call, row)) return;
  throw errors.notFound(table.name, String(row[table.primaryId]));
}

/** The rows of the partition that a query names; undefined where it names none. */
export function rowsOfPartition(call: Call, table: Table): Row[] | undefined {
  if (!table.schema.elastic || partitionOf(call) === undefined) return undefined;
  const { rows } = call.engine.database.store(table.name);
  return [...rows.values()].filter((row) => isSeen(call, row));
}
