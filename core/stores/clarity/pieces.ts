/** Records beside orders, products and customers, by the names that the API profile gives the service's documents. */
import type { ListFeed } from '../../feeds/feed';
import { momentOf, type RecordType } from '../../feeds/records';
import type { Clarity, Records } from './client';
import { DATED, feedOf } from './feed';
import { resourceOf } from './profile/kinds';
import type { Inventory, PaymentRecord, Returned, Shipment } from './wire';

export const PAYMENTS: RecordType<PaymentRecord> = {
  ...DATED,
  kind: 'payment',
  many: 'payments',
  idOf: ({ paymentId }) => paymentId ?? '',
  createdAt: ({ createdDate, date }) => momentOf(createdDate ?? date),
};

export const SHIPMENTS: RecordType<Shipment> = {
  ...DATED,
  kind: 'shipment',
  many: 'shipments',
  idOf: ({ shipmentId }) => shipmentId ?? '',
  createdAt: ({ createdDate, shippedAt }) => momentOf(createdDate ?? shippedAt),
};

export const RETURNS: RecordType<Returned> = {
  ...DATED,
  kind: 'return',
  many: 'returns',
  idOf: ({ returnId }) => returnId ?? '',
};

/**
 * A level that is known by its SKU alone is one of its warehouse: those of one SKU in two warehouses are two. What stands behind
 * the last @ is always the warehouse.
 */
function levelId({ inventoryId, sku, warehouse }: Inventory): string {
  const own = inventoryId ?? '';
  const place = warehouse?.trim() ?? '';
  const isShared = own !== '' && own === sku && place !== '';
  return isShared ? `${own}@${place.replace(/[%@]/g, encodeURIComponent)}` : own;
}

/** What of a SKU lies in one warehouse. */
export const STOCK_LEVELS: RecordType<Inventory> = {
  ...DATED,
  kind: 'inventory',
  one: 'stock level',
  many: 'stock levels',
  idOf: levelId,
};

/** Records of such a kind. */
export const piecesOf = <T extends object>(
  client: Clarity,
  { kind }: Pick<RecordType<T>, 'kind'>,
): Records<T> => client.resource(resourceOf(kind)) as unknown as Records<T>;

/** Those that were made or changed. */
export const pieceFeed = <T extends object>(client: Clarity, type: RecordType<T>): ListFeed<T> =>
  feedOf(client, type, piecesOf(client, type));
