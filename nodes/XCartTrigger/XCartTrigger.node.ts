import type { INodeProperties } from 'n8n-workflow';

import {
  type Customer,
  customerFeed,
  CUSTOMERS,
  isCustomer,
  orderFeed,
  ORDERS,
  productFeed,
  PRODUCTS,
  withAddresses,
} from '../../core/stores/xcart/feed';
import type { Order, Product } from '../../core/stores/xcart/wire';
import type { FollowedKind } from '../shared/trigger/definition';
import { storeTrigger } from '../shared/trigger/storeTrigger';
import { openStore, SIGN_INS, type Store } from '../XCart/connection';
import { getPaymentStatuses, getShippingStatuses } from '../XCart/methods/statuses';
import { webhook } from './webhook';

const paymentStatuses: INodeProperties = {
  displayName: 'Payment Status Names or IDs',
  name: 'paymentStatuses',
  type: 'multiOptions',
  typeOptions: { loadOptionsMethod: 'getPaymentStatuses' },
  default: [],
  description:
    'Only orders with one of these payment statuses; all others, later cancels and refunds among them, are never seen. None: all. To hold or cancel orders by status, leave it empty and use Commerce Map: Route by State. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
};

const shippingStatuses: INodeProperties = {
  displayName: 'Shipping Status Names or IDs',
  name: 'shippingStatuses',
  type: 'multiOptions',
  typeOptions: { loadOptionsMethod: 'getShippingStatuses' },
  default: [],
  description:
    'Only orders with one of these shipping statuses; all others, later cancels and refunds among them, are never seen. None: all. To hold or cancel orders by status, leave it empty and use Commerce Map: Route by State. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
};

const orders: FollowedKind<Store, Order> = {
  type: ORDERS,
  feed: ({ client, modifiedSinceFilter, signIn }, chosen) =>
    orderFeed(client, {
      modifiedSinceFilter,
      signIn,
      paymentStatus: chosen['paymentStatuses'],
      shippingStatus: chosen['shippingStatuses'],
    }),
  get: async ({ client }, id) => await client.orders.get(id),
  byNumber: async ({ client }, number) => await client.orders.byNumber(number),
  filters: [
    { property: paymentStatuses, valueOf: (order) => order.payment_status?.code },
    { property: shippingStatuses, valueOf: (order) => order.shipping_status?.code },
  ],
};

const products: FollowedKind<Store, Product> = {
  type: PRODUCTS,
  feed: ({ client }) => productFeed(client),
  get: async ({ client }, id) => await client.products.get(id),
};

/** With their addresses, where X-Cart has the names: one request more for each that is put out. */
const customers: FollowedKind<Store, Customer> = {
  type: CUSTOMERS,
  feed: ({ client }) => customerFeed(client),
  get: async ({ client }, id) => await withAddresses(client, await client.profiles.get(id)),
  complete: async ({ client }, profile) => await withAddresses(client, profile),
  listed: async ({ client }, id) => await client.profiles.get(id),
  isOne: isCustomer,
};

export class XCartTrigger extends storeTrigger<Store>({
  displayName: 'X-Cart Trigger',
  name: 'xCartTrigger',
  icon: { light: 'file:xcart.svg', dark: 'file:xcart.dark.svg' },
  words: {
    description:
      'Starts the workflow when an order, a product or a customer is created or changed in an X-Cart store',
    activated:
      'What is new or changed will be received. If your store has a webhook add-on, enter the production URL of this trigger and the webhook secret there.',
    pollOnly: 'Asks the store at the poll times; needs no add-on',
  },
  credential: SIGN_INS,
  open: openStore,
  kinds: [orders, products, customers],
  loadOptions: { getPaymentStatuses, getShippingStatuses },
  webhook,
}) {}
