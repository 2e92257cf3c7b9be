import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import type { TableService } from '../service';
import { currentTable } from './table';

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

  return { getAlternateKeys, getReadableColumns, getWritableColumns };
}
