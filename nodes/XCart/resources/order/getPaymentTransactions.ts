import type { Operation } from '../../../shared/operation';
import { orderIdOf, orderLocator } from '../../fields/locators';
import { eachItem } from '../../items';

export const getPaymentTransactions: Operation = {
  name: 'Get Payments',
  value: 'getPaymentTransactions',
  action: 'Get order payments',
  description:
    'Get the payments of an order, one item each. Whether one succeeded stands in its backend_transactions.',
  properties: [orderLocator],
  async execute(items) {
    return await eachItem(
      this,
      items,
      async ({ store: { client }, read }, index) =>
        await client.orders.transactions(await orderIdOf(client, read, index)),
    );
  },
};
