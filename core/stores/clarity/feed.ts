import { ServiceError } from '../../errors';
import type { ListFeed } from '../../feeds/feed';
import { fittingRows, type PageOptions, type Pages } from '../../http/pages';
import { momentOf, type RecordType } from '../../feeds/records';
import { CREDENTIAL_NAME } from './api';
import type { Clarity, RecordQuery, Records } from './client';
import { identified, unlisted } from './followed';
import { BRIEF } from './profile/brief';
import { CEF } from './profile/cef';
import { resourceOf } from './profile/kinds';
import type { Profile, ResourceName } from './profile/schema';
import { volatileOf } from './profile/volatile';
import { orderCode } from './statuses';
import type { Customer, Order, Product } from './wire';

interface Dated {
  createdDate?: string | null;
  modifiedDate?: string | null;
}

export const DATED = {
  platform: 'clarity',
  changedAt: ({ modifiedDate }: Dated) => momentOf(modifiedDate),
  createdAt: ({ createdDate }: Dated) => momentOf(createdDate),
  versionOf: ({ modifiedDate }: Dated) => modifiedDate ?? undefined,
};

/** Told apart by the names that the API profile gives the service's documents. What of them is volatile, a profile says. */
export const ORDERS: RecordType<Order> = {
  ...DATED,
  kind: 'order',
  many: 'orders',
  idOf: ({ orderId }) => orderId,
  numberOf: ({ orderNumber }) => orderNumber,
  // The date of an order may be that of the shop that it was brought from.
  createdAt: ({ createdDate, orderDate }) => momentOf(createdDate ?? orderDate),
};

export const PRODUCTS: RecordType<Product> = {
  ...DATED,
  kind: 'product',
  many: 'products',
  idOf: ({ productId }) => productId,
  numberOf: ({ sku }) => sku,
};

export const CUSTOMERS: RecordType<Customer> = {
  ...DATED,
  kind: 'customer',
  many: 'customers',
  idOf: ({ customerId }) => customerId,
};

/** The fields by which a new record is told from one that has changed. */
const CREATED: Readonly<Partial<Record<ResourceName, readonly string[]>>> = {
  orders: ['createdDate', 'orderDate'],
  payments: ['createdDate', 'date'],
  shipments: ['createdDate', 'shippedAt'],
};

const createdFields = (name: ResourceName): readonly string[] => CREATED[name] ?? ['createdDate'];

/** A kind of record as a deployment has it. */
export const ofProfile = <T>(type: RecordType<T>, profile: Profile): RecordType<T> => ({
  ...type,
  volatile: volatileOf(profile, resourceOf(type.kind)),
});

/** A field that the profile does not name is called as the pack calls it. */
const isNamed = ({ resources }: Profile, name: ResourceName, field: string): boolean =>
  resources[name]?.fields?.[field] !== null;

/** The field as one of the profiles has it that come with the pack: nobody has looked at the records of this deployment for it. */
const isAssumed = ({ resources }: Profile, name: ResourceName, field: string): boolean =>
  [BRIEF, CEF].some(
    (known) => known.resources[name]?.fields?.[field] === resources[name]?.fields?.[field],
  );

/**
 * Beside the products and stock levels that are new there is always what changes: one that does not say when it was made is a
 * changed one.
 */
const MAY_BE_UNDATED: ReadonlySet<ResourceName> = new Set(['products', 'inventory']);

/**
 * Records of a resource that have changed. Where the list can be asked for changes, that is asked; its order is not known.
 * Where it cannot, or records do not say when they were made or changed, all of it is read, and compared with what it was.
 */
