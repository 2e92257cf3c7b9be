import type { Operation } from '../../../shared/operation';
import { categoryLocator, idOf } from '../../fields/locators';
import { eachItem } from '../../../shared/steps';
import { openStore } from '../../connection';

export const getStats: Operation = {
  name: 'Get Statistics',
  value: 'getStats',
  action: 'Get category statistics',
  description: 'Get how many products and categories a category holds',
  properties: [categoryLocator],
  start: eachItem(
    openStore,
    async (store, { read, index }) =>
      await store.client.categories.stats(idOf(read, categoryLocator, index)),
  ),
};
