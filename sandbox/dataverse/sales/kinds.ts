import type { Engine } from '../engine';
import { isReference, type Row, type Value } from '../store/row';

/** A document with lines: what quote, order and invoice have in common, as data. */
export interface DocumentKind {
  document: string;
  line: string;
  /** Column of the line that points to its document. */
  parent: string;
  number: string;
  numberPrefix: string;
  lineName: string;
  /** Column of the line that shows the state of the document. */
  lineState?: string;
  /** The state 0, in which alone the document takes changes. */
  editable: 'active' | 'draft';
  /** States that end the document, each with the message that brings it there; undefined: columns alone do. */
  closing: ReadonlyMap<Value | undefined, string | undefined>;
}

export const QUOTE: DocumentKind = {
  document: 'quote',
  line: 'quotedetail',
  parent: 'quoteid',
  number: 'quotenumber',
  numberPrefix: 'QUO',
  lineName: 'quotedetailname',
  lineState: 'quotestatecode',
  editable: 'draft',
  closing: new Map([
    [2, 'WinQuote'],
    [3, 'CloseQuote'],
  ]),
};

export const ORDER: DocumentKind = {
  document: 'salesorder',
  line: 'salesorderdetail',
  parent: 'salesorderid',
  number: 'ordernumber',
  numberPrefix: 'ORD',
  lineName: 'salesorderdetailname',
  lineState: 'salesorderstatecode',
  editable: 'active',
  closing: new Map([
    [2, 'CancelSalesOrder'],
    [3, 'FulfillSalesOrder'],
    [4, 'ConvertSalesOrderToInvoice'],
  ]),
};

export const INVOICE: DocumentKind = {
  document: 'invoice',
  line: 'invoicedetail',
  parent: 'invoiceid',
  number: 'invoicenumber',
  numberPrefix: 'INV',
  lineName: 'invoicedetailname',
  editable: 'active',
  // Paid and canceled invoices are read-only; Sales has no messages that bring an invoice there.
  closing: new Map([
    [1, undefined],
    [2, undefined],
    [3, undefined],
  ]),
};

export function linesOf(engine: Engine, kind: DocumentKind, id: string): Row[] {
  return engine.database.referrers(kind.line, kind.parent, { table: kind.document, id });
}

/** The row that a lookup of this row points to. */
export function related(engine: Engine, row: Row, column: string): Row | undefined {
  const value = row[column];
  return isReference(value) ? engine.database.find(value) : undefined;
}

/** Digits of the currency of a document. */
export function precisionOf(engine: Engine, row: Row): number | undefined {
  const digits = related(engine, row, 'transactioncurrencyid')?.currencyprecision;
  return typeof digits === 'number' ? digits : undefined;
}
