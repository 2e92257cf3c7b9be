import { REGION_CODES, type SeedCustomer } from '../../seed';
import type { Customer, Order, Shipment } from '../model';

/** By its letters, as the store keeps it; in countries without a list there is none. */
const stateOf = ({ stateName }: SeedCustomer): string => REGION_CODES[stateName] ?? '';

/** `+15125550100` as people there write it; others as they are. */
const phoneOf = ({ phone }: SeedCustomer): string => {
  const [, area, first, last] = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(phone) ?? [];
  return area === undefined ? phone : `${area}-${first}-${last}`;
};

export const billingOf = (person: SeedCustomer, email: string): Partial<Order> => ({
  BillingFirstName: person.firstName,
  BillingLastName: person.lastName,
  BillingCompany: person.company ?? '',
  BillingAddress: person.street,
  BillingCity: person.city,
  BillingState: stateOf(person),
  BillingZipCode: person.zipcode,
  BillingCountry: person.countryCode,
  BillingPhoneNumber: phoneOf(person),
  BillingEmail: email,
});

export const shippingOf = (person: SeedCustomer): Partial<Shipment> => ({
  ShipmentFirstName: person.firstName,
  ShipmentLastName: person.lastName,
  ShipmentCompany: person.company ?? '',
  ShipmentAddress: person.street,
  ShipmentCity: person.city,
  ShipmentState: stateOf(person),
  ShipmentZipCode: person.zipcode,
  ShipmentCountry: person.countryCode,
  ShipmentPhone: phoneOf(person),
});

export const customerOf = (person: SeedCustomer): Partial<Customer> => ({
  Email: person.email,
  BillingCompany: person.company ?? '',
  BillingFirstName: person.firstName,
  BillingLastName: person.lastName,
  BillingAddress1: person.street,
  BillingCity: person.city,
  BillingState: stateOf(person),
  BillingZipCode: person.zipcode,
  BillingCountry: person.countryCode,
  BillingPhoneNumber: phoneOf(person),
  ShippingCompany: person.company ?? '',
  ShippingFirstName: person.firstName,
  ShippingLastName: person.lastName,
  ShippingAddress1: person.street,
  ShippingCity: person.city,
  ShippingState: stateOf(person),
  ShippingZipCode: person.zipcode,
  ShippingCountry: person.countryCode,
  ShippingPhoneNumber: phoneOf(person),
});
