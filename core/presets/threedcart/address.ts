import type { FieldRule } from '../../mapping/spec';
import { country, names, ornament, phone } from '../parts';
import { column, field } from '../toShop';

/** Names of the fields that differ between the addresses of orders, shipments and customers. */
interface AddressNames {
  line1: string;
  phone: string;
}

/** Customers have `BillingAddress1` where orders have `BillingAddress`. */
export const CUSTOMER: AddressNames = { line1: 'Address1', phone: 'PhoneNumber' };
export const BILLING: AddressNames = { line1: 'Address', phone: 'PhoneNumber' };
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

/**
 * The other way round, cut to what 3dcart takes (documentation of PUT Orders).
 *
 * @param from where the address stands
 * @param person where the name stands that counts before the one in the address
 */
export function toAddress(
  prefix: string,
  from: string,
  { line1, phone: telephone }: AddressNames,
  person?: string,
): FieldRule[] {
  const at = (key: string): string => `${from}.${key}`;
  const of = (key: string): string =>
    person === undefined ? at(key) : `${person}.${key} ?? ${at(key)}`;
  const line = (to: string, number: number): FieldRule => ({
    to: `${prefix}${to}`,
    template: `{${at('line1')}}\n{${at('line2')}}\n{${at('line3')}}`,
    transforms: [{ type: 'line', number, of: 2, length: 200 }],
  });
  return [
    column(`${prefix}FirstName`, of('firstName'), 100),
    column(`${prefix}LastName`, of('lastName'), 100),
    column(`${prefix}Company`, of('company'), 255),
    line(line1, 1),
    line('Address2', 2),
    column(`${prefix}City`, at('city'), 100),
    {
      to: `${prefix}State`,
      from: at('state'),
      transforms: [{ type: 'state', country: { from: at('country') } }],
    },
    field(`${prefix}ZipCode`, at('postalCode')),
    field(`${prefix}Country`, at('country')),
    field(`${prefix}${telephone}`, of('phone')),
  ];
}
