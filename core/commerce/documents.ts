import { documentType } from '../documents';
import { customerSchema } from './customer';
import { orderSchema } from './order';
import { productSchema } from './product';
import { SAMPLE_CUSTOMER, SAMPLE_ORDER, SAMPLE_PRODUCT } from './samples';
import { checkTotals } from './totals';

/** The documents of the common model: what every store's become, and every business system's are made of. */
export const COMMERCE_DOCUMENTS = [
  documentType({
    name: 'commerce.order',
    displayName: 'Common Order',
    phrase: 'common order',
    schema: orderSchema,
    sample: SAMPLE_ORDER,
    check: checkTotals,
  }),
  documentType({
    name: 'commerce.customer',
    displayName: 'Common Customer',
    phrase: 'common customer',
    schema: customerSchema,
    sample: SAMPLE_CUSTOMER,
  }),
  documentType({
    name: 'commerce.product',
    displayName: 'Common Product',
    phrase: 'common product',
    schema: productSchema,
    sample: SAMPLE_PRODUCT,
  }),
];
