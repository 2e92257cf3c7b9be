import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import type { Table } from '../../../../core/dynamics/tables';
import type { Tables, TableService } from '../service';
import { currentTable } from './table';

const ROWS_SHOWN = 50;

function holds(text: string, filter: string): boolean {
  return text.toLowerCase().includes(filter.toLowerCase());
}

export function listSearch(service: TableService) {
  /** Tables by their display or logical name. */
  async function searchTables(
    this: ILoadOptionsFunctions,
    filter = '',
  ): Promise<INodeListSearchResult> {
    const { metadata } = await service.openForEditor(this);
    const tables = await metadata.tables();
    const results = tables
      .filter(({ displayName, logicalName }) => holds(`${displayName} ${logicalName}`, filter))
      .map(({ displayName, logicalName }) => ({
        name: `${displayName} (${logicalName})`,
        value: logicalName,
      }))
      .sort((a, b) => a.name.localeCompare(b.name));
    return { results };
  }

  /** Rows of the chosen table by their name; none where no single value names a row. */
  async function searchRows(
    this: ILoadOptionsFunctions,
    filter = '',
  ): Promise<INodeListSearchResult> {
    const tables = await service.openForEditor(this);
    const table = await currentTable(this, service, tables.metadata);
    return await rowsOf(tables, table, filter);
  }

  /** The same of the table at the other end of the chosen relationship. */
  async function searchRelatedRows(
    this: ILoadOptionsFunctions,
    filter = '',
  ): Promise<INodeListSearchResult> {
    const tables = await service.openForEditor(this);
    const { metadata } = tables;
    const table = await currentTable(this, service, metadata);
    const name: unknown = this.getCurrentNodeParameter('relationship');
    if (!table) return { results: [] };
    const relationships = await metadata.relationships(table.logicalName);
    const way = relationships.find(({ navigationProperty }) => navigationProperty === name);
    return await rowsOf(tables, way && (await metadata.table(way.table)), filter);
  }

  async function rowsOf(
    { client }: Tables,
    table: Table | undefined,
    filter: string,
  ): Promise<INodeListSearchResult> {
    if (!table?.primaryId) return { results: [] };
    const { entitySetName, primaryId, primaryName } = table;
    const rows = await client.list(
      entitySetName,
      {
        select: primaryName ? [primaryId, primaryName] : [primaryId],
        ...(primaryName && { orderBy: [primaryName] }),
        ...(primaryName && filter && { filter: service.filters.contains(primaryName, filter) }),
      },
      { limit: ROWS_SHOWN },
    );
    const results = rows.map((row) => {
      const id = String(row[primaryId]);
      const name = primaryName && row[primaryName];
      return { name: name ? String(name) : id, value: id };
    });
    return { results };
  }

  return { searchTables, searchRows, searchRelatedRows };
}
