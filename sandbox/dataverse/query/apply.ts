import Big from 'big.js';
import { withDigits } from '../../odata/json';
import type { Property } from '../../odata/query/entity-type';
import { compareValues } from '../../odata/query/order';
import { splitOutside, type QueryOptions } from '../../odata/syntax/query-options';
import { parseFilter } from '../dialect';
import type { Engine } from '../engine';
import { DataverseError, errors } from '../errors';
import type { JsonObject } from '../options';
import type { Table } from '../schema/model';
import type { ColumnSchema } from '../schema/types';
import { comparable, type Row, type Value } from '../store/row';
import { compileFilter, resolvePath } from './filter';
import { formattedValue } from './format';
import { AGGREGATE_DIGITS, ANNOTATIONS, shownValue, toJson, type WantsAnnotation } from './render';

/** `$apply`: filter(…)/groupby((a,b),aggregate(x with sum as y)). Source: Dataverse docs, webapi/query/aggregate-data. */

const MAX_ROWS = 50_000;

/** A column that is named in a transformation: of the rows themselves, or of one that they point to. */
interface Operand {
  property: Property<Row>;
  column: ColumnSchema;
  /** The row that the column is in. */
  owner(row: Row): Row | undefined;
  /** Name in the answer: `contact_fullname` for `primarycontactid/fullname`. */
  name: string;
}

interface Measured {
  value: Value;
  /** Column whose kind of value this is; undefined for a count. */
  column?: ColumnSchema;
  /** A row with the currency of an amount. */
  row?: Row;
  /** A sum or average has digits of its own. */
  computed?: boolean;
}

interface Aggregate {
  alias: string;
  compute(rows: readonly Row[]): Measured;
}

export function applyTransformations(
  engine: Engine,
  table: Table,
  rows: readonly Row[],
  options: QueryOptions,
  wants: WantsAnnotation,
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
  const place: Place = { engine, table, wants };
  let chosen: readonly Row[] = rows;
  const steps = splitOutside(options.apply ?? '', '/').map(parseStep);
  for (const [index, { name, inner }] of steps.entries()) {
    if (name === 'filter') {
      chosen = chosen.filter(compileFilter(engine, table, parseFilter(inner, options.aliases)));
      continue;
    }
    if (index < steps.length - 1) throw notSupported(`${name} followed by another transformation`);
    if (name === 'aggregate') return [aggregated(place, readAggregates(place, inner), chosen)];
    if (name === 'groupby') return groupBy(place, inner, chosen);
    throw notSupported(name);
  }
  throw notSupported('filter alone');
}

interface Place {
  engine: Engine;
  table: Table;
  wants: WantsAnnotation;
}

const notSupported = (what: string): Error =>
  errors.query(`The $apply transformation '${what}' is not supported.`);

function parseStep(text: string): { name: string; inner: string } {
  const found = /^\s*(\w+)\((.*)\)\s*$/s.exec(text);
  if (!found) throw errors.query(`Syntax error in $apply: '${text}'.`);
  return { name: found[1] ?? '', inner: found[2] ?? '' };
}

function operandOf({ engine, table }: Place, path: string): Operand {
  const segments = path.split('/');
  const property = resolvePath(engine, table, segments);
  const [first = '', second] = segments;
  const own = table.properties.get(first);
  if (second === undefined && own)
    return { property, column: own, owner: (row) => row, name: path };
  const navigation = table.singles.get(first);
  const target = navigation && engine.model.table(navigation.target.table);
  const column = target?.properties.get(second ?? '');
  if (!navigation || !target || !column || segments.length > 2) throw notSupported(path);
  return {
    property,
    column,
    owner: (row) => {
      const value = row[navigation.column.name];
      return value && typeof value === 'object' ? engine.database.find(value) : undefined;
    },
    name: `${target.name}_${second ?? ''}`,
  };
}

const valueOf = ({ column, owner }: Operand, row: Row): Value => owner(row)?.[column.name] ?? null;

