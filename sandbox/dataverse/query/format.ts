import type { Engine } from '../engine';
import type { ColumnSchema } from '../schema/types';
import { isReference, type Row, type Value } from '../store/row';
import { digitsOf } from '../write/money';

/** `3/25/2023 10:42 AM`, as the documentation shows it. */
const DATE_TIME = {
  timeZone: 'UTC',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: '2-digit',
} as const;

/** The text of `@OData.Community.Display.V1.FormattedValue`, for a user with the locale en-US. */
export function formattedValue(
  engine: Engine,
  column: ColumnSchema,
  value: Value,
  row: Row,
): string | undefined {
  if (value === null) return undefined;
  if (isReference(value)) return nameOf(engine, value.table, engine.database.find(value));
  const label = (wanted: unknown): string | undefined =>
    column.choices?.find((choice) => choice.value === wanted)?.label;
  switch (column.type) {
    case 'picklist':
    case 'state':
    case 'status':
      return label(value);
    case 'multiselect':
      return String(value)
        .split(',')
        .map((part) => label(Number(part)))
        .join('; ');
    case 'boolean':
      return value === true ? 'Yes' : 'No';
    case 'money':
      return `${symbolOf(engine, row)}${grouped(Number(value), digitsOf(engine, column, row) ?? 2)}`;
    case 'decimal':
    case 'double':
      return grouped(Number(value), column.precision ?? 2);
    case 'integer':
    case 'bigint':
      return grouped(Number(value), 0);
    case 'datetime':
      return new Date(String(value)).toLocaleString('en-US', DATE_TIME).replace(',', '');
    case 'date':
      return new Date(String(value)).toLocaleDateString('en-US', { timeZone: 'UTC' });
    default:
      return undefined;
  }
}

const grouped = (value: number, digits: number): string =>
  value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });

export function nameOf(engine: Engine, table: string, row: Row | undefined): string | undefined {
  const primaryName = engine.model.required(table).schema.primaryName;
  const name = row?.[primaryName];
  return typeof name === 'string' ? name : undefined;
}

function symbolOf(engine: Engine, row: Row): string {
  const currency = row.transactioncurrencyid;
  const symbol =
    currency && isReference(currency) ? engine.database.find(currency)?.currencysymbol : undefined;
  return typeof symbol === 'string' ? symbol : '$';
}
