import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { filterName } from '../../../core/dynamics/dataverse/rows/conditions';
import { currentTable, forEditor } from './table';

/** Alternate keys of the chosen table; the value is the names of their columns. */
export async function getAlternateKeys(
  this: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
  const { metadata } = await forEditor(this);
  const table = await currentTable(this, metadata);
  if (!table) return [];
  const keys = await metadata.keys(table.logicalName);
  return keys.map(({ displayName, columns, active }) => ({
    name: `${displayName} (${columns.join(', ')})${active ? '' : ' – not active yet'}`,
    value: columns.join(','),
  }));
}

/** Columns of the chosen table that a condition can compare. */
export async function getReadableColumns(
  this: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
  const { metadata } = await forEditor(this);
  const table = await currentTable(this, metadata);
  if (!table) return [];
  const columns = await metadata.columns(table.logicalName);
  return columns
    .filter(({ readable }) => readable)
    .map((column) => ({
      name: `${column.displayName} (${column.name})`,
      value: filterName(column),
    }))
    .sort((a, b) => a.name.localeCompare(b.name));
}
