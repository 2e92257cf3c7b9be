import type { INodeProperties } from 'n8n-workflow';

import {
  customerFeed,
  CUSTOMERS,
  hasStatus,
  orderFeed,
  ORDERS,
  productFeed,
  PRODUCTS,
} from '../../core/stores/clarity/feed';
import type { Customer, Order, Product } from '../../core/stores/clarity/wire';
import { orderCode } from '../../core/stores/clarity/statuses';
import { CLARITY_CREDENTIAL, openStore, type Store } from '../Clarity/connection';
import { getOrderStatuses } from '../Clarity/methods/statuses';
import type { FollowedKind } from '../shared/trigger/definition';
import { storeTrigger } from '../shared/trigger/storeTrigger';
import { webhook } from './webhook';

const statuses: INodeProperties = {
  displayName: 'Status Names or IDs',
  name: 'statuses',
  type: 'multiOptions',
  typeOptions: { loadOptionsMethod: 'getOrderStatuses' },
  default: [],
  description:
    'Only orders with one of these statuses; all others, later cancels among them, are never seen. None: all. To hold or cancel orders by status, leave it empty and use Commerce Map: Route by State. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
};

const orders: FollowedKind<Store, Order> = {
  type: ORDERS,
  feed: ({ client }, { statuses: chosen }) => orderFeed(client, chosen),
  get: async ({ client }, id) => await client.orders.get(id),
  filters: [{ property: statuses, valueOf: ({ status }) => orderCode(status ?? '') }],
  isWanted: (order, { statuses: chosen = [] }) => hasStatus(order, chosen),
};

const products: FollowedKind<Store, Product> = {
  type: PRODUCTS,
  feed: ({ client }) => productFeed(client),
  get: async ({ client }, id) => await client.products.get(id),
};

const customers: FollowedKind<Store, Customer> = {
  type: CUSTOMERS,
  feed: ({ client }) => customerFeed(client),
  get: async ({ client }, id) => await client.customers.get(id),
};

export class ClarityTrigger extends storeTrigger<Store>({
  displayName: 'Clarity eCommerce Trigger',
  name: 'clarityTrigger',
  icon: { light: 'file:clarity.svg', dark: 'file:clarity.dark.svg' },
  words: {
    description:
      'Starts the workflow when an order, product or customer is made or changed in a Clarity store',
    activated: 'The trigger has made its webhooks in the store, and polls beside them.',
    pollOnly: 'Asks the store at the poll times; the store need not reach this n8n',
  },
  credential: CLARITY_CREDENTIAL,
  open: openStore,
  kinds: [orders, products, customers],
  loadOptions: { getOrderStatuses },
  webhook,
}) {}
