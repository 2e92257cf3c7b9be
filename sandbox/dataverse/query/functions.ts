import type { Engine } from '../engine';
import { errors } from '../errors';
import type { LiteralOrList } from '../../odata/syntax/expression';
import type { Table } from '../schema/model';
import type { Row } from '../store/row';
import type { Comparable } from '../../odata/query/entity-type';
import { resolvePath } from '../../odata/query/paths';
import { entityType, propertyOf } from './entity-type';

/** Query functions `Microsoft.Dynamics.CRM.X(PropertyName='…',PropertyValue(s)=…)`. Source: query functions reference. */

type Parameters = Readonly<Record<string, LiteralOrList>>;
type ValueTest = (value: Comparable) => boolean;

interface Arguments {
  /** `PropertyValue`, or the only one of `PropertyValues`, in lower case. */
  value: Comparable;
  values: readonly Comparable[];
  now: Date;
  userId: string;
}

const DAY = 86_400_000;
const HOUR = 3_600_000;

const time = (value: Comparable): number =>
  value === null ? NaN : Date.parse(String(value).toUpperCase());

const dayStart = (date: Date, days = 0): number =>
  Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate() + days);
const weekStart = (date: Date, weeks = 0): number => dayStart(date, -date.getUTCDay() + 7 * weeks);
const monthStart = (date: Date, months = 0): number =>
  Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1);
const yearStart = (date: Date, years = 0): number => Date.UTC(date.getUTCFullYear() + years, 0, 1);

/** A test for a period that is given by its bounds: from (included) to (excluded). */
const period =
  (bounds: (args: Arguments) => readonly [number, number]) =>
  (args: Arguments): ValueTest => {
    const [from, to] = bounds(args);
    return (value) => time(value) >= from && time(value) < to;
  };

const monthsBack = (now: Date, months: number): number => {
  const moved = new Date(now);
  moved.setUTCMonth(moved.getUTCMonth() - months);
  return moved.getTime();
};

const older =
  (limit: (args: Arguments) => number) =>
  (args: Arguments): ValueTest => {
    const before = limit(args);
    return (value) => time(value) < before;
  };

const numberOf = ({ value }: Arguments): number => Number(value);

const QUERY_FUNCTIONS: Readonly<Record<string, (args: Arguments) => ValueTest>> = {
  In: ({ values }) => {
    const wanted = new Set(values.map(String));
    return (value) => value !== null && wanted.has(String(value));
  },
  NotIn: ({ values }) => {
    const wanted = new Set(values.map(String));
    return (value) => value === null || !wanted.has(String(value));
  },
  Between:
    ({ values }) =>
    (value) =>
      isBetween(value, values),
  NotBetween:
    ({ values }) =>
    (value) =>
      value !== null && !isBetween(value, values),
  ContainValues:
    ({ values }) =>
    (value) => {
      const chosen = String(value ?? '').split(',');
      return values.some((wanted) => chosen.includes(String(wanted)));
    },
  DoesNotContainValues:
    ({ values }) =>
    (value) => {
      const chosen = String(value ?? '').split(',');
      return !values.some((wanted) => chosen.includes(String(wanted)));
    },
  EqualUserId:
    ({ userId }) =>
    (value) =>
      value === userId,
  NotEqualUserId:
    ({ userId }) =>
    (value) =>
      value !== userId,
  On: period(({ value }) => [dayStart(new Date(time(value))), dayStart(new Date(time(value)), 1)]),
  OnOrAfter:
    ({ value: day }) =>
    (value) =>
      time(value) >= dayStart(new Date(time(day))),
  OnOrBefore:
    ({ value: day }) =>
    (value) =>
      time(value) < dayStart(new Date(time(day)), 1),
  Today: period(({ now }) => [dayStart(now), dayStart(now, 1)]),
  Yesterday: period(({ now }) => [dayStart(now, -1), dayStart(now)]),
  Tomorrow: period(({ now }) => [dayStart(now, 1), dayStart(now, 2)]),
  ThisWeek: period(({ now }) => [weekStart(now), weekStart(now, 1)]),
  LastWeek: period(({ now }) => [weekStart(now, -1), weekStart(now)]),
  NextWeek: period(({ now }) => [weekStart(now, 1), weekStart(now, 2)]),
  ThisMonth: period(({ now }) => [monthStart(now), monthStart(now, 1)]),
  LastMonth: period(({ now }) => [monthStart(now, -1), monthStart(now)]),
  NextMonth: period(({ now }) => [monthStart(now, 1), monthStart(now, 2)]),
  ThisYear: period(({ now }) => [yearStart(now), yearStart(now, 1)]),
  LastYear: period(({ now }) => [yearStart(now, -1), yearStart(now)]),
  NextYear: period(({ now }) => [yearStart(now, 1), yearStart(now, 2)]),
  Last7Days: period(({ now }) => [dayStart(now, -7), now.getTime()]),
  Next7Days: period(({ now }) => [now.getTime(), dayStart(now, 8)]),
  LastXHours: period((args) => [args.now.getTime() - numberOf(args) * HOUR, args.now.getTime()]),
  NextXHours: period((args) => [args.now.getTime(), args.now.getTime() + numberOf(args) * HOUR]),
  LastXDays: period((args) => [dayStart(args.now, -numberOf(args)), args.now.getTime()]),
  NextXDays: period((args) => [args.now.getTime(), dayStart(args.now, numberOf(args) + 1)]),
  LastXWeeks: period((args) => [dayStart(args.now, -7 * numberOf(args)), args.now.getTime()]),
  LastXMonths: period((args) => [monthsBack(args.now, numberOf(args)), args.now.getTime()]),
  LastXYears: period((args) => [monthsBack(args.now, 12 * numberOf(args)), args.now.getTime()]),
  OlderThanXMinutes: older((args) => args.now.getTime() - numberOf(args) * 60_000),
  OlderThanXHours: older((args) => args.now.getTime() - numberOf(args) * HOUR),
  OlderThanXDays: older((args) => args.now.getTime() - numberOf(args) * DAY),
  OlderThanXWeeks: older((args) => args.now.getTime() - numberOf(args) * 7 * DAY),
  OlderThanXMonths: older((args) => monthsBack(args.now, numberOf(args))),
  OlderThanXYears: older((args) => monthsBack(args.now, 12 * numberOf(args))),
};

