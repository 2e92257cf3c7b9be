import type { ContentFeed, Feed } from '../../feeds/feed';
import { firstPage, firstRows, fittingRows, type Pages } from '../../http/pages';
import { momentOf, type RecordType } from '../../feeds/records';
import { MAX_PAGE_SIZE } from './api';
import type { XCart } from './client';
import { credentialName, type XCartSignIn } from './signIn';
import { hasStatuses } from './statuses';
import type { Address, Order, Product, Profile } from './wire';

/**
 * Dates of X-Cart have whole seconds: of two contents of the same second the one that was read later is the newer. Nothing of an
 * order is volatile, for its date alone may tell that money was given back.
 */
export const ORDERS: RecordType<Order> = {
  platform: 'xcart',
  kind: 'order',
  many: 'orders',
  idOf: ({ id }) => String(id),
  numberOf: ({ order_number: number }) => number,
  changedAt: ({ update_date: updated }) => (updated ? (momentOf(updated) ?? 0) : undefined),
  createdAt: ({ create_date: placed }) => momentOf(placed),
  versionOf: ({ update_date: updated }) => updated ?? undefined,
};

export interface OrderFeedOptions {
  /** X-Cart 5.5.1 and newer has `lastRenewDate[after]`; 5.5.0 does not. */
  modifiedSinceFilter?: boolean;
  /** For the words of failures. */
  signIn?: XCartSignIn;
  /** Codes such as `P`; any of them. */
  paymentStatus?: readonly string[];
  shippingStatus?: readonly string[];
}

export function orderFeed({ orders }: XCart, options: OrderFeedOptions = {}): Feed<Order> {
  const { modifiedSinceFilter = false, signIn, paymentStatus, shippingStatus } = options;
  const statuses = { paymentStatus, shippingStatus };
  const filters = { ...statuses, mayBeRemembered: true, keepsOthers: true };
  const sortedBy = (direction: 'asc' | 'desc') => ({ by: 'lastRenewDate', direction }) as const;
  return {
    type: ORDERS,
    changes: {
      newestFirst: (page) => orders.pages({ ...filters, sort: sortedBy('desc') }, page),
      oldestFirst: modifiedSinceFilter
        ? async (from, page) =>
            await firstPage(
              orders.pages({ ...filters, changedAfter: from, sort: sortedBy('asc') }, { page }),
            )
        : undefined,
      isWanted: (order) => hasStatuses(order, statuses),
      maxPageSize: MAX_PAGE_SIZE,
      notSorted:
        'Check which module of the store changes the REST API for orders. X-Cart sorts them by lastRenewDate.',
      notFiltered: `Set X-Cart Version in the credential ${credentialName(signIn)} to 5.5.0.`,
    },
    tooMany:
      'Choose a later Start From. For X-Cart 5.5.1 or newer, set X-Cart Version in the credential: it can then be asked for the oldest changes alone. Older orders can be read with the X-Cart node (Order → Get Many).',
  };
}

/** X-Cart's lists of products and profiles can be neither sorted by the last change nor asked for it (5.5.0, 5.5.1). */
const TOO_MANY = 'Choose Webhook Only, or read them with the X-Cart node (Get Many) on a schedule.';

/** `update_date` moves with each write, also with one that writes what is there. */
export const PRODUCTS: RecordType<Product> = {
  platform: 'xcart',
  kind: 'product',
  many: 'products',
  idOf: ({ id }) => String(id),
  changedAt: ({ update_date: updated }) => momentOf(updated),
  createdAt: ({ create_date: created }) => momentOf(created),
  versionOf: ({ update_date: updated }) => updated ?? undefined,
  volatile: ['update_date'],
};

export function productFeed({ products }: XCart): ContentFeed<Product> {
  return {
    type: PRODUCTS,
    changes: {
      all: (page) => products.pages({}, page),
      newest: () => products.pages({ sort: { by: 'arrivalDate', direction: 'desc' } }),
    },
    tooMany: TOO_MANY,
  };
}

/** A profile of a customer. Its names and phone are in its addresses alone. */
export type Customer = Profile & { addresses?: Address[] };

/** A profile says when it was made, not when it was changed. Who only comes in is no other customer. */
export const CUSTOMERS: RecordType<Customer> = {
  platform: 'xcart',
  kind: 'customer',
  many: 'customers',
  idOf: ({ id }) => String(id),
  changedAt: () => undefined,
  createdAt: ({ create_date: created }) => momentOf(created),
  volatile: ['first_login_date', 'last_login_date'],
};

/** `access_level` of administrators is 100, of customers 0. */
export const isCustomer = ({ access_level: level }: Profile): boolean => (level ?? 0) === 0;

/** A profile as `xcart.profile` is read: with the addresses that X-Cart keeps below it. */
export async function withAddresses(client: XCart, profile: Profile): Promise<Customer> {
  const { pages } = client.addresses(profile.id);
  return {
    ...profile,
    addresses: await firstRows((options) => pages(undefined, options), Infinity),
  };
}

const DAY_MS = 86_400_000;

/** All customers made lately, since their list is not sorted by that: further and further back, until there are some. */
async function* newestCustomers({ profiles }: XCart): Pages<Customer> {
  for (const days of [1, 30, 365]) {
    const addedAfter = new Date(Date.now() - days * DAY_MS);
    const made = await firstRows((page) => profiles.pages({ addedAfter }, page), Infinity);
    const customers = made.filter(isCustomer);
    if (customers.length > 0) return yield customers;
  }
  yield await firstPage(fittingRows(profiles.pages(), isCustomer));
}

/** Of the profiles themselves: that an address alone has changed, the list does not show. */
export function customerFeed(client: XCart): ContentFeed<Customer> {
  return {
    type: CUSTOMERS,
    changes: {
      all: (page) => fittingRows(client.profiles.pages({}, page), isCustomer),
      newest: () => newestCustomers(client),
    },
    tooMany: TOO_MANY,
  };
}
