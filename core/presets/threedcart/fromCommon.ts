import { wordsToCodes } from '../../commerce/statuses';
import type { FieldRule, MappingSpec } from '../../mapping/spec';
import { ORDER_CODES } from '../../stores/threedcart/statuses';
import { all, field, isNewTo, ownId, told } from '../toShop';
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

/** The status of an order tells of its goods too. */
export const THREEDCART_TOLD = told('threedcart', {
  statuses: [{ to: 'status', from: 'status', own: 'statusCode', codes: wordsToCodes(ORDER_CODES) }],
  shipments: { shipped: '4', delivered: '4' },
  keepsDelivery: true,
  keepsReason: true,
});
