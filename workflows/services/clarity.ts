import type { Store } from './service';
import { DELIVERY, toldOrders } from './told';

export const CLARITY: Store = {
  name: 'Clarity',
  key: 'clarity',
  credential: { type: 'clarityApi', name: 'Clarity eCommerce API' },
  orders: {
    trigger: 'clarityTrigger',
    // The trigger makes its webhooks itself.
    byWebhook: { needs: 'the deployment has to send some, and to reach this n8n' },
    document: 'clarity.order',
    // What was paid stands in the order, and what was given back beside it. New orders, which have none, cost no request.
    additions: [
      {
        noun: 'payments',
        purpose: 'reads the payments of changed orders: they alone show refunds.',
        node: 'clarity',
        parameters: { resource: 'order', operation: 'addPayments', for: 'changed' },
      },
    ],
  },
  setup: ['*API Profile* in the credential must fit your deployment.'],
  told: {
    orders: toldOrders({
      platform: 'clarity',
      node: 'clarity',
      status: { noun: 'status', operation: 'updateStatus', field: 'status' },
      shipment: DELIVERY,
      setup: [],
    }),
  },
};
