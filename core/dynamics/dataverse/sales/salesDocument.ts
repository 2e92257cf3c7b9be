import type { ActionForm } from '../actions/forms';

export interface ClosingAction {
  name: string;
  /** The form that is tried first: the documentation does not settle which one an environment has. */
  usually: ActionForm;
  state: number;
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
  /** Business actions that close the document and record an activity about it. */
  closing?: {
    /** Logical name of the activity, such as `orderclose`. */
    activity: string;
    /** Parameter of the action that holds the activity: `OrderClose`. */
    parameter: string;
    /** What a caller calls the action → its name, and the statecode that it leads to. */
    actions: Readonly<Record<string, ClosingAction>>;
  };
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
