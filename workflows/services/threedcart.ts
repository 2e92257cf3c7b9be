import type { Store } from './service';
import { DELIVERY, toldOrders } from './told';

export const THREEDCART: Store = {
  name: '3dcart',
  key: 'threedcart',
  credential: { type: 'threeDCartApi', name: '3dcart (Shift4Shop) API', alternative: 'OAuth2 API' },
  orders: {
    trigger: 'threeDCartTrigger',
    // The trigger makes its webhooks itself. Payments and refunds stand in the order.
    byWebhook: { needs: '3dcart has to reach this n8n from the internet' },
    document: 'threedcart.order',
  },
  setup: ['*Time Zone* and *Currency* in the credential must be those of the store.'],
  told: {
    orders: toldOrders({
      platform: 'threedcart',
      node: 'threeDCart',
      status: { noun: 'status', operation: 'updateStatus', field: 'status' },
      shipment: DELIVERY,
      setup: [],
    }),
  },
};
