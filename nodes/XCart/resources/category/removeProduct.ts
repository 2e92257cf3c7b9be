import type { Operation } from '../../../shared/operation';
import { categoryLocator, idOf, productLocator } from '../../fields/locators';
import { eachItem } from '../../../shared/steps';
import { openStore } from '../../connection';

export const removeProduct: Operation = {
  name: 'Remove Product',
  value: 'removeProduct',
  action: 'Remove product from category',
  description: 'Take a product out of a category; the product itself stays',
  properties: [categoryLocator, productLocator],
  start: eachItem(openStore, async (store, { read, index }) => {
    const categoryId = idOf(read, categoryLocator, index);
    const productId = idOf(read, productLocator, index);
    await store.client.categories.removeProduct(categoryId, productId);
    return { category_id: Number(categoryId), product_id: Number(productId), removed: true };
  }),
};
