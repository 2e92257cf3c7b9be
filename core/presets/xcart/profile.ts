import type { FieldRule, MappingSpec } from '../../mapping/spec';

/** The address marked for billing, else the first; a profile itself has no names. */
function fromAddress(key: string): string {
  return `addresses[is_billing=true].${key} ?? addresses[0].${key}`;
}

const COUNTRY = fromAddress('country_code');

function text(to: string, key: string): FieldRule {
  return { to, from: fromAddress(key), transforms: ['trim'], otherwise: 'omit' };
}

function line(number: number): FieldRule {
  return {
    to: `line${number}`,
    from: fromAddress('street'),
    transforms: [{ type: 'line', number, of: 3 }],
    otherwise: 'omit',
  };
}

const PHONE: FieldRule = {
  to: 'phone',
  from: fromAddress('phone'),
  transforms: [{ type: 'phone', country: { from: COUNTRY } }],
  otherwise: 'keep',
};

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
        line(1),
        line(2),
        line(3),
        text('city', 'city'),
        text('state', 'state_name'),
        text('postalCode', 'zipcode'),
        { to: 'country', from: COUNTRY, transforms: ['country'], otherwise: 'keep' },
        PHONE,
      ],
    },
  ],
};
