import type { Operation } from '../../../shared/operation';
import { categoryLocator, idOf } from '../../fields/locators';
import { eachItem } from '../../items';

export const getStats: Operation = {
  name: 'Get Statistics',
  value: 'getStats',
  action: 'Get category statistics',
  description: 'Get how many products and categories a category holds',
  properties: [categoryLocator],
  async execute(items) {
    return await eachItem(
      this,
      items,
      async ({ store, read }, index) =>
        await store.client.categories.stats(idOf(read, categoryLocator, index)),
    );
  },
};
