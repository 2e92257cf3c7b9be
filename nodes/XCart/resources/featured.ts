import type { Id } from '../../../core/stores/xcart/client';
import { firstRows } from '../../../core/http/pages';
import { limit, returnAll } from '../../shared/fields';
import type { Operation, Resource } from '../../shared/operation';
import { recordOperation } from '../../shared/records/operation';
import type { ItemWithFiles } from '../../shared/steps';
import { readLimit } from '../../shared/typed';
import { type Store, xCart } from '../connection';
import { categoryLocator, productLocator } from '../locators';
import { shownWhere } from './places';
import { choice } from './words';

const page = choice('Page', 'page', [
  { name: 'Front Page', value: 'front' },
  { name: 'Category', value: 'category' },
]);
const onPage = [page, shownWhere(categoryLocator.field, { page: ['category'] })];
const ADD_ON = 'Featured Products';

async function pathOf(store: Store, one: ItemWithFiles): Promise<Id[]> {
  if (one.read<string>('page', one.index) !== 'category') return ['front_page', 'featured'];
  return ['categories', (await categoryLocator.locate(store, one)).id, 'featured'];
}

/** X-Cart knows them by the product alone; there is nothing to read of one, and nothing to change. */
const operations: Operation[] = [
  recordOperation(xCart, {
    name: 'Add',
    value: 'add',
    action: 'Add featured product',
    description: `Show a product first on the front page or in a category. Needs the add-on ${ADD_ON}.`,
    on: [productLocator],
    fields: onPage,
    work: async (store, [productId], one) => {
      const path = await pathOf(store, one);
      return await store.client.at(...path).create({ product_id: Number(productId) });
    },
  }),
  recordOperation(xCart, {
    name: 'Get Many',
    value: 'getAll',
    action: 'Get many featured products',
    description: `Get the IDs of the products that are shown first, one item each. Needs the add-on ${ADD_ON}.`,
    on: [],
    fields: [...onPage, returnAll, limit],
    onlyReads: true,
    work: async (store, _ids, one) => {
      const path = await pathOf(store, one);
      return await firstRows(
        (options) => store.client.at(...path).pages(undefined, options),
        readLimit(one.read, one.index),
      );
    },
  }),
  recordOperation(xCart, {
    name: 'Remove',
    value: 'remove',
    action: 'Remove featured product',
    description: `Show a product first no longer; the product itself stays. Needs the add-on ${ADD_ON}.`,
    on: [productLocator],
    fields: onPage,
    work: async (store, [productId], one) => {
      await store.client.at(...(await pathOf(store, one))).remove(productId);
      return { product_id: Number(productId), removed: true };
    },
  }),
];

export const featured: Resource = {
  name: 'Featured Product',
  value: 'featuredProduct',
  operations,
};
