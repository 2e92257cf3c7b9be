import type { Buyer } from '../../kit/shop';
import type { SeedCustomer } from '../../seed';
import { storeDate } from '../api/dates';
import type { AddressView, ProfileRecord } from '../model';
import { newProfile } from '../resources/profile-defaults';
import type { XCartStore } from '../store';

interface AddressUse {
  is_billing: boolean;
  is_shipping: boolean;
}

export function addressOf(store: XCartStore, person: SeedCustomer, use: AddressUse): AddressView {
  const { company } = person;
  return {
    id: store.nextId('address'),
    ...use,
    is_work: company !== undefined,
    type: company === undefined ? 'R' : 'C',
    title: '',
    firstname: person.firstName,
    lastname: person.lastName,
    phone: person.phone,
    street: person.street,
    zipcode: person.zipcode,
    city: person.city,
    country_code: person.countryCode,
    state: person.stateId,
    state_name: person.stateName,
    custom_fields: company === undefined ? [] : [{ name: 'company', value: company }],
  };
}

/** Who has ordered has logged in then. */
function addProfile(
  store: XCartStore,
  login: string,
  orderId: number | null,
  now: Date,
): ProfileRecord {
  const date = storeDate(now);
  const given = { login, first_login_date: date, last_login_date: date };
  const profile = newProfile(store.nextId('profile'), given, now, { orderId });
  store.addProfile(profile);
  return profile;
}

/** The customer's profile, made with the first order. Of a guest the store keeps nothing but the order's clone. */
function realProfile(store: XCartStore, buyer: Buyer, now: Date): ProfileRecord | undefined {
  if (buyer.guest) return undefined;
  const known = store.profileByLogin(buyer.email);
  if (known !== undefined) return known;
  const profile = addProfile(store, buyer.email, null, now);
  const address = addressOf(store, buyer.person, { is_billing: true, is_shipping: true });
  profile.addresses.set(address.id, address);
  return profile;
}

export interface OrderParties {
  customerId: number | null;
  orderProfileId: number;
  billing: AddressView;
  shipping: AddressView;
}

/** Clones profile and addresses for one order, as the store does. */
export function partiesOf(
  store: XCartStore,
  buyer: Buyer,
  recipient: SeedCustomer | undefined,
  orderId: number,
  now: Date,
): OrderParties {
  const customer = realProfile(store, buyer, now);
  const clone = addProfile(store, buyer.email, orderId, now);
  const billing = addressOf(store, buyer.person, { is_billing: true, is_shipping: !recipient });
  const shipping = recipient
    ? addressOf(store, recipient, { is_billing: false, is_shipping: true })
    : billing;
  for (const address of new Set([billing, shipping])) clone.addresses.set(address.id, address);
  const customerId = customer?.view.id ?? null;
  return { customerId, orderProfileId: clone.view.id, billing, shipping: { ...shipping } };
}
