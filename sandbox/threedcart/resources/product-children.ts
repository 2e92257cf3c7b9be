import { listAnswer } from '../api/collection';
import type { Route } from '../api/routes';
import type { Product } from '../model';
import { productIn } from './products';

const MOST = 500;

/** What lies below a product, and where the product tells it too. */
const CHILDREN = {
  Categories: 'CategoryList',
  Discount: 'DiscountList',
  Distributors: 'DistributorList',
  EProducts: 'EProductList',
  Features: 'FeatureList',
  Images: 'ImageGalleryList',
  Options: 'OptionSetList',
  Related: 'RelatedProductList',
  Serials: 'SerialList',
  UpSelling: 'UpSellingItemList',
} as const satisfies Record<string, keyof Product>;

/** Readable alone: what the store's staff writes there is no matter of orders and stock. */
export const productChildRoutes: readonly Route[] = Object.entries(CHILDREN).map(([path, key]) => ({
  method: 'GET',
  path: `/Products/:catalogid/${path}`,
  operation: `list ${path.toLowerCase()} of a product`,
  handle: (call) =>
    listAnswer(call, productIn(call)[key], { most: MOST, element: key.replace('List', '') }),
}));
