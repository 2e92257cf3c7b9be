import type { Engine } from '../engine';
import type { Expression, Literal } from '../odata/expression';
import type { Table } from '../schema/model';
import type { ColumnSchema } from '../schema/types';
import { propertyOf, valuesOf } from './functions';
import { hasWildcard } from './wildcards';

/**
 * Ids that can satisfy a filter, from the indexes; undefined when only a scan will do. The filter itself is
 * still applied to each of them, so the answer may be too wide, but never too narrow.
 */
export function candidates(
  engine: Engine,
  table: Table,
  expression: Expression | undefined,
): ReadonlySet<string> | undefined {
  switch (expression?.kind) {
    case 'and': {
      const left = candidates(engine, table, expression.left);
      if (left && left.size <= 1) return left;
      const right = candidates(engine, table, expression.right);
      return smaller(left, right);
    }
    case 'or': {
      const left = candidates(engine, table, expression.left);
      const right = left && candidates(engine, table, expression.right);
      return left && right ? new Set([...left, ...right]) : undefined;
    }
    case 'compare':
      return expression.operator === 'eq'
        ? equality(engine, table, expression.left, expression.right)
        : undefined;
    case 'query-function': {
      const property = propertyOf(expression.parameters);
      if (expression.name !== 'In' || property === undefined) return undefined;
      const values = valuesOf(expression.parameters.PropertyValues);
      return lookUp(engine, table, property, values.map(String));
    }
    default:
      return undefined;
  }
}

function smaller(
  left: ReadonlySet<string> | undefined,
  right: ReadonlySet<string> | undefined,
): ReadonlySet<string> | undefined {
  if (!left || !right) return left ?? right;
  return left.size <= right.size ? left : right;
}

function equality(
  engine: Engine,
  table: Table,
  left: Expression,
  right: Expression,
): ReadonlySet<string> | undefined {
  if (left.kind !== 'path' || right.kind !== 'literal') return undefined;
  const [property = '', ...rest] = left.segments;
  if (rest.length > 0 || !isExact(right, engine)) return undefined;
  return lookUp(engine, table, property, [String(right.value)]);
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
