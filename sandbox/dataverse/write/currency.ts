import type { Engine } from '../engine';
import type { Table } from '../schema/model';
import { isReference, type Reference, type Row } from '../store/row';

/** Currency of the organisation. */
export function baseCurrency(engine: Engine): Reference | undefined {
  for (const organization of engine.database.store('organization').rows.values()) {
    if (isReference(organization.basecurrencyid)) return organization.basecurrencyid;
  }
  return undefined;
}

/** A row with an amount is in the base currency unless it names another; its rate is that of its currency. */
export function withCurrency(engine: Engine, table: Table, row: Row): Row {
  if (!table.columns.has('transactioncurrencyid')) return row;
  const hasAmount = [...table.amounts.keys()].some((name) => typeof row[name] === 'number');
  const currency = row.transactioncurrencyid ?? (hasAmount ? baseCurrency(engine) : undefined);
  if (!isReference(currency)) return row;
  const rate = engine.database.find(currency)?.exchangerate ?? 1;
  return { ...row, transactioncurrencyid: currency, exchangerate: rate };
}
