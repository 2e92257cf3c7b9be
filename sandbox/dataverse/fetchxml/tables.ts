import type { Engine } from '../engine';
import { DataverseError } from '../errors';
import type { Table } from '../schema/model';
import type { ColumnSchema } from '../schema/types';
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
