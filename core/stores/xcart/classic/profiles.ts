import { ServiceError } from '../../../errors';
import type { Pages } from '../../../http/pages';
import { momentOf } from '../../../feeds/records';
import type { Id, ProfileQuery, Records } from '../client';
import type { Address, Profile } from '../wire';
import { noWay, refuse } from './api';
import { addressFrom } from './documents';
import type { ClassicApi, Conditions } from './request';
import { type Fields, modelOf } from './texts';
import { type ClassicProfile, classicProfileSchema, complexProfileSchema } from './wire';

const WHOLE = { schema: 'default', row: classicProfileSchema } as const;

const FIELDS: Fields = {
  renamed: {
    login: 'login',
    access_level: 'access_level',
    status: 'status',
    status_comment: 'statusComment',
    referer: 'referer',
    language: 'language',
    force_change_password: 'forceChangePassword',
  },
  made: {
    membership_id: (id) => (id ? { membership: { membership_id: id } } : {}),
    // It would be kept as it comes, where the store keeps a hash.
    password: (password) => {
      if (!password) return {};
      throw noWay(
        'way to set a password',
        'Leave Password out: the customer chooses one with "Forgot password?" in the store.',
      );
    },
  },
};

const profileFrom = (profile: ClassicProfile): Profile => ({
  id: profile.profile_id,
  login: profile.login,
  access_level: profile.access_level,
  status: profile.status,
  status_comment: profile.statusComment,
  language: profile.language,
  membership_id: profile.membership?.membership_id,
  create_date: profile.added,
  first_login_date: profile.first_login,
  last_login_date: profile.last_login,
});

/** Without the profiles that the store clones for each order. */
function conditionsOf({ email, addedAfter }: ProfileQuery): Conditions {
  return {
    onlyReal: 1,
    login: email || undefined,
    added: addedAfter && [Math.floor(addedAfter.getTime() / 1000), 0],
    orderBy: ['p.profile_id', 'asc'],
  };
}

/** Whatever the store ignores of the conditions, which it does without a word (5.4: `added`), is filtered here. */
function fits({ email, addedAfter }: ProfileQuery, profile: Profile): boolean {
  const isNamed = (profile.login ?? '').toLowerCase().includes((email ?? '').toLowerCase());
  const added = momentOf(profile.create_date);
  const isNew = !addedAfter || added === undefined || added >= addedAfter.getTime();
  return isNamed && isNew;
}

export function classicProfiles(api: ClassicApi): Records<Profile, ProfileQuery> {
  return {
    pages: async function* (query = {}, options) {
      const list = { ...WHOLE, conditions: conditionsOf(query) };
      for await (const rows of api.pages('profile', list, options)) {
        const profiles = rows.map(profileFrom).filter((profile) => fits(query, profile));
        if (profiles.length > 0) yield profiles;
      }
    },
    get: async (id) => profileFrom(await api.one('profile', id, WHOLE)),
    create: async (document) =>
      profileFrom(await api.create('profile', modelOf(document, FIELDS), classicProfileSchema)),
    update: async (id, document) =>
      profileFrom(await api.update('profile', id, modelOf(document, FIELDS), classicProfileSchema)),
    remove: async (id) => await api.remove('profile', id),
  };
}

const BY_HAND = 'Write the address in the X-Cart admin.';

/**
 * Addresses of a customer: their ids stand in the default schema, what they say in the complex one. They are joined by
 * their order, where both have as many.
 */
export function classicAddresses(api: ClassicApi, profileId: Id): Records<Address, void> {
  async function all(): Promise<Address[]> {
    const [{ addresses: known }, { addresses: said }] = await Promise.all([
      api.one('profile', profileId, WHOLE),
      api.one('profile', profileId, { schema: 'complex', row: complexProfileSchema }),
    ]);
    const texts = said ?? [];
    if (texts.length !== (known ?? []).length) {
      throw new ServiceError(`X-Cart tells the addresses of profile ${profileId} in two ways`, {
        class: 'transient',
        fix: 'Try again: the customer was changed while the addresses were read.',
      });
    }
    return (known ?? []).map((each, index) =>
      addressFrom(texts[index] ?? {}, {
        id: each.address_id,
        type: each.address_type,
        is_billing: each.is_billing,
        is_shipping: each.is_shipping,
        is_work: each.isWork,
      }),
    );
  }
  async function* pages(): Pages<Address> {
    const addresses = await all();
    if (addresses.length > 0) yield addresses;
  }
  return {
    pages,
    get: async (id) => {
      const found = (await all()).find((address) => String(address.id) === String(id));
      if (found) return found;
      throw new ServiceError(`X-Cart has no address ${id} of profile ${profileId}`, {
        class: 'not-found',
        fix: 'Check the ID: the store has no such record, or it was deleted.',
      });
    },
    // Fields of an address go by ids that are another store's own, and are told nowhere.
    create: async () => await refuse('way to write an address by the names of its fields', BY_HAND),
    update: async () => await refuse('way to write an address by the names of its fields', BY_HAND),
    remove: async (id) => await api.remove('address', id),
  };
}
