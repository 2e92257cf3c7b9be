import type { Address } from '../model';
import type { Field } from './fields';

/** The nested `Contact` of the ServiceStack deployments, with the fields that were seen in use. */
interface Contact {
  FullName?: string;
  Email1?: string;
  Phone1?: string;
  Address?: {
    Street1?: string;
    City?: string;
    RegionCode?: string;
    PostalCode?: string;
    CountryCode?: string;
  };
}

const contactOf = (address: Address): Contact => ({
  FullName: [address.firstName, address.lastName].filter(Boolean).join(' '),
  Email1: address.email,
  Phone1: address.phone,
  Address: {
    Street1: address.street1,
    City: address.city,
    RegionCode: address.regionCode,
    PostalCode: address.postalCode,
    CountryCode: address.countryCode,
  },
});

/** The first word of a full name is taken for the first name. */
function addressIn({ FullName, Email1, Phone1, Address: place = {} }: Contact): Address {
  const [firstName, ...rest] = FullName?.trim().split(/\s+/) ?? [];
  return Object.fromEntries(
    Object.entries({
      firstName,
      lastName: FullName === undefined ? undefined : rest.join(' '),
      email: Email1,
      phone: Phone1,
      street1: place.Street1,
      city: place.City,
      regionCode: place.RegionCode,
      postalCode: place.PostalCode,
      countryCode: place.CountryCode,
    }).filter(([, value]) => value !== undefined),
  );
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** An address that is told as a contact under this name. */
export const contact = (at: string): Field => ({
  at,
  show: (value) => (isObject(value) ? contactOf(value) : value),
  read: (value) => (isObject(value) ? addressIn(value) : value),
});
