import type { Operation } from '../../../shared/operation';
import { orderIdOf, orderLocator } from '../../fields/locators';
import { eachItem } from '../../../shared/steps';
import { openStore } from '../../connection';
import { statusCode } from './status';

export const updatePaymentStatus: Operation = {
  name: 'Update Payment Status',
  value: 'updatePaymentStatus',
  action: 'Update order payment status',
  description: 'Set whether an order is paid, declined, refunded and so on',
  properties: [
    orderLocator,
    {
      displayName: 'Payment Status Name or ID',
      name: 'paymentStatus',
      type: 'options',
      typeOptions: { loadOptionsMethod: 'getPaymentStatuses' },
      default: '',
      required: true,
      description:
        'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
    },
  ],
  start: eachItem(openStore, async ({ client }, { read, index }) => {
    const code = statusCode(read, 'paymentStatus', index);
    const id = await orderIdOf(client, read, index);
    return { id: Number(id), payment_status: await client.orders.setPaymentStatus(id, code) };
  }),
};
