import { key, names } from '../parts';
import { customer, neededEmail } from '../recordParts';
import { address, CUSTOMER } from './address';

export const THREEDCART_CUSTOMER = customer('threedcart', {
  document: 'threedcart.customer',
  id: 'CustomerID',
  email: neededEmail('Email'),
  names: names('BillingFirstName ?? ShippingFirstName', 'BillingLastName ?? ShippingLastName'),
  company: 'BillingCompany ?? ShippingCompany',
  phone: 'BillingPhoneNumber ?? ShippingPhoneNumber',
  country: 'BillingCountry ?? ShippingCountry',
  enabled: 'Enabled',
  address: address('Billing', CUSTOMER),
  shippingAddress: address('Shipping', CUSTOMER),
  more: [key('group', 'CustomerGroupID')],
});
