import { errors } from '../errors';
import { decodeQuery } from '../../odata/syntax/query-options';
import type { Table } from '../schema/model';
import { isGuid } from '../store/row';
import type { Call } from './call';

/** Queries in FetchXML, which stand beside the options of OData, without a dollar sign. */

/** Tables that keep queries, by the parameter that names one of their rows. */
const KEPT: Readonly<Record<string, string>> = {
  savedquery: 'savedquery',
  userquery: 'userquery',
};

/** The FetchXML that a request asks by: its own, or that of a query which is kept. */
export function fetchXmlOf(call: Call, table: Table): string | undefined {
  for (const [name, value] of call.options.raw) {
    if (name === 'fetchXml') return decodeQuery(value);
    const kept = KEPT[name.toLowerCase()];
    if (kept !== undefined) return keptQuery(call, table, kept, decodeQuery(value));
  }
  return undefined;
}

function keptQuery({ engine }: Call, table: Table, kept: string, given: string): string {
  const id = given.toLowerCase();
  const row = isGuid(id) ? engine.database.get(kept, id) : undefined;
  if (!row) throw errors.notFound(kept, given);
  if (row.returnedtypecode !== table.name) {
    throw errors.invalidArgument(
      `The query '${String(row.name)}' is one of '${String(row.returnedtypecode)}' and not of '${table.name}'.`,
    );
  }
  return String(row.fetchxml);
}
