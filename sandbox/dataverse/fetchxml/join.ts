import type { Engine } from '../engine';
import type { Table } from '../schema/model';
import { comparable, type Row, type Value } from '../store/row';
import { filterTest, type Joined } from './conditions';
import type { Fetch, Link, Source } from './fetch';
import { columnOf, type Tables } from './tables';

/** Rows of a table whose column has this value: by id or by index where there is one, else by a scan. */
function rowsWhere(engine: Engine, table: Table, column: string, value: Value): Row[] {
  const wanted = comparable(value);
  if (wanted === null) return [];
  const store = engine.database.store(table.name);
  if (column === table.primaryId) {
    const row = store.get(String(wanted));
    return row ? [row] : [];
  }
  if (!store.isIndexed(column)) {
    return [...store.rows.values()].filter((row) => comparable(row[column]) === wanted);
  }
  const rows: Row[] = [];
  for (const id of store.idsWhere(column, value)) {
    const row = store.get(id);
    if (row) rows.push(row);
  }
  return rows;
}

type Step = (rows: Joined[]) => Joined[];

const filtersOf = (engine: Engine, tables: Tables, source: Source) => {
  const tests = source.filters.map((filter) => filterTest(engine, tables, source.alias, filter));
  return (joined: Joined): boolean => tests.every((test) => test(joined));
};

/** A filter inside a link belongs to the join: with an outer link, the row around it stays. */
function joinStep(engine: Engine, tables: Tables, parent: Source, link: Link): Step {
  const table = tables.get(link.alias) as Table;
  columnOf(table, link.from);
  columnOf(tables.get(parent.alias) as Table, link.to);
  const fits = filtersOf(engine, tables, link);
  const inner = link.links.map((next) => joinStep(engine, tables, link, next));
  return (rows) =>
    rows.flatMap((joined) => {
      const value = joined[parent.alias]?.[link.to] ?? null;
      const matches = rowsWhere(engine, table, link.from, value)
        .map((row): Joined => ({ ...joined, [link.alias]: row }))
        .filter(fits);
      const nested = inner.reduce((found, step) => step(found), matches);
      if (nested.length > 0 || !link.outer) return nested;
      return [{ ...joined, [link.alias]: undefined }];
    });
}

/** All rows of the answer, in no particular order. */
export function joinedRows(engine: Engine, tables: Tables, { entity }: Fetch): Joined[] {
  const steps = entity.links.map((link) => joinStep(engine, tables, entity, link));
  const start = [...engine.database.store(entity.table).rows.values()].map((row): Joined => ({
    '': row,
  }));
  const joined = steps.reduce((rows, step) => step(rows), start);
  return joined.filter(filtersOf(engine, tables, entity));
}
