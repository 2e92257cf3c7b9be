/**
 * Rows of sales as the Web API gives them, and as triggers and *Get* put them out: columns by their logical names, labels in
 * annotations beside them. What mappings from Dynamics 365 read; what mappings to it write has names of its own.
 */
import { z } from 'zod';

import { shopOrderSchema } from '../../../commerce/source';
import { documentType } from '../../../documents';
import { guid } from './columns';
import { TRACKING_COLUMNS, trackingColumn } from './tracking';

const text = z.string().nullish();
const amount = z.number().nullish();
const moment = z.string().nullish().describe('ISO 8601 date and time in UTC');
const day = z.string().nullish().describe('Day, such as 2024-05-03');

/** Of a column with choices: its label, where the row was read with annotations. */
export const labelOf = (column: string): string =>
  `${column}@OData.Community.Display.V1.FormattedValue`;

/** A lookup, as a row holds it. */
export const lookupOf = (column: string): string => `_${column}_value`;

const choice = (column: string, words: string) => ({
  [column]: z.number().int().describe(words),
  [labelOf(column)]: text.describe('As people read it'),
});

const currency = {
  [lookupOf('transactioncurrencyid')]: guid.nullish(),
  transactioncurrencyid: z
    .object({ isocurrencycode: z.string().nullish() })
    .nullish()
    .describe('The currency, where the row was read with it (Expand)'),
};

/** What every document of sales has, beside its key and its number. */
const sales = {
  name: text,
  ...currency,
  totalamount: amount.describe('System-calculated'),
  modifiedon: moment,
  shopOrder: shopOrderSchema
    .optional()
    .describe('The order of a shop that the row is, as Sync Ledger: Find Source names it'),
};

/** By the names that *Environment: Prepare* gives them with the prefix that is usual. */
const tracking = Object.fromEntries(
  Object.values(TRACKING_COLUMNS).map(({ name, description }) => [
    trackingColumn('new', name),
    text.describe(description),
  ]),
);

const SHOP_ORDER = { platform: 'xcart', store: 'main', id: '1042', number: '1001' };
const SALES_ORDER_ID = '5d1c6f0e-2b6c-5a51-8f6a-0c6a1e3f7b04';

const SAMPLE_ORDER_ROW = {
  salesorderid: SALES_ORDER_ID,
  ordernumber: 'ORD-01007-X1',
  name: 'X-Cart 1001',
  statecode: 3,
  [labelOf('statecode')]: 'Fulfilled',
  statuscode: 100001,
  [labelOf('statuscode')]: 'Complete',
  datefulfilled: '2024-05-03',
  [trackingColumn('new', TRACKING_COLUMNS.numbers.name)]: '1Z9990000000000001, 1Z9990000000000002',
  [trackingColumn('new', TRACKING_COLUMNS.carrier.name)]: 'UPS Ground',
  [trackingColumn('new', TRACKING_COLUMNS.shippedOn.name)]: '2024-05-03T08:00:00Z',
  totalamount: 138.07,
  modifiedon: '2024-05-03T08:00:00Z',
  shopOrder: SHOP_ORDER,
};

const SAMPLE_INVOICE_ROW = {
  invoiceid: '5d1c6f0e-2b6c-5a51-8f6a-0c6a1e3f7b06',
  invoicenumber: 'INV-01003-Y2',
  name: 'X-Cart 1001',
  [lookupOf('salesorderid')]: SALES_ORDER_ID,
  statecode: 2,
  [labelOf('statecode')]: 'Paid',
  statuscode: 100001,
  [labelOf('statuscode')]: 'Complete',
  transactioncurrencyid: { isocurrencycode: 'USD' },
  totalamount: 138.07,
  modifiedon: '2024-05-04T09:00:00Z',
  shopOrder: SHOP_ORDER,
};

export const DATAVERSE_ROWS = [
  documentType({
    name: 'dataverse.salesorderRow',
    displayName: 'Dynamics 365 Sales Order (Row)',
    phrase: 'Dynamics 365 sales order row',
    schema: z.object({
      salesorderid: guid,
      ordernumber: text,
      ...choice('statecode', '0 Active, 1 Submitted, 2 Canceled, 3 Fulfilled, 4 Invoiced'),
      ...choice(
        'statuscode',
        'Status reason: 1 New, 2 Pending, 100001 Complete, 100002 Partial, …',
      ),
      datefulfilled: day,
      ...tracking,
      ...sales,
    }),
    sample: SAMPLE_ORDER_ROW,
  }),
  documentType({
    name: 'dataverse.invoiceRow',
    displayName: 'Dynamics 365 Invoice (Row)',
    phrase: 'Dynamics 365 invoice row',
    schema: z.object({
      invoiceid: guid,
      invoicenumber: text,
      [lookupOf('salesorderid')]: guid.nullish().describe('The sales order that it is of'),
      ...choice('statecode', '0 Active, 1 Closed, 2 Paid, 3 Canceled'),
      ...choice('statuscode', 'Status reason: 1 New, 4 Billed, 100001 Complete, 100002 Partial, …'),
      ...sales,
    }),
    sample: SAMPLE_INVOICE_ROW,
  }),
];
