import {
  customerFeed,
  CUSTOMERS,
  hasStatus,
  orderFeed,
  ORDERS,
  productFeed,
  PRODUCTS,
} from '../../core/stores/clarity/feed';
import { requireGet } from '../../core/stores/clarity/followed';
import { findNamed } from '../../core/stores/clarity/named';
import {
  PAYMENTS,
  pieceFeed,
  piecesOf,
  RETURNS,
  SHIPMENTS,
  STOCK_LEVELS,
} from '../../core/stores/clarity/pieces';
import type { AnyFeed } from '../../core/feeds/feed';
import type { RecordType } from '../../core/feeds/records';
import type { Clarity, Records } from '../../core/stores/clarity/client';
import type { Order, Product } from '../../core/stores/clarity/wire';
import { orderCode } from '../../core/stores/clarity/statuses';
import { CLARITY_CREDENTIAL, openStore, type Store } from '../Clarity/connection';
import { getOrderStatuses } from '../Clarity/methods/statuses';
import type { FollowedKind } from '../shared/trigger/definition';
import { kindOf, statusFilter } from '../shared/trigger/kindOf';
import { storeTrigger } from '../shared/trigger/storeTrigger';
import { webhook } from './webhook';

const followed = <T extends object>(
  type: RecordType<T>,
  feed: (client: Clarity) => AnyFeed<T>,
  recordsOf: (client: Clarity) => Records<T>,
): FollowedKind<Store, T> => ({
  ...kindOf(type, feed, recordsOf),
  requireLookUp: ({ client }) => requireGet(client, type),
});

/** What is told of beside orders, products and customers. */
const piece = <T extends object>(type: RecordType<T>): FollowedKind<Store, T> =>
  followed(
    type,
    (client) => pieceFeed(client, type),
    (client) => piecesOf(client, type),
  );

const orders: FollowedKind<Store, Order> = {
  ...followed(ORDERS, orderFeed, ({ orders: records }) => records),
  feed: ({ client }, { statuses: chosen }) => orderFeed(client, chosen),
  byNumber: async ({ client }, number) => await findNamed(client.orders, 'orderNumber', number),
  filters: [statusFilter('statuses', 'getOrderStatuses', ({ status }) => orderCode(status ?? ''))],
  isWanted: (order, { statuses: chosen = [] }) => hasStatus(order, chosen),
};

const products: FollowedKind<Store, Product> = {
  ...followed(PRODUCTS, productFeed, ({ products: records }) => records),
  byNumber: async ({ client }, sku) => await findNamed(client.products, 'sku', sku),
  numberWord: 'SKU',
};

export class ClarityTrigger extends storeTrigger<Store>({
  displayName: 'Clarity eCommerce Trigger',
  name: 'clarityTrigger',
  icon: { light: 'file:clarity.svg', dark: 'file:clarity.dark.svg' },
  words: {
    description:
      'Starts the workflow when an order, product, customer, payment, shipment, return or stock level is created or changed in a Clarity store',
    activated:
      'What is new or changed will be received, by webhook, by polling or both, as the trigger is set.',
    pollOnly: 'Asks the store at the poll times; the store need not reach this n8n',
  },
  credential: CLARITY_CREDENTIAL,
  open: openStore,
  kinds: [
    orders,
    products,
    followed(CUSTOMERS, customerFeed, ({ customers }) => customers),
    piece(PAYMENTS),
    piece(SHIPMENTS),
    piece(RETURNS),
    piece(STOCK_LEVELS),
  ],
  loadOptions: { getOrderStatuses },
  webhook,
}) {}