function groupBy(place: Place, inner: string, rows: readonly Row[]): JsonObject[] {
  const [columns = '', ...rest] = splitOutside(inner, ',');
  const operands = columns
    .trim()
    .replace(/^\(|\)$/g, '')
    .split(',')
    .map((name) => groupable(place, name.trim()));
  const then = rest.join(',').trim();
  const aggregates = then === '' ? [] : readAggregates(place, parseStep(then).inner);
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = JSON.stringify(operands.map((operand) => comparable(valueOf(operand, row))));
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return [...groups.values()].map((group) => {
    const [first = {}] = group;
    const values = operands.map((operand): [string, Measured] => [
      operand.name,
      { value: valueOf(operand, first), column: operand.column, row: operand.owner(first) },
    ]);
    return { ...shown(place, values), ...aggregated(place, aggregates, group) };
  });
}

function groupable(place: Place, name: string): Operand {
  const operand = operandOf(place, name);
  if (operand.property.valueClass === 'datetime') {
    throw errors.query(`Grouping by the date column '${name}' is not supported.`);
  }
  return operand;
}

const aggregated = (
  place: Place,
  aggregates: readonly Aggregate[],
  rows: readonly Row[],
): JsonObject =>
  shown(
    place,
    aggregates.map(({ alias, compute }): [string, Measured] => [alias, compute(rows)]),
  );

/** Documented: values come with what they read as, and those that are empty not at all. */
function shown({ engine, wants }: Place, values: readonly [string, Measured][]): JsonObject {
  const body: JsonObject = {};
  for (const [name, measured] of values) {
    if (measured.value === null) continue;
    const text = formatted(engine, measured);
    if (text !== undefined && wants(ANNOTATIONS.formattedValue)) {
      body[`${name}@${ANNOTATIONS.formattedValue}`] = text;
    }
    body[name] = jsonOf(measured);
  }
  return body;
}

const formatted = (engine: Engine, { value, column, row }: Measured): string | undefined =>
  column ? formattedValue(engine, column, value, row ?? {}) : Number(value).toLocaleString('en-US');

function jsonOf({ value, column, computed }: Measured) {
  if (!column) return toJson(value);
  const isExact = column.type === 'money' || column.type === 'decimal';
  if (computed && isExact) return withDigits(Number(value), AGGREGATE_DIGITS);
  return shownValue(value, column);
}

const AGGREGATE =
  /^\s*(?:(\$count)|([\w/]+)\s+with\s+(sum|min|max|average|countdistinct))\s+as\s+(\w+)\s*$/;

const NUMBERS: ReadonlySet<string> = new Set(['sum', 'average']);

function readAggregates(place: Place, inner: string): Aggregate[] {
  return splitOutside(inner, ',').map((text) => {
    const [, count, path = '', method = '', alias = ''] = AGGREGATE.exec(text) ?? [];
    if (count) return { alias, compute: (rows) => ({ value: rows.length }) };
    if (alias === '') throw errors.query(`Syntax error in $apply: '${text}'.`);
    const operand = operandOf(place, path);
    if (NUMBERS.has(method) && operand.property.valueClass !== 'number') {
      throw errors.query(`The column '${path}' is not a number, so it has no ${method}.`);
    }
    return { alias, compute: (rows) => compute(method, rows, operand) };
  });
}

function compute(method: string, rows: readonly Row[], operand: Operand): Measured {
  const { column, owner } = operand;
  const present = rows.filter((row) => valueOf(operand, row) !== null);
  const values = present.map((row) => valueOf(operand, row));
  if (method === 'countdistinct') return { value: new Set(values.map(comparable)).size };
  const [first] = present;
  const row = first && owner(first);
  if (values.length === 0) return { value: null };
  if (method === 'min' || method === 'max') {
    const better = (value: Value, best: Value): boolean =>
      compareValues(comparable(value), comparable(best)) < 0 === (method === 'min');
    return {
      value: values.reduce((best, value) => (better(value, best) ? value : best)),
      column,
      row,
    };
  }
  const sum = values.reduce<Big>((total, value) => total.plus(Number(value)), new Big(0));
  const value = (method === 'average' ? sum.div(values.length) : sum).toNumber();
  return { value, column, row, computed: true };
}
