import { adjustmentProductRules, purchaseOrderProductRules } from './inventory/rules';
import { backgroundRules } from './background/rows';
import { endpointRules, imageRules, stepRules } from './events/endpoints';
import { documentRules } from './sales/documents';
import { INVOICE, ORDER, QUOTE, related } from './sales/kinds';
import { lineRules } from './sales/lines';
import { composite } from './schema/address';
import type { Row, Value } from './store/row';
import type { RuleBook, TableRules } from './write/rules';

const joined = (row: Row, ...names: string[]): Value =>
  names
    .map((name) => row[name])
    .filter((part) => typeof part === 'string' && part !== '')
    .join(' ') || null;

const compositeOf = (prefix: string, row: Row): Value =>
  composite(prefix, (name) => (typeof row[name] === 'string' ? row[name] : undefined));

const addresses = (row: Row): Record<string, Value> => ({
  address1_composite: compositeOf('address1', row),
  address2_composite: compositeOf('address2', row),
});

const account: TableRules = { prepare: (_write, row) => ({ ...row, ...addresses(row) }) };

const contact: TableRules = {
  prepare: (_write, row) => ({
    ...row,
    ...addresses(row),
    fullname: joined(row, 'firstname', 'middlename', 'lastname'),
  }),
};

const systemuser: TableRules = {
  prepare: (_write, row) => ({ ...row, fullname: joined(row, 'firstname', 'lastname') }),
};

const productpricelevel: TableRules = {
  prepare: ({ engine }, row) => {
    const currency = related(engine, row, 'pricelevelid')?.transactioncurrencyid ?? null;
    const productnumber = related(engine, row, 'productid')?.productnumber ?? null;
    return { ...row, productnumber, transactioncurrencyid: currency };
  },
};

/** The business logic of each table, by name; a table without an entry has none. */
export const ruleBook: RuleBook = {
  account,
  contact,
  systemuser,
  productpricelevel,
  backgroundoperation: backgroundRules,
  serviceendpoint: endpointRules,
  sdkmessageprocessingstep: stepRules,
  sdkmessageprocessingstepimage: imageRules,
  [QUOTE.document]: documentRules(QUOTE),
  [QUOTE.line]: lineRules(QUOTE),
  msdyn_inventoryadjustmentproduct: adjustmentProductRules,
  msdyn_purchaseorderproduct: purchaseOrderProductRules,
  [ORDER.document]: documentRules(ORDER),
  [ORDER.line]: lineRules(ORDER),
  [INVOICE.document]: documentRules(INVOICE),
  [INVOICE.line]: lineRules(INVOICE),
};
