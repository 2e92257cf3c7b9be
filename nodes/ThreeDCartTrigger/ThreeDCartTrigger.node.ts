import type { IDataObject, INodeProperties } from 'n8n-workflow';

import {
  customerFeed,
  CUSTOMERS,
  orderFeed,
  ORDERS,
  productFeed,
  PRODUCTS,
} from '../../core/stores/threedcart/feed';
import { productNamed } from '../../core/stores/threedcart/named';
import { NOT_COMPLETED } from '../../core/stores/threedcart/orders';
import type { Customer, Order, Product } from '../../core/stores/threedcart/wire';
import { flag } from '../shared/entry';
import type { ChosenFilters, FollowedKind } from '../shared/trigger/definition';
import { kindOf, statusFilter } from '../shared/trigger/kindOf';
import { storeTrigger } from '../shared/trigger/storeTrigger';
import { openStore, SIGN_INS, type Store } from '../ThreeDCart/connection';
import { getOrderStatuses } from '../ThreeDCart/methods/statuses';
import { withStatusTexts } from '../ThreeDCart/statusTexts';
import { webhook } from './webhook';

const includeNotCompleted = flag(
  'Include Not Completed Orders',
  'includeNotCompleted',
  'to put out orders whose checkout was not finished, too. They are carts that somebody has left, and most stores have many.',
);

const ignoreChangesOf: INodeProperties = {
  displayName: 'Ignore Changes Of',
  name: 'ignoreChangesOf',
  type: 'multiOptions',
  options: [
    { name: 'Customer Comments', value: 'CustomerComments' },
    { name: 'External Comments', value: 'ExternalComments' },
    { name: 'Internal Comments', value: 'InternalComments' },
  ],
  default: [],
  description:
    'What others write into orders, so that the Sync Ledger takes it for no change. Alternate Order ID is never one, nor is what Write Back Number writes.',
};

/** What is chosen of orders, as the feed wants it. */
function chosenOf({ statuses: ids = [] }: ChosenFilters, options: IDataObject) {
  const status = ids.map(Number);
  return {
    status,
    includeNotCompleted: options['includeNotCompleted'] === true || status.includes(NOT_COMPLETED),
    volatile: (options['ignoreChangesOf'] ?? []) as string[],
  };
}

const orders: FollowedKind<Store, Order> = {
  ...kindOf(ORDERS, orderFeed, ({ orders: records }) => records),
  feed: ({ client }, filters, options) => orderFeed(client, chosenOf(filters, options)),
  byNumber: async ({ client }, number) => await client.orders.byNumber(number),
  annotate: withStatusTexts,
  filters: [
    statusFilter('statuses', 'getOrderStatuses', ({ OrderStatusID }) => String(OrderStatusID), {
      none: 'all but those whose checkout was not finished',
    }),
  ],
  options: [ignoreChangesOf, includeNotCompleted],
  isWanted: ({ OrderStatusID }, filters, options) =>
    OrderStatusID !== NOT_COMPLETED || chosenOf(filters, options).includeNotCompleted,
};

const products: FollowedKind<Store, Product> = {
  ...kindOf(PRODUCTS, productFeed, ({ products: records }) => records),
  byNumber: async ({ client }, sku) => await productNamed(client, sku),
  numberWord: 'SKU',
};

const customers: FollowedKind<Store, Customer> = {
  ...kindOf(CUSTOMERS, customerFeed, ({ customers: records }) => records),
  startNote:
    '3dcart knows of a customer the day of the last change alone, and shows it nowhere: those of the whole first day come too, and each that was there before comes as changed.',
};

export class ThreeDCartTrigger extends storeTrigger<Store>({
  displayName: '3dcart (Shift4Shop) Trigger',
  name: 'threeDCartTrigger',
  icon: { light: 'file:threeDCart.svg', dark: 'file:threeDCart.dark.svg' },
  words: {
    description:
      'Starts the workflow when an order, product or customer is created or changed in a 3dcart store',
    activated:
      'What is new or changed will be received, by webhook, by polling or both, as the trigger is set.',
    pollOnly: 'Asks the store at the poll times; 3dcart need not reach this n8n',
  },
  credential: SIGN_INS,
  open: openStore,
  kinds: [orders, products, customers],
  loadOptions: { getOrderStatuses },
  webhook,
}) {}
