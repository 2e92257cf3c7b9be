import type { FieldRule, MappingSpec } from '../../mapping/spec';
import { country, ornament, phone, streetLine } from '../parts';

/** The address marked for billing, else the first; a profile itself has no names. */
function fromAddress(key: string): string {
  return `addresses[is_billing=true].${key} ?? addresses[0].${key}`;
}

const COUNTRY = fromAddress('country_code');

const text = (to: string, key: string): FieldRule => ornament(to, fromAddress(key));

const PHONE = phone(fromAddress('phone'), COUNTRY);

const COMPANY = text('company', 'custom_fields[name=company].value');
const NAMES = [text('firstName', 'firstname'), text('lastName', 'lastname')];

export const XCART_PROFILE: MappingSpec = {
  from: 'xcart.profile',
  to: 'commerce.customer',
  fields: [
    { to: 'source.platform', value: 'xcart' },
    { to: 'source.store', from: '@source.store', required: true },
    { to: 'source.id', from: 'id', transforms: ['text'], required: true },
    { to: 'id', from: 'id', transforms: ['text'], required: true },
    { to: 'email', from: 'login', transforms: ['trim', 'lower'], required: true },
    ...NAMES,
    COMPANY,
    PHONE,
    { to: 'language', from: 'language' },
    { to: 'enabled', from: 'status', transforms: ['boolean'] },
    {
      to: 'address',
      fields: [
        ...NAMES,
        COMPANY,
        ...[1, 2, 3].map((number) => streetLine(number, fromAddress('street'))),
        text('city', 'city'),
        text('state', 'state_name'),
        text('postalCode', 'zipcode'),
        country(COUNTRY),
        PHONE,
      ],
    },
  ],
};
