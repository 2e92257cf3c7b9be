import type { Operation } from '../../../shared/operation';
import { orderIdOf, orderLocator } from '../../fields/locators';
import { eachItem } from '../../../shared/steps';
import { openStore } from '../../connection';

export const getPaymentTransactions: Operation = {
  name: 'Get Payments',
  value: 'getPaymentTransactions',
  action: 'Get order payments',
  description:
    'Get the payments of an order, one item each. Whether one succeeded stands in its backend_transactions.',
  properties: [orderLocator],
  start: eachItem(
    openStore,
    async ({ client }, { read, index }) =>
      await client.orders.transactions(await orderIdOf(client, read, index)),
  ),
};
