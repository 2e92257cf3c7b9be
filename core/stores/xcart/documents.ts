import { z } from 'zod';

import type { StatusCodes } from '../../commerce/statuses';
import { documentType } from '../../documents';
import { amount, date, flag, id, optionalId, text } from '../kit/scalars';
import { toldDocuments } from '../kit/told';
import {
  SAMPLE_ADDRESS,
  SAMPLE_ORDER,
  SAMPLE_PAYMENT,
  SAMPLE_PRODUCT,
  SAMPLE_PROFILE,
  SAMPLE_REFUND,
} from './samples';
import { PAYMENT_CODES, SHIPPING_CODES } from './statuses';
import {
  addressSchema,
  orderSchema,
  productSchema,
  profileSchema,
  transactionSchema,
} from './wire';

/** The statuses that every shop ships with, as a mapping may read them. */
const usualOf = (status: string, codes: StatusCodes<string>) => ({
  [`${status}.code`]: Object.keys(codes),
  [`${status}.name`]: Object.values(codes).map(({ name }) => name),
});

/** As *Get Refunds* gives it (`refunds.ts`). */
const refundSchema = z.object({
  order_id: id,
  payment_transaction_id: optionalId,
  payment_method: text,
  id: optionalId,
  type: text,
  status: text,
  succeeded: flag,
  value: amount,
  currency: text,
  date,
});

/**
 * The documents of X-Cart that mappings read and make (X-Cart admin API reference, 5.5.1). What is to be made in the store
 * has no id yet.
 */
export const XCART_DOCUMENTS = [
  documentType({
    name: 'xcart.order',
    displayName: 'X-Cart Order',
    phrase: 'X-Cart order',
    schema: orderSchema,
    needed: [
      'total',
      'sub_total',
      'currency',
      'items',
      'items[*].id',
      'items[*].item_net_price',
      'items[*].amount',
    ],
    usual: {
      ...usualOf('payment_status', PAYMENT_CODES),
      ...usualOf('shipping_status', SHIPPING_CODES),
    },
    sample: SAMPLE_ORDER,
  }),
  documentType({
    name: 'xcart.product',
    displayName: 'X-Cart Product',
    phrase: 'X-Cart product',
    schema: productSchema.extend({
      id: optionalId,
      description: text.describe('HTML'),
      brief_description: text.describe('HTML'),
      meta_title: text,
      meta_description: text,
      meta_tags: text,
    }),
    needed: ['sku', 'name', 'price'],
    sample: SAMPLE_PRODUCT,
  }),
  documentType({
    name: 'xcart.profile',
    displayName: 'X-Cart Customer',
    phrase: 'X-Cart customer',
    schema: profileSchema.extend({
      id: optionalId,
      addresses: addressSchema
        .array()
        .nullish()
        .describe('As /profiles/{id}/addresses gives them: names and phone are only there'),
    }),
    needed: ['login'],
    sample: SAMPLE_PROFILE,
  }),
  documentType({
    name: 'xcart.address',
    displayName: 'X-Cart Address',
    phrase: 'X-Cart address',
    schema: addressSchema,
    sample: SAMPLE_ADDRESS,
  }),
  documentType({
    name: 'xcart.payment',
    displayName: 'X-Cart Payment',
    phrase: 'X-Cart payment',
    schema: transactionSchema.extend({
      order_id: optionalId.describe('As Get Payments adds it'),
    }),
    needed: ['currency', 'value'],
    sample: SAMPLE_PAYMENT,
  }),
  documentType({
    name: 'xcart.refund',
    displayName: 'X-Cart Refund',
    phrase: 'X-Cart refund',
    schema: refundSchema,
    needed: ['id', 'currency', 'value'],
    sample: SAMPLE_REFUND,
  }),
  ...toldDocuments({
    platform: 'xcart',
    shop: 'X-Cart',
    statuses: { paymentStatus: 'P', shippingStatus: 'N' },
    shipped: 'S',
    keepsDelivery: false,
    keepsReason: false,
  }),
];
