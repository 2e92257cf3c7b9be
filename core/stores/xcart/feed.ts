import type { Feed } from '../kit/feed';
import { firstPage } from '../kit/pages';
import { momentOf, type RecordType } from '../kit/records';
import { CREDENTIAL_NAME, MAX_PAGE_SIZE } from './api';
import type { XCart } from './client';
import type { Order } from './wire';

/** Dates of X-Cart have whole seconds: of two contents of the same second the one that was read later is the newer. */
export const ORDERS: RecordType<Order> = {
  platform: 'xcart',
  kind: 'order',
  many: 'orders',
  idOf: ({ id }) => String(id),
  numberOf: ({ order_number: number }) => number,
  changedAt: ({ update_date: updated }) => (updated ? (momentOf(updated) ?? 0) : undefined),
  createdAt: ({ create_date: placed }) => momentOf(placed),
  versionOf: ({ update_date: updated }) => updated ?? undefined,
};

export interface OrderFeedOptions {
  /** X-Cart 5.5.1 and newer has `lastRenewDate[after]`; 5.5.0 does not. */
  modifiedSinceFilter?: boolean;
  /** Codes such as `P`; any of them. */
  paymentStatus?: readonly string[];
  shippingStatus?: readonly string[];
}

export function orderFeed({ orders }: XCart, options: OrderFeedOptions = {}): Feed<Order> {
  const { modifiedSinceFilter = false, paymentStatus, shippingStatus } = options;
  const filters = { paymentStatus, shippingStatus };
  const sortedBy = (direction: 'asc' | 'desc') => ({ by: 'lastRenewDate', direction }) as const;
  return {
    type: ORDERS,
    changes: {
      newestFirst: (page) => orders.pages({ ...filters, sort: sortedBy('desc') }, page),
      oldestFirst: modifiedSinceFilter
        ? async (from, page) =>
            await firstPage(
              orders.pages({ ...filters, changedAfter: from, sort: sortedBy('asc') }, { page }),
            )
        : undefined,
      maxPageSize: MAX_PAGE_SIZE,
      notSorted:
        'Check which module of the store changes the REST API for orders. X-Cart 5.5 sorts by order[lastRenewDate].',
      notFiltered: `Set X-Cart Version in the credential ${CREDENTIAL_NAME} to 5.5.0.`,
    },
    tooMany:
      'Choose a later Start From. For X-Cart 5.5.1 or newer, set X-Cart Version in the credential: it can then be asked for the oldest changes alone. Older orders can be read with the X-Cart node (Order → Get Many).',
  };
}
