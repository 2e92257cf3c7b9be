import { documentType } from '../../documents';
import { SAMPLE_CUSTOMER, SAMPLE_ORDER, SAMPLE_PRODUCT } from './samples';
import { ORDER_CODES, PAYMENT_CODES } from './statuses';
import { customerSchema, orderSchema, productSchema } from './wire';

/** The documents of Clarity that mappings read, with the names that the API profile gives them. */
export const CLARITY_DOCUMENTS = [
  documentType({
    name: 'clarity.order',
    displayName: 'Clarity Order',
    phrase: 'Clarity order',
    schema: orderSchema,
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
    schema: productSchema,
    needed: ['sku', 'name', 'price'],
    sample: SAMPLE_PRODUCT,
  }),
  documentType({
    name: 'clarity.customer',
    displayName: 'Clarity Customer',
    phrase: 'Clarity customer',
    schema: customerSchema,
    sample: SAMPLE_CUSTOMER,
  }),
];
