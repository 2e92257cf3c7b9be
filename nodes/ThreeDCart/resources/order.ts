import { pick } from 'lodash';
import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { OrderQuery } from '../../../core/stores/threedcart/client';
import { ORDERS } from '../../../core/stores/threedcart/feed';
import { orderSides } from '../../../core/stores/threedcart/orderSides';
import { addShipments, statusWrites } from '../../../core/stores/threedcart/orderWrites';
import { orderNumber } from '../../../core/stores/threedcart/orders';
import { recordRefunds, type RefundSign } from '../../../core/stores/threedcart/refunds';
import type { Order } from '../../../core/stores/threedcart/wire';
import { flag, moment, number, text, texts } from '../../shared/entry';
import type { Resource } from '../../shared/operation';
import { addShipment, recordRefund } from '../../shared/records/fulfilment';
import type { RecordKind } from '../../shared/records/kind';
import { type ListChoice, listFields } from '../../shared/records/list';
import {
  createRecord,
  getManyRecords,
  getRecord,
  updateRecord,
} from '../../shared/records/operations';
import {
  type StatusAxis,
  statusField,
  statusFilter,
  updateOrderStatus,
} from '../../shared/records/orders';
import { rows, withRows } from '../../shared/rows';
import { type Store, threeDCart } from '../connection';
import { orderLocator } from '../locators';
import { withStatusTexts } from '../statusTexts';
import { orderParts } from './orderParts';
import { recordPayment } from './recordPayment';
import { writeBackNumber } from './writeBackNumber';

const status: StatusAxis = {
  displayName: 'Status',
  method: 'getOrderStatuses',
  codes: { pattern: /^\d+$/, problem: 'is not a number', example: '4' },
};

const refundSign: INodeProperties = {
  displayName: 'Amount Is Written',
  name: 'refundSign',
  type: 'options',
  noDataExpression: true,
  options: [
    { name: 'Above 0', value: 'positive' },
    { name: 'Below 0', value: 'negative' },
  ],
  default: 'negative',
  description:
    'How the refunds stand in your store that its staff records: look at the payments of an order with one',
};

/** The id that every store has for orders that have been sent. */
const SHIPPED = '4';

interface Filters {
  changedSince?: Date;
  email?: string;
  includeNotCompleted?: boolean;
  number?: string;
  placedAfter?: Date;
  placedBefore?: Date;
  statuses?: string[];
}

const filters: INodeProperties[] = [
  moment('Changed Since', 'changedSince', {
    description: '3dcart knows whole days: orders changed on this day or later, by its clock',
  }),
  text('Email', 'email', { placeholder: 'name@email.com', description: 'Of the bill' }),
  flag(
    'Include Not Completed Orders',
    'includeNotCompleted',
    'to return orders whose checkout was not finished, too. Those with this status are also returned where it is chosen.',
  ),
  text('Number', 'number', {
    placeholder: 'e.g. AB-1042',
    description: 'With its prefix, as the 3dcart admin shows it',
  }),
  moment('Placed After', 'placedAfter'),
  moment('Placed Before', 'placedBefore'),
  statusFilter(status),
];

const queryOf = ({ filters: given }: ListChoice<Filters, never>): OrderQuery => {
  const { statuses = [], ...query } = given;
  return { ...query, status: statuses.map(Number) };
};

const lines = rows({
  displayName: 'Items',
  name: 'OrderItemList',
  each: 'Item',
  below: 'item',
  values: [
    text('Description', 'ItemDescription'),
    number('Quantity', 'ItemQuantity', { default: 1 }),
    text('SKU', 'ItemID', { description: 'Of the product or of its variant' }),
  ],
  amounts: [
    text('Catalog ID', 'CatalogID', { description: 'ID of the product' }),
    text('Option Price', 'ItemOptionPrice', { description: 'On top of the unit price' }),
    text('Unit Price', 'ItemUnitPrice', { placeholder: 'e.g. 12.50' }),
  ],
});

const shipments = rows({
  displayName: 'Shipments',
  name: 'ShipmentList',
  each: 'Shipment',
  below: 'shipment',
  values: texts(
    'ShipmentAddress',
    'ShipmentAddress2',
    'ShipmentCity',
    'ShipmentCompany',
    'ShipmentCountry',
    'ShipmentEmail',
    'ShipmentFirstName',
    'ShipmentLastName',
    'ShipmentMethodName',
    'ShipmentPhone',
    'ShipmentState',
    'ShipmentZipCode',
  ),
  amounts: [text('Shipment Cost', 'ShipmentCost')],
});

