import type { AddressView, ProfileRecord } from '../../model';
import { addressDefaults, newProfile } from '../../resources/profile-defaults';
import {
  type ClassicCall,
  contains,
  defineEntity,
  numberOf,
  related,
  textOf,
  unix,
  within,
} from '../entity';
import { type Model, RestError } from '../input';
import { complexAddress } from './complexOrder';

export const profileFields = ({ view }: ProfileRecord, anonymous: boolean): object => ({
  profile_id: view.id,
  login: view.login,
  password: 'sandbox-hash',
  access_level: view.access_level,
  added: unix(view.create_date),
  first_login: unix(view.first_login_date),
  last_login: unix(view.last_login_date),
  status: view.status,
  statusComment: view.status_comment,
  referer: view.referer,
  language: view.language,
  anonymous,
  forceChangePassword: view.force_change_password,
});

const isAnonymous = ({ orderId, view }: ProfileRecord, { store }: ClassicCall): boolean =>
  orderId !== null && !store.orders.get(orderId)?.view.customer_id && view.access_level === 0;

const addressFields = (address: AddressView): object => ({
  address_id: address.id,
  address_type: address.type,
  is_billing: address.is_billing,
  is_shipping: address.is_shipping,
  isWork: address.is_work,
});

const CUSTOMER_FIELDS = ['firstname', 'lastname', 'phone', 'street', 'zipcode', 'city'] as const;

function write({ view }: ProfileRecord, model: Model): void {
  const { status, language, access_level: level, statusComment } = model;
  if (status !== undefined) view.status = textOf(status) === 'D' ? 'D' : 'E';
  if (language !== undefined) view.language = textOf(language);
  if (level !== undefined) view.access_level = numberOf(level) === 100 ? 100 : 0;
  if (statusComment !== undefined) view.status_comment = textOf(statusComment);
}

function create(model: Model, { store, now }: ClassicCall): ProfileRecord {
  const login = textOf(model.login);
  if (login === '') throw new RestError('login is empty');
  const password = textOf(model.password);
  const record = newProfile(store.nextId('profile'), { login }, now, { password });
  write(record, model);
  store.addProfile(record);
  store.recordWritten('created', record);
  return record;
}

/** All profiles, those cloned for orders too, unless `_cnd[onlyReal]` is asked for. */
export const profileEntity = defineEntity<ProfileRecord>({
  all: ({ store }) => [...store.profiles.values()],
  idOf: ({ view }) => view.id,
  fields: (profile, call) => profileFields(profile, isAnonymous(profile, call)),
  relations: ({ addresses }) => ({
    addresses: [...addresses.values()].map(addressFields),
    membership: null,
    pending_membership: null,
    roles: [],
  }),
  complex: ({ view, addresses }) => {
    const billing = [...addresses.values()].find((address) => address.is_billing);
    return {
      profileId: view.id,
      login: view.login,
      email: view.login,
      status: view.status,
      referer: view.referer,
      firstLogin: unix(view.first_login_date),
      lastLogin: unix(view.last_login_date),
      addresses: [...addresses.values()].map(complexAddress),
      addedDate: view.create_date,
      membership: '',
      roles: [],
      firstname: billing?.firstname ?? '',
      lastname: billing?.lastname ?? '',
    };
  },
  conditions: {
    onlyReal: (value) => (profile) => textOf(value) === '' || profile.orderId === null,
    login: (value) => {
      const fits = contains(value);
      return ({ view }) => fits(view.login);
    },
    added: (value, { store }) => {
      const inside = within(value);
      return ({ view }) => !store.switches.classicAddedFilter || inside(unix(view.create_date));
    },
  },
  sorts: {
    'p.profile_id': ({ view }) => view.id,
    'p.added': ({ view }) => unix(view.create_date),
    'p.login': ({ view }) => view.login,
  },
  create,
  update: (profile, model, { store }) => {
    if (model.login !== undefined) store.changeLogin(profile, textOf(model.login));
    write(profile, model);
    store.recordWritten('updated', profile);
  },
  remove: (profile, { store }) => store.removeProfile(profile),
});

interface OwnedAddress {
  owner: ProfileRecord;
  address: AddressView;
}

/** What an address says stands in values of fields, of which only the ids show. */
export const addressEntity = defineEntity<OwnedAddress>({
  all: ({ store }) =>
    [...store.profiles.values()].flatMap((owner) =>
      [...owner.addresses.values()].map((address) => ({ owner, address })),
    ),
  idOf: ({ address }) => address.id,
  fields: ({ address }) => addressFields(address),
  relations: ({ owner, address }) => ({
    addressFields: CUSTOMER_FIELDS.map((name, index) => ({ id: index + 1, value: address[name] })),
    profile: profileFields(owner, false),
    state: address.state === null ? null : { state_id: address.state, state: address.state_name },
    country: { code: address.country_code },
  }),
  create: (model, { store }) => {
    const owner = related(model, 'profile', 'profile_id', store.profiles);
    const texts = (Array.isArray(model.addressFields) ? model.addressFields : []) as Model[];
    const address: AddressView = {
      id: store.nextId('address'),
      ...addressDefaults(),
      country_code: textOf((model.country as Model | undefined)?.code),
    };
    for (const { value, addressField } of texts) {
      const name = CUSTOMER_FIELDS[numberOf((addressField as Model | undefined)?.id) - 1];
      if (name) address[name] = textOf(value);
    }
    owner.addresses.set(address.id, address);
    return { owner, address };
  },
  remove: ({ owner, address }) => void owner.addresses.delete(address.id),
});
