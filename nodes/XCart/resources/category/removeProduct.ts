import type { Operation } from '../../../shared/operation';
import { categoryLocator, idOf, productLocator } from '../../fields/locators';
import { eachItem } from '../../items';

export const removeProduct: Operation = {
  name: 'Remove Product',
  value: 'removeProduct',
  action: 'Remove product from category',
  description: 'Take a product out of a category; the product itself stays',
  properties: [categoryLocator, productLocator],
  async execute(items) {
    return await eachItem(this, items, async ({ store, read }, index) => {
      const categoryId = idOf(read, categoryLocator, index);
      const productId = idOf(read, productLocator, index);
      await store.client.categories.removeProduct(categoryId, productId);
      return { category_id: Number(categoryId), product_id: Number(productId), removed: true };
    });
  },
};
