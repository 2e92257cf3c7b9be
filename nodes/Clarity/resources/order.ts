import type { INodeProperties } from 'n8n-workflow';

import type { RecordQuery } from '../../../core/stores/clarity/client';
import { ofProfile, ORDERS } from '../../../core/stores/clarity/feed';
import { orderSides } from '../../../core/stores/clarity/orderSides';
import { addShipments, statusWrites } from '../../../core/stores/clarity/orderWrites';
import { paymentsOf, paymentsOfOne } from '../../../core/stores/clarity/payments';
import { PAYMENTS } from '../../../core/stores/clarity/pieces';
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
import { orderPieces } from '../../shared/records/pieces';
import { rows, withRows } from '../../shared/rows';
import { clarity, type Store } from '../connection';
import { orderLocator } from '../locators';
import { ADDRESS_FIELDS } from './addressFields';
import { list, upsert } from './common';

const MONEY = { typeOptions: { numberPrecision: 4 } };

const status: StatusAxis = {
  displayName: 'Status',
  method: 'getOrderStatuses',
  codes: { pattern: /\S/, problem: 'is empty', example: 'Shipped' },
};

const lines = rows({
  displayName: 'Items',
  name: 'lineItems',
  each: 'Item',
  description: 'On Update they take the place of all items that the order has',
  values: [
    text('Category', 'category'),
    text('Name', 'name'),
    number('Quantity', 'quantity', { default: 1 }),
    text('SKU', 'sku', { description: 'Of the product or of its variant' }),
  ],
  amounts: [
    text('Discount', 'discount', { description: 'Of the whole line, as a positive number' }),
    text('Tax', 'tax', { description: 'Of the whole line' }),
    text('Unit Price', 'unitPrice', {
      placeholder: 'e.g. 12.50',
      description: 'Of one, before discount and tax. Empty: that of the product.',
    }),
  ],
});

const billing = rows({
  displayName: 'Billing Address',
  name: 'billingAddress',
  values: ADDRESS_FIELDS,
});
const shipping = rows({
  displayName: 'Shipping Address',
  name: 'shippingAddress',
  values: ADDRESS_FIELDS,
});

const optional: INodeProperties[] = [
  billing.field,
  text('Currency', 'currency', { placeholder: 'e.g. USD' }),
  text('Customer Group', 'customerGroup'),
  text('Customer ID', 'customerId'),
  number('Discount Total', 'discountTotal', {
    ...MONEY,
    description: 'Of the whole order, without those of its lines, as a positive number',
  }),
  text('External ID', 'externalId'),
  text('Notes', 'notes', { typeOptions: { rows: 3 } }),
  shipping.field,
  text('Shipping Method', 'shippingMethod', { placeholder: 'e.g. UPS Ground' }),
  number('Shipping Total', 'shippingTotal', MONEY),
  statusField(status, { name: 'status', required: false }),
];

const kind: RecordKind<Store, Order, RecordQuery> = {
  one: 'order',
  many: 'orders',
  locator: orderLocator,
  optional: [...optional, lines.field],
  document: withRows(lines, billing, shipping),
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
      sides: orderSides,
      write: ({ client }) => statusWrites(client),
    }),
    addShipment(clarity, orderLocator, {
      notice:
        'Give a Tracking Number or Shipped At: without both the item fails, because a shipment that is sent again could not be told from a new one.',
      status,
      shipped: 'Shipped',
      sides: orderSides,
      keepsDelivery: true,
      write: async ({ client }, wishes) => await addShipments(client, wishes),
    }),
    recordRefund(clarity, orderLocator, {
      notice: 'What is recorded is a payment of the type refund.',
      keepsReason: true,
      sides: orderSides,
      write: async ({ client }, wishes, known) => await recordRefunds(client, wishes, known),
    }),
    orderPieces(
      clarity,
      {
        name: 'Get Payments',
        value: 'getPayments',
        action: 'Get payments of order',
        description: 'Get what was paid for one order, and what was given back',
      },
      {
        order: orderLocator,
        rows: async ({ client }, id) => await paymentsOfOne(client, id),
        named: (orderId) => ({ orderId }),
        one: 'payment',
        source: ({ client }) => ofProfile(PAYMENTS, client.profile),
        sourceNote:
          'A payment that stands in the order alone gets none, because the trigger follows records of payments.',
      },
    ),
    addOrderPayments(clarity, {
      field: 'payments',
      idField: 'orderId',
      mayBeRefunded: (document) => mayBeRefunded(document as Partial<Order>),
      all: async ({ client }, documents) => await paymentsOf(client, documents as Order[]),
    }),
  ],
};
