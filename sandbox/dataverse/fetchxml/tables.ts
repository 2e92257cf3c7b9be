import type { Engine } from '../engine';
import { DataverseError } from '../errors';
import type { Table } from '../schema/model';
import type { ColumnSchema, ColumnType } from '../schema/types';
import type { Fetch, Source } from './fetch';

/** The tables of a query by alias; the empty alias is that of the query itself. */
export type Tables = ReadonlyMap<string, Table>;

export function tablesOf(engine: Engine, { entity }: Fetch): Tables {
  const tables = new Map<string, Table>();
  const add = (source: Source): void => {
    const table = engine.model.table(source.table);
    if (!table) throw unknownTable(source.table);
    tables.set(source.alias, table);
    source.links.forEach(add);
  };
  add(entity);
  return tables;
}

const unknownTable = (name: string): Error =>
  new DataverseError(
    400,
    '0x80041102',
    `The entity with a name = '${name}' with namemapping = 'Logical' was not found in the MetadataCache.`,
  );

/** Columns beside which there is a virtual one with the text of their value. Source: entity reference, `AttributeOf`. */
const NAMED: ReadonlySet<ColumnType> = new Set([
  'boolean',
  'lookup',
  'multiselect',
  'picklist',
  'state',
  'status',
]);

/** What an attribute of a query asks for: the value of a column, or its text (`asyncautodeletename`). */
export interface Asked {
  column: ColumnSchema;
  asText: boolean;
}

export function askedFor(table: Table, name: string): Asked {
  const owner = table.columns.has(name) ? undefined : /^(.+)name$/.exec(name)?.[1];
  const column = owner === undefined ? undefined : table.columns.get(owner);
  return column && NAMED.has(column.type)
    ? { column, asText: true }
    : { column: columnOf(table, name), asText: false };
}

/** A column by its logical name; the names of OData (`_customerid_value`) are not known here. */
export function columnOf(table: Table, name: string): ColumnSchema {
  const column = table.columns.get(name);
  if (column) return column;
  throw new DataverseError(
    400,
    '0x80041103',
    `'${table.schema.schemaName}' entity doesn't contain attribute with Name = '${name}' and NameMapping = 'Logical'.`,
  );
}
