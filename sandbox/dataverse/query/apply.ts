import { parseFilter } from '../dialect';
import Big from 'big.js';
import type { Engine } from '../engine';
import { DataverseError, errors } from '../errors';

import { splitOutside, type QueryOptions } from '../../odata/syntax/query-options';
import type { JsonObject, JsonValue } from '../options';
import { propertyName, type Table } from '../schema/model';
import { isReference, type Row } from '../store/row';
import { compileFilter, resolvePath } from './filter';
import { compareValues } from '../../odata/query/order';
import type { Comparable, Property } from '../../odata/query/entity-type';

/** `$apply`: filter(…)/groupby((a,b),aggregate(x with sum as y)). Source: Dataverse docs, webapi/query/aggregate-data. */

const MAX_ROWS = 50_000;

interface Aggregate {
  alias: string;
  compute(rows: readonly Row[]): JsonValue;
}

export function applyTransformations(
  engine: Engine,
  table: Table,
  rows: readonly Row[],
  options: QueryOptions,
): JsonObject[] {
  if (rows.length > MAX_ROWS) {
    throw new DataverseError(
      400,
      '0x8004e023',
      'The maximum record limit is exceeded. Reduce the number of records.',
    );
  }
  if (options.orderBy.length > 0) {
    throw errors.query('The query node SingleValueOpenPropertyAccess is not supported');
  }
  let chosen: readonly Row[] = rows;
  const steps = splitOutside(options.apply ?? '', '/').map(parseStep);
  for (const [index, { name, inner }] of steps.entries()) {
    if (name === 'filter') {
      chosen = chosen.filter(compileFilter(engine, table, parseFilter(inner, options.aliases)));
      continue;
    }
    if (index < steps.length - 1) throw notSupported(`${name} followed by another transformation`);
    if (name === 'aggregate') return [aggregate(readAggregates(engine, table, inner), chosen)];
    if (name === 'groupby') return groupBy(engine, table, inner, chosen);
    throw notSupported(name);
  }
  throw notSupported('filter alone');
}

const notSupported = (what: string): Error =>
  errors.query(`The $apply transformation '${what}' is not supported.`);

function parseStep(text: string): { name: string; inner: string } {
  const found = /^\s*(\w+)\((.*)\)\s*$/s.exec(text);
  if (!found) throw errors.query(`Syntax error in $apply: '${text}'.`);
  return { name: found[1] ?? '', inner: found[2] ?? '' };
}

function groupBy(engine: Engine, table: Table, inner: string, rows: readonly Row[]): JsonObject[] {
  const [columns = '', ...rest] = splitOutside(inner, ',');
  const names = columns
    .trim()
    .replace(/^\(|\)$/g, '')
    .split(',')
    .map((name) => name.trim());
  const operands = names.map((name) => groupable(engine, table, name));
  const then = rest.join(',').trim();
  const aggregates = then === '' ? [] : readAggregates(engine, table, parseStep(then).inner);
  const groups = new Map<string, { values: JsonObject; rows: Row[] }>();
  for (const row of rows) {
    const values = Object.fromEntries(
      names.map((name, index) => [
        name,
        rawValue(table, name, row, operands[index] as Property<Row>),
      ]),
    );
    const key = JSON.stringify(Object.values(values)).toLowerCase();
    const group = groups.get(key);
    if (group) group.rows.push(row);
    else groups.set(key, { values, rows: [row] });
  }
  return [...groups.values()].map((group) => ({
    ...group.values,
    ...aggregate(aggregates, group.rows),
  }));
}

function groupable(engine: Engine, table: Table, name: string): Property<Row> {
  const operand = resolvePath(engine, table, name.split('/'));
  if (operand.valueClass === 'datetime') {
    throw errors.query(`Grouping by the date column '${name}' is not supported.`);
  }
  return operand;
}

/** Text as written and not in the lower case that it is compared in. */
function rawValue(table: Table, name: string, row: Row, operand: Property<Row>): JsonValue {
  const column = table.properties.get(name);
  if (!column || propertyName(column) !== name) return operand.read(row);
  const value = row[column.name] ?? null;
  return isReference(value) ? value.id : value;
}

const aggregate = (aggregates: readonly Aggregate[], rows: readonly Row[]): JsonObject =>
  Object.fromEntries(aggregates.map(({ alias, compute }) => [alias, compute(rows)]));

const AGGREGATE =
  /^\s*(?:(\$count)|([\w/]+)\s+with\s+(sum|min|max|average|countdistinct))\s+as\s+(\w+)\s*$/;

const NUMBERS: ReadonlySet<string> = new Set(['sum', 'average']);

function readAggregates(engine: Engine, table: Table, inner: string): Aggregate[] {
  return splitOutside(inner, ',').map((text) => {
    const [, count, path = '', method = '', alias = ''] = AGGREGATE.exec(text) ?? [];
    if (count) return { alias, compute: (rows) => rows.length };
    if (alias === '') throw errors.query(`Syntax error in $apply: '${text}'.`);
    const operand = resolvePath(engine, table, path.split('/'));
    if (NUMBERS.has(method) && operand.valueClass !== 'number') {
      throw errors.query(`The column '${path}' is not a number, so it has no ${method}.`);
    }
    return { alias, compute: (rows) => compute(method, rows, operand) };
  });
}

function compute(method: string, rows: readonly Row[], operand: Property<Row>): JsonValue {
  const values = rows.map((row) => operand.read(row)).filter((value) => value !== null);
  if (method === 'countdistinct') return new Set(values).size;
  if (values.length === 0) return null;
  if (method === 'min' || method === 'max') {
    const better = (value: Comparable, best: Comparable): boolean =>
      compareValues(value, best) < 0 === (method === 'min');
    return values.reduce((best, value) => (better(value, best) ? value : best));
  }
  const sum = values.reduce<Big>((total, value) => total.plus(Number(value)), new Big(0));
  return (method === 'average' ? sum.div(values.length) : sum).toNumber();
}
