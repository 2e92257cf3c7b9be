import { collectionRoutes, listAnswer, type Collection } from '../api/collection';
import { ApiError } from '../api/errors';
import type { Route } from '../api/routes';
import { readLike, write } from '../api/shape';
import { CATEGORY, fresh, type Category } from '../model';
import { MOST_PRODUCTS, showProduct } from './products';

const MOST = 500;

const CATEGORIES: Collection<Category> = {
  path: '/Categories',
  idKey: 'CategoryID',
  element: 'Category',
  noun: 'category',
  most: MOST,
  rows: ({ store }) => [...store.categories.values()],
  idOf: ({ CategoryID }) => CategoryID,
  create: ({ store, time }, given) => {
    const values = readLike(CATEGORY, given);
    if (!values.CategoryName) throw new ApiError(400, 'The field CategoryName is required.');
    const id = store.nextId('category');
    const category = fresh(CATEGORY, { ...values, CategoryID: id, LastUpdate: time });
    store.categories.set(id, category);
    return category;
  },
  update: ({ time }, category, given) => {
    const { CategoryID, ...values } = readLike(CATEGORY, given);
    write(category, { ...values, LastUpdate: time });
  },
  remove: ({ store }, { CategoryID }) => void store.categories.delete(CategoryID),
};

const below: readonly Route[] = [
  {
    method: 'GET',
    path: '/Categories/:categoryid/Products',
    operation: 'list products of a category',
    handle: (call) => {
      const id = Number(call.text('categoryid'));
      const products = [...call.store.products.values()].filter(({ CategoryList }) =>
        CategoryList.some(({ CategoryID }) => CategoryID === id),
      );
      return listAnswer(call, products, {
        most: MOST_PRODUCTS,
        element: 'Product',
        show: showProduct,
      });
    },
  },
  {
    method: 'GET',
    path: '/Categories/:categoryid/Options',
    operation: 'list options of a category',
    handle: (call) => listAnswer(call, [], { most: MOST, element: 'Option' }),
  },
];

export const categoryRoutes: readonly Route[] = [...collectionRoutes(CATEGORIES), ...below];
