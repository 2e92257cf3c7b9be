import type { Engine } from '../engine';
import { DataverseError, errors } from '../errors';
import { composite } from '../schema/address';
import { isReference, type Row, type Value } from '../store/row';
import { baseCurrency } from '../write/currency';
import { roundAmounts } from '../write/money';
import type { TableRules, Write } from '../write/rules';
import { checkEditable } from './editable';
import { linesOf, precisionOf, related, type DocumentKind } from './kinds';
import { documentTotals } from './totals';

/** `accountid` and `contactid` repeat the customer, each for its own table. */
function mirrors(row: Row): Record<string, Value> {
  const customer = row.customerid;
  const of = (table: string): Value =>
    isReference(customer) && customer.table === table ? customer : null;
  return { accountid: of('account'), contactid: of('contact') };
}

function currency({ engine }: Write, row: Row): Record<string, Value> {
  const priceList = related(engine, row, 'pricelevelid');
  const listed = priceList?.transactioncurrencyid;
  const own = row.transactioncurrencyid ?? listed ?? baseCurrency(engine) ?? null;
  if (isReference(own) && isReference(listed) && own.id !== listed.id) {
    throw new DataverseError(
      400,
      '0x80048ced',
      'The currency of the record does not match the currency of the price list.',
    );
  }
  const rate = isReference(own) ? engine.database.find(own)?.exchangerate : undefined;
  return { transactioncurrencyid: own, exchangerate: rate ?? 1 };
}

const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ0123456789';

/** Like the auto-numbers of Sales: `ORD-01000-X4Z9Q1`. */
function drawNumber(engine: Engine, kind: DocumentKind): string {
  const count = 1000 + engine.database.store(kind.document).rows.size;
  const suffix = Array.from({ length: 6 }, () => {
    const index = Math.floor(engine.context.random() * LETTERS.length);
    return LETTERS[index];
  }).join('');
  return `${kind.numberPrefix}-${String(count).padStart(5, '0')}-${suffix}`;
}

const numberOf = (engine: Engine, kind: DocumentKind): string =>
  engine.once(kind.number, () => drawNumber(engine, kind));

function totalsOf(engine: Engine, kind: DocumentKind, row: Row): Record<string, Value> {
  const lines = linesOf(engine, kind, String(row[`${kind.document}id`]));
  const failed = lines.some((line) => (line.pricingerrorcode ?? 0) !== 0);
  return {
    ...documentTotals(row, lines, precisionOf(engine, row)),
    pricingerrorcode: failed ? 1 : 0,
  };
}

const compositeOf = (prefix: string, row: Row): Value =>
  composite(prefix, (name) => (typeof row[name] === 'string' ? row[name] : undefined));

function checkCustomer(row: Row): void {
  if (!isReference(row.customerid)) {
    throw errors.invalidArgument(
      'You should specify a parent contact or account: set customerid_account or customerid_contact.',
    );
  }
}

export function documentRules(kind: DocumentKind): TableRules {
  return {
    prepare: (write, row) => {
      checkEditable(kind, write);
      checkCustomer(row);
      const full = { ...row, ...mirrors(row), ...currency(write, row) };
      const completed = roundAmounts(write.engine, write.table, full);
      return {
        ...completed,
        [kind.number]: row[kind.number] ?? numberOf(write.engine, kind),
        billto_composite: compositeOf('billto', row),
        shipto_composite: compositeOf('shipto', row),
        ...totalsOf(write.engine, kind, completed),
      };
    },
  };
}

/** Puts fresh totals on a document after one of its lines changed. */
export function recalculate(engine: Engine, kind: DocumentKind, id: string): void {
  const document = engine.database.get(kind.document, id);
  if (!document) return;
  const row = { ...document, ...totalsOf(engine, kind, document), modifiedon: engine.timestamp() };
  const table = engine.model.required(kind.document);
  const priced = roundAmounts(engine, table, row);
  engine.database.put(table, id, priced, engine.switches.duplicateKeyStatus);
}
