import type { ContentFeed, Drafts, Feed } from '../../feeds/feed';
import type { Pages } from '../../http/pages';
import { momentOf, type RecordType } from '../../feeds/records';
import type { ThreeDCart } from './client';
import { NOT_COMPLETED, orderNumber } from './orders';
import type { Customer, Order, Product } from './wire';

const DAY_MS = 86_400_000;

/**
 * Whatever is written to an order moves the dates of the order and of its shipments (recorded answers). What else says
 * nothing of an order is the stock of its products, what the merchant calls its status, and `AlternateOrderID`, where other
 * systems leave their own number. No date is a version: in the night in which clocks are put back they run through an hour
 * twice.
 */
export const ORDERS: RecordType<Order> = {
  platform: 'threedcart',
  kind: 'order',
  many: 'orders',
  idOf: ({ OrderID }) => String(OrderID),
  numberOf: orderNumber,
  // Of orders that lay in the cart for a while the last update is earlier than the order.
  changedAt: ({ LastUpdate: updated, OrderDate: placed }) => latest(updated, placed),
  createdAt: ({ OrderDate: placed }) => momentOf(placed),
  volatile: [
    'LastUpdate',
    'ShipmentList.ShipmentLastUpdate',
    'OrderItemList.ItemUnitStock',
    'AlternateOrderID',
    'OrderStatusText',
  ],
};

export const PRODUCTS: RecordType<Product> = {
  platform: 'threedcart',
  kind: 'product',
  many: 'products',
  idOf: ({ SKUInfo }) => String(SKUInfo.CatalogID),
  numberOf: ({ SKUInfo }) => SKUInfo.SKU?.trim(),
  changedAt: ({ LastUpdate: updated, DateCreated: made }) => latest(updated, made),
  createdAt: ({ DateCreated: made }) => momentOf(made),
  volatile: ['LastUpdate'],
};

/**
 * Customers can be asked for by the day of their last change, and tell neither that nor when they were made (none of the
 * documented fields is a date): only their content says which are new and which have changed.
 */
export const CUSTOMERS: RecordType<Customer> = {
  platform: 'threedcart',
  kind: 'customer',
  many: 'customers',
  idOf: ({ CustomerID }) => String(CustomerID),
  changedAt: () => undefined,
  createdAt: () => undefined,
  volatile: ['LastUpdate'],
};

function latest(...dates: Array<string | null | undefined>): number | undefined {
  const moments = dates.map((date) => momentOf(date)).filter((moment) => moment !== undefined);
  return moments.length > 0 ? Math.max(...moments) : undefined;
}

/** Filters know whole days, and whose: the day before is asked for as well, and read again without being put out. */
const dayBefore = (from: Date): Date => new Date(Math.max(0, from.getTime() - DAY_MS));

const TOO_MANY =
  'Choose a later Start From. Older ones can be read with the 3dcart node (Get Many).';

export interface OrderFeedOptions {
  /** Ids of statuses; any of them. */
  status?: readonly number[];
  /** Also orders whose checkout was not finished. Default: only where their status is among `status`. */
  includeNotCompleted?: boolean;
  /** More fields whose change alone is no change, such as `InternalComments` where a workflow writes them. */
  volatile?: readonly string[];
}

/** How old a cart may be that somebody still comes back to; in stretches, because 3dcart lists the oldest first. */
const CART_DAYS = [7, 30, 90];

const daysAgo = (days: number, now: number): Date => new Date(now - days * DAY_MS);

async function* latestCarts(orders: ThreeDCart['orders']): Pages<Order> {
  const now = Date.now();
  for (const [index, days] of CART_DAYS.entries()) {
    const before = CART_DAYS[index - 1];
    yield* orders.pages({
      status: [NOT_COMPLETED],
      placedAfter: daysAgo(days, now),
      placedBefore: before === undefined ? undefined : daysAgo(before, now),
    });
  }
}

/** A checkout that is finished long after its cart was begun makes an order all the same, whose date is that of the cart. */
const unfinished = (orders: ThreeDCart['orders']): Drafts<Order> => ({
  isDraft: ({ OrderStatusID: id }) => id === NOT_COMPLETED,
  all: () => latestCarts(orders),
});

export function orderFeed({ orders }: ThreeDCart, options: OrderFeedOptions = {}): Feed<Order> {
  const { status = [], includeNotCompleted = status.includes(NOT_COMPLETED) } = options;
  const isWanted = ({ OrderStatusID: id }: Order): boolean =>
    (includeNotCompleted || id !== NOT_COMPLETED) &&
    (status.length === 0 || status.includes(id ?? NaN));
  return {
    type: { ...ORDERS, volatile: [...(ORDERS.volatile ?? []), ...(options.volatile ?? [])] },
    changes: {
      changedSince: (from) =>
        orders.pages({ changedSince: dayBefore(from), includeNotCompleted: true }),
      isWanted,
      drafts: includeNotCompleted ? undefined : unfinished(orders),
    },
    tooMany: TOO_MANY,
  };
}

export function productFeed({ products }: ThreeDCart): Feed<Product> {
  return {
    type: PRODUCTS,
    changes: { changedSince: (from) => products.pages({ changedSince: dayBefore(from) }) },
    tooMany: TOO_MANY,
  };
}

export function customerFeed({ customers }: ThreeDCart): ContentFeed<Customer> {
  return {
    type: CUSTOMERS,
    changes: {
      all: (page) => customers.pages({}, page),
      changedSince: (changedSince) => customers.pages({ changedSince }),
    },
    tooMany:
      'A trigger can remember no more customers. Read them with the 3dcart node (Get Many) and its filter Changed Since instead.',
  };
}
