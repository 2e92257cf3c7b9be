import type { ColumnChange } from '../../dryRun';
import { isRow } from '../answers';
import type { Row } from '../types';
import { addressIn } from './intent';
import type { RehearsalRules } from './rules';

const BINDING = '@odata.bind';

export interface Reading {
  rules: RehearsalRules;
  root: string;
  /** Sets of tables, by what annotations call the tables. */
  sets: ReadonlyMap<string, string>;
}

/** A row that a lookup points to, as a person reads it. */
interface Pointed {
  table?: string;
  id: string;
}

const isNestedRow = (value: unknown): value is Row => isRow(value) && !(value instanceof Date);

/** Whether a value is a row, or rows, that are made with the row which holds it (OData 4.0 Protocol, 11.4.2.2: deep insert). */
export const isNested = (value: unknown): value is Row | Row[] =>
  Array.isArray(value) ? value.length > 0 && value.every(isNestedRow) : isNestedRow(value);

/** Columns and bindings of a body, without what belongs to the format and without rows inside the row. */
export function columnsIn(body: Row): [column: string, value: unknown][] {
  return Object.entries(body).filter(
    ([name, value]) =>
      value !== undefined &&
      (name.endsWith(BINDING) || !name.includes('@')) &&
      (name.endsWith(BINDING) || !isNested(value)),
  );
}

/** The navigation property of `customerid_account@odata.bind` (OData 4.0 JSON Format, 8.5); undefined: the column is no binding. */
export const navigationOf = (column: string): string | undefined =>
  column.endsWith(BINDING) ? column.slice(0, -BINDING.length) : undefined;

/** Properties that have to be read to compare a body; undefined: all, because a lookup may be one of several. */
export function toRead(body: Row, rules: RehearsalRules): string[] | undefined {
  const names = columnsIn(body).map(([column]) => {
    const navigation = navigationOf(column);
    return navigation === undefined ? [column] : rules.lookupsOf(navigation);
  });
  return names.every(({ length }) => length === 1) ? names.flat() : undefined;
}

/** The property of a stored row that holds what a navigation property points to. */
function lookupIn(
  navigation: string,
  stored: Row,
  { rules }: Pick<Reading, 'rules'>,
): string | undefined {
  const names = rules.lookupsOf(navigation);
  return names.find((name) => name in stored) ?? names.at(-1);
}

function pointedBy(value: unknown, { root }: Reading): Pointed | null {
  if (typeof value !== 'string' || value === '') return null;
  const { set, key = '' } = addressIn(value, root);
  return { table: set, id: key.toLowerCase() };
}

/** What a lookup points to. */
function storedPointer(navigation: string, stored: Row, reading: Reading): Pointed | null {
  const property = lookupIn(navigation, stored, reading);
  const value = property === undefined ? undefined : stored[property];
  if (property === undefined || typeof value !== 'string' || value === '') return null;
  const table = tableOf(property, stored, reading.rules);
  const named = table === undefined ? undefined : (reading.sets.get(table) ?? table);
  return { ...(named !== undefined && { table: named }), id: value.toLowerCase() };
}

/** The table of the row that a lookup points to, as its annotation calls it. */
function tableOf(
  property: string,
  stored: Row,
  { tableAnnotation }: RehearsalRules,
): string | undefined {
  const table =
    tableAnnotation === undefined ? undefined : stored[`${property}@${tableAnnotation}`];
  return typeof table === 'string' ? table : undefined;
}

/** The tables that a body's lookups point to in the stored row. */
export function pointedTables(navigations: string[], stored: Row, rules: RehearsalRules): string[] {
  return navigations
    .flatMap((navigation) => rules.lookupsOf(navigation))
    .flatMap((property) => tableOf(property, stored, rules) ?? []);
}

const readable = (value: unknown): unknown => (value === undefined || value === '' ? null : value);

/** What becomes of one column, whether anything does or not. */
function changeOf(column: string, value: unknown, stored: Row, reading: Reading): ColumnChange {
  const navigation = navigationOf(column);
  if (navigation === undefined) {
    return { column, before: readable(stored[column]), after: readable(value) };
  }
  const before = storedPointer(navigation, stored, reading);
  return { column: navigation, before, after: pointedBy(value, reading) };
}

/** What a body changes of a stored row. */
export function changesOf(body: Row, stored: Row, reading: Reading): ColumnChange[] {
  return columnsIn(body)
    .filter(([column, value]) => !reading.rules.isStored(column, value, stored))
    .map(([column, value]) => changeOf(column, value, stored, reading));
}

/** What a new row is made of; what is empty says nothing. */
export function madeOf(body: Row, reading: Reading): ColumnChange[] {
  return columnsIn(body)
    .map(([column, value]) => changeOf(column, value, {}, reading))
    .filter(({ after }) => after !== null);
}

/** A body as the row is read afterwards: lookups by the properties that hold them. */
export function storedForm(body: Row, stored: Row, reading: Reading): Row {
  return Object.fromEntries(
    columnsIn(body).flatMap(([column, value]): [string, unknown][] => {
      const navigation = navigationOf(column);
      if (navigation === undefined) return [[column, value]];
      const id = pointedBy(value, reading)?.id ?? null;
      const known = reading.rules.lookupsOf(navigation).filter((name) => name in stored);
      const names = known.length > 0 ? known.slice(0, 1) : reading.rules.lookupsOf(navigation);
      return names.map((name) => [name, id]);
    }),
  );
}
