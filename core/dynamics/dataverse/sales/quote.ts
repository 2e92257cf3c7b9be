import { SALES_LOOKUPS, SALES_NUMBERS, type SalesDocument } from './salesDocument';
import { SALES_ORDER } from './salesOrder';

const QUOTE_CLOSE = { activity: 'quoteclose', parameter: 'QuoteClose' };

const ACTIVATE_FIRST =
  'Only active quotes can be closed or converted: put the operation Activate before this one.';

/** Dynamics 365 Sales docs: quote ("only draft quotes can be edited"), quotedetail. */
export const QUOTE = {
  set: 'quotes',
  key: 'quoteid',
  number: 'quotenumber',
  lines: {
    set: 'quotedetails',
    key: 'quotedetailid',
    property: 'quote_details',
    parent: 'quoteid',
  },
  createOnly: new Set(['quotenumber', 'overriddencreatedon']),
  lookups: SALES_LOOKUPS,
  numbers: SALES_NUMBERS,
  states: ['Draft', 'Active', 'Won', 'Closed'],
  editable: [0],
  words: {
    name: 'quote',
    short: 'quote',
    aShort: 'a quote',
    closedFix:
      'Only drafts can be edited. Make a new revision of the quote (operation Revise, or by hand) and make the change there, then discard the record.',
  },
  moves: {
    activate: { to: 1, from: [0] },
    win: {
      action: { name: 'WinQuote', usually: 'unbound', closing: QUOTE_CLOSE },
      to: 2,
      from: [1],
      notYet: ACTIVATE_FIRST,
    },
    close: {
      action: { name: 'CloseQuote', usually: 'unbound', closing: QUOTE_CLOSE },
      to: 3,
      from: [1],
      notYet: ACTIVATE_FIRST,
    },
  },
  conversion: {
    action: { name: 'ConvertQuoteToSalesOrder', usually: 'unbound' },
    parameter: 'QuoteId',
    target: SALES_ORDER,
    property: 'quote_orders',
    from: [1, 2],
    notYet: ACTIVATE_FIRST,
  },
} satisfies SalesDocument<'quotenumber'>;
