import type { Store } from './service';

export const XCART: Store = {
  name: 'X-Cart',
  key: 'xcart',
  credential: { type: 'xCartApi', name: 'X-Cart API' },
  orders: {
    trigger: 'xCartTrigger',
    webhookId: 'xcart-orders',
    parameters: { receiveBy: 'both' },
    document: 'xcart.order',
    // Refunds stand in the payments alone. New orders, which have none, cost no request.
    additions: [
      {
        noun: 'payments',
        node: 'xCart',
        parameters: { resource: 'order', operation: 'addPayments', for: 'changed' },
      },
    ],
  },
};