export function feedOf<T extends object>(
  { profile }: Clarity,
  known: RecordType<T>,
  records: Records<T>,
  isWanted: (record: T) => boolean = () => true,
): ListFeed<T> {
  const name = resourceOf(known.kind);
  const type = ofProfile(known, profile);
  if (!records.offers('list')) return untold(profile, type);
  const pagesOf = (query: RecordQuery, options?: PageOptions): Pages<T> =>
    identified(profile, type, records.pages(query, options));
  const mayBeUndated =
    MAY_BE_UNDATED.has(name) &&
    createdFields(name).every((field) => isAssumed(profile, name, field));
  const isDated =
    isNamed(profile, name, 'modifiedDate') &&
    createdFields(name).some((field) => isNamed(profile, name, field));
  if (records.canAskForChanges && isDated) {
    const made = type.createdAt;
    const followed = mayBeUndated ? { ...type, createdAt: (record: T) => made(record) ?? 0 } : type;
    return {
      type: followed,
      changes: {
        changedSince: (changedSince) =>
          dated(profile, followed, pagesOf({ changedSince }), changedSince),
        isWanted,
      },
      tooMany:
        'Choose a later Start From. Older records can be read with the Clarity node (Get Many).',
    };
  }
  return {
    type,
    changes: { all: (options) => fittingRows(pagesOf({}, options), isWanted) },
    tooMany: `Name in API Profile of the credential ${CREDENTIAL_NAME} the parameter that asks for changes (modifiedSince of the list), and the dates of the records: without them the whole list is read and remembered.`,
  };
}

/** What is in no list cannot be polled: that is said when it is tried, for a webhook may tell of it. */
function untold<T>(profile: Profile, type: RecordType<T>): ListFeed<T> {
  const all = (): never => {
    throw unlisted(profile, type);
  };
  return { type, changes: { all }, tooMany: '' };
}

/** Services may know whole days, and whose. */
const DAY_MS = 86_400_000;

/**
 * The same pages, whose records say when they were made and changed. A record that changed since a moment and bears only an
 * older date would be read past; and where none of several says when it was made, nothing tells new ones from changed ones.
 */
async function* dated<T extends object>(
  profile: Profile,
  type: RecordType<T>,
  pages: Pages<T>,
  since: Date,
): Pages<T> {
  for await (const page of pages) {
    if (page.length > 1 && page.every((record) => type.createdAt(record) === undefined)) {
      throw undated(profile, type, createdFields(resourceOf(type.kind)), 'they were made');
    }
    const lost = page.find((record) => {
      const made = type.createdAt(record) ?? 0;
      return type.changedAt(record) === undefined && made < since.getTime() - DAY_MS;
    });
    if (lost) throw undated(profile, type, ['modifiedDate'], 'they were changed');
    yield page;
  }
}

function undated(
  { name: profile, resources }: Profile,
  type: Pick<RecordType<unknown>, 'kind' | 'many'>,
  fields: readonly string[],
  what: string,
): ServiceError {
  const { many } = type;
  const name = resourceOf(type.kind);
  const at = `resources.${name}.fields`;
  const sought = fields.map((field) => {
    const path = resources[name]?.fields?.[field];
    return typeof path === 'string' ? path : field;
  });
  return new ServiceError(
    `The ${many} of the store do not say when ${what}: they have nothing at ${sought.join(', ')}`,
    {
      class: 'configuration',
      fix: `Name in API Profile (${profile}) of the credential ${CREDENTIAL_NAME} where it stands, under ${fields.map((field) => `${at}.${field}`).join(' or ')}; if the service does not say it, write null there: then all ${many} are read and compared.`,
    },
  );
}

/** Whether an order has one of the chosen statuses, however the deployment spells it; none chosen: each. */
export function hasStatus({ status }: Order, chosen: readonly string[]): boolean {
  const code = orderCode(status ?? '');
  return chosen.length === 0 || chosen.some((each) => orderCode(each) === code);
}

/** @param statuses only orders with one of them; none: all */
export const orderFeed = (client: Clarity, statuses: readonly string[] = []): ListFeed<Order> =>
  feedOf(client, ORDERS, client.orders, (order) => hasStatus(order, statuses));
export const productFeed = (client: Clarity): ListFeed<Product> =>
  feedOf(client, PRODUCTS, client.products);
export const customerFeed = (client: Clarity): ListFeed<Customer> =>
  feedOf(client, CUSTOMERS, client.customers);
