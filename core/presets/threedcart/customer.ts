import { names } from '../parts';
import { customer, neededEmail } from '../recordParts';
import { address } from './address';

/** Customers have `BillingAddress1` where orders have `BillingAddress`. */
const BILLING = { line1: 'Address1', phone: 'PhoneNumber' };

export const THREEDCART_CUSTOMER = customer('threedcart', {
  document: 'threedcart.customer',
  id: 'CustomerID',
  email: neededEmail('Email'),
  names: names('BillingFirstName ?? ShippingFirstName', 'BillingLastName ?? ShippingLastName'),
  company: 'BillingCompany ?? ShippingCompany',
  phone: 'BillingPhoneNumber ?? ShippingPhoneNumber',
  country: 'BillingCountry ?? ShippingCountry',
  enabled: 'Enabled',
  address: address('Billing', BILLING),
});
