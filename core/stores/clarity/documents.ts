import { documentType } from '../../documents';
import { text } from '../kit/scalars';
import { toldDocuments } from '../kit/told';
import {
  SAMPLE_CUSTOMER,
  SAMPLE_ORDER,
  SAMPLE_PAYMENT,
  SAMPLE_PRODUCT,
  SAMPLE_SHIPMENT,
} from './samples';
import { ORDER_CODES, PAYMENT_CODES } from './statuses';
import { customerSchema, orderSchema, paymentSchema, productSchema, shipmentSchema } from './wire';

/** A payment that stands alone. */
const ownPaymentSchema = paymentSchema.extend({
  orderId: text,
  externalId: text,
  currency: text,
  reason: text.describe('Why money was given back'),
});

/**
 * The documents of Clarity that mappings read and make, with the names that the API profile gives them. What is to be made in
 * the store has no id yet.
 */
export const CLARITY_DOCUMENTS = [
  documentType({
    name: 'clarity.order',
    displayName: 'Clarity Order',
    phrase: 'Clarity order',
    schema: orderSchema.extend({ orderId: text }),
    needed: [
      'totalAmount',
      'currency',
      'lineItems',
      'lineItems[*].unitPrice',
      'lineItems[*].quantity',
    ],
    usual: {
      status: Object.keys(ORDER_CODES),
      'paymentInfo.status': Object.keys(PAYMENT_CODES),
    },
    sample: SAMPLE_ORDER,
  }),
  documentType({
    name: 'clarity.product',
    displayName: 'Clarity Product',
    phrase: 'Clarity product',
    schema: productSchema.extend({ productId: text }),
    needed: ['sku', 'name', 'price'],
    sample: SAMPLE_PRODUCT,
  }),
  documentType({
    name: 'clarity.customer',
    displayName: 'Clarity Customer',
    phrase: 'Clarity customer',
    schema: customerSchema.extend({ customerId: text }),
    sample: SAMPLE_CUSTOMER,
  }),
  documentType({
    name: 'clarity.payment',
    displayName: 'Clarity Payment',
    phrase: 'Clarity payment',
    schema: ownPaymentSchema,
    needed: ['amount'],
    sample: SAMPLE_PAYMENT,
  }),
  documentType({
    name: 'clarity.shipment',
    displayName: 'Clarity Shipment',
    phrase: 'Clarity shipment',
    schema: shipmentSchema,
    sample: SAMPLE_SHIPMENT,
  }),
  ...toldDocuments({
    platform: 'clarity',
    shop: 'Clarity',
    statuses: { status: 'Processing' },
    shipped: 'Shipped',
    keepsDelivery: true,
    keepsReason: true,
  }),
];
