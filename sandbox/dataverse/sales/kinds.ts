import type { Engine } from '../engine';
import { isReference, type Row, type Value } from '../store/row';

/** A document with lines: what order and invoice have in common, as data. */
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
  /** States that end the document, each with the message that brings it there. None: columns alone move the state. */
  closing?: ReadonlyMap<Value | undefined, string>;
}

export const ORDER: DocumentKind = {
  document: 'salesorder',
  line: 'salesorderdetail',
  parent: 'salesorderid',
  number: 'ordernumber',
  numberPrefix: 'ORD',
  lineName: 'salesorderdetailname',
  lineState: 'salesorderstatecode',
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
