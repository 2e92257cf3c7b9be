import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import type { Column, Metadata, Relationship } from '../../../../core/dynamics/tables';
import type { TableService } from '../service';
import { currentTable } from './table';

const KINDS: Record<Relationship['kind'], string> = {
  lookup: 'N:1',
  collection: '1:N',
  manyToMany: 'N:N',
};

/** As people know both ends: "Primary Contact → Contact (N:1, primarycontactid)". */
function relationshipName(
  { kind, navigationProperty }: Relationship,
  { table, column }: { table: string; column?: string },
): string {
  const start = kind === 'lookup' && column !== undefined ? `${column} → ` : '';
  return `${start}${table} (${KINDS[kind]}, ${navigationProperty})`;
}

export function loadOptions(service: TableService) {
  /** The table that the panel is set to, as the environment knows it. */
  async function chosen(
    context: ILoadOptionsFunctions,
  ): Promise<{ metadata: Metadata; name: string } | undefined> {
    const { metadata } = await service.openForEditor(context);
    const table = await currentTable(context, service, metadata);
    return table && { metadata, name: table.logicalName };
  }

  async function columnsOf(
    context: ILoadOptionsFunctions,
    isListed: (column: Column) => boolean,
    valueOf = ({ name }: Column): string => name,
  ): Promise<INodePropertyOptions[]> {
    const table = await chosen(context);
    if (!table) return [];
    return (await table.metadata.columns(table.name))
      .filter(isListed)
      .map((column) => ({
        name: `${column.displayName} (${column.name})`,
        value: valueOf(column),
      }))
      .sort((one, other) => one.name.localeCompare(other.name));
  }

  /** Alternate keys of the chosen table; the value is the names of their columns. */
  async function getAlternateKeys(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
    const table = await chosen(this);
    const keys = table ? await table.metadata.keys(table.name) : [];
    return keys.map(({ displayName, columns, active }) => ({
      name: `${displayName} (${columns.join(', ')})${active ? '' : ' – not active yet'}`,
      value: columns.join(','),
    }));
  }

  /** Columns of the chosen table that a condition can compare. */
  async function getReadableColumns(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
    const nameOf = (column: Column): string => service.filters.nameOf(column);
    return await columnsOf(this, ({ readable }) => readable, nameOf);
  }

  /** Columns of the chosen table that can be written, by their logical names. */
  async function getWritableColumns(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
    return await columnsOf(this, ({ updatable }) => updatable);
  }

  /** Columns of the chosen table that take a file, by their logical names. */
  async function getFileColumns(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
    return await columnsOf(this, (column) => service.files?.isFile(column) ?? false);
  }

  /** Ways from a row of the chosen table to others; the value is the name of the navigation property. */
  async function getRelationships(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
    const chosenTable = await chosen(this);
    if (!chosenTable) return [];
    const { metadata, name } = chosenTable;
    const [relationships, columns, tables] = await Promise.all([
      metadata.relationships(name),
      metadata.columns(name),
      metadata.tables(),
    ]);
    const tableNames = new Map(tables.map((one) => [one.logicalName, one.displayName]));
    const columnNames = new Map(columns.map((one) => [one.name, one.displayName]));
    return relationships
      .map((way) => ({
        name: relationshipName(way, {
          table: tableNames.get(way.table) ?? way.table,
          column: columnNames.get(way.lookupColumn ?? '') ?? way.lookupColumn,
        }),
        value: way.navigationProperty,
      }))
      .sort((a, b) => a.name.localeCompare(b.name));
  }

  /** Each readable column twice, to sort by it either way. */
  async function getSortColumns(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
    const columns = await getReadableColumns.call(this);
    return columns.flatMap(({ name, value }) => [
      { name: `${name}, Ascending`, value: String(value) },
      { name: `${name}, Descending`, value: `${String(value)} desc` },
    ]);
  }

  return {
    getRelationships,
    getFileColumns,
    getSortColumns,
    getAlternateKeys,
    getReadableColumns,
    getWritableColumns,
  };
}
