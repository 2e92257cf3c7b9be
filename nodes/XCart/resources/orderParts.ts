/** What an order of X-Cart consists of beside its document, one item for each piece. */
import { PAYMENTS, REFUNDS } from '../../../core/stores/xcart/pieces';
import { refundsIn } from '../../../core/stores/xcart/refunds';
import { getOrderHistory, getOrderPayments } from '../../shared/records/orders';
import { orderPieces } from '../../shared/records/pieces';
import { xCart } from '../connection';
import { orderLocator } from '../locators';

/** X-Cart's own documents of an order's pieces name none. */
const OF_ORDER = {
  order: orderLocator,
  named: (orderId: string) => ({ order_id: Number(orderId) }),
};

export const getDetails = orderPieces(
  xCart,
  {
    name: 'Get Details',
    value: 'getDetails',
    action: 'Get order details',
    description: 'Get what customer, shipping and payment have added to an order, one item each',
  },
  { ...OF_ORDER, rows: async ({ client }, id) => await client.orders.details(id) },
);

export const getHistory = getOrderHistory(xCart, {
  ...OF_ORDER,
  rows: async ({ client }, id) => await client.orders.history(id),
});

export const getPayments = getOrderPayments(xCart, {
  ...OF_ORDER,
  source: PAYMENTS,
  rows: async ({ client }, id) => await client.orders.transactions(id),
});

/** X-Cart has no refunds of their own to read, and none to write. */
export const getRefunds = orderPieces(
  xCart,
  {
    name: 'Get Refunds',
    value: 'getRefunds',
    action: 'Get order refunds',
    description:
      'Get the money that was given back for an order, in whole or in part, one item each. Those that failed come too: see succeeded.',
  },
  {
    ...OF_ORDER,
    one: 'refund',
    source: REFUNDS,
    rows: async ({ client }, id) => refundsIn(Number(id), await client.orders.transactions(id)),
  },
);
