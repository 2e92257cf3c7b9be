import { z } from 'zod';

import { documentType } from './types';

/**
 * What the Dynamics 365 node takes: columns by their Dataverse names, with the lengths of the tables (Dataverse
 * docs: table reference of salesorder, salesorderdetail, account, contact, product). Three names are the pack's
 * own and are resolved or stripped by the writer: `transactioncurrency`, `customer`, `productnumber` of a line
 * (looked up) and `expectedtotal` (compared).
 */
const text = (length: number) => z.string().max(length).optional();
/** Null clears the column: an address is written whole. */
const addressText = (length: number) => z.string().max(length).nullish();
const guid = z.string().length(36);
const money = z.number();

const orderAddress = (prefix: 'billto' | 'shipto') => ({
  [`${prefix}_name`]: addressText(200),
  [`${prefix}_contactname`]: addressText(150),
  [`${prefix}_line1`]: addressText(250),
  [`${prefix}_line2`]: addressText(250),
  [`${prefix}_line3`]: addressText(250),
  [`${prefix}_city`]: addressText(80),
  [`${prefix}_stateorprovince`]: addressText(50),
  [`${prefix}_postalcode`]: addressText(20),
  [`${prefix}_country`]: addressText(80),
  [`${prefix}_telephone`]: addressText(50),
});

const address1 = {
  address1_name: addressText(200),
  address1_line1: addressText(250),
  address1_line2: addressText(250),
  address1_line3: addressText(250),
  address1_city: addressText(80),
  address1_stateorprovince: addressText(50),
  address1_postalcode: addressText(20),
  address1_country: addressText(80),
};

const account = z.object({
  accountid: guid,
  name: z.string().max(160),
  accountnumber: text(20),
  emailaddress1: text(100),
  telephone1: text(50),
  description: text(2000),
  ...address1,
});

const contact = z.object({
  contactid: guid,
  firstname: text(50),
  lastname: z.string().max(50),
  emailaddress1: text(100),
  telephone1: text(50),
  description: text(2000),
  'parentcustomerid_account@odata.bind': text(100).describe(
    '/accounts(<id>), the company of the contact',
  ),
  ...address1,
});

const orderLine = z.object({
  salesorderdetailid: guid,
  productnumber: z.string().max(100).describe('SKU; the writer finds the product and its unit'),
  productdescription: text(500),
  quantity: z.number(),
  priceperunit: money,
  ispriceoverridden: z.boolean(),
  manualdiscountamount: money.optional().describe('Of the whole line, 0 or more'),
  tax: money.optional(),
  lineitemnumber: z.number().optional(),
});

export const salesOrderSchema = z.object({
  salesorderid: guid,
  name: z.string().max(300),
  ordernumber: text(100).describe('Numbered by Dynamics where absent'),
  transactioncurrency: z.string().length(3).describe('ISO code; the writer finds the currency'),
  customer: z.object({
    account: guid.optional().describe('Id of the account that buys'),
    contact: guid.optional().describe('Id of the contact that buys, where there is no account'),
  }),
  freightamount: money.optional(),
  discountamount: money.optional(),
  expectedtotal: money.optional().describe('What the total must come to; compared, not written'),
  submitdate: text(10),
  requestdeliveryby: text(10),
  emailaddress: text(100),
  description: text(2000),
  ...orderAddress('billto'),
  ...orderAddress('shipto'),
  order_details: z.array(orderLine).min(1),
});

const product = z.object({
  productid: guid,
  productnumber: z.string().max(100),
  name: z.string().max(100),
  description: text(2000),
  price: money.optional(),
  transactioncurrency: z.string().length(3).optional(),
  quantitydecimal: z.number().optional(),
  quantityonhand: z.number().optional(),
  stockweight: z.number().optional(),
});

export const salesOrderDocumentSchema = z.object({
  salesorder: salesOrderSchema,
  account: account.optional(),
  contact,
});
export const contactDocumentSchema = z.object({ account: account.optional(), contact });
export const productDocumentSchema = z.object({ product });

export type SalesOrder = z.infer<typeof salesOrderSchema>;
export type SalesOrderDocument = z.infer<typeof salesOrderDocumentSchema>;

export const DATAVERSE_DOCUMENTS = [
  documentType('dataverse.salesorder', 'Dynamics 365 Sales Order', salesOrderDocumentSchema, true),
  documentType('dataverse.contact', 'Dynamics 365 Contact', contactDocumentSchema, true),
  documentType('dataverse.product', 'Dynamics 365 Product', productDocumentSchema, true),
];