function isBetween(value: Comparable, [low, high]: readonly Comparable[]): boolean {
  if (value === null || low === undefined || high === undefined) return false;
  if (typeof value === 'number') return value >= Number(low) && value <= Number(high);
  return String(value) >= String(low) && String(value) <= String(high);
}

const lower = (value: Comparable): Comparable =>
  typeof value === 'string' ? value.toLowerCase() : value;

export function valuesOf(parameter: LiteralOrList | undefined): Comparable[] {
  if (!parameter) return [];
  return parameter.kind === 'list'
    ? parameter.items.map((item) => lower(item.value))
    : [lower(parameter.value)];
}

export function propertyNamed(parameters: Parameters): string | undefined {
  const parameter = parameters.PropertyName;
  return parameter?.kind === 'literal' && typeof parameter.value === 'string'
    ? parameter.value
    : undefined;
}

/** Documented: `PropertyValues` is a collection of texts, whatever the type of the column. */
export function refuseNoTexts(parameter: LiteralOrList | undefined): void {
  if (parameter?.kind !== 'list') return;
  const other = parameter.items.find(({ type }) => type !== 'text');
  if (!other) return;
  throw errors.query(
    `Cannot convert the literal '${String(other.value)}' of 'PropertyValues' to the expected type 'Edm.String'.`,
  );
}

export function compileQueryFunction(
  engine: Engine,
  table: Table,
  name: string,
  parameters: Parameters,
): (row: Row) => boolean {
  const build = QUERY_FUNCTIONS[name];
  if (!build) throw errors.notImplemented(`The query function Microsoft.Dynamics.CRM.${name}`);
  const property = propertyNamed(parameters);
  if (property === undefined) throw errors.query('Request message has unresolved parameters.');
  // These functions name columns by their logical name: customerid and not _customerid_value.
  const column = table.columns.get(property);
  const operand = column
    ? propertyOf(column)
    : resolvePath(entityType(engine, table), property.split('/'));
  const values = valuesOf(parameters.PropertyValues ?? parameters.PropertyValue);
  const test = build({
    values,
    value: values[0] ?? null,
    now: engine.context.now(),
    userId: engine.userId,
  });
  return (row) => test(operand.read(row));
}
