import type { FieldRule } from '../../mapping/spec';

/** Text that is good to have: a record is never stopped by it. */
export function ornament(to: string, from: string): FieldRule {
  return { to, from, transforms: ['trim'], otherwise: 'omit' };
}

export function phone(from: string, country: string): FieldRule {
  return {
    to: 'phone',
    from,
    transforms: [{ type: 'phone', country: { from: country } }],
    otherwise: 'keep',
  };
}

/** Names of the fields that differ between the addresses of orders, shipments and customers. */
interface AddressNames {
  line1: string;
  phone: string;
}

/** 3dcart has no addresses of their own: their parts stand in a record, under a prefix such as `Billing`. */
export function address(prefix: string, { line1, phone: telephone }: AddressNames): FieldRule[] {
  const text = (to: string, key: string): FieldRule => ornament(to, `${prefix}${key}`);
  const country = `${prefix}Country`;
  return [
    text('firstName', 'FirstName'),
    text('lastName', 'LastName'),
    text('company', 'Company'),
    text('line1', line1),
    text('line2', 'Address2'),
    text('city', 'City'),
    text('state', 'State'),
    text('postalCode', 'ZipCode'),
    { to: 'country', from: country, transforms: ['country'], otherwise: 'keep' },
    phone(`${prefix}${telephone}`, country),
  ];
}
