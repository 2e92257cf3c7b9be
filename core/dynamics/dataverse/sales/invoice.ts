import { SALES_LOOKUPS, SALES_NUMBERS, type SalesDocument } from './salesDocument';

/** Dynamics 365 Sales docs: invoice (paid and canceled invoices are read-only), invoicedetail. */
export const INVOICE = {
  set: 'invoices',
  key: 'invoiceid',
  number: 'invoicenumber',
  lines: {
    set: 'invoicedetails',
    key: 'invoicedetailid',
    property: 'invoice_details',
    parent: 'invoiceid',
  },
  createOnly: new Set(['invoicenumber', 'overriddencreatedon']),
  lookups: SALES_LOOKUPS,
  numbers: SALES_NUMBERS,
  states: ['Active', 'Closed', 'Paid', 'Canceled'],
  editable: [0],
  words: {
    name: 'invoice',
    short: 'invoice',
    aShort: 'an invoice',
    closedFix:
      'Only active invoices can be edited. Make the change by hand, such as with a credit note or a new invoice, and discard the record; or, where your environment allows it, make the invoice active again and requeue the record.',
  },
  // Sales has no actions for these (Dynamics 365 Sales docs, invoice: an invoice is paid by its state).
  moves: {
    pay: { to: 2, from: [0] },
    cancel: { to: 3, from: [0] },
  },
  pricing: {
    lock: { name: 'LockInvoicePricing', usually: 'bound' },
    unlock: { name: 'UnlockInvoicePricing', usually: 'unbound' },
    parameter: 'InvoiceId',
  },
} satisfies SalesDocument<'invoicenumber'>;