const BILLING = [
  'BillingAddress',
  'BillingAddress2',
  'BillingCity',
  'BillingCompany',
  'BillingCountry',
  'BillingFirstName',
  'BillingLastName',
  'BillingPaymentMethod',
  'BillingPhoneNumber',
  'BillingState',
  'BillingZipCode',
];

const optional: INodeProperties[] = [
  text('Alternate Order ID', 'AlternateOrderID', {
    description: 'Number of the order in another system',
  }),
  ...texts(...BILLING),
  number('Customer ID', 'CustomerID', { description: '0 for a guest' }),
  text('Customer Comments', 'CustomerComments', { typeOptions: { rows: 3 } }),
  text('External Comments', 'ExternalComments', {
    typeOptions: { rows: 3 },
    description: 'Customers see them',
  }),
  text('Internal Comments', 'InternalComments', { typeOptions: { rows: 3 } }),
  text('Invoice Number Prefix', 'InvoiceNumberPrefix', { placeholder: 'e.g. AB-' }),
  number('Order Discount', 'OrderDiscount', { description: 'As a positive number' }),
  number('Sales Tax', 'SalesTax'),
  text('Sales Person', 'SalesPerson'),
  statusField(status, { name: 'OrderStatusID', required: false }),
];

/** What only a new order takes. */
const ofNew: INodeProperties[] = [
  lines.field,
  shipments.field,
  flag('Send No Emails', 'bypassEmail', 'to send the customer no e-mail about the order'),
  flag(
    'Skip Processing',
    'bypassProcessing',
    'to leave out what 3dcart does with an order of a customer, such as taking it from stock',
  ),
];

/** Rows and statuses as 3dcart nests and types them. */
function document(fields: IDataObject): object {
  const { OrderStatusID, ...order } = withRows(lines, shipments)(fields);
  return { ...order, ...(OrderStatusID !== undefined && { OrderStatusID: Number(OrderStatusID) }) };
}

const simple = (order: Order): object => ({
  ...pick(order, 'OrderID'),
  OrderNumber: orderNumber(order),
  ...pick(order, [
    'OrderDate',
    'LastUpdate',
    'OrderStatusID',
    'OrderStatusText',
    'CustomerID',
    'BillingEmail',
    'OrderAmount',
  ]),
});

/** 3dcart's API has no way to delete an order. */
const kind: RecordKind<Store, Order, OrderQuery, 'create' | 'get' | 'pages' | 'update'> = {
  one: 'order',
  many: 'orders',
  locator: orderLocator,
  required: [
    text('Billing Email', 'BillingEmail', { required: true, placeholder: 'name@email.com' }),
  ],
  optional,
  document,
  list: listFields({ filters, query: queryOf }),
  simple,
  annotate: withStatusTexts,
  source: ORDERS,
  descriptions: { get: 'Get one order, with its items, shipments and transactions' },
  open: ({ client }) => ({
    ...client.orders,
    create: async (given) => {
      const { bypassEmail, bypassProcessing, ...order } = given as IDataObject;
      return await client.orders.create(order, {
        bypassEmail: bypassEmail === true,
        bypassProcessing: bypassProcessing === true,
      });
    },
  }),
};

export const order: Resource = {
  name: 'Order',
  value: 'order',
  operations: [
    createRecord(threeDCart, { ...kind, optional: [...optional, ...ofNew] }),
    getRecord(threeDCart, kind),
    getManyRecords(threeDCart, kind),
    updateRecord(threeDCart, kind),
    updateOrderStatus(threeDCart, orderLocator, status, {
      description: 'Set how far orders have come, all items at once',
      sides: orderSides,
      write: ({ client }) => statusWrites(client),
    }),
    addShipment(threeDCart, orderLocator, {
      status,
      shipped: SHIPPED,
      sides: orderSides,
      keepsDelivery: true,
      write: async ({ client, zone }, wishes, known) =>
        await addShipments(client, zone, wishes, known),
    }),
    recordRefund(threeDCart, orderLocator, {
      notice:
        '3dcart has no refunds of its own: what is recorded is a transaction of the type Refund.',
      more: {
        fields: [refundSign],
        read: ({ read, index }) => ({ sign: read<RefundSign>(refundSign.name, index) }),
      },
      keepsReason: true,
      sides: orderSides,
      write: async ({ client, zone }, wishes, known) =>
        await recordRefunds(client, zone, wishes, known),
    }),
    recordPayment,
    writeBackNumber,
    ...orderParts,
  ],
};
