import type { Buyer } from '../../kit/shop';
import { REGION_CODES, type SeedCustomer } from '../../seed';
import type { Address, Document } from '../model';
import type { ClarityStore } from '../store';

export const addressOf = (person: SeedCustomer, email: string): Address => ({
  firstName: person.firstName,
  lastName: person.lastName,
  ...(person.company === undefined ? {} : { company: person.company }),
  email,
  phone: person.phone,
  street1: person.street,
  city: person.city,
  regionCode: REGION_CODES[person.stateName] ?? '',
  regionName: person.stateName,
  postalCode: person.zipcode,
  countryCode: person.countryCode,
});

export const groupOf = ({ company }: SeedCustomer): string =>
  company === undefined ? 'Retail' : 'Business';

/** The customer's id, who is made with the first order. Of a guest the shop keeps nothing but the order. */
export function customerIdOf(store: ClarityStore, buyer: Buyer, now: Date): string | null {
  if (buyer.guest) return null;
  const known = store.byUnique('customers', buyer.email);
  if (known !== undefined) return String(known.customerId);
  const { person, email } = buyer;
  const address = addressOf(person, email);
  const customer: Document = {
    customerId: store.nextId('customers'),
    email,
    firstName: person.firstName,
    lastName: person.lastName,
    company: person.company ?? null,
    phone: person.phone,
    customerGroup: groupOf(person),
    billingAddress: address,
    shippingAddress: address,
    externalId: null,
    createdDate: now.toISOString(),
    modifiedDate: now.toISOString(),
  };
  store.put('customers', customer);
  store.raise('customer.created', 'customers', customer);
  return String(customer.customerId);
}
