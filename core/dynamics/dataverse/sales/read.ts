import { isUndefined, omit, omitBy } from 'lodash';
import { v5 as uuidV5 } from 'uuid';

import { validationError } from '../../../errors';
import { isRow } from '../../../odata/answers';
import type { Row } from '../../../odata/types';
import { guidIn } from '../../../values';
import type { SalesDocument } from './salesDocument';

/** What has to be looked up before the document can be written. */
export interface WantedNames {
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
export interface SalesPlan {
  id: string;
  header: Row;
  /** undefined: the document says nothing about lines. */
  lines?: LinePlan[];
  names: WantedNames;
  expectedTotal?: string;
  /** What a person calls this document. */
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
const NOT_COLUMNS = [
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
];

const NOT_LINE_COLUMNS = ['productnumber', 'productid', 'uom', 'uomid', 'isproductoverridden'];

function columnsWithout(document: Row, ...excluded: string[]): Row {
  return omit(omitBy(document, isUndefined), excluded);
}

function text(value: unknown): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const trimmed = String(value).trim();
  return trimmed === '' ? undefined : trimmed;
}

function guid({ words }: SalesDocument, column: string, value: unknown): string | undefined {
  const given = text(value);
  if (given === undefined) return undefined;
  const id = guidIn(given);
  if (id === undefined) {
    throw validationError(
      `"${column}" of the ${words.name} is not a GUID`,
      `Map ${column} to the row's primary key, such as 00000000-0000-0000-0000-000000000001.`,
    );
  }
  return id;
}

/** Deterministic, as a line without a key of its own must not become a second line on the second delivery. */
function lineId(documentId: string, number: number): string {
  return uuidV5(`line:${number}`, Buffer.from(documentId.replaceAll('-', ''), 'hex'));
}

/**
 * One navigation property per target (Dataverse docs: associate-disassociate-entities-using-web-api,
 * "polymorphic lookups"). With both given the account buys, and the contact is its person.
 */
function customerBinding(kind: SalesDocument, document: Row): Row {
  const { account, contact } = (document['customer'] ?? {}) as Row;
  const buyer = guid(kind, 'accountid', account ?? document['accountid']);
  if (buyer) return { 'customerid_account@odata.bind': `/accounts(${buyer})` };
  const person = guid(kind, 'contactid', contact ?? document['contactid']);
  return person ? { 'customerid_contact@odata.bind': `/contacts(${person})` } : {};
}

function knownBindings(kind: SalesDocument, document: Row): Row {
  const currency = guid(kind, 'transactioncurrencyid', document['transactioncurrencyid']);
  const priceList = guid(kind, 'pricelevelid', document['pricelevelid']);
  return {
    ...customerBinding(kind, document),
    ...(currency && { 'transactioncurrencyid@odata.bind': `/transactioncurrencies(${currency})` }),
    ...(priceList && { 'pricelevelid@odata.bind': `/pricelevels(${priceList})` }),
  };
}

function readLine(kind: SalesDocument, line: Row, index: number, documentId: string): LinePlan {
  const { key, parent } = kind.lines;
  const number = index + 1;
  const plan: LinePlan = {
    id: guid(kind, key, line[key]) ?? lineId(documentId, number),
    number,
    columns: columnsWithout(line, key, parent, ...NOT_LINE_COLUMNS),
    sku: text(line['productnumber']),
    productId: guid(kind, 'productid', line['productid']),
    unit: text(line['uom']),
    unitId: guid(kind, 'uomid', line['uomid']),
    writeIn: line['isproductoverridden'] === true,
  };
  if (!plan.sku && !plan.productId && !text(line['productdescription'])) {
    throw validationError(
      `Line ${number} of the ${kind.words.name} names no product`,
      'Map productnumber (SKU), productid, or productdescription for a write-in line.',
    );
  }
  // Null says that there should have been one: then it is an unknown product.
  if (!plan.sku && !plan.productId && line['productnumber'] !== null) plan.writeIn = true;
  return plan;
}

function expectedTotal({ words }: SalesDocument, { expectedtotal }: Row): string | undefined {
  const given = text(expectedtotal);
  if (given === undefined || /^[+-]?\d+(\.\d+)?(e[+-]?\d{1,2})?$/i.test(given)) return given;
  throw validationError(
    `"expectedtotal" of the ${words.name} is not a number: "${given.slice(0, 40)}"`,
    'Map expectedtotal to a number with a point before the decimals, such as 59.90, or leave it out.',
  );
}

function listFix({ lines }: SalesDocument): string {
  return `Map ${lines.property} to a list of lines, one object for each.`;
}

/** The lines as they are given; undefined where the document says nothing about them. */
function linesOf(kind: SalesDocument, document: Row): Row[] | undefined {
  const { lines, words } = kind;
  const given = document[lines.property] ?? undefined;
  if (given === undefined) return undefined;
  if (!Array.isArray(given)) {
    throw validationError(`"${lines.property}" of the ${words.name} is not a list`, listFix(kind));
  }
  return given.map((line: unknown, index) => {
    if (isRow(line)) return line;
    throw validationError(
      `Line ${index + 1} of the ${words.name} is not an object with columns`,
      listFix(kind),
    );
  });
}

function requireDistinct({ lines: { key }, words }: SalesDocument, lines: LinePlan[]): void {
  const seen = new Map<string, number>();
  for (const { id, number } of lines) {
    const before = seen.get(id);
    if (before !== undefined) {
      throw validationError(
        `Lines ${before} and ${number} of the ${words.name} have the same "${key}"`,
        `Map ${key} to a GUID of its own for each line, or leave it out.`,
      );
    }
    seen.set(id, number);
  }
}

function wantedNames(kind: SalesDocument, document: Row, lines: LinePlan[]): WantedNames {
  const fromCatalogue = lines.filter(({ writeIn }) => !writeIn);
  return {
    currency: text(document['transactioncurrency'])?.toUpperCase(),
    currencyId: guid(kind, 'transactioncurrencyid', document['transactioncurrencyid']),
    priceList: text(document['pricelevel']),
    products: fromCatalogue.flatMap(({ sku, productId }) => (sku && !productId ? [sku] : [])),
    productIds: fromCatalogue.flatMap(({ productId }) => (productId ? [productId] : [])),
    units: fromCatalogue.flatMap(({ unit }) => (unit ? [unit] : [])),
  };
}

/** Takes a document apart. Throws a validation error that names the column. */
export function readSalesDocument(kind: SalesDocument, document: Row): SalesPlan {
  const { words } = kind;
  const id = guid(kind, kind.key, document[kind.key]);
  if (!id) {
    throw validationError(
      `The ${words.name} has no "${kind.key}"`,
      `Map ${kind.key} to a GUID made from the ${words.short} id in the shop (the presets do), so that the same ${words.short} is never created twice.`,
    );
  }
  const lines = linesOf(kind, document)?.map((line, index) => readLine(kind, line, index, id));
  requireDistinct(kind, lines ?? []);
  return {
    id,
    header: {
      ...columnsWithout(document, kind.key, kind.lines.property, ...NOT_COLUMNS),
      ...knownBindings(kind, document),
    },
    lines,
    names: wantedNames(kind, document, lines ?? []),
    expectedTotal: expectedTotal(kind, document),
    label: text(document['name']) ?? text(document[kind.number]) ?? id,
  };
}
