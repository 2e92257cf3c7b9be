import type { FieldRule, MappingSpec } from '../../mapping/spec';
import { ornament, phone } from '../parts';
import { address, names } from './parts';

/** Of a person whom the address alone names. */
const PERSON: FieldRule[] = names(
  'firstName ?? address.firstName',
  'lastName ?? address.lastName',
  'name ?? address.name',
);

export const CLARITY_CUSTOMER: MappingSpec = {
  from: 'clarity.customer',
  to: 'commerce.customer',
  fields: [
    { to: 'source.platform', value: 'clarity' },
    { to: 'source.store', from: '@source.store', required: true },
    { to: 'source.id', from: 'customerId', transforms: ['text'], required: true },
    { to: 'id', from: 'customerId', transforms: ['text'], required: true },
    {
      to: 'email',
      from: 'email ?? address.email',
      transforms: ['trim', 'lower'],
      otherwise: 'omit',
    },
    ...PERSON,
    ornament('company', 'company ?? address.company'),
    phone('phone ?? address.phone', 'address.country'),
    { to: 'enabled', from: 'active', transforms: ['boolean'], otherwise: 'omit' },
    { to: 'address', fields: address('address') },
  ],
};
