import { memoize } from 'lodash';
import type { INodeProperties } from 'n8n-workflow';

import type { DataverseMetadata } from '../../../../core/dynamics/dataverse/types';
import type { StockPlace } from '../../../../core/dynamics/dataverse/stock/levels';
import { type NamedColumns, stockShape } from '../../../../core/dynamics/dataverse/stock/shape';
import { textIn } from '../../../../core/values';
import type { TableReader } from '../../../shared/table/reader';
import type { Options } from '../../options';

const ROLES: ReadonlyArray<readonly [name: keyof NamedColumns, displayName: string, what: string]> =
  [
    ['available', 'Available', 'What can still be promised'],
    ['onhand', 'On Hand', 'What lies there'],
    ['ordered', 'Ordered', 'What is on its way'],
    ['product', 'Product', 'Lookup to the product, or a text with its number'],
    ['reserved', 'Reserved', 'What is promised already'],
    ['warehouse', 'Warehouse', 'Lookup to the warehouse, or a text that names it'],
  ];

/** For a table of the user's own, whose columns have other names than such columns usually have. */
export const stockColumns: INodeProperties = {
  displayName: 'Columns of the Table',
  name: 'stockColumns',
  type: 'collection',
  placeholder: 'Add Column',
  default: {},
  description:
    'Logical names of the columns, where the table is your own and they are not found by their usual names',
  options: ROLES.map(([name, displayName, description]) => ({
    displayName,
    name,
    type: 'string',
    default: '',
    placeholder: `e.g. new_${name}`,
    description,
  })),
};

export const warehouses: INodeProperties = {
  displayName: 'Warehouses',
  name: 'warehouses',
  type: 'string',
  default: '',
  placeholder: 'e.g. Main Warehouse',
  description: 'Names or IDs of warehouses, with commas between. Leave empty for all.',
};

export interface StockOptions extends Options {
  stockColumns?: NamedColumns;
}

/** Text with commas between, or a list that an expression gives; undefined where there is none. */
export function listIn(given: unknown): string[] | undefined {
  const parts = Array.isArray(given) ? given : (textIn(given) ?? '').split(',');
  const names = parts.map((part) => (textIn(part) ?? '').trim()).filter((part) => part !== '');
  return names.length > 0 ? names : undefined;
}

/** Tells which table an item means, and where that keeps what a stock level says: looked for once for each table. */
export function stockPlaces(
  reader: TableReader,
  metadata: DataverseMetadata,
  { stockColumns: named = {} }: StockOptions,
): (index: number) => Promise<StockPlace> {
  const given = Object.fromEntries(Object.entries(named).filter(([, name]) => name?.trim()));
  const placeOf = memoize(async (name: string): Promise<StockPlace> => {
    const table = await metadata.table(name);
    return { table, shape: await stockShape(metadata, table, given) };
  });
  return async (index) => await placeOf((await reader.table(index)).logicalName);
}
