import type { INodeProperties } from 'n8n-workflow';

import type { RecordQuery } from '../../../core/stores/clarity/client';
import { ofProfile, ORDERS } from '../../../core/stores/clarity/feed';
import { addShipments, statusWrites } from '../../../core/stores/clarity/orderWrites';
import { paymentsOf } from '../../../core/stores/clarity/payments';
import { recordRefunds } from '../../../core/stores/clarity/refunds';
import { mayBeRefunded } from '../../../core/stores/clarity/statuses';
import type { Order } from '../../../core/stores/clarity/wire';
import { number, text } from '../../shared/entry';
import type { Resource } from '../../shared/operation';
import { addShipment, recordRefund } from '../../shared/records/fulfilment';
import type { RecordKind } from '../../shared/records/kind';
import { recordOperations } from '../../shared/records/operations';
import { type StatusAxis, statusField, updateOrderStatus } from '../../shared/records/orders';
import { addOrderPayments } from '../../shared/records/payments';
import { clarity, type Store } from '../connection';
import { orderLocator } from '../locators';
import { list, upsert } from './common';

const status: StatusAxis = {
  displayName: 'Status',
  method: 'getOrderStatuses',
  codes: { pattern: /\S/, problem: 'is empty', example: 'Shipped' },
};

const optional: INodeProperties[] = [
  text('Currency', 'currency', { placeholder: 'e.g. USD' }),
  text('Customer Group', 'customerGroup'),
  text('Customer ID', 'customerId'),
  text('External ID', 'externalId'),
  text('Notes', 'notes', { typeOptions: { rows: 3 } }),
  number('Shipping Total', 'shippingTotal', { typeOptions: { numberPrecision: 4 } }),
  statusField(status, { name: 'status', required: false }),
];

const kind: RecordKind<Store, Order, RecordQuery> = {
  one: 'order',
  many: 'orders',
  locator: orderLocator,
  optional,
  list,
  simple: [
    'orderId',
    'orderNumber',
    'orderDate',
    'modifiedDate',
    'status',
    'customerId',
    'email',
    'totalAmount',
    'currency',
  ],
  source: ({ client }) => ofProfile(ORDERS, client.profile),
  open: ({ client }) => client.orders,
};

export const order: Resource = {
  name: 'Order',
  value: 'order',
  operations: [
    ...recordOperations(clarity, kind),
    upsert('order', 'orders'),
    updateOrderStatus(clarity, orderLocator, status, {
      description: 'Set how far orders have come, all items at once',
      write: ({ client }) => statusWrites(client),
    }),
    addShipment(clarity, orderLocator, {
      notice:
        'Give a Tracking Number or Shipped At: without both the item fails, because a shipment that is sent again could not be told from a new one.',
      status,
      shipped: 'Shipped',
      keepsDelivery: true,
      write: async ({ client }, wishes) => await addShipments(client, wishes),
    }),
    recordRefund(clarity, orderLocator, {
      notice: 'What is recorded is a payment of the type refund.',
      keepsReason: true,
      write: async ({ client }, wishes) => await recordRefunds(client, wishes),
    }),
    addOrderPayments(clarity, {
      field: 'payments',
      idField: 'orderId',
      mayBeRefunded: (document) => mayBeRefunded(document as Partial<Order>),
      all: async ({ client }, documents) => await paymentsOf(client, documents as Order[]),
    }),
  ],
};
