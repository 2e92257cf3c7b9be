import type { INodeProperties } from 'n8n-workflow';

import { validationError } from '../../../core/errors';
import { ORDERS } from '../../../core/stores/threedcart/feed';
import { type NumberPlace, writeNumbers } from '../../../core/stores/threedcart/orderWrites';
import { textIn } from '../../../core/values';
import { text } from '../../shared/entry';
import { noteOwnWrites } from '../../shared/ownWrites';
import { ordersOperation } from '../../shared/records/ordersOperation';
import { threeDCart } from '../connection';
import { orderLocator } from '../locators';

const number = text('Number', 'number', {
  required: true,
  placeholder: 'e.g. SO-1001',
  description: 'What the order is called in the other system',
});

const into: INodeProperties = {
  displayName: 'Write Into',
  name: 'into',
  type: 'options',
  noDataExpression: true,
  options: [
    {
      name: 'Alternate Order ID',
      value: 'AlternateOrderID',
      description: 'A field of its own; a change of it alone starts no workflow again',
    },
    {
      name: 'External Comments',
      value: 'ExternalComments',
      description: 'As a line of its own, for customers to see',
    },
    {
      name: 'Internal Comments',
      value: 'InternalComments',
      description: 'As a line of its own, for the staff of the store alone',
    },
  ],
  default: 'AlternateOrderID',
};

const label = text('Label', 'label', {
  default: 'Dynamics 365 order',
  description: 'What stands before the number in the comment',
  displayOptions: { show: { into: ['ExternalComments', 'InternalComments'] } },
});

export const writeBackNumber = ordersOperation(threeDCart, {
  name: 'Write Back Number',
  value: 'writeBackNumber',
  action: 'Write numbers back to orders',
  description: 'Write the number that orders have in another system, all items at once',
  order: orderLocator,
  fields: [number, into, label],
  read: ({ read, index }) => {
    const written = (textIn(read<unknown>(number.name, index)) ?? '').trim();
    const before = (textIn(read<unknown>(label.name, index, '')) ?? '').trim();
    if (written !== '') return { number: written, line: `${before} ${written}`.trim() };
    throw validationError(
      'Number is empty',
      'Give the number that the order has in the other system.',
    );
  },
  write: async ({ client, name }, wishes, { context, read, items }) => {
    const place = read.forAll<NumberPlace>(into);
    return await writeNumbers(client, wishes, place, async (writes) => {
      const own = writes.map(({ orderId: id, ...contents }) => {
        const index = wishes.findIndex(({ orderId }) => orderId === id);
        return { id, index, ...contents };
      });
      await noteOwnWrites({ context, items }, ORDERS, name, own);
    });
  },
});
