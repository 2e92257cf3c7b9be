/** What is made in X-Cart, made once: a `POST` has no key by which the store would know a second one. */
import { isUndefined, omitBy } from 'lodash';

import { createdOnce } from '../kit/createdOnce';
import { firstWhere, type Pages } from '../../http/pages';
import { momentOf } from '../../feeds/records';
import { hasContent } from '../kit/sameContent';
import { isClassic, type XCartApiKind } from './api';
import type { Records, XCart } from './client';
import { named } from './rehearsal';
import { type Product, productSchema, type Profile } from './wire';

/** @param sentAt when the document was sent, in milliseconds since the epoch */
type Lookup<T, Q> = (
  records: Records<T, Q>,
  document: object,
  sentAt: number,
) => Promise<T | undefined>;

/** The clock of the store may differ from ours; where it differs by more, a person looks. */
const CLOCKS_MS = 600_000;

/** What the store writes by itself, and a day that comes back as a moment by the clock of the store. */
const BY_STORE: ReadonlySet<string> = new Set(['id', 'create_date', 'update_date', 'arrival_date']);

/**
 * The record where it is new and says all that was to be written. One that was there before is not the one that was to be
 * made: what the second document says beside its key would be nowhere.
 */
function ifMade<T extends { create_date?: string | null }>(
  found: T | undefined,
  sent: object,
  sentAt: number,
): T | undefined {
  const madeAt = momentOf(found?.create_date);
  if (madeAt === undefined || madeAt < sentAt - CLOCKS_MS) return undefined;
  // What the classic API does not tell in a list is there without a value.
  return hasContent(omitBy(found, isUndefined), sent, BY_STORE) ? found : undefined;
}

const textIn = (document: object, key: string): string => {
  const value = (document as Record<string, unknown>)[key];
  return typeof value === 'string' ? value.trim() : '';
};

/** The document as a product that is read would say it. */
function asRead(document: object): object {
  const read: Partial<Product> = productSchema.safeParse({ ...document, id: 0 }).data ?? document;
  const { product_class: ofProduct, tax_class: ofTax, memberships } = read;
  return {
    ...read,
    product_class: named(ofProduct),
    tax_class: named(ofTax),
    memberships: named(memberships),
  };
}

/**
 * X-Cart has no filter by SKU: the list is read from the newest on, where a new product mostly is on the first page. It takes no
 * second product of a SKU, so that nothing is read behind the one that has it.
 */
const bySku: Lookup<Product, Parameters<XCart['products']['pages']>[0]> = async (
  { pages },
  document,
  sentAt,
) => {
  const sku = textIn(document, 'sku');
  if (sku === '') return undefined;
  const newestFirst = pages({ sort: { by: 'arrivalDate', direction: 'desc' } });
  const found = await firstWhere(newestFirst, (each) => each.sku?.trim() === sku);
  return ifMade(found, asRead(document), sentAt);
};

/** The one row that fits; of several none is known to be it. */
async function onlyWhere<T>(pages: Pages<T>, fits: (row: T) => boolean): Promise<T | undefined> {
  const found: T[] = [];
  for await (const page of pages) found.push(...page.filter(fits));
  return found.length === 1 ? found[0] : undefined;
}

/** X-Cart looks for a part of the address, in capitals or not. */
const byLogin: Lookup<Profile, Parameters<XCart['profiles']['pages']>[0]> = async (
  { pages },
  document,
  sentAt,
) => {
  const email = textIn(document, 'login');
  if (email === '') return undefined;
  const isSame = ({ login }: Profile): boolean => login?.toLowerCase() === email.toLowerCase();
  return ifMade(await onlyWhere(pages({ email }), isSame), document, sentAt);
};

function once<R extends Pick<Records<T, Q>, 'create' | 'pages'>, T, Q>(
  records: R & Records<T, Q>,
  one: string,
  look?: Lookup<T, Q>,
): R & Records<T, Q> {
  return {
    ...records,
    create: async (document) => {
      const sentAt = Date.now();
      return await createdOnce({
        service: 'X-Cart',
        one,
        make: async () => await records.create(document),
        find: look && (async () => await look(records, document, sentAt)),
      });
    },
  };
}

/**
 * The same store, in which nothing that was to be made once is made twice because an answer was lost.
 *
 * Customers are looked for over the classic API alone, which is asked for real ones. Whether the lists of 5.5 leave out the copies
 * that the store makes of a customer for each order is nowhere documented, and nothing in a copy says that it is one.
 */
export function makingOnce(store: XCart, api: XCartApiKind | undefined): XCart {
  return {
    ...store,
    products: once(store.products, 'product', bySku),
    variants: (productId) => once(store.variants(productId), 'variant'),
    profiles: once(store.profiles, 'customer', isClassic(api) ? byLogin : undefined),
    addresses: (profileId) => once(store.addresses(profileId), 'address'),
    categories: once(store.categories, 'category'),
    at: (...path) => once(store.at(...path), 'record'),
  };
}
