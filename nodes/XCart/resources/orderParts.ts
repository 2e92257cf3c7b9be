import { refundsIn } from '../../../core/stores/xcart/refunds';
import { recordOperation } from '../../shared/records/operation';
import { xCart } from '../connection';
import { orderLocator } from '../locators';

export const getOrderDetails = recordOperation(xCart, {
  name: 'Get Details',
  value: 'getDetails',
  action: 'Get order details',
  description: 'Get what customer, shipping and payment have added to an order, one item each',
  on: [orderLocator],
  onlyReads: true,
  work: async ({ client }, [id]) => await client.orders.details(id),
});

/** X-Cart has no refunds of their own to read, and none to write. */
export const getOrderRefunds = recordOperation(xCart, {
  name: 'Get Refunds',
  value: 'getRefunds',
  action: 'Get order refunds',
  description:
    'Get the money that was given back for an order, in whole or in part, one item each. Those that failed come too: see succeeded.',
  on: [orderLocator],
  onlyReads: true,
  work: async ({ client }, [id]) => refundsIn(Number(id), await client.orders.transactions(id)),
});
