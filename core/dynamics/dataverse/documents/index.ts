import { z } from 'zod';

import { orderStateSchema } from '../../../commerce/state';
import { documentType } from '../../../documents';
import { SAMPLE_SALES_ORDER, salesOrderSchema } from '../sales/documents';
import { checkSalesOrder } from '../sales/total';
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
export const contactDocumentSchema = z.object({
  account: accountSchema.optional(),
  contact: contactSchema,
});
export const productDocumentSchema = z.object({ product: productSchema });

export type MappedSalesOrder = z.infer<typeof salesOrderDocumentSchema>;

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
    tables: {
      salesorder: 'salesorder',
      'salesorder.order_details[*]': 'salesorderdetail',
      contact: 'contact',
      account: 'account',
    },
    sample: { salesorder: SAMPLE_SALES_ORDER, account: SAMPLE_ACCOUNT, contact: SAMPLE_CONTACT },
    check: ({ salesorder }) => {
      if (salesorder !== undefined) checkSalesOrder(salesorder);
    },
    reads: [
      ...['expectedtotal', 'transactioncurrency', 'freightamount', 'discountamount'],
      ...['quantity', 'priceperunit', 'manualdiscountamount', 'tax'].map(
        (name) => `order_details[*].${name}`,
      ),
    ].map((name) => `salesorder.${name}`),
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
  ...DATAVERSE_ROWS,
];
