/** What is made in X-Cart, made once: a `POST` has no key by which the store would know a second one. */
import { createdOnce } from '../kit/createdOnce';
import { firstWhere } from '../kit/pages';
import { momentOf } from '../kit/records';
import type { Records, XCart } from './client';
import type { Product, Profile } from './wire';

type Lookup<T, Q> = (records: Records<T, Q>, document: object) => Promise<T | undefined>;

const HOUR_MS = 3_600_000;

/**
 * One that was there long before is not the one that was to be made, and holds other fields. The clock of the store may differ
 * from ours; where it differs by more, a person looks.
 */
const isNew = ({ create_date: made }: { create_date?: string | null }): boolean => {
  const moment = momentOf(made);
  return moment !== undefined && Math.abs(Date.now() - moment) < HOUR_MS;
};

const textIn = (document: object, key: string): string => {
  const value = (document as Record<string, unknown>)[key];
  return typeof value === 'string' ? value.trim() : '';
};

/** X-Cart has no filter by SKU: the list is read from the newest on, where a new product mostly is on the first page. */
const bySku: Lookup<Product, Parameters<XCart['products']['pages']>[0]> = async (
  { pages },
  document,
) => {
  const sku = textIn(document, 'sku');
  if (sku === '') return undefined;
  const newestFirst = pages({ sort: { by: 'arrivalDate', direction: 'desc' } });
  const found = await firstWhere(newestFirst, (each) => each.sku?.trim() === sku);
  return found && isNew(found) ? found : undefined;
};

/** X-Cart looks for a part of the address, in capitals or not. */
const byLogin: Lookup<Profile, Parameters<XCart['profiles']['pages']>[0]> = async (
  { pages },
  document,
) => {
  const email = textIn(document, 'login');
  if (email === '') return undefined;
  const isSame = ({ login }: Profile): boolean => login?.toLowerCase() === email.toLowerCase();
  const found = await firstWhere(pages({ email }), isSame);
  return found && isNew(found) ? found : undefined;
};

function once<R extends Pick<Records<T, Q>, 'create' | 'pages'>, T, Q>(
  records: R & Records<T, Q>,
  one: string,
  look?: Lookup<T, Q>,
): R & Records<T, Q> {
  return {
    ...records,
    create: async (document) =>
      await createdOnce({
        service: 'X-Cart',
        one,
        make: async () => await records.create(document),
        find: look && (async () => await look(records, document)),
      }),
  };
}

/** The same store, in which nothing that was to be made once is made twice because an answer was lost. */
export function makingOnce(store: XCart): XCart {
  return {
    ...store,
    products: once(store.products, 'product', bySku),
    variants: (productId) => once(store.variants(productId), 'variant'),
    profiles: once(store.profiles, 'customer', byLogin),
    addresses: (profileId) => once(store.addresses(profileId), 'address'),
    categories: once(store.categories, 'category'),
    at: (...path) => once(store.at(...path), 'record'),
  };
}
