import type { RestOptions } from '../../kit/rest';
import type { XCartAddress } from '../api';
import type { Id, XCart } from '../client';
import { noWay, refuse } from './api';
import { classicCategories } from './categories';
import { classicOrders } from './orders';
import { classicProducts, classicVariants } from './products';
import { classicAddresses, classicProfiles } from './profiles';
import { createClassicApi } from './request';

/** A list of which nothing can be read or written. */
function noList(what: string) {
  const fix = 'Look after it in the X-Cart admin.';
  const none = async () => await refuse(what, fix);
  return {
    pages: () => {
      throw noWay(what, fix);
    },
    get: none,
    create: none,
    update: none,
    remove: none,
    transactions: none,
    details: none,
    history: none,
  };
}

/** Parts of paths that say less than a person needs. */
const NAMES: Readonly<Record<string, string>> = {
  featured: 'featured products',
  front_page: 'the front page',
};

/** `products/37/wholesale_prices` as words tell it: `wholesale prices of products`. */
function named(path: Id[]): string {
  const parts = path.map(String).filter((part) => !/^\d+$/.test(part));
  const words = parts.map(
    (part) => NAMES[part] ?? part.replace(/^(attributes)_\w+$/, '$1').replaceAll('_', ' '),
  );
  return `way to reach ${words.reverse().join(' of ')}`;
}

/**
 * X-Cart 5.0 to 5.4, by the module REST API, as if it were 5.5: the same documents under the same names. What it cannot do
 * rejects with words that say so.
 */
export function createClassicXCart(options: XCartAddress & RestOptions): XCart {
  const api = createClassicApi(options);
  const { language } = options;
  const store = {
    orders: classicOrders(api),
    carts: noList('way to read carts'),
    products: classicProducts(api, language),
    variants: (productId: Id) => classicVariants(api, productId),
    profiles: classicProfiles(api),
    addresses: (profileId: Id) => classicAddresses(api, profileId),
    categories: classicCategories(api, language),
    at: (...path: Id[]) => noList(named(path)),
    oneAt: (...path: Id[]) => noList(named(path)),
  };
  return store;
}
