import { z } from 'zod';

import { ORDER_ADDRESS, addressColumns, decimal, guid, text } from '../documents/columns';

/**
 * A sales order with its lines, as mappings write it and the writer takes it: columns by their Dataverse names, and
 * besides them names that the writer looks up (`transactioncurrency`, `pricelevel`, `customer`, and of a line
 * `productnumber` and `uom`) or only compares (`expectedtotal`). Any further column passes through to the row.
 */

export const salesOrderLineSchema = z.object({
  salesorderdetailid: guid,
  productnumber: z
    .string()
    .max(100)
    .nullish()
    .describe(
      'SKU; the writer finds the product and its unit. Null: the product is known by its text alone',
    ),
  productid: guid.optional().describe('Id of the product, instead of its SKU'),
  productdescription: text(500),
  isproductoverridden: z
    .boolean()
    .optional()
    .describe('Whether it is a write-in line, of a product that is not in the catalogue'),
  uom: text(100).describe("Name of the unit; the product's default unit where absent"),
  uomid: guid.optional().describe('Id of the unit, instead of its name'),
  quantity: decimal,
  priceperunit: decimal,
  ispriceoverridden: z.boolean(),
  manualdiscountamount: decimal.optional().describe('Of the whole line, 0 or more'),
  tax: decimal.optional(),
  lineitemnumber: z.number().optional(),
});

export const salesOrderSchema = z.object({
  salesorderid: guid,
  name: z.string().max(300),
  ordernumber: text(100).describe('Numbered by Dynamics where absent'),
  transactioncurrency: z.string().length(3).describe('ISO code; the writer finds the currency'),
  transactioncurrencyid: guid.optional().describe('Id of the currency, instead of its code'),
  pricelevel: text(100).describe('Name of a price list; the writer finds it'),
  pricelevelid: guid.optional().describe('Id of the price list, instead of its name'),
  customer: z.object({
    account: guid.optional().describe('Id of the account that buys'),
    contact: guid.optional().describe('Id of the contact that buys, where there is no account'),
  }),
  accountid: guid.optional().describe('Same as customer.account'),
  contactid: guid.optional().describe('Same as customer.contact'),
  freightamount: decimal.optional(),
  discountamount: decimal.optional(),
  expectedtotal: decimal.optional().describe('What the total must come to; compared, not written'),
  submitdate: text(10),
  requestdeliveryby: text(10),
  emailaddress: text(100),
  description: text(2000),
  submitstatusdescription: text(2000).describe('Notes of the staff'),
  ...addressColumns('billto', ORDER_ADDRESS),
  ...addressColumns('shipto', ORDER_ADDRESS),
  order_details: z.array(salesOrderLineSchema),
});

/** What the sales order alone has, beside the names of its keys. */
const ordersOwn = {
  salesorderid: true,
  ordernumber: true,
  submitdate: true,
  submitstatusdescription: true,
  order_details: true,
} as const;

const lineWithoutKey = salesOrderLineSchema.omit({ salesorderdetailid: true });

/** The same of a quote. */
export const quoteSchema = salesOrderSchema.omit(ordersOwn).extend({
  quoteid: guid,
  quotenumber: text(100).describe('Numbered by Dynamics where absent'),
  quote_details: z.array(lineWithoutKey.extend({ quotedetailid: guid })),
});

/** The same of an invoice. */
export const invoiceSchema = salesOrderSchema
  .omit({
    ...ordersOwn,
    requestdeliveryby: true,
    billto_contactname: true,
    shipto_contactname: true,
  })
  .extend({
    invoiceid: guid,
    invoicenumber: text(100).describe('Numbered by Dynamics where absent'),
    invoice_details: z.array(lineWithoutKey.extend({ invoicedetailid: guid })),
  });

/** A whole sales order, as mappings write it. */
export type SalesOrder = z.infer<typeof salesOrderSchema>;

type Columns = Record<string, unknown>;

/** A line as the writer takes it: all may be absent. Without a key of its own it gets one by its place. */
export type SalesOrderLine = Partial<z.infer<typeof salesOrderLineSchema>> & Columns;

/**
 * A sales order as the writer takes it. Its key makes a second delivery harmless; all else may be absent. Without
 * `order_details` the lines of an existing order stay as they are.
 */
export type SalesOrderDocument = Partial<Omit<SalesOrder, 'order_details'>> &
  Pick<SalesOrder, 'salesorderid'> & { order_details?: SalesOrderLine[] } & Columns;

export const SAMPLE_SALES_ORDER = {
  salesorderid: '5d1c6f0e-2b6c-5a51-8f6a-0c6a1e3f7b04',
  name: 'X-Cart 1001',
  transactioncurrency: 'USD',
  pricelevel: 'Retail',
  customer: { account: '5d1c6f0e-2b6c-5a51-8f6a-0c6a1e3f7b01' },
  freightamount: 12.5,
  discountamount: 4,
  expectedtotal: 138.07,
  submitdate: '2024-05-02',
  emailaddress: 'ada@example.com',
  description: 'Please ring twice\nShipping: Ground',
  billto_name: 'Byron Engines',
  billto_contactname: 'Ada Byron',
  billto_line1: '1 Main St',
  billto_city: 'Austin',
  billto_country: 'US',
  order_details: [
    {
      salesorderdetailid: '5d1c6f0e-2b6c-5a51-8f6a-0c6a1e3f7b05',
      productnumber: 'TS-M',
      productdescription: 'T-shirt',
      quantity: 3,
      priceperunit: 39.99,
      ispriceoverridden: true,
      manualdiscountamount: 0,
      tax: 9.6,
      lineitemnumber: 1,
    },
  ],
};

const { salesorderid, order_details: orderLines, submitdate: _, ...ofAny } = SAMPLE_SALES_ORDER;

const sampleLines = orderLines.map(({ salesorderdetailid: id, ...line }) => ({ id, line }));

export const SAMPLE_QUOTE = {
  quoteid: salesorderid,
  ...ofAny,
  quote_details: sampleLines.map(({ id, line }) => ({ quotedetailid: id, ...line })),
};

const { billto_contactname: __, ...ofInvoice } = ofAny;

export const SAMPLE_INVOICE = {
  invoiceid: salesorderid,
  ...ofInvoice,
  invoice_details: sampleLines.map(({ id, line }) => ({ invoicedetailid: id, ...line })),
};
