import type { Store } from './service';

export const CLARITY: Store = {
  name: 'Clarity',
  key: 'clarity',
  credential: { type: 'clarityApi', name: 'Clarity eCommerce API' },
  orders: {
    trigger: 'clarityTrigger',
    // The trigger makes its webhooks itself.
    byWebhook: true,
    document: 'clarity.order',
    // What was paid stands in the order, and what was given back beside it. New orders, which have none, cost no request.
    additions: [
      {
        noun: 'payments',
        node: 'clarity',
        parameters: { resource: 'order', operation: 'addPayments', for: 'changed' },
      },
    ],
  },
};
