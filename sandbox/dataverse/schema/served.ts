import type { ColumnSchema, TableSchema } from './types';

/**
 * The tables without the relationships to tables that are not among them: the column stays, and has no navigation
 * property, because one would lead to a type that nobody can read.
 */
export function withServedTargets(tables: readonly TableSchema[]): TableSchema[] {
  const served = new Set(tables.map(({ name }) => name));
  const kept = (column: ColumnSchema): ColumnSchema =>
    column.targets
      ? { ...column, targets: column.targets.filter(({ table }) => served.has(table)) }
      : column;
  return tables.map((table) => ({ ...table, columns: table.columns.map(kept) }));
}
