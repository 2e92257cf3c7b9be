import { ORDER_CODES } from '../../../core/stores/clarity/statuses';
import { firstPage } from '../../../core/http/pages';
import { statusOptions } from '../../shared/records/statuses';
import { clarity } from '../connection';

/** The words that shops commonly use, and those that the first orders of the list show. */
export const getOrderStatuses = statusOptions(clarity, {
  standard: ORDER_CODES,
  ofStore: async ({ client }) =>
    (await firstPage(client.orders.pages())).flatMap(({ status }) =>
      status ? [{ code: status, name: status }] : [],
    ),
});
