import type { FieldRule } from '../../mapping/spec';
import { country, names, ornament, phone } from '../parts';

/** Names of the fields that differ between the addresses of orders, shipments and customers. */
interface AddressNames {
  line1: string;
  phone: string;
}

export const SHIPMENT: AddressNames = { line1: 'Address', phone: 'Phone' };

/** 3dcart has no addresses of their own: their parts stand in a record, under a prefix such as `Billing`. */
export function address(prefix: string, { line1, phone: telephone }: AddressNames): FieldRule[] {
  const text = (to: string, key: string): FieldRule => ornament(to, `${prefix}${key}`);
  const countryFrom = `${prefix}Country`;
  return [
    ...names(`${prefix}FirstName`, `${prefix}LastName`),
    text('company', 'Company'),
    text('line1', line1),
    text('line2', 'Address2'),
    text('city', 'City'),
    text('state', 'State'),
    text('postalCode', 'ZipCode'),
    country(countryFrom),
    phone(`${prefix}${telephone}`, countryFrom),
  ];
}
