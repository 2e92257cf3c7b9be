import type { FieldRule } from '../mapping/spec';

/** Text that is good to have: a record is never stopped by it. */
export function ornament(to: string, from: string): FieldRule {
  return { to, from, transforms: ['trim'], otherwise: 'omit' };
}

/** One line of a street that the shop writes as a single text. */
export function streetLine(number: number, from: string): FieldRule {
  return {
    to: `line${number}`,
    from,
    transforms: [{ type: 'line', number, of: 3 }],
    otherwise: 'omit',
  };
}

export function country(from: string): FieldRule {
  return { to: 'country', from, transforms: ['country'], otherwise: 'keep' };
}

/** @param countryFrom where the country stands that a number without its code is of */
export function phone(from: string, countryFrom: string): FieldRule {
  return {
    to: 'phone',
    from,
    transforms: [{ type: 'phone', country: { from: countryFrom } }],
    otherwise: 'keep',
  };
}
