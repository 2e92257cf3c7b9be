import { storeDate } from '../api/dates';
import type { AddressView, ProfileRecord, ProfileView } from '../model';

type Dates = Pick<ProfileView, 'create_date' | 'first_login_date' | 'last_login_date'>;

/** What the store gives a profile where nobody says otherwise. */
export const profileDefaults = (): Omit<ProfileView, 'id' | 'login' | keyof Dates> => ({
  access_level: 0,
  status: 'E',
  status_comment: '',
  referer: '',
  language: 'en',
  membership_id: null,
  pending_membership_id: null,
  force_change_password: false,
  role_ids: [],
});

/** Whoever has just registered has not logged in yet. */
export const newDates = (at: Date): Dates => ({
  create_date: storeDate(at),
  first_login_date: null,
  last_login_date: null,
});

/** A profile of a customer, without addresses. The store is not told of it. */
export function newProfile(
  id: number,
  { login, ...given }: Partial<ProfileView> & Pick<ProfileView, 'login'>,
  at: Date,
  record: Partial<Omit<ProfileRecord, 'view'>> = {},
): ProfileRecord {
  return {
    view: { id, login, ...profileDefaults(), ...newDates(at), ...given },
    password: '',
    addresses: new Map(),
    orderId: null,
    ...record,
  };
}

/** What the store gives an address where nobody says otherwise: all of it empty. */
export const addressDefaults = (): Omit<AddressView, 'id'> => ({
  is_billing: false,
  is_shipping: false,
  is_work: false,
  type: 'R',
  title: '',
  firstname: '',
  lastname: '',
  phone: '',
  street: '',
  zipcode: '',
  city: '',
  country_code: '',
  state: null,
  state_name: '',
  custom_fields: [],
});
