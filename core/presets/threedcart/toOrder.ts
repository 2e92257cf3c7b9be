import { wordsToCodes } from '../../commerce/statuses';
import type { Condition, FieldRule, MappingSpec, ValueSource } from '../../mapping/spec';
import { ORDER_CODES } from '../../stores/threedcart/statuses';
import { all, exists, field, isNewTo, isOf, missing, only, ownId, statusCode } from '../toShop';
import { BILLING, SHIPMENT, toAddress } from './address';

const own = (to: string, from?: string): FieldRule => ownId('threedcart', to, from, ['integer']);
const IS_NEW = isNewTo('threedcart');
const IS_FIRST: Condition = { path: '@index', is: 'equals', value: 0 };

/** 3dcart has no handling and no fees: they come with the cost of the first shipment. */
const REST_OF_FREIGHT: ValueSource = {
  calculate: {
    subtract: ['$.booked.freight', { from: '$.shipments[*].cost', aggregate: 'sum' }],
  },
};

const LINES: FieldRule = {
  to: 'OrderItemList',
  each: 'lines',
  fields: [
    field('ItemID', 'sku'),
    field('ItemDescription', 'name'),
    field('ItemQuantity', 'quantity'),
    {
      to: 'ItemUnitPrice',
      calculate: { subtract: ['booked.unitPrice', { from: 'optionPrice', default: 0 }] },
      note: 'The price of the options comes on top of the unit price',
    },
    field('ItemOptionPrice', 'optionPrice'),
  ],
};

const HAS_SHIPMENTS = exists('shipments[0]');

/** Where the document lists its deliveries, those; else the order is one. */
const SHIPMENTS: FieldRule[] = [
  {
    to: 'ShipmentList',
    // A list of one, whose fields read the order around it.
    each: 'number',
    split: '\n',
    when: { not: HAS_SHIPMENTS },
    fields: [
      ...toAddress('Shipment', '$.shippingAddress', SHIPMENT),
      field('ShipmentMethodName', '$.shippingMethod'),
      field('ShipmentCost', '$.booked.freight'),
    ],
  },
  {
    to: 'ShipmentList',
    each: 'shipments',
    when: HAS_SHIPMENTS,
    fields: [
      ...toAddress('Shipment', 'address', SHIPMENT),
      field('ShipmentMethodName', 'method'),
      {
        to: 'ShipmentTrackingCode',
        from: 'trackingNumbers[*]',
        aggregate: 'join',
        separator: ',',
      },
      { to: 'ShipmentCost', from: 'cost', default: 0 },
      {
        to: 'ShipmentCost',
        calculate: { add: [{ from: 'cost', default: 0 }, REST_OF_FREIGHT] },
        when: IS_FIRST,
      },
    ],
  },
];

/** Amounts below 0 give money back. Only what took place and moved money stands among the transactions. */
const TRANSACTIONS: FieldRule = {
  to: 'TransactionList',
  each: 'payments[status=succeeded,type!=other]',
  fields: [
    {
      to: 'TransactionType',
      from: 'type',
      lookup: {
        authorization: 'Auth',
        capture: 'Capture',
        sale: 'Sale',
        refund: 'Refund',
        void: 'Void',
      },
    },
    { to: 'TransactionMethod', from: 'method', transforms: [{ type: 'truncate', length: 255 }] },
    field('TransactionAmount', 'amount'),
    {
      to: 'TransactionAmount',
      from: 'amount',
      transforms: ['negate'],
      when: { path: 'type', is: 'in', value: ['refund', 'void'] },
    },
    // The id of the payment service: a part of it would be another one.
    { to: 'TransactionID', from: 'reference', transforms: [{ type: 'whole', length: 50 }] },
  ],
};

const QUESTIONS: FieldRule = {
  to: 'QuestionList',
  each: 'questions',
  fields: [
    { to: 'QuestionID', from: 'id', transforms: ['integer'] },
    field('QuestionTitle', 'question'),
    field('QuestionAnswer', 'answer'),
  ],
};

const STATUS = statusCode('threedcart', {
  to: 'OrderStatusID',
  from: 'status',
  own: 'statusCode',
  codes: wordsToCodes(ORDER_CODES),
  transforms: ['integer'],
});

/** What a new order has alone: an order of the store changes neither its lines nor its amounts by being written back. */
const OF_NEW: FieldRule[] = [
  { to: 'BillingEmail', from: 'customer.email' },
  ...toAddress('Billing', 'billingAddress', BILLING, 'customer'),
  field('BillingPaymentMethod', 'paymentMethod'),
  LINES,
  ...SHIPMENTS,
  TRANSACTIONS,
  QUESTIONS,
  field('SalesTax', 'booked.tax'),
  {
    to: 'OrderDiscount',
    calculate: {
      add: ['booked.discount', { from: 'lines[*].booked.discount', aggregate: 'sum' }],
    },
    note: '3dcart has no discounts of lines: they come with that of the order',
  },
];

/**
 * What *Create* and *Update* of an order take. Its amounts are those that the common order is booked with
 * (`core/commerce/booking.ts`), because they add up without any rounding. 3dcart numbers and dates its orders itself, and works out what they come to:
 * Σ (unit price + option price) × quantity + Σ cost of the shipments + tax − discount.
 */
export const TO_THREEDCART_ORDER: MappingSpec = {
  from: 'commerce.order',
  to: 'threedcart.order',
  fields: [
    own('OrderID'),
    own('CustomerID', 'customer.id'),
    { to: 'CustomerID', value: 0, when: all(isOf('threedcart'), missing('customer.id')) },
    field('AlternateOrderID', 'externalId'),
    ...STATUS,
    field('CustomerComments', 'customerNote'),
    field('InternalComments', 'staffNote'),
    ...only(IS_NEW, OF_NEW),
  ],
};
