import type { Operation } from '../../../shared/operation';
import { orderIdOf, orderLocator } from '../../fields/locators';
import { eachItem } from '../../items';

export const getHistory: Operation = {
  name: 'Get History',
  value: 'getHistory',
  action: 'Get order history',
  description: 'Get what happened to an order, one item for each entry',
  properties: [orderLocator],
  async execute(items) {
    return await eachItem(
      this,
      items,
      async ({ store: { client }, read }, index) =>
        await client.orders.history(await orderIdOf(client, read, index)),
    );
  },
};
