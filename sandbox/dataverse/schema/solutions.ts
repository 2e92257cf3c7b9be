import { financeTables, paymentTables } from './tables/custom';
import { dualWriteTables } from './tables/dualwrite';
import { fieldServiceTables } from './tables/fieldservice';
import type { ColumnSchema, TableSchema } from './types';

/** What may be installed beside Sales, and the tables that come with it. */
const TABLES = {
  /** Field Service: stock, purchase orders, payments. */
  fieldService: fieldServiceTables,
  /** Dual-write with Supply Chain Management: stock on request, vendors. */
  dualWrite: dualWriteTables,
  /** A merchant's own table for payments. */
  payments: paymentTables,
  /** Virtual tables of Finance: main accounts. */
  finance: financeTables,
} as const satisfies Readonly<Record<string, readonly TableSchema[]>>;

export type Solution = keyof typeof TABLES;

export const SOLUTIONS = Object.keys(TABLES) as Solution[];

const named = (columns: readonly ColumnSchema[]): Map<string, ColumnSchema> =>
  new Map(columns.map((column) => [column.name, column]));

/** A table that two solutions bring has the columns of both. */
function joined(one: TableSchema | undefined, other: TableSchema): TableSchema {
  if (!one) return other;
  const columns = new Map([...named(one.columns), ...named(other.columns)]);
  return { ...one, columns: [...columns.values()] };
}

export function tablesOf(solutions: readonly Solution[]): TableSchema[] {
  const tables = new Map<string, TableSchema>();
  for (const schema of solutions.flatMap((solution) => [...TABLES[solution]])) {
    tables.set(schema.name, joined(tables.get(schema.name), schema));
  }
  return [...tables.values()];
}
