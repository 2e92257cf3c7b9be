import { wordsToCodes } from '../../commerce/statuses';
import type { FieldRule, MappingSpec } from '../../mapping/spec';
import { PAYMENT_CODES, SHIPPING_CODES } from '../../stores/xcart/statuses';
import { exists, field, isNewTo, ownId, told } from '../toShop';

const own = (to: string, from?: string): FieldRule => ownId('xcart', to, from, ['integer']);

/** A description is written to new products alone: the common one is plain text, and would take the place of the HTML. */
export const TO_XCART_PRODUCT: MappingSpec = {
  from: 'commerce.product',
  to: 'xcart.product',
  fields: [
    own('id'),
    // Longer ones are none of X-Cart's, and a part of a SKU is another SKU.
    { to: 'sku', from: 'sku', transforms: [{ type: 'whole', length: 32 }], required: true },
    { to: 'name', from: 'name', transforms: [{ type: 'truncate', length: 255 }], required: true },
    { ...field('description', 'description'), when: isNewTo('xcart') },
    field('price', 'price'),
    field('weight', 'weight'),
    field('enabled', 'enabled'),
    field('amount', 'stock'),
  ],
};

/** Names, company and telephone belong to addresses: `commerce.customer` → `xcart.address`. */
export const TO_XCART_PROFILE: MappingSpec = {
  from: 'commerce.customer',
  to: 'xcart.profile',
  fields: [
    own('id'),
    { to: 'login', from: 'email', required: true },
    field('language', 'language'),
    own('membership_id', 'group'),
    { to: 'status', from: 'enabled', lookup: { true: 'E', false: 'D' }, when: exists('enabled') },
  ],
};

export const TO_XCART_ADDRESS: MappingSpec = {
  from: 'commerce.customer',
  to: 'xcart.address',
  fields: [
    { to: 'firstname', from: 'address.firstName ?? firstName', required: true },
    { to: 'lastname', from: 'address.lastName ?? lastName', required: true },
    field('phone', 'address.phone ?? phone'),
    {
      to: 'street',
      template: '{address.line1}\n{address.line2}\n{address.line3}',
      transforms: ['trim'],
    },
    field('city', 'address.city'),
    field('state_name', 'address.state'),
    field('zipcode', 'address.postalCode'),
    field('country_code', 'address.country'),
    { to: 'is_billing', value: true },
  ],
};

/** Orders can neither be made nor changed over REST, but for their statuses. */
export const XCART_TOLD = told('xcart', {
  statuses: [
    {
      to: 'paymentStatus',
      from: 'paymentStatus',
      own: 'paymentStatusCode',
      codes: wordsToCodes(PAYMENT_CODES),
    },
    {
      to: 'shippingStatus',
      from: 'shippingStatus',
      own: 'shippingStatusCode',
      codes: wordsToCodes(SHIPPING_CODES),
    },
  ],
  // X-Cart has no status for an order that was sent in part, and keeps the one that it has.
  standing: [
    { to: 'paymentStatus', by: [{ from: 'paymentStatus', codes: wordsToCodes(PAYMENT_CODES) }] },
    { to: 'shippingStatus', by: [{ from: 'shippingStatus', codes: wordsToCodes(SHIPPING_CODES) }] },
  ],
  shipments: wordsToCodes(SHIPPING_CODES),
  keepsDelivery: false,
  keepsReason: false,
});
