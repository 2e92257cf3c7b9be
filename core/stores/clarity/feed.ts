import type { Feed } from '../kit/feed';
import { momentOf, type RecordType } from '../kit/records';
import { CREDENTIAL_NAME } from './api';
import type { Clarity, Records } from './client';
import { readPath } from './profile/paths';
import type { Profile, ResourceName } from './profile/schema';
import { date, type Customer, type Order, type Product } from './wire';

/** What the common model calls the records of a resource. */
const KINDS = { orders: 'order', products: 'product', customers: 'customer' } as const;

export type Followed = keyof typeof KINDS;

function dateAt(record: object, path: string | null | undefined): string | undefined {
  const value = date.safeParse(readPath(record, path));
  return value.success ? (value.data ?? undefined) : undefined;
}

/** What records of a resource are, by the dates and ids that the profile names. */
export function recordType<T extends object>(profile: Profile, name: Followed): RecordType<T> {
  const resource = profile.resources[name];
  const changedOn = (record: T): string | undefined => dateAt(record, resource?.modified);
  const number = (record: T): string | undefined => {
    const value = readPath(record, resource?.number);
    return value === undefined ? undefined : String(value);
  };
  return {
    platform: 'clarity',
    kind: KINDS[name],
    many: name,
    idOf: (record) => String(readPath(record, resource?.id) ?? ''),
    numberOf: number,
    changedAt: (record) => momentOf(changedOn(record)),
    createdAt: (record) => momentOf(dateAt(record, resource?.created)),
    versionOf: changedOn,
  };
}

/**
 * Records of a resource that have changed. Where the list can be asked for changes, that is asked; its order is not known.
 * Where it cannot, all of it is read.
 */
function feedOf<T extends object>(profile: Profile, name: Followed, records: Records<T>): Feed<T> {
  return {
    type: recordType(profile, name),
    changes: {
      changedSince: (from) =>
        records.pages(records.canAskForChanges ? { changedSince: from } : undefined),
    },
    tooMany: records.canAskForChanges
      ? 'Choose a later Start From. Older records can be read with the Clarity node (Get Many).'
      : `Name in API Profile of the credential ${CREDENTIAL_NAME} the parameter that asks for changes (resources.${name}.list.modifiedSince): without it the whole list is read at each poll.`,
  };
}

export const orderFeed = ({ profile, orders }: Clarity): Feed<Order> =>
  feedOf(profile, 'orders', orders);

export const productFeed = ({ profile, products }: Clarity): Feed<Product> =>
  feedOf(profile, 'products', products);

export const customerFeed = ({ profile, customers }: Clarity): Feed<Customer> =>
  feedOf(profile, 'customers', customers);

export const isFollowed = (name: ResourceName): name is Followed => Object.hasOwn(KINDS, name);
