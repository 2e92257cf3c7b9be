import { v5 as uuidV5 } from 'uuid';

import { validationError } from '../../../errors';
import type { Row } from '../../../odata/types';
import type { SalesOrderDocument, SalesOrderLine } from './documents';

export type { SalesOrderDocument, SalesOrderLine } from './documents';

/** What has to be looked up before the order can be written. */
export interface OrderNames {
  currency?: string;
  /** Primary key of the currency, where the document gives that. */
  currencyId?: string;
  priceList?: string;
  /** SKUs, as written. */
  products: string[];
  productIds: string[];
  units: string[];
}

/** A document that has been read: columns apart from what is only a name for something. */
export interface OrderPlan {
  id: string;
  header: Row;
  /** undefined: the document says nothing about lines. */
  lines?: LinePlan[];
  names: OrderNames;
  expectedTotal?: string;
  /** What a person calls this order. */
  label: string;
}

export interface LinePlan {
  id: string;
  /** Place in the document, from 1. */
  number: number;
  /** Columns that need no look-up. */
  columns: Row;
  sku?: string;
  productId?: string;
  unit?: string;
  unitId?: string;
  writeIn: boolean;
}

/** Keys of a document that are no columns of the row, or are sent as a binding. */
const NOT_COLUMNS = new Set([
  'salesorderid',
  'order_details',
  'transactioncurrency',
  'transactioncurrencyid',
  'pricelevel',
  'pricelevelid',
  'customer',
  'customerid',
  'accountid',
  'contactid',
  'expectedtotal',
  'source',
  'claim',
]);

const NOT_LINE_COLUMNS = new Set([
  'salesorderdetailid',
  'salesorderid',
  'productnumber',
  'productid',
  'uom',
  'uomid',
  'isproductoverridden',
]);

function columnsWithout(document: Row, excluded: ReadonlySet<string>): Row {
  return Object.fromEntries(
    Object.entries(document).filter(([key, value]) => value !== undefined && !excluded.has(key)),
  );
}

function text(value: unknown): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const trimmed = String(value).trim();
  return trimmed === '' ? undefined : trimmed;
}

function guid(value: unknown, column: string): string | undefined {
  const given = text(value);
  if (given === undefined) return undefined;
  const bare = given.replace(/^\{|\}$/g, '').toLowerCase();
  if (!GUID.test(bare)) {
    throw validationError(
      `"${column}" of the sales order is not a GUID: "${given}"`,
      `Map ${column} to the row's primary key, such as 00000000-0000-0000-0000-000000000001.`,
    );
  }
  return bare;
}

/** Dataverse takes any 128 bits, not only the versions of RFC 9562. */
const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Deterministic, as a line without a key of its own must not become a second line on the second delivery. */
function lineId(orderId: string, number: number): string {
  return uuidV5(`line:${number}`, Buffer.from(orderId.replaceAll('-', ''), 'hex'));
}

/**
 * One navigation property per target (Dataverse docs: associate-disassociate-entities-using-web-api,
 * "polymorphic lookups"). With both given the account buys, and the contact is its person.
 */
function customerBinding({ customer, accountid, contactid }: SalesOrderDocument): Row {
  const account = guid(customer?.account ?? accountid, 'accountid');
  if (account) return { 'customerid_account@odata.bind': `/accounts(${account})` };
  const contact = guid(customer?.contact ?? contactid, 'contactid');
  return contact ? { 'customerid_contact@odata.bind': `/contacts(${contact})` } : {};
}

function knownBindings(document: SalesOrderDocument): Row {
  const currency = guid(document.transactioncurrencyid, 'transactioncurrencyid');
  const priceList = guid(document.pricelevelid, 'pricelevelid');
  return {
    ...customerBinding(document),
    ...(currency && { 'transactioncurrencyid@odata.bind': `/transactioncurrencies(${currency})` }),
    ...(priceList && { 'pricelevelid@odata.bind': `/pricelevels(${priceList})` }),
  };
}

