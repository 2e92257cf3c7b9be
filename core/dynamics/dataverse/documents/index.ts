import { z } from 'zod';

import { orderStateSchema } from '../../../commerce/state';
import { documentType } from '../../../documents';
import {
  invoiceSchema,
  quoteSchema,
  SAMPLE_INVOICE,
  SAMPLE_QUOTE,
  SAMPLE_SALES_ORDER,
  salesOrderSchema,
} from '../sales/documents';
import { checkTotal } from '../sales/total';
import { SAMPLE_ACCOUNT, SAMPLE_CONTACT, accountSchema, contactSchema } from './customer';
import { SAMPLE_PRODUCT, productSchema } from './product';
import { DATAVERSE_ROWS } from './rows';

/** An order, with the customer that it names: written one after the other by three nodes. */
export const salesOrderDocumentSchema = z.object({
  salesorder: salesOrderSchema,
  account: accountSchema.optional(),
  contact: contactSchema,
  state: orderStateSchema.optional(),
});
const buyers = { account: accountSchema.optional(), contact: contactSchema };
const state = orderStateSchema.optional();
const quoteDocumentSchema = z.object({ quote: quoteSchema, ...buyers, state });
const invoiceDocumentSchema = z.object({ invoice: invoiceSchema, ...buyers, state });

export const contactDocumentSchema = z.object({
  account: accountSchema.optional(),
  contact: contactSchema,
});
export const productDocumentSchema = z.object({ product: productSchema });

export type MappedSalesOrder = z.infer<typeof salesOrderDocumentSchema>;

const tablesOf = (table: string, lines: string) => ({
  [table]: table,
  [`${table}.${lines}[*]`]: `${table}detail`,
  contact: 'contact',
  account: 'account',
});

/** What the check of totals reads of a document of Sales. */
const readsOf = (table: string, lines: string): string[] =>
  [
    ...['expectedtotal', 'transactioncurrency', 'freightamount', 'discountamount'],
    ...['quantity', 'priceperunit', 'manualdiscountamount', 'tax'].map(
      (name) => `${lines}[*].${name}`,
    ),
  ].map((name) => `${table}.${name}`);

export { labelOf } from './rows';
export { isTrackingColumn, TRACKING_COLUMNS, trackingColumn } from './tracking';

/** The documents of Dataverse: those that mappings write, which the Dynamics 365 node takes, and the rows that they read. */
export const DATAVERSE_DOCUMENTS = [
  documentType({
    name: 'dataverse.salesorder',
    displayName: 'Dynamics 365 Sales Order',
    phrase: 'Dynamics 365 sales order',
    schema: salesOrderDocumentSchema,
    xmlText: true,
    tables: tablesOf('salesorder', 'order_details'),
    sample: { salesorder: SAMPLE_SALES_ORDER, account: SAMPLE_ACCOUNT, contact: SAMPLE_CONTACT },
    check: ({ salesorder }) => {
      if (salesorder !== undefined) checkTotal('Sales order', salesorder, salesorder.order_details);
    },
    reads: readsOf('salesorder', 'order_details'),
  }),
  documentType({
    name: 'dataverse.contact',
    displayName: 'Dynamics 365 Contact',
    phrase: 'Dynamics 365 contact',
    schema: contactDocumentSchema,
    xmlText: true,
    tables: { contact: 'contact', account: 'account' },
    sample: { account: SAMPLE_ACCOUNT, contact: SAMPLE_CONTACT },
  }),
  documentType({
    name: 'dataverse.product',
    displayName: 'Dynamics 365 Product',
    phrase: 'Dynamics 365 product',
    schema: productDocumentSchema,
    xmlText: true,
    tables: { product: 'product' },
    sample: { product: SAMPLE_PRODUCT },
  }),
  documentType({
    name: 'dataverse.quote',
    displayName: 'Dynamics 365 Quote',
    phrase: 'Dynamics 365 quote',
    schema: quoteDocumentSchema,
    xmlText: true,
    tables: tablesOf('quote', 'quote_details'),
    sample: { quote: SAMPLE_QUOTE, account: SAMPLE_ACCOUNT, contact: SAMPLE_CONTACT },
    check: ({ quote }) => {
      if (quote) checkTotal('Quote', quote, quote.quote_details);
    },
    reads: readsOf('quote', 'quote_details'),
  }),
  documentType({
    name: 'dataverse.invoice',
    displayName: 'Dynamics 365 Invoice',
    phrase: 'Dynamics 365 invoice',
    schema: invoiceDocumentSchema,
    xmlText: true,
    tables: tablesOf('invoice', 'invoice_details'),
    sample: { invoice: SAMPLE_INVOICE, account: SAMPLE_ACCOUNT, contact: SAMPLE_CONTACT },
    check: ({ invoice }) => {
      if (invoice) checkTotal('Invoice', invoice, invoice.invoice_details);
    },
    reads: readsOf('invoice', 'invoice_details'),
  }),
  ...DATAVERSE_ROWS,
];
