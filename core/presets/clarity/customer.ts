import { email, text } from '../parts';
import { customer } from '../recordParts';
import { address, names } from './parts';

export const CLARITY_CUSTOMER = customer('clarity', {
  document: 'clarity.customer',
  id: 'customerId',
  email: email('email ?? address.email'),
  // Of a person whom the address alone names.
  names: names(
    'firstName ?? address.firstName',
    'lastName ?? address.lastName',
    'name ?? address.name',
  ),
  company: 'company ?? address.company',
  phone: 'phone ?? address.phone',
  country: 'address.country',
  enabled: 'active',
  address: address('address'),
  more: [text('group', 'customerGroup'), text('externalId', 'externalId')],
});
