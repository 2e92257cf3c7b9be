import type { FieldRule } from '../../mapping/spec';
import { country, names, ornament, phone, streetLine } from '../parts';

const COMPANY = 'custom_fields[name=company].value';

/** @param at where a key of the address stands in the document */
export function addressAt(at: (key: string) => string): FieldRule[] {
  const text = (to: string, key: string): FieldRule => ornament(to, at(key));
  return [
    ...names(at('firstname'), at('lastname')),
    text('company', COMPANY),
    ...[1, 2, 3].map((number) => streetLine(number, at('street'))),
    text('city', 'city'),
    text('state', 'state_name'),
    text('postalCode', 'zipcode'),
    country(at('country_code')),
    phone(at('phone'), at('country_code')),
  ];
}

export const companyAt = (at: (key: string) => string): string => at(COMPANY);
