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
import type { Order } from '../../core/stores/xcart/wire';
import type { FollowedKind } from '../shared/trigger/definition';
import { kindOf, statusFilter } from '../shared/trigger/kindOf';
import { storeTrigger } from '../shared/trigger/storeTrigger';
import { openStore, SIGN_INS, type Store } from '../XCart/connection';
import { getPaymentStatuses, getShippingStatuses } from '../XCart/methods/statuses';
import { webhook } from './webhook';

const orders: FollowedKind<Store, Order> = {
  ...kindOf(ORDERS, orderFeed, ({ orders: records }) => records),
  feed: ({ client, modifiedSinceFilter, signIn }, chosen) =>
    orderFeed(client, {
      modifiedSinceFilter,
      signIn,
      paymentStatus: chosen['paymentStatuses'],
      shippingStatus: chosen['shippingStatuses'],
    }),
  byNumber: async ({ client }, number) => await client.orders.byNumber(number),
  filters: [
    statusFilter('paymentStatuses', 'getPaymentStatuses', (order) => order.payment_status?.code, {
      word: 'payment status',
    }),
    statusFilter(
      'shippingStatuses',
      'getShippingStatuses',
      (order) => order.shipping_status?.code,
      { word: 'shipping status' },
    ),
  ],
};

/** With their addresses, where X-Cart has the names: one request more for each that is put out. */
const customers: FollowedKind<Store, Customer> = {
  ...kindOf(CUSTOMERS, customerFeed, ({ profiles }) => profiles),
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
  kinds: [orders, kindOf(PRODUCTS, productFeed, ({ products }) => products), customers],
  loadOptions: { getPaymentStatuses, getShippingStatuses },
  webhook,
}) {}
