import type { Engine } from '../engine';
import type { ManyToManyNavigation, Table } from '../schema/model';
import type { ColumnSchema } from '../schema/types';
import type { Row } from '../store/row';

/** The rows behind a collection-valued navigation property, whichever way they are related. */
export interface Related {
  name: string;
  target: Table;
  /** The column of the related rows that points back; where both sides have many rows, their pairs. */
  lookup?: ColumnSchema;
  manyToMany?: ManyToManyNavigation;
  /** The rows that belong to the row with this id. */
  rows(id: string): Row[];
}

export function related(engine: Engine, table: Table, name: string): Related | undefined {
  const { database, model } = engine;
  const collection = table.collections.get(name);
  if (collection) {
    return {
      name,
      target: model.required(collection.table),
      lookup: collection.column,
      rows: (id) =>
        database.referrers(collection.table, collection.column.name, { table: table.name, id }),
    };
  }
  const manyToMany = table.manyToMany.get(name);
  if (!manyToMany) return undefined;
  const target = model.required(manyToMany.target);
  return { name, target, manyToMany, rows: (id) => database.linked(manyToMany, id) };
}
