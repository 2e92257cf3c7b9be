import type { Call } from '../operations/call';
import type { JsonObject } from '../options';
import { isSearched, quickFindColumns } from '../schema/search';
import { isEnabled } from './gate';

/** What there is to search. Source: Dataverse docs, search/statistics-status. */

const BYTES_IN_MEGABYTE = 1024 * 1024;

export function searchStatistics({ engine }: Call): JsonObject {
  const stores = engine.model.tables
    .filter(isSearched)
    .map(({ name }) => engine.database.store(name));
  const documents = stores.flatMap(({ rows }) => [...rows.values()]);
  const bytes = documents.reduce((sum, row) => sum + JSON.stringify(row).length, 0);
  return {
    value: {
      storagesizeinbytes: bytes,
      storagesizeinmb: Math.floor(bytes / BYTES_IN_MEGABYTE),
      documentcount: documents.length,
    },
  };
}

export function searchStatus(call: Call): JsonObject {
  const { engine } = call;
  if (!isEnabled(engine)) {
    return { value: { status: 'notprovisioned', lockboxstatus: 'Unknown', cmkstatus: 'Unknown' } };
  }
  const now = engine.now().toISOString();
  const tables = engine.model.tables.filter(isSearched).map((table) => ({
    entitylogicalname: table.name,
    objecttypecode: String(table.schema.objectTypeCode),
    primarynamefield: table.schema.primaryName,
    lastdatasynctimestamp: `${engine.database.version}!${now}`,
    lastprincipalobjectaccesssynctimestamp: `0!${now}`,
    entitystatus: 'EntitySyncComplete',
    searchableindexedfieldinfomap: Object.fromEntries(
      quickFindColumns(table).map((name, index) => [name, { indexfieldname: `a_${index}` }]),
    ),
  }));
  return {
    value: {
      entitystatusresults: tables,
      status: 'provisioned',
      lockboxstatus: 'Disabled',
      cmkstatus: 'Disabled',
    },
  };
}
