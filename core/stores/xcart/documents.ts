import type { StatusCodes } from '../../commerce/statuses';
import { documentType } from '../../documents';
import { text } from '../kit/scalars';
import { SAMPLE_ORDER, SAMPLE_PRODUCT, SAMPLE_PROFILE } from './samples';
import { PAYMENT_CODES, SHIPPING_CODES } from './statuses';
import { addressSchema, orderSchema, productSchema, profileSchema } from './wire';

/** The statuses that every shop ships with, as a mapping may read them. */
const usualOf = (status: string, codes: StatusCodes<string>) => ({
  [`${status}.code`]: Object.keys(codes),
  [`${status}.name`]: Object.values(codes).map(({ name }) => name),
});

/** The documents of X-Cart that mappings read (X-Cart admin API reference, 5.5.1). */
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
      addresses: addressSchema
        .array()
        .nullish()
        .describe('As /profiles/{id}/addresses gives them: names and phone are only there'),
    }),
    needed: ['login'],
    sample: SAMPLE_PROFILE,
  }),
];
