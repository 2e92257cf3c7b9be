import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { validationError } from '../../../core/errors';
import type { OrderQuery } from '../../../core/stores/xcart/client';
import { ORDERS } from '../../../core/stores/xcart/feed';
import { orderSides } from '../../../core/stores/xcart/orderSides';
import {
  addShipments,
  paymentStatusWrites,
  recordRefunds,
  shippingStatusWrites,
  takenShipment,
} from '../../../core/stores/xcart/orderWrites';
import { credentialName } from '../../../core/stores/xcart/signIn';
import { PAYMENT_CODES } from '../../../core/stores/xcart/statuses';
import type { Order } from '../../../core/stores/xcart/wire';
import type { Resource } from '../../shared/operation';
import { addShipment, recordRefund } from '../../shared/records/fulfilment';
import type { RecordKind } from '../../shared/records/kind';
import { isPassedOn } from '../../shared/records/nothing';
import { type ListChoice, listFields } from '../../shared/records/list';
import { getManyRecords, getRecord } from '../../shared/records/operations';
import { type StatusAxis, statusFilter, updateOrderStatus } from '../../shared/records/orders';
import { addOrderPayments } from '../../shared/records/payments';
import { type Store, xCart } from '../connection';
import { orderLocator } from '../locators';
import { getDetails, getHistory, getPayments, getRefunds } from './orderParts';

/** Open: merchants add statuses of their own. */
const codes: StatusAxis['codes'] = {
  pattern: /^\S{1,4}$/,
  problem: 'has not one to four characters',
  example: 'P',
};
const payment: StatusAxis = { displayName: 'Payment Status', method: 'getPaymentStatuses', codes };
const shipping: StatusAxis = {
  displayName: 'Shipping Status',
  method: 'getShippingStatuses',
  codes,
};

interface Filters {
  changedAfter?: Date;
  emailContains?: string;
  paymentStatuses?: string[];
  placedAfter?: Date;
  placedBefore?: Date;
  shippingStatuses?: string[];
}

const filters: INodeProperties[] = [
  {
    displayName: 'Changed Since',
    name: 'changedAfter',
    type: 'dateTime',
    default: '',
    description: 'Needs X-Cart Version 5.5.1 or Newer in the credential',
  },
  {
    displayName: 'Email Contains',
    name: 'emailContains',
    type: 'string',
    default: '',
    placeholder: 'e.g. @example.com',
  },
  statusFilter(payment),
  { displayName: 'Placed After', name: 'placedAfter', type: 'dateTime', default: '' },
  { displayName: 'Placed Before', name: 'placedBefore', type: 'dateTime', default: '' },
  statusFilter(shipping),
];

function queryOf(
  { filters: given, sort }: ListChoice<Filters, 'date' | 'lastRenewDate'>,
  { api, modifiedSinceFilter, signIn }: Store,
): OrderQuery {
  // The classic client says itself that it has no such filter.
  if (given.changedAfter && !modifiedSinceFilter && api === 'rest') {
    throw validationError(
      'X-Cart 5.5.0 has no filter Changed Since',
      `Remove the filter, or set X-Cart Version in the credential ${credentialName(signIn)} if the store is newer.`,
    );
  }
  return {
    changedAfter: given.changedAfter,
    placedAfter: given.placedAfter,
    placedBefore: given.placedBefore,
    email: given.emailContains,
    paymentStatus: given.paymentStatuses,
    shippingStatus: given.shippingStatuses,
    sort,
  };
}

/** Statuses as their codes: what a person, a rule or an AI tool looks at first. */
function simplified(order: Order): object {
  return {
    id: order.id,
    order_number: order.order_number,
    create_date: order.create_date,
    update_date: order.update_date,
    customer_id: order.customer_id,
    email: order.email,
    total: order.total,
    currency: order.currency,
    payment_status: order.payment_status?.code,
    shipping_status: order.shipping_status?.code,
  };
}

/** Orders of X-Cart 5.5 can neither be made nor deleted by its REST API. */
const kind: RecordKind<Store, Order, OrderQuery, 'get' | 'pages'> = {
  one: 'order',
  many: 'orders',
  locator: orderLocator,
  list: listFields({
    filters,
    sort: {
      by: [
        { name: 'Order Date', value: 'date' },
        { name: 'Last Change', value: 'lastRenewDate' },
      ],
      fallback: 'date',
    },
    query: queryOf,
  }),
  simple: simplified,
  source: ORDERS,
  descriptions: { get: 'Get one order, with its items, addresses and statuses' },
  open: ({ client }) => client.orders,
};

const withTracking: INodeProperties = {
  displayName: 'When There Is a Tracking Number',
  name: 'withTracking',
  type: 'options',
  options: [
    {
      name: 'Fail',
      value: 'fail',
      description: 'So that somebody enters it in the X-Cart admin',
    },
    { name: 'Set Status Alone', value: 'leaveOut', description: 'The tracking number is left out' },
  ],
  default: 'fail',
  description: 'Only over REST; the classic API always writes the tracking number',
};

/** One that a merchant added may mean anything. A store without a status says nothing of refunds. */
function mayBeRefunded({ payment_status: status }: IDataObject): boolean {
  const { code } = (status ?? {}) as IDataObject;
  if (typeof code !== 'string') return false;
  return PAYMENT_CODES[code]?.status === 'refunded' || PAYMENT_CODES[code] === undefined;
}

export const order: Resource = {
  name: 'Order',
  value: 'order',
  operations: [
    getRecord(xCart, kind),
    getDetails,
    getHistory,
    getManyRecords(xCart, kind),
    getPayments,
    getRefunds,
    updateOrderStatus(xCart, orderLocator, payment, {
      description: 'Set whether orders are paid, declined, refunded and so on, all items at once',
      sides: orderSides,
      write: ({ client }) => paymentStatusWrites(client),
    }),
    updateOrderStatus(xCart, orderLocator, shipping, {
      description:
        'Set whether orders are processed, shipped, delivered and so on, all items at once',
      sides: orderSides,
      write: ({ client }) => shippingStatusWrites(client),
    }),
    addShipment(xCart, orderLocator, {
      notice:
        'X-Cart does not take a shipping method or date. Over REST (5.5 and newer) it takes no tracking number either: only the shipping status of the order is written. The classic API (5.0 to 5.4) takes the tracking number too.',
      status: shipping,
      shipped: 'S',
      sides: orderSides,
      keepsDelivery: false,
      more: {
        fields: [withTracking],
        read: (one) => ({
          leaveOutTracking: one.read<string>(withTracking.name, one.index) === 'leaveOut',
          mayBeNothing: isPassedOn(one),
        }),
      },
      taken: ({ client }, wish) => takenShipment(client, wish),
      write: async ({ client }, wishes) => await addShipments(client, wishes),
    }),
    recordRefund(xCart, orderLocator, {
      notice:
        'X-Cart has no way to record amounts over REST: the payment status of the order becomes Refunded (R). An amount that is not all of the order fails.',
      keepsReason: false,
      sides: orderSides,
      write: async ({ client }, wishes, known) => await recordRefunds(client, wishes, known),
    }),
    addOrderPayments(xCart, {
      field: 'payment_transactions',
      idField: 'id',
      mayBeRefunded,
      rows: async ({ client }, id) => await client.orders.transactions(id),
    }),
  ],
};