function readLine(line: SalesOrderLine, index: number, orderId: string): LinePlan {
  const number = index + 1;
  const plan: LinePlan = {
    id: guid(line.salesorderdetailid, 'salesorderdetailid') ?? lineId(orderId, number),
    number,
    columns: columnsWithout(line, NOT_LINE_COLUMNS),
    sku: text(line.productnumber),
    productId: guid(line.productid, 'productid'),
    unit: text(line.uom),
    unitId: guid(line.uomid, 'uomid'),
    writeIn: line.isproductoverridden === true,
  };
  if (!plan.sku && !plan.productId && !text(line.productdescription)) {
    throw validationError(
      `Line ${number} of the sales order names no product`,
      'Map productnumber (SKU), productid, or productdescription for a write-in line.',
    );
  }
  if (!plan.sku && !plan.productId) plan.writeIn = true;
  return plan;
}

function expectedTotal({ expectedtotal }: SalesOrderDocument): string | undefined {
  const given = text(expectedtotal);
  if (given === undefined || /^[+-]?\d+(\.\d+)?(e[+-]?\d{1,2})?$/i.test(given)) return given;
  throw validationError(
    `"expectedtotal" of the sales order is not a number: "${given.slice(0, 40)}"`,
    'Map expectedtotal to a number with a point before the decimals, such as 59.90, or leave it out.',
  );
}

function lineOf(line: unknown, number: number): SalesOrderLine {
  if (typeof line === 'object' && line !== null && !Array.isArray(line)) {
    return line as SalesOrderLine;
  }
  throw validationError(
    `Line ${number} of the sales order is not an object with columns`,
    'Map order_details to a list of lines, one object for each.',
  );
}

/** Takes a document apart. Throws a validation error that names the column. */
export function readSalesOrder(document: SalesOrderDocument): OrderPlan {
  const id = guid(document.salesorderid, 'salesorderid');
  if (!id) {
    throw validationError(
      'The sales order has no "salesorderid"',
      'Map salesorderid to a GUID made from the order id in the shop (the presets do), so that the same order is never created twice.',
    );
  }
  const given: unknown = document.order_details;
  if (given !== undefined && given !== null && !Array.isArray(given)) {
    throw validationError(
      '"order_details" of the sales order is not a list',
      'Map order_details to a list of lines, one object for each.',
    );
  }
  const lines = document.order_details?.map((line, index) =>
    readLine(lineOf(line, index + 1), index, id),
  );
  requireDistinct(lines ?? []);
  const fromCatalogue = (lines ?? []).filter(({ writeIn }) => !writeIn);
  return {
    id,
    header: { ...columnsWithout(document, NOT_COLUMNS), ...knownBindings(document) },
    lines,
    names: {
      currency: text(document.transactioncurrency)?.toUpperCase(),
      currencyId: guid(document.transactioncurrencyid, 'transactioncurrencyid'),
      priceList: text(document.pricelevel),
      products: fromCatalogue.flatMap(({ sku, productId }) => (sku && !productId ? [sku] : [])),
      productIds: fromCatalogue.flatMap(({ productId }) => (productId ? [productId] : [])),
      units: fromCatalogue.flatMap(({ unit }) => (unit ? [unit] : [])),
    },
    expectedTotal: expectedTotal(document),
    label: text(document.name) ?? text(document.ordernumber) ?? id,
  };
}

function requireDistinct(lines: LinePlan[]): void {
  const seen = new Map<string, number>();
  for (const { id, number } of lines) {
    const before = seen.get(id);
    if (before !== undefined) {
      throw validationError(
        `Lines ${before} and ${number} of the sales order have the same "salesorderdetailid"`,
        'Map salesorderdetailid to a GUID of its own for each line, or leave it out.',
      );
    }
    seen.set(id, number);
  }
}
