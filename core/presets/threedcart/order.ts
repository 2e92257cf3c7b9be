import { codesTo } from '../../commerce/statuses';
import type { FieldRule, MappingSpec, TransformCall } from '../../mapping/spec';
import {
  ORDER_CODES,
  PAYMENT_BY_CODE,
  SHIPMENT_BY_CODE,
  SHIPPING_BY_CODE,
  TRANSACTION_TYPES_BY_CODE,
} from '../../stores/threedcart/statuses';
import { ornament, phone } from '../parts';
import { address } from './address';

/** Of a single movement of money. */
const MONEY: TransformCall = { type: 'money', currency: { from: '@source.currency' } };
const BILLING = { line1: 'Address', phone: 'PhoneNumber' };
const SHIPMENT = { line1: 'Address', phone: 'Phone' };
const FIRST_SHIPMENT = 'ShipmentList[0].Shipment';
const NUMBER = '{InvoiceNumberPrefix}{InvoiceNumber ?? OrderID}';

/** Stores of 2015 lack fields that newer ones have. */
const orNothing = (from: string) => ({ from, default: 0 });

/** Says something of some statuses only. */
function statusOf(to: string, from: string, table: Readonly<Record<string, string>>): FieldRule {
  return { to, from, transforms: [{ type: 'lookup', table, otherwise: 'empty' }] };
}

/**
 * 3dcart lists what a payment service or a person has noted, without a state of its own: what stands there took place.
 * Amounts below 0 give money back, except where they take back what was only reserved.
 */
const PAYMENTS: FieldRule = {
  to: 'payments',
  each: 'TransactionList',
  when: { path: 'TransactionList', is: 'exists' },
  fields: [
    { to: 'id', from: 'TransactionIndexID', transforms: ['text'], otherwise: 'omit' },
    { to: 'orderId', from: '$.OrderID', transforms: ['text'] },
    {
      to: 'type',
      from: 'TransactionType',
      transforms: [
        'trim',
        'lower',
        {
          type: 'lookup',
          table: { ...TRANSACTION_TYPES_BY_CODE },
          otherwise: 'value',
          value: 'other',
        },
      ],
      default: 'other',
    },
    {
      to: 'type',
      value: 'refund',
      when: {
        and: [
          { path: 'TransactionAmount', is: 'lessThan', value: 0 },
          { not: { path: 'TransactionType', is: 'in', value: ['Void', 'void', 'VOID'] } },
        ],
      },
    },
    ornament('method', 'TransactionMethod'),
    { to: 'amount', from: 'TransactionAmount', transforms: [MONEY], default: 0 },
    {
      to: 'amount',
      from: 'TransactionAmount',
      transforms: [MONEY, 'negate'],
      when: { path: 'TransactionAmount', is: 'lessThan', value: 0 },
    },
    { to: 'currency', from: '@source.currency', transforms: ['currency'], required: true },
    { to: 'status', value: 'succeeded' },
    ornament('statusCode', 'TransactionType'),
    ornament('reference', 'TransactionID'),
    { to: 'date', from: 'TransactionDateTime', transforms: ['dateTime'], otherwise: 'omit' },
  ],
};

const SHIPMENTS: FieldRule = {
  to: 'shipments',
  each: 'ShipmentList',
  when: { path: 'ShipmentList', is: 'exists' },
  fields: [
    { to: 'id', from: 'ShipmentID', transforms: ['text'], otherwise: 'omit' },
    { to: 'orderId', from: '$.OrderID', transforms: ['text'] },
    { ...statusOf('status', 'ShipmentOrderStatus', SHIPMENT_BY_CODE), default: 'pending' },
    { to: 'statusCode', from: 'ShipmentOrderStatus', transforms: ['text'], otherwise: 'omit' },
    ornament('method', 'ShipmentMethodName'),
    {
      to: 'trackingNumbers',
      from: 'ShipmentTrackingCode',
      split: ',',
      transforms: ['trim'],
      otherwise: 'omit',
      when: { path: 'ShipmentTrackingCode', is: 'exists' },
    },
    {
      to: 'shippedAt',
      from: 'ShipmentShippedDate',
      transforms: [{ type: 'dateTime', sourceFormat: 'M/d/yyyy' }],
      otherwise: 'omit',
    },
    { to: 'cost', from: 'ShipmentCost', transforms: [MONEY], otherwise: 'omit' },
    { to: 'address', fields: address('Shipment', SHIPMENT) },
  ],
};

