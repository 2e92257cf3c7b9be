import type { ContentFeed, Feed } from '../../../../core/feeds/feed';
import type { RecordIdentity } from '../../../../core/feeds/records';
import type { StoreZone } from '../../../../core/stores/kit/zone';
import type { Toyshop } from './client';
import type { Order, Ware } from './wire';

/**
 * A write of ours moves `changed` as one of the staff does. It is no version: in the night in which clocks are put back
 * it runs through an hour twice.
 */
export const ORDERS: RecordIdentity<Order> = {
  platform: 'toyshop',
  kind: 'order',
  many: 'orders',
  idOf: ({ no }) => String(no),
  volatile: ['changed'],
};

export const orderFeed = (shop: Toyshop, { momentOf, dayOf }: StoreZone): Feed<Order> => ({
  type: {
    ...ORDERS,
    changedAt: ({ changed }) => momentOf(changed),
    createdAt: ({ placed }) => momentOf(placed),
  },
  changes: { changedSince: (from) => shop.orders(dayOf(from)) },
  tooMany: 'Choose a later Start From.',
});

export const WARES: RecordIdentity<Ware> = {
  platform: 'toyshop',
  kind: 'product',
  many: 'products',
  idOf: ({ no }) => String(no),
};

export const wareFeed = (shop: Toyshop, { momentOf }: StoreZone): ContentFeed<Ware> => ({
  type: { ...WARES, changedAt: () => undefined, createdAt: ({ made }) => momentOf(made) },
  changes: { all: shop.wares },
  tooMany: 'Read them with the Toyshop node.',
});
