import { z } from 'zod';
import { int, readInput } from '../api/body';
import { dateFilters as dates, dateTest, secondsOf } from '../api/dates';
import { readOnly, recordFields } from '../api/fields';
import { childrenOf, found } from '../api/lookup';
import { invalidInput, notFound } from '../api/problems';
import type { Call, Route } from '../api/routes';
import type { AddressView, ProfileRecord } from '../model';
import { crudRoutes } from './crud';
import { addressDefaults, newProfile, profileDefaults } from './profile-defaults';

const input = z.object({
  login: z.string().email(),
  password: z.string().min(8).max(128).optional(),
  access_level: z.union([z.literal(0), z.literal(100)]),
  status: z.enum(['E', 'D']),
  status_comment: z.string(),
  referer: z.string(),
  language: z.string(),
  membership_id: int().nullable(),
  pending_membership_id: int().nullable(),
  force_change_password: z.boolean(),
  role_ids: z.array(int()),
});

/** Profiles cloned for an order are an inside matter of the store: never listed, perhaps readable. */
function visibleProfiles(call: Call): ReadonlyMap<number, ProfileRecord> {
  if (call.store.switches.clonedProfilesReadable) return call.store.profiles;
  const real = [...call.store.profiles].filter(([, { orderId }]) => orderId === null);
  return new Map(real);
}

function list(call: Call): ProfileRecord[] {
  const { query, now } = call;
  const added = dateTest(query.table('added'), now);
  const firstLogin = dateTest(query.table('first_login'), now);
  const filtersLogin = Object.keys(query.table('first_login')).length > 0;
  const part = (query.scalar('login') ?? '').toLowerCase();
  return [...call.store.profiles.values()].filter(({ view, orderId }) => {
    if (orderId !== null || !view.login.toLowerCase().includes(part)) return false;
    const loggedIn = view.first_login_date === null ? undefined : secondsOf(view.first_login_date);
    const fits = loggedIn === undefined ? !filtersLogin : firstLogin(loggedIn);
    return fits && added(secondsOf(view.create_date));
  });
}

function checkLogin(call: Call, login: string, current?: string): void {
  if (login.toLowerCase() === current?.toLowerCase()) return;
  if (call.store.profileByLogin(login) !== undefined) {
    throw invalidInput(`Profile with login ${login} already exists`);
  }
}

function create(call: Call): ProfileRecord {
  const { password, ...given } = readInput(input, { ...profileDefaults(), ...call.body() });
  checkLogin(call, given.login);
  const record = newProfile(call.store.nextId('profile'), given, call.now, {
    password: password ?? '',
  });
  call.store.addProfile(record);
  call.store.recordWritten('created', record);
  return record;
}

function update(call: Call, record: ProfileRecord): void {
  const { password, login, ...given } = readInput(input, { ...record.view, ...call.body() });
  checkLogin(call, login, record.view.login);
  call.store.changeLogin(record, login);
  Object.assign(record.view, given);
  if (password !== undefined) record.password = password;
  call.store.recordWritten('updated', record);
}

const addressInput = z.object({
  is_billing: z.boolean(),
  is_shipping: z.boolean(),
  is_work: z.boolean(),
  type: z.enum(['R', 'C']),
  title: z.string(),
  firstname: z.string(),
  lastname: z.string(),
  phone: z.string(),
  street: z.string(),
  zipcode: z.string(),
  city: z.string(),
  country_code: z.string().max(2),
  state: int().nullable(),
  state_name: z.string(),
  custom_fields: z.array(z.object({ name: z.string(), value: z.string() })),
});

const profileOf = (call: Call): ProfileRecord =>
  found(visibleProfiles(call), call.id('profile_id'));

function createAddress(call: Call): AddressView {
  const profile = visibleProfiles(call).get(call.id('profile_id'));
  const body = call.body();
  if (profile === undefined) {
    throw invalidInput(`Profile with ID ${call.id('profile_id')} not found`);
  }
  const given = readInput(addressInput, { ...addressDefaults(), ...body });
  const address = { id: call.store.nextId('address'), ...given };
  profile.addresses.set(address.id, address);
  call.store.recordWritten('updated', profile);
  return address;
}

export const profileRoutes: readonly Route[] = [
  ...crudRoutes<ProfileRecord>({
    path: '/profiles',
    idName: 'profile_id',
    type: 'Profile',
    noun: 'profile',
    list,
    records: visibleProfiles,
    fields: recordFields(
      input,
      readOnly({ create_date: 'string', first_login_date: 'string', last_login_date: 'string' }),
    ),
    filters: { login: 'login', ...dates('added'), ...dates('first_login') },
    show: ({ view }) => view,
    create,
    update,
    remove: (call, record) => call.store.removeProfile(record),
  }),
  ...crudRoutes<AddressView>({
    path: '/profiles/:profile_id/addresses',
    idName: 'address_id',
    type: 'Address',
    noun: 'address',
    list: (call) =>
      childrenOf(call, visibleProfiles(call).get(call.id('profile_id')), ({ addresses }) => [
        ...addresses.values(),
      ]),
    records: (call) => profileOf(call).addresses,
    fields: recordFields(addressInput),
    show: (address) => address,
    create: createAddress,
    update: (call, address) => {
      Object.assign(address, readInput(addressInput, { ...address, ...call.body() }));
      call.store.recordWritten('updated', profileOf(call));
    },
    remove: (call, address) => {
      const profile = profileOf(call);
      if (!profile.addresses.delete(address.id)) throw notFound();
      call.store.recordWritten('updated', profile);
    },
  }),
];
