import { ORDER_CODES } from '../../../core/stores/threedcart/statuses';
import { statusOptions } from '../../shared/records/statuses';
import { threeDCart } from '../connection';

/** Merchants rename the statuses; the store tells how. */
export const getOrderStatuses = statusOptions(threeDCart, {
  standard: ORDER_CODES,
  ofStore: async ({ client }) =>
    (await client.statuses()).map(({ OrderStatusID: code, StatusText, StatusDefinition }) => ({
      code,
      name: StatusText?.trim() || StatusDefinition?.trim() || undefined,
    })),
});
