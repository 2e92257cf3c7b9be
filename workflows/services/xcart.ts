import type { Store } from './service';

export const XCART: Store = {
  name: 'X-Cart',
  key: 'xcart',
  credential: { type: 'xCartApi', name: 'X-Cart (XCart) API', alternative: 'OAuth2 API' },
  orders: {
    trigger: 'xCartTrigger',
    // X-Cart sends no webhooks of its own: that takes an add-on, which few shops have.
    parameters: { receiveBy: 'poll' },
    document: 'xcart.order',
    // Refunds stand in the payments alone. New orders, which have none, cost no request.
    additions: [
      {
        noun: 'payments',
        purpose: 'reads the payments of changed orders: they alone show refunds.',
        node: 'xCart',
        parameters: { resource: 'order', operation: 'addPayments', for: 'changed' },
      },
    ],
  },
};
