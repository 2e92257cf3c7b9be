import { type DocumentKind, INVOICE, ORDER, QUOTE } from '../../sales/kinds';
import type { Action } from './action';
import { close } from './close';
import { convertToInvoice, convertToOrder } from './convert';
import { setPricesLocked } from './pricing';
import { reviseQuote } from './revise';

const CLOSE_ORDER = { kind: ORDER, activity: 'orderclose', parameter: 'OrderClose' } as const;
const CLOSE_QUOTE = { kind: QUOTE, activity: 'quoteclose', parameter: 'QuoteClose' } as const;

const closing = (
  given: Parameters<typeof close>[0] & { parameter: 'OrderClose' | 'QuoteClose' },
): Action => ({
  run: close(given),
  parameters: { [given.parameter]: 'required', Status: 'required' },
  table: given.kind.document,
});

const pricing = (kind: DocumentKind, key: string, locked: boolean): Action => ({
  run: setPricesLocked(kind, key, locked),
  parameters: { [key]: 'required' },
  table: kind.document,
  row: key,
});

/** Source: Dynamics 365 Sales, Web API action reference (2016), where each has its parameters and what it is bound to. */
export const SALES_ACTIONS: Readonly<Record<string, Action>> = {
  FulfillSalesOrder: closing({ ...CLOSE_ORDER, state: 3 }),
  CancelSalesOrder: closing({ ...CLOSE_ORDER, state: 2, anyTable: true }),
  ConvertSalesOrderToInvoice: {
    run: convertToInvoice,
    parameters: { SalesOrderId: 'required', ColumnSet: 'required', ProcessInstanceId: 'optional' },
    table: ORDER.document,
  },
  LockSalesOrderPricing: pricing(ORDER, 'SalesOrderId', true),
  UnlockSalesOrderPricing: pricing(ORDER, 'SalesOrderId', false),
  LockInvoicePricing: pricing(INVOICE, 'InvoiceId', true),
  UnlockInvoicePricing: pricing(INVOICE, 'InvoiceId', false),
  WinQuote: closing({ ...CLOSE_QUOTE, state: 2 }),
  CloseQuote: closing({ ...CLOSE_QUOTE, state: 3 }),
  ReviseQuote: {
    run: reviseQuote,
    parameters: { QuoteId: 'required', ColumnSet: 'required' },
    table: QUOTE.document,
  },
  ConvertQuoteToSalesOrder: {
    run: convertToOrder,
    parameters: {
      QuoteId: 'required',
      ColumnSet: 'required',
      QuoteCloseDate: 'optional',
      QuoteCloseStatus: 'optional',
      QuoteCloseSubject: 'optional',
      QuoteCloseDescription: 'optional',
      ProcessInstanceId: 'optional',
    },
    table: QUOTE.document,
  },
};
