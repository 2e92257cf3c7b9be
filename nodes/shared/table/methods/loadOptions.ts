import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import type { Relationship } from '../../../../core/dynamics/tables';
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
  /** Alternate keys of the chosen table; the value is the names of their columns. */
  async function getAlternateKeys(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
    const { metadata } = await service.openForEditor(this);
    const table = await currentTable(this, service, metadata);
    if (!table) return [];
    const keys = await metadata.keys(table.logicalName);
    return keys.map(({ displayName, columns, active }) => ({
      name: `${displayName} (${columns.join(', ')})${active ? '' : ' – not active yet'}`,
      value: columns.join(','),
    }));
  }

  /** Columns of the chosen table that a condition can compare. */
  async function getReadableColumns(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
    const { metadata } = await service.openForEditor(this);
    const table = await currentTable(this, service, metadata);
    if (!table) return [];
    const columns = await metadata.columns(table.logicalName);
    return columns
      .filter(({ readable }) => readable)
      .map((column) => ({
        name: `${column.displayName} (${column.name})`,
        value: service.filters.nameOf(column),
      }))
      .sort((a, b) => a.name.localeCompare(b.name));
  }

  /** Columns of the chosen table that can be written, by their logical names. */
  async function getWritableColumns(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
    const { metadata } = await service.openForEditor(this);
    const table = await currentTable(this, service, metadata);
    if (!table) return [];
    const columns = await metadata.columns(table.logicalName);
    return columns
      .filter(({ updatable }) => updatable)
      .map(({ displayName, name }) => ({ name: `${displayName} (${name})`, value: name }))
      .sort((a, b) => a.name.localeCompare(b.name));
  }

  /** Ways from a row of the chosen table to others; the value is the name of the navigation property. */
  async function getRelationships(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
    const { metadata } = await service.openForEditor(this);
    const table = await currentTable(this, service, metadata);
    if (!table) return [];
    const [relationships, columns, tables] = await Promise.all([
      metadata.relationships(table.logicalName),
      metadata.columns(table.logicalName),
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

  /** Columns of the chosen table that take a file, by their logical names. */
  async function getFileColumns(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
    const { metadata } = await service.openForEditor(this);
    const table = await currentTable(this, service, metadata);
    const { files } = service;
    if (!table || !files) return [];
    const columns = await metadata.columns(table.logicalName);
    return columns
      .filter((column) => files.isFile(column))
      .map(({ displayName, name }) => ({ name: `${displayName} (${name})`, value: name }))
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
