import type { Operation } from '../../../shared/operation';
import { orderIdOf, orderLocator } from '../../fields/locators';
import { eachItem } from '../../../shared/steps';
import { openStore } from '../../connection';

export const getHistory: Operation = {
  name: 'Get History',
  value: 'getHistory',
  action: 'Get order history',
  description: 'Get what happened to an order, one item for each entry',
  properties: [orderLocator],
  start: eachItem(
    openStore,
    async ({ client }, { read, index }) =>
      await client.orders.history(await orderIdOf(client, read, index)),
  ),
};
