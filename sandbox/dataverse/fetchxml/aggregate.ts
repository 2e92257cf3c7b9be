import Big from 'big.js';
import type { Engine } from '../engine';
import { DataverseError, errors } from '../errors';
import type { JsonObject, JsonValue } from '../options';
import { classOf } from '../query/entity-type';
import { formattedValue } from '../query/format';
import { withDigits } from '../../odata/json';
import { compareValues } from '../../odata/query/order';
import { AGGREGATE_DIGITS, ANNOTATIONS, toJson, type WantsAnnotation } from '../query/render';
import type { Table } from '../schema/model';
import type { ColumnSchema } from '../schema/types';
import { comparable, isReference, type Row, type Value } from '../store/row';
import type { Joined } from './conditions';
import { datePart } from './date-parts';
import type { Attribute, Fetch, Source } from './fetch';
import { columnOf, type Tables } from './tables';

/** `<fetch aggregate="true">`. Source: Dataverse docs, fetchxml/aggregate-data. */

const MAX_ROWS = 50_000;

/** One column of the answer. */
interface Measure {
  name: string;
  column: ColumnSchema;
  grouped: boolean;
  /** The row of the group's first member that the column is in; its currency names the amounts. */
  row(joined: Joined): Row | undefined;
  value(group: readonly Joined[]): Value;
  /** Whether the value is of the column's own type, and not a count or a part of a date. */
  typed: boolean;
}

type Group = readonly Joined[];
type Read = (joined: Joined) => Value;

const invalid = (problem: string): Error => errors.query(`Invalid FetchXML: ${problem}`);

const present = (group: Group, read: Read): Value[] =>
  group.map(read).filter((value) => value !== null);

const sum = (values: readonly Value[]): Big =>
  values.reduce<Big>((total, value) => total.plus(Number(value)), new Big(0));

const extreme =
  (sign: number) =>
  (values: readonly Value[]): Value =>
    values.reduce<Value>(
      (best, value) =>
        best === null || sign * compareValues(comparable(value), comparable(best)) > 0
          ? value
          : best,
      null,
    );

/** Whole numbers have a whole average, as in SQL Server: 35,200 over 9 rows is 3,911. */
function average(values: readonly Value[], column: ColumnSchema): Value {
  if (values.length === 0) return null;
  const mean = sum(values).div(values.length);
  const whole = column.type === 'integer' || column.type === 'bigint';
  return whole ? mean.round(0, Big.roundDown).toNumber() : mean.toNumber();
}

type Calculate = (group: Group, read: Read, column: ColumnSchema, distinct: boolean) => Value;

const NUMBERS: ReadonlySet<string> = new Set(['sum', 'avg']);
const COUNTS: ReadonlySet<string> = new Set(['count', 'countcolumn']);

const FUNCTIONS: Readonly<Record<string, Calculate>> = {
  count: (group) => group.length,
  countcolumn: (group, read, _column, distinct) => {
    const values = present(group, read).map(comparable);
    return distinct ? new Set(values).size : values.length;
  },
  sum: (group, read) => sum(present(group, read)).toNumber(),
  avg: (group, read, column) => average(present(group, read), column),
  min: (group, read) => extreme(-1)(present(group, read)),
  max: (group, read) => extreme(1)(present(group, read)),
};

function measureOf(attribute: Attribute, source: Source, table: Table): Measure {
  const column = columnOf(table, attribute.name);
  const { alias: name, aggregate, groupBy, dateGrouping, distinct = false } = attribute;
  if (name === undefined)
    throw invalid(`'${attribute.name}' needs an alias in an aggregate query.`);
  const row = (joined: Joined): Row | undefined => joined[source.alias];
  const read: Read = (joined) => row(joined)?.[column.name] ?? null;
  if (groupBy) {
    const part = dateGrouping === undefined ? undefined : datePart(dateGrouping, column);
    const key: Read = part ? (joined) => part(read(joined)) : read;
    const value = ([first]: Group): Value => (first ? key(first) : null);
    return { name, column, grouped: true, row, value, typed: part === undefined };
  }
  const calculate = aggregate === undefined ? undefined : FUNCTIONS[aggregate];
  if (aggregate === undefined || !calculate) {
    throw invalid(`'${name}' needs groupby="true" or one of ${Object.keys(FUNCTIONS).join(', ')}.`);
  }
  if (NUMBERS.has(aggregate) && classOf(column.type) !== 'number') {
    throw invalid(`'${column.name}' is not a number, so it has no ${aggregate}.`);
  }
  const value = (group: Group): Value => calculate(group, read, column, distinct);
  return { name, column, grouped: false, row, value, typed: !COUNTS.has(aggregate) };
}

