import type { Store } from './service';

export const CLARITY: Store = {
  name: 'Clarity',
  key: 'clarity',
  credential: { type: 'clarityApi', name: 'Clarity eCommerce API' },
  orders: {
    trigger: 'clarityTrigger',
    // The trigger makes its webhooks itself. What was paid stands in the order.
    byWebhook: true,
    document: 'clarity.order',
  },
};
