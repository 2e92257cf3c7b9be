import { listIn } from '../../../odata/listIn';
import type { Row, SingleOperation } from '../../../odata/types';
import { getOperation } from '../operations';
import type { Dataverse } from '../types';
import type { SalesRows } from './rows';
import type { SalesDocument } from './salesDocument';

export function resultColumns({ key, number }: SalesDocument): string[] {
  return [key, 'name', number, 'totalamount', 'statecode'];
}

/** Columns to read for a comparison; undefined (all) where a binding does not tell its column's name. */
function columnsToRead(
  { lookups }: SalesDocument,
  rows: Row[],
  always: string[],
): string[] | undefined {
  const columns = new Set(always);
  for (const key of rows.flatMap(Object.keys)) {
    const [name = key, annotation] = key.split('@');
    if (annotation === undefined) columns.add(key);
    else if (key.endsWith('@odata.bind') && lookups[name]) columns.add(`_${lookups[name]}_value`);
    else return undefined;
  }
  return [...columns];
}

/** When the service changed a row last; read where the rule `newest` asks for it. */
const MODIFIED = 'modifiedon';

export interface ReadMore {
  /** Lines that were sent before: what a person has made of them has to be seen, too. */
  sentLines?: Row[];
  /** Also when the rows were changed last. */
  times?: boolean;
}

/** Reads a document with its lines, as far as the given rows have something to say on them. */
export function readOperation(
  kind: SalesDocument,
  id: string,
  { header, lines = [] }: SalesRows,
  { sentLines = [], times = false }: ReadMore = {},
): SingleOperation {
  const { set, lines: detail } = kind;
  const lineRows = [...lines.map(({ row }) => row), ...sentLines];
  const more = times ? [MODIFIED] : [];
  const select = columnsToRead(kind, lineRows, [detail.key, '_productid_value', ...more]);
  return getOperation(set, id, {
    select: columnsToRead(kind, [header], [...resultColumns(kind), ...more]),
    expand: [{ property: detail.property, select }],
  });
}

export function storedLines({ lines }: SalesDocument, stored: Row): Row[] {
  const rows = stored[lines.property];
  return Array.isArray(rows) ? (rows as Row[]) : [];
}

/** Id → statecode, of those that are there. */
export async function readStates(
  client: Dataverse,
  { set, key }: SalesDocument,
  ids: string[],
): Promise<Map<string, number>> {
  const [rows = []] = await listIn(client, [
    { set, column: key, values: ids, select: [key, 'statecode'] },
  ]);
  return new Map(rows.map((row) => [String(row[key]).toLowerCase(), Number(row['statecode'])]));
}

/** `Canceled` */
export const stateName = ({ states }: SalesDocument, state: number): string =>
  states[state] ?? `in state ${state}`;
