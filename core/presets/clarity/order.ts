import { codesTo } from '../../commerce/statuses';
import type { Condition, FieldRule, MappingSpec, TransformCall } from '../../mapping/spec';
import {
  ORDER_CODES,
  PAYMENT_BY_ORDER_CODE,
  PAYMENT_CODES,
  SHIPPING_CODES,
  TRANSACTION_STATUS_BY_WORD,
  TRANSACTION_TYPES_BY_WORD,
} from '../../stores/clarity/statuses';
import { ornament, phone } from '../parts';
import { address, names, status, wordIn } from './parts';

/** Of a single movement of money, in the currency of the order around it. */
const MONEY_IN_ORDER: TransformCall = {
  type: 'money',
  currency: { from: '$.currency ?? @source.currency' },
};
const PAYMENT_STATUS = 'paymentStatus ?? paymentInfo.status';

/** Of a deployment that has one status for all, that of the goods is in it. */
const STATUSES: FieldRule[] = [
  ...status('status', 'status', ORDER_CODES),
  ...status('paymentStatus', PAYMENT_STATUS, PAYMENT_CODES),
  { to: 'paymentStatus', from: 'status', transforms: wordIn(PAYMENT_BY_ORDER_CODE) },
  {
    to: 'shippingStatus',
    from: 'status',
    transforms: wordIn(codesTo(SHIPPING_CODES, 'status')),
    when: { path: 'shippingStatus', is: 'missing' },
  },
  ...status('shippingStatus', 'shippingStatus', SHIPPING_CODES),
];

/** What a payment is whose type is not said: one that was given back gives back. */
const TYPE_BY_STATUS = { Authorized: 'authorization', Refunded: 'refund' };

const PAYMENTS: FieldRule = {
  to: 'payments',
  each: 'payments',
  when: { path: 'payments', is: 'exists' },
  fields: [
    { to: 'id', from: 'paymentId', transforms: ['text'], otherwise: 'omit' },
    { to: 'orderId', from: '$.orderId', transforms: ['text'] },
    { to: 'type', from: 'status', transforms: wordIn(TYPE_BY_STATUS, 'sale'), default: 'sale' },
    {
      to: 'type',
      from: 'type',
      transforms: wordIn(TRANSACTION_TYPES_BY_WORD, 'other'),
      when: { path: 'type', is: 'exists' },
    },
    ornament('method', 'method'),
    { to: 'amount', from: 'amount', transforms: [MONEY_IN_ORDER], default: 0 },
    {
      to: 'currency',
      from: '$.currency ?? @source.currency',
      transforms: ['currency'],
      required: true,
    },
    { to: 'status', from: 'status', transforms: wordIn(TRANSACTION_STATUS_BY_WORD, 'unknown') },
    { to: 'statusCode', from: 'status', transforms: ['text'], otherwise: 'omit' },
    { to: 'reference', from: 'transactionId', transforms: ['text'], otherwise: 'omit' },
    { to: 'date', from: 'date', transforms: ['dateTime'], otherwise: 'omit' },
  ],
};

/** Seen from a line. */
const INSIDE: Condition = { path: '$.taxIncluded', is: 'equals', value: true };

/** What the order states, else that of its lines. */
function taxes(name: string, when: Condition): FieldRule[] {
  const to = `totals.${name}`;
  const isStated: Condition = { path: 'taxTotal', is: 'exists' };
  return [
    { to, from: 'lineItems[*].tax', aggregate: 'sum', when },
    { to, from: 'taxTotal', transforms: ['number'], when: { and: [when, isStated] } },
  ];
}

/** An amount of the whole order that a deployment may not have. */
function charge(to: string, from: string): FieldRule {
  return { to: `totals.${to}`, from, transforms: ['number'], default: 0 };
}

