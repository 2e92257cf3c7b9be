import { ORDER_CODES } from '../../../core/stores/threedcart/statuses';
import { statusText } from '../../../core/stores/threedcart/statusTexts';
import { statusOptions } from '../../shared/records/statuses';
import { threeDCart } from '../connection';

/** Merchants rename the statuses; the store tells how. */
export const getOrderStatuses = statusOptions(threeDCart, {
  standard: ORDER_CODES,
  ofStore: async ({ client }) =>
    (await client.statuses()).map((status) => ({
      code: status.OrderStatusID,
      name: statusText(status),
    })),
});
