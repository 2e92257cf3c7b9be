import { z } from 'zod';

import { amountSchema, momentSchema } from '../../commerce/amounts';
import { documentType } from '../../documents';
import { optionalId } from '../kit/scalars';
import { toldDocuments } from '../kit/told';
import {
  SAMPLE_CUSTOMER,
  SAMPLE_ORDER,
  SAMPLE_PAYMENT,
  SAMPLE_PRODUCT,
  SAMPLE_SHIPMENT,
} from './samples';
import { ORDER_CODES, PAYMENT_TYPES } from './statuses';
import { WIRE } from './wire';

/**
 * The documents of 3dcart that mappings read and make (object definitions of the REST API, v1 and v2). What is to be made
 * in the store has no id yet.
 */
export const THREEDCART_DOCUMENTS = [
  documentType({
    name: 'threedcart.order',
    displayName: '3dcart Order',
    phrase: '3dcart order',
    schema: WIRE.order.extend({ OrderID: optionalId }),
    needed: [
      'OrderAmount',
      'OrderItemList',
      'OrderItemList[*].ItemIndexID',
      'OrderItemList[*].ItemUnitPrice',
      'OrderItemList[*].ItemQuantity',
    ],
    assigned: ['OrderAmount', 'OrderStatusText', 'OrderItemList[*].ItemIndexID'],
    usual: { OrderStatusID: Object.keys(ORDER_CODES) },
    sample: SAMPLE_ORDER,
  }),
  documentType({
    name: 'threedcart.product',
    displayName: '3dcart Product',
    phrase: '3dcart product',
    schema: WIRE.product.extend({ SKUInfo: WIRE.skuInfo.extend({ CatalogID: optionalId }) }),
    needed: ['SKUInfo.SKU', 'SKUInfo.Name', 'SKUInfo.Price'],
    sample: SAMPLE_PRODUCT,
  }),
  documentType({
    name: 'threedcart.customer',
    displayName: '3dcart Customer',
    phrase: '3dcart customer',
    schema: WIRE.customer.extend({ CustomerID: optionalId }),
    needed: ['Email'],
    sample: SAMPLE_CUSTOMER,
  }),
  documentType({
    name: 'threedcart.payment',
    displayName: '3dcart Payment',
    phrase: '3dcart payment',
    schema: WIRE.transaction,
    needed: ['TransactionAmount'],
    sample: SAMPLE_PAYMENT,
  }),
  documentType({
    name: 'threedcart.shipment',
    displayName: '3dcart Shipment',
    phrase: '3dcart shipment',
    schema: WIRE.shipment.extend({ OrderID: optionalId.describe('As Get Shipments adds it') }),
    sample: SAMPLE_SHIPMENT,
  }),
  documentType({
    name: 'threedcart.recordPayment',
    displayName: '3dcart Record Payment',
    phrase: 'Record Payment of 3dcart',
    schema: z.object({
      orderId: z.string().min(1).describe("The order's id in the store"),
      amount: amountSchema.describe('In the currency of the order'),
      reference: z
        .string()
        .min(1)
        .describe('By which the payment is told from others: the same money is not recorded again'),
      type: z.string().optional().describe(Object.keys(PAYMENT_TYPES).join(', ')),
      method: z.string().optional().describe('As people call it, such as "Bank transfer"'),
      paidAt: momentSchema.optional(),
    }),
    sample: {
      ...{ orderId: '1042', amount: 129.97, reference: 'pi_3MtwBw', type: 'Sale' },
      ...{ method: 'Bank transfer', paidAt: '2024-05-02T14:00:30Z' },
    },
  }),
  ...toldDocuments({
    platform: 'threedcart',
    shop: '3dcart',
    statuses: { status: '1' },
    shipped: '4',
    keepsDelivery: true,
    keepsReason: true,
  }),
];
