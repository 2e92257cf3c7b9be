import Big from 'big.js';
import type { Engine } from '../engine';
import type { Table } from '../schema/model';
import type { ColumnSchema, PrecisionSource } from '../schema/types';
import { isReference, type Row, type Value } from '../store/row';

/** Amounts in the digits that they are kept in, half up. Source: MoneyAttributeMetadata.PrecisionSource. */

type Source = (engine: Engine, row: Row) => Value | undefined;

const SOURCES: Readonly<Record<PrecisionSource, Source>> = {
  column: () => undefined,
  organization: ({ database }) => {
    const [organization] = database.store('organization').rows.values();
    return organization?.pricingdecimalprecision;
  },
  currency: ({ database }, { transactioncurrencyid: currency }) =>
    isReference(currency) ? database.find(currency)?.currencyprecision : undefined,
};

/** How many digits an amount of this row has; undefined when nothing says so. */
export function digitsOf(engine: Engine, column: ColumnSchema, row: Row): number | undefined {
  const digits = column.precisionSource && SOURCES[column.precisionSource](engine, row);
  return typeof digits === 'number' ? digits : column.precision;
}

/** The row with every amount in its digits. The currency of the row is already in it. */
export function roundAmounts(engine: Engine, table: Table, row: Row): Row {
  const rounded: Record<string, Value> = {};
  for (const column of table.columns.values()) {
    const value = row[column.name];
    if (column.type !== 'money' || typeof value !== 'number') continue;
    const digits = digitsOf(engine, column, row);
    if (digits !== undefined) rounded[column.name] = new Big(value).round(digits).toNumber();
  }
  return { ...row, ...rounded };
}
