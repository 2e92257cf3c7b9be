import type { Store } from './service';

export const THREEDCART: Store = {
  name: '3dcart',
  key: 'threedcart',
  credential: { type: 'threeDCartApi', name: '3dcart (Shift4Shop) API' },
  orders: {
    trigger: 'threeDCartTrigger',
    // The trigger makes its webhooks itself. Payments and refunds stand in the order.
    byWebhook: true,
    document: 'threedcart.order',
  },
};
