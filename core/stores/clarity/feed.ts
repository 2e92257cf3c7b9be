import { ServiceError } from '../../errors';
import type { AnyFeed } from '../kit/feed';
import { fittingRows, type Pages } from '../kit/pages';
import { momentOf, type RecordType } from '../kit/records';
import { CREDENTIAL_NAME } from './api';
import type { Clarity, Records } from './client';
import { BRIEF } from './profile/brief';
import { CEF } from './profile/cef';
import type { Profile } from './profile/schema';
import { volatileOf } from './profile/volatile';
import { orderCode } from './statuses';
import type { Customer, Order, Product } from './wire';

interface Dated {
  createdDate?: string | null;
  modifiedDate?: string | null;
}

const DATED = {
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
const CREATED: Readonly<Record<Followed, readonly string[]>> = {
  orders: ['createdDate', 'orderDate'],
  products: ['createdDate'],
  customers: ['createdDate'],
};

type Followed = 'orders' | 'products' | 'customers';

/** A kind of record as a deployment has it. */
export const ofProfile = <T>(type: RecordType<T>, profile: Profile): RecordType<T> => ({
  ...type,
  volatile: volatileOf(profile, type.many as Followed),
});

/** A field that the profile does not name is called as the pack calls it. */
const isNamed = ({ resources }: Profile, name: Followed, field: string): boolean =>
  resources[name]?.fields?.[field] !== null;

/** The field as one of the profiles has it that come with the pack: nobody has looked at the records of this deployment for it. */
const isAssumed = ({ resources }: Profile, name: Followed, field: string): boolean =>
  [BRIEF, CEF].some(
    (known) => known.resources[name]?.fields?.[field] === resources[name]?.fields?.[field],
  );

/** Beside the products that are new there is always what changes: one that does not say when it was made is a changed one. */
const MAY_BE_UNDATED: ReadonlySet<Followed> = new Set(['products']);

/**
 * Records of a resource that have changed. Where the list can be asked for changes, that is asked; its order is not known.
 * Where it cannot, or records do not say when they were made or changed, all of it is read, and compared with what it was.
 */
function feedOf<T extends object>(
  { profile }: Clarity,
  known: RecordType<T>,
  records: Records<T>,
  isWanted: (record: T) => boolean = () => true,
): AnyFeed<T> {
  const name = known.many as Followed;
  const type = ofProfile(known, profile);
  const mayBeUndated =
    MAY_BE_UNDATED.has(name) && CREATED[name].every((field) => isAssumed(profile, name, field));
  const isDated =
    isNamed(profile, name, 'modifiedDate') &&
    CREATED[name].some((field) => isNamed(profile, name, field));
  if (records.canAskForChanges && isDated) {
    const made = type.createdAt;
    const followed = mayBeUndated ? { ...type, createdAt: (record: T) => made(record) ?? 0 } : type;
    return {
      type: followed,
      changes: {
        changedSince: (changedSince) =>
          dated(profile, followed, records.pages({ changedSince }), changedSince),
        isWanted,
      },
      tooMany:
        'Choose a later Start From. Older records can be read with the Clarity node (Get Many).',
    };
  }
  return {
    type,
    changes: { all: (options) => fittingRows(records.pages({}, options), isWanted) },
    tooMany: `Name in API Profile of the credential ${CREDENTIAL_NAME} the parameter that asks for changes (modifiedSince of the list), and the dates of the records: without them the whole list is read and remembered.`,
  };
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
      throw undated(profile, type, CREATED[type.many as Followed], 'they were made');
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
  { name, resources }: Profile,
  { many }: { many: string },
  fields: readonly string[],
  what: string,
): ServiceError {
  const at = `resources.${many}.fields`;
  const sought = fields.map((field) => {
    const path = resources[many as Followed]?.fields?.[field];
    return typeof path === 'string' ? path : field;
  });
  return new ServiceError(
    `The ${many} of the store do not say when ${what}: they have nothing at ${sought.join(', ')}`,
    {
      class: 'configuration',
      fix: `Name in API Profile (${name}) of the credential ${CREDENTIAL_NAME} where it stands, under ${fields.map((field) => `${at}.${field}`).join(' or ')}; if the service does not say it, write null there: then all ${many} are read and compared.`,
    },
  );
}

/** Whether an order has one of the chosen statuses, however the deployment spells it; none chosen: each. */
export function hasStatus({ status }: Order, chosen: readonly string[]): boolean {
  const code = orderCode(status ?? '');
  return chosen.length === 0 || chosen.some((each) => orderCode(each) === code);
}

/** @param statuses only orders with one of them; none: all */
export const orderFeed = (client: Clarity, statuses: readonly string[] = []): AnyFeed<Order> =>
  feedOf(client, ORDERS, client.orders, (order) => hasStatus(order, statuses));
export const productFeed = (client: Clarity): AnyFeed<Product> =>
  feedOf(client, PRODUCTS, client.products);
export const customerFeed = (client: Clarity): AnyFeed<Customer> =>
  feedOf(client, CUSTOMERS, client.customers);
