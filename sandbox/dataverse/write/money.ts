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

const BASE = '_base';

/** What the service keeps of an amount in the base currency has all digits that are stored. */
const BASE_DIGITS = 4;

/**
 * The row with every amount in its digits, and beside each the same in the base currency. The currency of the row and
 * its rate, which says how much of it one of the base currency is, are already in it.
 */
export function roundAmounts(engine: Engine, table: Table, row: Row): Row {
  const rounded: Record<string, Value> = {};
  for (const column of table.amounts.values()) {
    const value = row[column.name];
    if (column.name.endsWith(BASE) || typeof value !== 'number') continue;
    const digits = digitsOf(engine, column, row);
    if (digits !== undefined) rounded[column.name] = new Big(value).round(digits).toNumber();
  }
  return withBaseAmounts(table, { ...row, ...rounded });
}

function withBaseAmounts(table: Table, row: Row): Row {
  const { exchangerate: rate } = row;
  const converted: Record<string, Value> = {};
  for (const name of table.amounts.keys()) {
    if (!name.endsWith(BASE)) continue;
    const amount = row[name.slice(0, -BASE.length)];
    const known = typeof amount === 'number' && typeof rate === 'number' && rate > 0;
    converted[name] = known ? new Big(amount).div(rate).round(BASE_DIGITS).toNumber() : null;
  }
  return { ...row, ...converted };
}
