import type { Engine } from '../engine';
import { errors } from '../errors';
import type { Table } from '../schema/model';
import type { ColumnSchema } from '../schema/types';
import { comparable, isReference, type Row } from '../store/row';

export type Comparable = string | number | boolean | null;

/** Reads one value of a row, over single-valued navigation properties where the path has any. */
export interface Operand {
  column: ColumnSchema;
  read(row: Row): Comparable;
}

/** `name`, `_primarycontactid_value` or `primarycontactid/fullname`. */
export function resolvePath(engine: Engine, table: Table, segments: readonly string[]): Operand {
  const [first = '', ...rest] = segments;
  if (rest.length === 0) return ownProperty(table, first);
  const navigation = table.singles.get(first);
  if (!navigation) throw errors.unknownQueryProperty(first, table.name);
  const target = engine.model.required(navigation.target.table);
  const inner = resolvePath(engine, target, rest);
  return {
    column: inner.column,
    read: (row) => {
      const value = row[navigation.column.name];
      const other =
        isReference(value) && value.table === target.name ? engine.database.find(value) : undefined;
      return other ? inner.read(other) : null;
    },
  };
}

function ownProperty(table: Table, name: string): Operand {
  const column = table.properties.get(name);
  if (!column) throw errors.unknownQueryProperty(name, table.name);
  return { column, read: (row) => comparable(row[column.name]) };
}

/** Accepts the name of a lookup column too: `$select=primarycontactid` shows `_primarycontactid_value`. */
export function selectable(table: Table, name: string): ColumnSchema {
  const column =
    table.properties.get(name) ?? table.columns.get(name) ?? table.singles.get(name)?.column;
  if (!column) throw errors.unknownQueryProperty(name, table.name);
  return column;
}
