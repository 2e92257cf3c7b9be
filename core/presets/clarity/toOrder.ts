import { wordsToCodes } from '../../commerce/statuses';
import type { FieldRule, MappingSpec } from '../../mapping/spec';
import { ORDER_CODES } from '../../stores/clarity/statuses';
import { field, isNewTo, only, ownId, statusCode } from '../toShop';
import { toAddress } from './parts';

const IS_NEW = isNewTo('clarity');
const own = (to: string, from?: string): FieldRule => ownId('clarity', to, from);

const LINES: FieldRule = {
  to: 'lineItems',
  each: 'lines',
  fields: [
    field('sku', 'sku'),
    field('name', 'name'),
    field('category', 'category'),
    field('quantity', 'quantity'),
    field('unitPrice', 'booked.unitPrice'),
    field('discount', 'booked.discount'),
    field('tax', 'booked.tax'),
  ],
};

const AMOUNTS: FieldRule[] = [
  field('totalAmount', 'totals.total'),
  // Handling and fees come with the freight.
  field('shippingTotal', 'booked.freight'),
  field('discountTotal', 'booked.discount'),
  { to: 'taxIncluded', value: false },
  field('taxTotal', 'booked.tax'),
];

/** What a new order has alone: an order of the store changes neither its lines nor its amounts by being written back. */
const OF_NEW: FieldRule[] = [
  { to: 'email', from: 'customer.email' },
  field('orderDate', 'placedAt'),
  field('currency', 'currency'),
  { to: 'billingAddress', fields: toAddress('billingAddress') },
  { to: 'shippingAddress', fields: toAddress('shippingAddress') },
  LINES,
  ...AMOUNTS,
  { to: 'couponCodes', from: 'couponCodes' },
  { to: 'paymentInfo.method', from: 'paymentMethod' },
];

/**
 * What *Create*, *Update* and *Create or Update* of an order take. The amounts of a new one are those that the common order is
 * booked with (`core/commerce/booking.ts`), because they add up without any rounding.
 */
export const TO_CLARITY_ORDER: MappingSpec = {
  from: 'commerce.order',
  to: 'clarity.order',
  fields: [
    own('orderId'),
    own('customerId', 'customer.id'),
    field('externalId', 'externalId'),
    field('customerGroup', 'customer.group'),
    ...statusCode('clarity', {
      to: 'status',
      from: 'status',
      own: 'statusName',
      codes: wordsToCodes(ORDER_CODES),
    }),
    field('notes', 'customerNote'),
    field('shippingMethod', 'shippingMethod'),
    ...only(IS_NEW, OF_NEW),
  ],
};
