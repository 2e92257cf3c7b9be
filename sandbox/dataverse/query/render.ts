import { withDigits } from '../../odata/json';
import * as odata from '../../odata/query/collection';
import { unknownProperty } from '../../odata/errors';
import { typeName } from './entity-type';
import type { Engine, Session } from '../engine';
import type { JsonObject, JsonValue } from '../options';
import { propertyName, takes, type Table } from '../schema/model';
import type { ColumnSchema } from '../schema/types';
import { isReference, type Row, type Value } from '../store/row';
import { formattedValue } from './format';

/** Which annotations the caller asked for with `Prefer: odata.include-annotations`. */
export type WantsAnnotation = (name: string) => boolean;

export const ANNOTATIONS = {
  formattedValue: 'OData.Community.Display.V1.FormattedValue',
  lookupLogicalName: 'Microsoft.Dynamics.CRM.lookuplogicalname',
  navigationProperty: 'Microsoft.Dynamics.CRM.associatednavigationproperty',
  totalRecordCount: 'Microsoft.Dynamics.CRM.totalrecordcount',
  totalRecordCountLimitExceeded: 'Microsoft.Dynamics.CRM.totalrecordcountlimitexceeded',
} as const;

/** Columns to show: those selected, and those that Dataverse adds by itself. */
export function shownColumns(table: Table, select: readonly string[] | undefined): ColumnSchema[] {
  // Documented: pictures come only to who asks for them by name.
  if (!select || select.includes('*')) {
    return [...table.columns.values()].filter(
      ({ type, readable = true }) => type !== 'image' && readable,
    );
  }
  const chosen = new Set(select.map((name) => selectable(table, name)));
  const add = (name: string): void => {
    const column = table.columns.get(name);
    if (column) chosen.add(column);
  };
  if ([...chosen].some((column) => column.type === 'money')) add('transactioncurrencyid');
  for (const prefix of ['address1', 'address2', 'billto', 'shipto']) {
    if ([...chosen].some(({ name }) => name.startsWith(`${prefix}_`))) add(`${prefix}_composite`);
  }
  add(table.primaryId);
  return [...chosen];
}

/** Accepts the name of a lookup column too: `$select=primarycontactid` shows `_primarycontactid_value`. */
function selectable(table: Table, name: string): ColumnSchema {
  const column =
    table.properties.get(name) ?? table.columns.get(name) ?? table.singles.get(name)?.column;
  if (!column) throw unknownProperty(name, typeName(table.name));
  return column;
}

export const etagOf = (row: Row): string => `W/"${String(row.versionnumber)}"`;

/** A row as JSON; annotations stand before the value that they are about. */
export function renderRow(
  engine: Engine,
  row: Row,
  columns: readonly ColumnSchema[],
  wants: WantsAnnotation,
): JsonObject {
  const body: JsonObject = { '@odata.etag': etagOf(row) };
  for (const column of columns) {
    const value = row[column.name] ?? null;
    const name = propertyName(column);
    if (value !== null) annotate(engine, body, name, column, value, row, wants);
    body[name] = shownValue(value, column);
  }
  return body;
}

/** Digits that amounts have in JSON, and sums and averages of them. Source: Dataverse docs, webapi/query/select-columns. */
const AMOUNT_DIGITS = 4;
export const AGGREGATE_DIGITS = 9;

/** A row as stored, without annotations and with plain numbers. */
export const plainRow = (row: Row, columns: readonly ColumnSchema[]): JsonObject => ({
  '@odata.etag': etagOf(row),
  ...Object.fromEntries(
    columns.map((column) => [propertyName(column), toJson(row[column.name] ?? null)]),
  ),
});

/** A value as answers have it: amounts and decimals with their scale (`5000000.0000`), everything else as it is. */
export function shownValue(value: Value, { type, precision = 2 }: ColumnSchema): JsonValue {
  if (typeof value !== 'number') return toJson(value);
  if (type === 'money') return withDigits(value, AMOUNT_DIGITS);
  return type === 'decimal' ? withDigits(value, precision) : value;
}

export const toJson = (value: Value): JsonValue => (isReference(value) ? value.id : value);

function annotate(
  engine: Engine,
  body: JsonObject,
  name: string,
  column: ColumnSchema,
  value: Value,
  row: Row,
  wants: WantsAnnotation,
): void {
  if (wants(ANNOTATIONS.formattedValue)) {
    const text = formattedValue(engine, column, value, row);
    if (text !== undefined) body[`${name}@${ANNOTATIONS.formattedValue}`] = text;
  }
  if (!isReference(value)) return;
  const target = column.targets?.find((candidate) => takes(candidate, value.table));
  if (target && wants(ANNOTATIONS.navigationProperty)) {
    body[`${name}@${ANNOTATIONS.navigationProperty}`] = target.navigation;
  }
  if (wants(ANNOTATIONS.lookupLogicalName)) {
    body[`${name}@${ANNOTATIONS.lookupLogicalName}`] = value.table;
  }
}

/** `accounts(name,revenue)` of `@odata.context`. */
export function contextUrl(session: Session, fragment: string): string {
  return odata.contextUrl(session.base, fragment);
}
