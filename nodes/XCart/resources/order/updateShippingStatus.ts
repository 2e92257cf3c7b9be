import type { Operation } from '../../../shared/operation';
import { orderIdOf, orderLocator } from '../../fields/locators';
import { eachItem } from '../../../shared/steps';
import { openStore } from '../../connection';
import { statusCode } from './status';

export const updateShippingStatus: Operation = {
  name: 'Update Shipping Status',
  value: 'updateShippingStatus',
  action: 'Update order shipping status',
  description: 'Set whether an order is processed, shipped, delivered and so on',
  properties: [
    orderLocator,
    {
      displayName: 'Shipping Status Name or ID',
      name: 'shippingStatus',
      type: 'options',
      typeOptions: { loadOptionsMethod: 'getShippingStatuses' },
      default: '',
      required: true,
      description:
        'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
    },
  ],
  start: eachItem(openStore, async ({ client }, { read, index }) => {
    const code = statusCode(read, 'shippingStatus', index);
    const id = await orderIdOf(client, read, index);
    return { id: Number(id), shipping_status: await client.orders.setShippingStatus(id, code) };
  }),
};
