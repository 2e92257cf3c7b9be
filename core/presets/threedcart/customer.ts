import type { MappingSpec } from '../../mapping/spec';
import { ornament, phone } from '../parts';
import { address } from './address';

/** Customers have `BillingAddress1` where orders have `BillingAddress`. */
const BILLING = { line1: 'Address1', phone: 'PhoneNumber' };

export const THREEDCART_CUSTOMER: MappingSpec = {
  from: 'threedcart.customer',
  to: 'commerce.customer',
  fields: [
    { to: 'source.platform', value: 'threedcart' },
    { to: 'source.store', from: '@source.store', required: true },
    { to: 'source.id', from: 'CustomerID', transforms: ['text'], required: true },
    { to: 'id', from: 'CustomerID', transforms: ['text'], required: true },
    { to: 'email', from: 'Email', transforms: ['trim', 'lower'], required: true },
    ornament('firstName', 'BillingFirstName ?? ShippingFirstName'),
    ornament('lastName', 'BillingLastName ?? ShippingLastName'),
    ornament('company', 'BillingCompany ?? ShippingCompany'),
    phone('BillingPhoneNumber ?? ShippingPhoneNumber', 'BillingCountry ?? ShippingCountry'),
    { to: 'enabled', from: 'Enabled', transforms: ['boolean'], otherwise: 'omit' },
    { to: 'address', fields: address('Billing', BILLING) },
  ],
};
