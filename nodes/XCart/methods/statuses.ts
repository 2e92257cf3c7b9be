import { orderFeed } from '../../../core/stores/xcart/feed';
import { PAYMENT_CODES, SHIPPING_CODES } from '../../../core/stores/xcart/statuses';
import { statusesShown, statusOptions } from '../../shared/records/statuses';
import { xCart } from '../connection';

/** X-Cart has no list of statuses to ask for. */
export const getPaymentStatuses = statusOptions(xCart, {
  standard: PAYMENT_CODES,
  ofStore: async ({ client }) =>
    await statusesShown(orderFeed(client), ({ payment_status: status }) => status),
});

export const getShippingStatuses = statusOptions(xCart, {
  standard: SHIPPING_CODES,
  ofStore: async ({ client }) =>
    await statusesShown(orderFeed(client), ({ shipping_status: status }) => status),
});