function measuresOf({ entity }: Fetch, tables: Tables): Measure[] {
  const measures: Measure[] = [];
  const add = (source: Source): void => {
    if (source.allAttributes) throw invalid('an aggregate query cannot have <all-attributes>.');
    const table = tables.get(source.alias) as Table;
    measures.push(...source.attributes.map((one) => measureOf(one, source, table)));
    source.links.forEach(add);
  };
  add(entity);
  if (measures.length === 0) throw invalid('an aggregate query needs an <attribute>.');
  return measures;
}

function groupsOf(rows: readonly Joined[], measures: readonly Measure[]): Group[] {
  const keys = measures.filter(({ grouped }) => grouped);
  // Without a group the answer is one row, also about no rows at all.
  if (keys.length === 0) return [rows];
  const groups = new Map<string, Joined[]>();
  for (const joined of rows) {
    const key = JSON.stringify(keys.map(({ value }) => comparable(value([joined]))));
    const known = groups.get(key);
    if (known) known.push(joined);
    else groups.set(key, [joined]);
  }
  return [...groups.values()];
}

/** A row of the answer: a value for each alias. */
type Result = ReadonlyMap<Measure, { value: Value; row: Row | undefined }>;

function comparison(fetch: Fetch, measures: readonly Measure[]) {
  const orders = [fetch.entity, ...linksOf(fetch.entity)].flatMap((source) => source.orders);
  const steps = orders.map(({ alias, descending }) => {
    const measure = measures.find(({ name }) => name === alias);
    if (!measure) throw invalid('in an aggregate query <order> needs the alias of an <attribute>.');
    const read = (result: Result) => comparable(result.get(measure)?.value);
    return (left: Result, right: Result): number =>
      (descending ? -1 : 1) * compareValues(read(left), read(right));
  });
  return (left: Result, right: Result): number =>
    steps.reduce((result, step) => (result === 0 ? step(left, right) : result), 0);
}

const linksOf = ({ links }: Source): Source[] => links.flatMap((link) => [link, ...linksOf(link)]);

/** Sums and averages of amounts have more digits than amounts. Source: Dataverse docs, webapi/query/aggregate-data. */
function shownAs(value: Value, column: ColumnSchema, typed: boolean): JsonValue {
  if (!typed || typeof value !== 'number') return toJson(value);
  const isExact = column.type === 'money' || column.type === 'decimal';
  return isExact ? withDigits(value, AGGREGATE_DIGITS) : value;
}

function show(engine: Engine, result: Result, wants: WantsAnnotation): JsonObject {
  const body: JsonObject = {};
  for (const [{ name, column, typed }, { value, row }] of result) {
    if (value === null) continue;
    const shown = typed
      ? formattedValue(engine, column, value, row ?? {})
      : value?.toLocaleString('en-US');
    if (shown !== undefined && wants(ANNOTATIONS.formattedValue)) {
      body[`${name}@${ANNOTATIONS.formattedValue}`] = shown;
    }
    if (isReference(value ?? undefined) && wants(ANNOTATIONS.lookupLogicalName)) {
      body[`${name}@${ANNOTATIONS.lookupLogicalName}`] = (value as { table: string }).table;
    }
    body[name] = shownAs(value, column, typed);
  }
  return body;
}

/** The rows of the answer, in order; the caller cuts the page. */
export function aggregated(
  engine: Engine,
  fetch: Fetch,
  tables: Tables,
  rows: readonly Joined[],
  wants: WantsAnnotation,
): JsonObject[] {
  const measures = measuresOf(fetch, tables);
  if (rows.length > Math.min(fetch.aggregateLimit ?? MAX_ROWS, MAX_ROWS)) {
    const text = 'The maximum record limit is exceeded. Reduce the number of records.';
    throw new DataverseError(400, '0x8004e023', text);
  }
  const resultOf = (group: Group): Result =>
    new Map(
      measures.map((measure) => {
        const [first] = group;
        return [measure, { value: measure.value(group), row: first && measure.row(first) }];
      }),
    );
  return groupsOf(rows, measures)
    .map(resultOf)
    .sort(comparison(fetch, measures))
    .map((result) => show(engine, result, wants));
}