/**
 * The total is what the lines come to (unit price × quantity − discount) and their tax, with shipping, handling and fees, less
 * a discount of the whole order (assumed: the brief names no amounts beside the lines and the total). Where the order states
 * its tax, that counts, and the tax of the lines only says how it is spread. Some write a discount as a number below 0: that
 * takes off as well. Whatever the amounts are, the common order is checked, and a difference is told.
 */
export const CLARITY_ORDER: MappingSpec = {
  from: 'clarity.order',
  to: 'commerce.order',
  fields: [
    { to: 'source.platform', value: 'clarity' },
    { to: 'source.store', from: '@source.store', required: true },
    { to: 'source.id', from: 'orderId', transforms: ['text'], required: true },
    { to: 'name', template: 'Clarity {orderNumber ?? orderId}', required: true },
    { to: 'number', from: 'orderNumber ?? orderId', transforms: ['text'], required: true },
    { to: 'placedAt', from: 'orderDate', transforms: ['dateTime'], otherwise: 'omit' },
    { to: 'updatedAt', from: 'modifiedDate', transforms: ['dateTime'], otherwise: 'omit' },
    {
      to: 'currency',
      from: 'currency ?? @source.currency',
      transforms: ['currency'],
      required: true,
    },
    ...STATUSES,
    {
      to: 'customer',
      fields: [
        { to: 'id', from: 'customerId', transforms: ['text'] },
        {
          to: 'email',
          from: 'email ?? billingAddress.email ?? shippingAddress.email',
          transforms: ['trim', 'lower'],
          otherwise: 'omit',
        },
        ...names(
          'billingAddress.firstName ?? shippingAddress.firstName',
          'billingAddress.lastName ?? shippingAddress.lastName',
          'billingAddress.name ?? shippingAddress.name',
        ),
        ornament('company', 'billingAddress.company'),
        phone(
          'billingAddress.phone ?? shippingAddress.phone',
          'billingAddress.country ?? shippingAddress.country',
        ),
      ],
    },
    { to: 'billingAddress', fields: address('billingAddress') },
    { to: 'shippingAddress', fields: address('shippingAddress') },
    ornament('shippingMethod', 'shippingMethod'),
    { to: 'customerNote', from: 'notes', transforms: ['text'], otherwise: 'omit' },
    ornament('trackingNumbers', 'trackingNumbers'),
    {
      to: 'lines',
      each: 'lineItems',
      fields: [
        { to: 'id', from: 'lineId', transforms: ['text'], otherwise: 'omit' },
        { to: 'productId', from: 'productId', transforms: ['text'], otherwise: 'omit' },
        { to: 'sku', from: 'sku', transforms: ['trimEnds'] },
        ornament('name', 'name'),
        { to: 'quantity', from: 'quantity', transforms: ['number'], required: true },
        { to: 'unitPrice', from: 'unitPrice', transforms: ['number'], required: true },
        { to: 'discount', from: 'discount', transforms: ['number'] },
        { to: 'tax', from: 'tax', transforms: ['number'], when: { not: INSIDE } },
        { to: 'includedTax', from: 'tax', transforms: ['number'], when: INSIDE },
      ],
    },
    { to: 'surcharges', value: [] },
    { to: 'couponCodes', from: 'couponCodes', transforms: ['text'], otherwise: 'omit' },
    PAYMENTS,
    charge('shipping', 'shippingTotal'),
    charge('handling', 'handlingTotal'),
    charge('fees', 'feesTotal'),
    ...taxes('tax', { not: { path: 'taxIncluded', is: 'equals', value: true } }),
    ...taxes('includedTax', { path: 'taxIncluded', is: 'equals', value: true }),
    charge('discount', 'discountTotal'),
    {
      to: 'totals.discount',
      from: 'discountTotal',
      transforms: ['number', 'negate'],
      when: { path: 'discountTotal', is: 'lessThan', value: 0 },
    },
    { to: 'totals.total', from: 'totalAmount', transforms: ['number'], required: true },
  ],
};