/**
 * 3dcart writes OrderAmount = Σ (unit price + option price) × quantity + Σ cost of the shipments + the three sales taxes −
 * the discount (all of 306 recorded orders). It names no sub-total, and no currency: that is the store's, which the
 * credential says.
 */
export const THREEDCART_ORDER: MappingSpec = {
  from: 'threedcart.order',
  to: 'commerce.order',
  fields: [
    { to: 'source.platform', value: 'threedcart' },
    { to: 'source.store', from: '@source.store', required: true },
    { to: 'source.id', from: 'OrderID', transforms: ['text'], required: true },
    { to: 'name', template: `3dcart ${NUMBER}`, required: true },
    { to: 'number', template: NUMBER, transforms: ['trim'], required: true },
    { to: 'placedAt', from: 'OrderDate', transforms: ['dateTime'], otherwise: 'omit' },
    { to: 'updatedAt', from: 'LastUpdate', transforms: ['dateTime'], otherwise: 'omit' },
    {
      to: 'currency',
      from: '@source.currency',
      transforms: ['currency'],
      required: true,
      note: 'An order of 3dcart names no currency: it is the one in the credential',
    },
    {
      to: 'status',
      from: 'OrderStatusID',
      lookup: codesTo(ORDER_CODES, 'status'),
      default: 'unknown',
    },
    { to: 'statusCode', from: 'OrderStatusID', transforms: ['text'], otherwise: 'omit' },
    statusOf('statusName', 'OrderStatusID', codesTo(ORDER_CODES, 'name')),
    statusOf('paymentStatus', 'OrderStatusID', PAYMENT_BY_CODE),
    statusOf('shippingStatus', 'OrderStatusID', SHIPPING_BY_CODE),
    {
      to: 'customer',
      fields: [
        { to: 'id', from: 'CustomerID', transforms: ['text'] },
        { to: 'email', from: 'BillingEmail', transforms: ['trim', 'lower'], otherwise: 'omit' },
        ornament('firstName', `BillingFirstName ?? ${FIRST_SHIPMENT}FirstName`),
        ornament('lastName', `BillingLastName ?? ${FIRST_SHIPMENT}LastName`),
        ornament('company', 'BillingCompany'),
        phone(
          `BillingPhoneNumber ?? ${FIRST_SHIPMENT}Phone`,
          `BillingCountry ?? ${FIRST_SHIPMENT}Country`,
        ),
      ],
    },
    { to: 'billingAddress', fields: address('Billing', BILLING) },
    { to: 'shippingAddress', fields: address(FIRST_SHIPMENT, SHIPMENT) },
    ornament('shippingMethod', `${FIRST_SHIPMENT}MethodName`),
    { to: 'customerNote', from: 'CustomerComments', transforms: ['text'], otherwise: 'omit' },
    { to: 'staffNote', from: 'InternalComments', transforms: ['text'], otherwise: 'omit' },
    ornament('trackingNumbers', 'ShipmentList[*].ShipmentTrackingCode'),
    ornament('couponCodes', 'PromotionList[*].Coupon'),
    {
      to: 'lines',
      each: 'OrderItemList',
      fields: [
        { to: 'id', from: 'ItemIndexID', transforms: ['text'], otherwise: 'omit' },
        { to: 'productId', from: 'CatalogID', transforms: ['text'], otherwise: 'omit' },
        { to: 'sku', from: 'ItemID', transforms: ['trimEnds'] },
        {
          to: 'name',
          from: 'ItemDescription',
          transforms: ['stripHtml', { type: 'replace', search: '\n', with: ', ' }],
          otherwise: 'omit',
        },
        { to: 'quantity', from: 'ItemQuantity', transforms: ['number'], required: true },
        {
          to: 'unitPrice',
          calculate: { add: ['ItemUnitPrice', orNothing('ItemOptionPrice')] },
          required: true,
          note: 'The price of the options comes on top of the unit price',
        },
      ],
    },
    { to: 'surcharges', value: [] },
    PAYMENTS,
    SHIPMENTS,
    {
      to: 'totals',
      fields: [
        { to: 'shipping', from: 'ShipmentList[*].ShipmentCost', aggregate: 'sum' },
        { to: 'handling', value: 0 },
        {
          to: 'tax',
          calculate: {
            add: [orNothing('SalesTax'), orNothing('SalesTax2'), orNothing('SalesTax3')],
          },
        },
        { to: 'discount', from: 'OrderDiscount', transforms: ['number'], default: 0 },
        { to: 'total', from: 'OrderAmount', transforms: ['number'], required: true },
      ],
    },
  ],
};
