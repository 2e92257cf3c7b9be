import type { Index } from '../../odata/query/candidates';
import type { Literal } from '../../odata/syntax/expression';
import type { Engine } from '../engine';
import type { Table } from '../schema/model';
import type { ColumnSchema } from '../schema/types';
import { propertyNamed, valuesOf } from './functions';
import { hasWildcard } from './wildcards';

/** What a table can look up: its primary key, and the columns that the store has an index of. */
export function indexOf(engine: Engine, table: Table): Index {
  return {
    equal: (property, literal) =>
      isExact(literal, engine)
        ? lookUp(engine, table, property, [String(literal.value)])
        : undefined,
    queryFunction: ({ name, parameters }) => {
      const property = propertyNamed(parameters);
      if (name !== 'In' || property === undefined) return undefined;
      return lookUp(engine, table, property, valuesOf(parameters.PropertyValues).map(String));
    },
  };
}
function isExact(literal: Literal, engine: Engine): boolean {
  if (literal.type === 'guid') return true;
  if (literal.type !== 'text') return false;
  return !(engine.switches.wildcardsInEquality && hasWildcard(String(literal.value)));
}

const TEXT: ReadonlySet<ColumnSchema['type']> = new Set(['string', 'memo', 'uniqueidentifier']);

function lookUp(
  engine: Engine,
  table: Table,
  property: string,
  values: readonly string[],
): ReadonlySet<string> | undefined {
  const column = table.properties.get(property) ?? table.columns.get(property);
  if (!column) return undefined;
  const store = engine.database.store(table.name);
  const ids = new Set<string>();
  if (column.name === table.primaryId) {
    for (const value of values) if (store.get(value.toLowerCase())) ids.add(value.toLowerCase());
    return ids;
  }
  if (!store.isIndexed(column.name)) return undefined;
  const lookup = column.type === 'lookup';
  if (!lookup && !TEXT.has(column.type)) return undefined;
  for (const value of values) {
    const wanted = lookup ? { table: '', id: value.toLowerCase() } : value;
    for (const id of store.idsWhere(column.name, wanted)) ids.add(id);
  }
  return ids;
}
