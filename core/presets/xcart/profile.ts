import { key, names } from '../parts';
import { customer, neededEmail } from '../recordParts';
import { addressAt, companyAt } from './address';

/** The address marked for billing, else the first; a profile itself has no names. */
function fromAddress(key: string): string {
  return `addresses[is_billing=true].${key} ?? addresses[0].${key}`;
}

export const XCART_PROFILE = customer('xcart', {
  document: 'xcart.profile',
  id: 'id',
  email: neededEmail('login'),
  names: names(fromAddress('firstname'), fromAddress('lastname')),
  company: companyAt(fromAddress),
  phone: fromAddress('phone'),
  country: fromAddress('country_code'),
  enabled: 'status',
  more: [{ to: 'language', from: 'language' }, key('group', 'membership_id')],
  address: addressAt(fromAddress),
  shippingAddress: addressAt((name) => `addresses[is_shipping=true].${name}`),
});
