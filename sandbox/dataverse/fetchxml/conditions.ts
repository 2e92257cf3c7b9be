import type { Engine } from '../engine';
import { errors } from '../errors';
import type { Comparison, Literal } from '../../odata/syntax/expression';
import { classOf } from '../query/entity-type';
import { compileFilter } from '../query/filter';
import { compileQueryFunction } from '../query/functions';
import { like } from '../query/wildcards';
import { propertyName, type Table } from '../schema/model';
import type { ColumnSchema } from '../schema/types';
import { comparable, type Row } from '../store/row';
import type { Condition, Filter } from './fetch';
import { columnOf, type Tables } from './tables';

/** One row of the answer before it is shown: the row of each table by alias. */
export type Joined = Readonly<Record<string, Row | undefined>>;

type RowTest = (row: Row) => boolean;

interface Place {
  engine: Engine;
  table: Table;
  column: ColumnSchema;
  values: readonly string[];
}

const literal = (type: Literal['type'], value: Literal['value']): Literal => ({
  kind: 'literal',
  type,
  value,
});

/** What a text of the query means for a column. */
function literalFor({ type }: ColumnSchema, text: string): Literal {
  switch (classOf(type)) {
    case 'number':
      if (text.trim() === '' || Number.isNaN(Number(text))) {
        throw errors.query(`The value '${text}' is not a number.`);
      }
      return literal('number', Number(text));
    case 'boolean':
      return literal('boolean', text === '1' || text.toLowerCase() === 'true');
    case 'guid':
      return literal('guid', text.replace(/[{}]/g, '').toLowerCase());
    case 'datetime':
      return literal('datetime', text);
    default:
      return literal('text', text);
  }
}

function first({ values, column }: Place): string {
  const [value] = values;
  if (value === undefined) throw errors.query(`A condition on '${column.name}' needs a value.`);
  return value;
}

const compare =
  (operator: Comparison) =>
  (place: Place): RowTest =>
    compileFilter(place.engine, place.table, {
      kind: 'compare',
      operator,
      left: { kind: 'path', segments: [propertyName(place.column)] },
      right: literalFor(place.column, first(place)),
    });

const isNull =
  (wanted: boolean) =>
  ({ column }: Place): RowTest =>
  (row) =>
    (comparable(row[column.name]) === null) === wanted;

/** A text pattern; `negated` finds rows without a value too. */
const pattern =
  (wrap: (text: string) => string, negated = false) =>
  (place: Place): RowTest => {
    const matches = like(wrap(first(place)));
    return (row) => {
      const value = comparable(row[place.column.name]);
      return value === null ? negated : matches(String(value)) !== negated;
    };
  };

/** The operators that the Web API has as functions of their own, by the same rules. */
const queryFunction =
  (name: string) =>
  ({ engine, table, column, values }: Place): RowTest => {
    const items = values.map((text) => literalFor(dateAware(column), text));
    return compileQueryFunction(engine, table, name, {
      PropertyName: literal('text', column.name),
      PropertyValues: { kind: 'list', items },
    });
  };

/** The `x` of `last-x-days` is a number although the column is a date. */
const dateAware = (column: ColumnSchema): ColumnSchema =>
  classOf(column.type) === 'datetime' ? { ...column, type: 'string' } : column;

const same = (text: string): string => text;
const begins = (text: string): string => `${text}%`;
const ends = (text: string): string => `%${text}`;

/** Operators whose name is not that of a query function. Source: Dataverse docs, fetchxml/reference/operators. */
const OPERATORS: Readonly<Record<string, (place: Place) => RowTest>> = {
  eq: compare('eq'),
  ne: compare('ne'),
  neq: compare('ne'),
  gt: compare('gt'),
  ge: compare('ge'),
  lt: compare('lt'),
  le: compare('le'),
  null: isNull(true),
  'not-null': isNull(false),
  like: pattern(same),
  'not-like': pattern(same, true),
  'begins-with': pattern(begins),
  'not-begin-with': pattern(begins, true),
  'ends-with': pattern(ends),
  'not-end-with': pattern(ends, true),
  'contain-values': queryFunction('ContainValues'),
  'not-contain-values': queryFunction('DoesNotContainValues'),
  'eq-userid': queryFunction('EqualUserId'),
  'ne-userid': queryFunction('NotEqualUserId'),
  'last-seven-days': queryFunction('Last7Days'),
  'next-seven-days': queryFunction('Next7Days'),
  'olderthan-x-months': queryFunction('OlderThanXMonths'),
};

/** `last-x-hours` → `LastXHours`, `olderthan-x-days` → `OlderThanXDays`. */
const functionName = (operator: string): string =>
  operator
    .replace(/^olderthan-/, 'older-than-')
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');

function conditionTest(engine: Engine, tables: Tables, alias: string, condition: Condition) {
  const owner = condition.entityName ?? alias;
  const table = tables.get(owner);
  if (!table) throw errors.query(`There is no link-entity with the alias '${owner}'.`);
  const column = columnOf(table, condition.attribute);
  const build = OPERATORS[condition.operator] ?? queryFunction(functionName(condition.operator));
  const test = build({ engine, table, column, values: condition.values });
  const missing: Row = {};
  return (joined: Joined): boolean => test(joined[owner] ?? missing);
}

/** Compiles a filter once; names, types and operators are checked here. */
export function filterTest(
  engine: Engine,
  tables: Tables,
  alias: string,
  { or, conditions, filters }: Filter,
): (joined: Joined) => boolean {
  const tests = [
    ...conditions.map((condition) => conditionTest(engine, tables, alias, condition)),
    ...filters.map((inner) => filterTest(engine, tables, alias, inner)),
  ];
  if (tests.length === 0) return () => true;
  return or
    ? (joined) => tests.some((test) => test(joined))
    : (joined) => tests.every((test) => test(joined));
}
