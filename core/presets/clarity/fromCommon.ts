import { pick } from 'lodash';

import { wordsToCodes } from '../../commerce/statuses';
import type { FieldRule, MappingSpec } from '../../mapping/spec';
import { ORDER_CODES, SHIPPING_CODES } from '../../stores/clarity/statuses';
import { moment } from '../parts';
import { all, exists, field, isNewTo, orderIdOf, ownId, statusCode, told } from '../toShop';
import { toAddress } from './parts';

const own = (to: string, from?: string): FieldRule => ownId('clarity', to, from);

/** A description is written to new products alone: the common one is plain text, and would take the place of the HTML. */
export const TO_CLARITY_PRODUCT: MappingSpec = {
  from: 'commerce.product',
  to: 'clarity.product',
  fields: [
    own('productId'),
    field('externalId', 'externalId'),
    { to: 'sku', from: 'sku', required: true },
    { to: 'name', from: 'name', required: true },
    { ...field('description', 'description'), when: isNewTo('clarity') },
    field('price', 'price'),
    field('currency', 'currency'),
    field('weight', 'weight'),
    field('active', 'enabled'),
    field('stock', 'stock'),
  ],
};

export const TO_CLARITY_CUSTOMER: MappingSpec = {
  from: 'commerce.customer',
  to: 'clarity.customer',
  fields: [
    own('customerId'),
    field('externalId', 'externalId'),
    { to: 'email', from: 'email', required: true },
    field('firstName', 'firstName'),
    field('lastName', 'lastName'),
    field('company', 'company'),
    field('phone', 'phone'),
    field('customerGroup', 'group'),
    field('active', 'enabled'),
    { to: 'address', fields: toAddress('address') },
  ],
};

/** All types but "other", which other shops give to notes about a payment. */
const MOVES_MONEY = Object.fromEntries(
  ['authorization', 'capture', 'sale', 'refund', 'void'].map((type) => [type, type]),
);

const NO_PAYMENT =
  'What moves no money is no payment: put a Filter node before that lets the other types through.';

/** The words of a payment are those of the common model, but for its status: there the shop says what was done. */
export const TO_CLARITY_PAYMENT: MappingSpec = {
  from: 'commerce.payment',
  to: 'clarity.payment',
  fields: [
    own('paymentId'),
    ...orderIdOf('clarity'),
    field('type', 'type'),
    {
      to: 'type',
      from: 'type',
      transforms: [{ type: 'lookup', table: MOVES_MONEY, repair: NO_PAYMENT }],
      when: all(exists('type'), isNewTo('clarity')),
    },
    field('method', 'method'),
    field('transactionId', 'reference'),
    {
      to: 'amount',
      from: 'amount',
      transforms: [{ type: 'money', currency: { from: 'currency' } }],
    },
    field('currency', 'currency'),
    ...statusCode('clarity', {
      to: 'status',
      from: 'status',
      own: 'statusCode',
      codes: {
        pending: 'pending',
        succeeded: 'captured',
        failed: 'failed',
        cancelled: 'cancelled',
      },
    }),
    field('date', 'date'),
  ],
};

/** Several numbers of one shipment stand in one text. */
export const TO_CLARITY_SHIPMENT: MappingSpec = {
  from: 'commerce.shipment',
  to: 'clarity.shipment',
  fields: [
    own('shipmentId'),
    ...orderIdOf('clarity'),
    field('method', 'method'),
    { to: 'trackingNumber', from: 'trackingNumbers[*]', aggregate: 'join', separator: ',' },
    moment('shippedAt', 'shippedAt'),
    ...statusCode('clarity', {
      to: 'status',
      from: 'status',
      own: 'statusCode',
      codes: {
        pending: 'pending',
        shipped: 'shipped',
        delivered: 'delivered',
        returned: 'returned',
        cancelled: 'cancelled',
      },
    }),
  ],
};

const ORDER_WORDS = wordsToCodes(ORDER_CODES);

/** A deployment spells its statuses as it likes: what it has said itself counts. */
export const CLARITY_TOLD = told('clarity', {
  statuses: [{ to: 'status', from: 'status', own: 'statusName', codes: ORDER_WORDS }],
  // One status tells of all: what is said of the goods says more than that the order is completed, and less than that it is off.
  standing: [
    {
      to: 'status',
      by: [
        { from: 'status', codes: pick(ORDER_WORDS, 'completed', 'onHold') },
        { from: 'shippingStatus', codes: wordsToCodes(SHIPPING_CODES) },
        {
          from: 'paymentStatus',
          codes: { refunded: 'Refunded', partiallyRefunded: 'Partially Refunded' },
        },
        { from: 'status', codes: pick(ORDER_WORDS, 'cancelled') },
      ],
    },
  ],
  shipments: wordsToCodes(SHIPPING_CODES),
  keepsDelivery: true,
  keepsReason: true,
});
