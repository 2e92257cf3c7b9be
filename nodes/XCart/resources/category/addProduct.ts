import type { Operation } from '../../../shared/operation';
import { categoryLocator, idOf, productLocator } from '../../fields/locators';
import { eachItem } from '../../../shared/steps';
import { openStore } from '../../connection';

export const addProduct: Operation = {
  name: 'Add Product',
  value: 'addProduct',
  action: 'Add product to category',
  description: 'Put a product into a category',
  properties: [categoryLocator, productLocator],
  start: eachItem(openStore, async (store, { read, index }) => {
    const categoryId = idOf(read, categoryLocator, index);
    const productId = idOf(read, productLocator, index);
    await store.client.categories.addProduct(categoryId, productId);
    return { category_id: Number(categoryId), product_id: Number(productId), added: true };
  }),
};
