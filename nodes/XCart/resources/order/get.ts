import type { Operation } from '../../../shared/operation';
import { orderIdOf, orderLocator, orderNumberOf } from '../../fields/locators';
import { eachItem } from '../../../shared/steps';
import { openStore } from '../../connection';
import { addSource, withSource } from './source';

export const get: Operation = {
  name: 'Get',
  value: 'get',
  action: 'Get order',
  description: 'Get one order, with its items, addresses and statuses',
  properties: [orderLocator, addSource],
  start: eachItem(openStore, async (store, { read, index }) => {
    const { orders } = store.client;
    const number = orderNumberOf(read, index);
    const readAt = Date.now();
    const order = await (number === undefined
      ? orders.get(await orderIdOf(store.client, read, index))
      : orders.byNumber(number));
    return read<boolean>('addSource', index) ? withSource(store, order, readAt) : order;
  }),
};
