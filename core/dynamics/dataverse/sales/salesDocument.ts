import type { ActionName } from '../actions/call';

/** An action of Sales; it stands behind the set of its document, or behind its rows, where it is bound. */
export type SalesAction = Pick<ActionName, 'name' | 'usually'>;

/** How an action that closes a document records it. */
export interface Closing {
  /** Logical name of the activity, such as `orderclose`. */
  activity: string;
  /** Parameter of the action that holds the activity: `OrderClose`. */
  parameter: string;
}

/** A way from one state to another. */
export interface Move {
  /** What takes it there; left out: nothing but the columns of the state. */
  action?: SalesAction & { closing: Closing };
  /** The statecode that it leads to. */
  to: number;
  /** The statecodes that it leads from. */
  from: readonly number[];
  /** What to do about a document that still takes changes, where that is too early. */
  notYet?: string;
}

/** An action that makes another document of this one, anew each time. */
export interface Conversion {
  action: SalesAction;
  /** Parameter that names the document. */
  parameter: string;
  /** What it makes. */
  target: SalesDocument;
  /** Navigation property of the document that holds what was made of it. */
  property: string;
  /** The statecodes in which the service converts. */
  from: readonly number[];
  /** What to do about a document that still takes changes, where that is too early. */
  notYet?: string;
}

/**
 * A document with lines of the Dynamics 365 Sales app: a quote, an order or an invoice. Their tables differ in names
 * and states only, so that one writer takes them all by such a description (Dynamics 365 Sales docs: quote,
 * salesorder, invoice and their detail tables).
 *
 * @typeParam N name of the column with the document's number
 */
export interface SalesDocument<N extends string = string> {
  /** Entity set. */
  set: string;
  /** Primary key column, whose value the sender makes. */
  key: string;
  /** Column with the number that people see. */
  number: N;
  lines: {
    /** Entity set. */
    set: string;
    /** Primary key column, whose value the sender makes. */
    key: string;
    /** Navigation property of the document that holds its lines. */
    property: string;
    /** Navigation property of a line that points to its document. */
    parent: string;
  };
  /** Columns that the service takes at creation only. */
  createOnly: ReadonlySet<string>;
  /** Navigation property → column of the lookup that it writes; of the document and of its lines. */
  lookups: Readonly<Record<string, string>>;
  /** Columns that take a number and no text, of the document and of its lines. */
  numbers: readonly string[];
  /** Name of each statecode, from 0. */
  states: readonly string[];
  /** The statecodes in which the service takes changes. */
  editable: readonly number[];
  words: {
    /** `sales order` */
    name: string;
    /** `order` */
    short: string;
    /** `an order` */
    aShort: string;
    /** What to do about a change to a document that takes none. */
    closedFix: string;
  };
  /** What a caller calls a move → what it is. */
  moves?: Readonly<Record<string, Move>>;
  /** Actions that lock and unlock the prices of a document. A quote has none. */
  pricing?: {
    lock: SalesAction;
    unlock: SalesAction;
    /** Parameter that names the document where the action is not bound to it. */
    parameter: string;
  };
  conversion?: Conversion;
}

/** The same for every document of Sales. */
export const SALES_LOOKUPS: SalesDocument['lookups'] = {
  customerid_account: 'customerid',
  customerid_contact: 'customerid',
  transactioncurrencyid: 'transactioncurrencyid',
  pricelevelid: 'pricelevelid',
  productid: 'productid',
  uomid: 'uomid',
};

/** The same for every document of Sales: OData takes numbers for these columns, and no text. */
export const SALES_NUMBERS: SalesDocument['numbers'] = [
  'quantity',
  'priceperunit',
  'tax',
  'manualdiscountamount',
  'freightamount',
  'discountamount',
  'discountpercentage',
];
