import type { Store } from './service';
import { toldInvoices, toldOrders } from './told';

const NODE = { platform: 'xcart', node: 'xCart' };

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
  told: {
    orders: toldOrders({
      ...NODE,
      status: {
        noun: 'shipping status',
        operation: 'updateShippingStatus',
        field: 'shippingStatus',
      },
      shipment: { withTracking: 'leaveOut' },
      setup: ['X-Cart 5.5 takes no tracking numbers over REST: they are left out.'],
    }),
    paidInvoices: toldInvoices({
      ...NODE,
      status: { noun: 'payment status', operation: 'updatePaymentStatus', field: 'paymentStatus' },
    }),
  },
};
