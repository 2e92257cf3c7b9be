import { invert } from 'lodash';

import { wordsToCodes } from '../../commerce/statuses';
import type { FieldRule, MappingSpec } from '../../mapping/spec';
import { ORDER_CODES, PAYMENT_TYPES, SHIPPING_BY_CODE } from '../../stores/threedcart/statuses';
import { all, field, isNewTo, orderIdOf, ownId, told, tookPlace } from '../toShop';
import { CUSTOMER, toAddress } from './address';

const own = (to: string, from?: string): FieldRule => ownId('threedcart', to, from, ['integer']);

export const TO_THREEDCART_CUSTOMER: MappingSpec = {
  from: 'commerce.customer',
  to: 'threedcart.customer',
  fields: [
    own('CustomerID'),
    { to: 'Email', from: 'email', required: true },
    ...toAddress('Billing', 'address', CUSTOMER, '$'),
    ...toAddress('Shipping', 'shippingAddress', CUSTOMER),
    own('CustomerGroupID', 'group'),
    field('Enabled', 'enabled'),
  ],
};

/** A description is written to new products alone: the common one is plain text, and would take the place of the HTML. */
export const TO_THREEDCART_PRODUCT: MappingSpec = {
  from: 'commerce.product',
  to: 'threedcart.product',
  fields: [
    {
      to: 'SKUInfo',
      fields: [
        own('CatalogID'),
        { to: 'SKU', from: 'sku', required: true },
        { to: 'Name', from: 'name', required: true },
        { to: 'Price', from: 'price', required: true },
        field('Stock', 'stock'),
      ],
    },
    { ...field('Description', 'description'), when: isNewTo('threedcart') },
    field('Weight', 'weight'),
    {
      to: 'Hide',
      value: true,
      // One of the store may be not for sale instead, and stays as it is.
      when: all({ path: 'enabled', is: 'equals', value: false }, isNewTo('threedcart')),
    },
    { to: 'Hide', value: false, when: { path: 'enabled', is: 'equals', value: true } },
  ],
};

/** A payment that took place, as *Record Payment* takes it: 3dcart keeps no state of its own for those that did not. */
export const TO_THREEDCART_PAYMENT: MappingSpec = {
  from: 'commerce.payment',
  to: 'threedcart.recordPayment',
  fields: [
    ...orderIdOf('threedcart'),
    tookPlace('Put a Filter node before that lets only payments through that took place.'),
    {
      to: 'amount',
      from: 'amount',
      transforms: [{ type: 'money', currency: { from: 'currency' }, min: 0.001 }],
      required: true,
    },
    // The id of the record in another shop would be no reference: it counts from 1 there, and payments are told by another one later.
    { to: 'reference', from: 'reference', required: true },
    {
      to: 'type',
      from: 'type',
      transforms: [
        {
          type: 'lookup',
          table: invert(PAYMENT_TYPES),
          repair:
            'Refunds are recorded with Record Refund, and what moves no money is no payment: put a Filter node before that lets the other types through.',
        },
      ],
      required: true,
    },
    field('method', 'method'),
    field('paidAt', 'date'),
  ],
};

/** The status of an order tells of its goods too. */
export const THREEDCART_TOLD = told('threedcart', {
  statuses: [{ to: 'status', from: 'status', own: 'statusCode', codes: wordsToCodes(ORDER_CODES) }],
  // An order that is merely open says nothing of how far the store has come with it.
  standing: [
    {
      to: 'status',
      by: [
        { from: 'status', codes: { completed: '4', onHold: '6', cancelled: '5' } },
        { from: 'shippingStatus', codes: { ...invert(SHIPPING_BY_CODE), delivered: '4' } },
        { from: 'status', codes: { cancelled: '5' } },
      ],
    },
  ],
  shipments: { shipped: '4', delivered: '4' },
  keepsDelivery: true,
  keepsReason: true,
});
