import { codesTo } from '../../commerce/statuses';
import type { Condition, FieldRule, MappingSpec } from '../../mapping/spec';
import {
  ORDER_CODES,
  PAYMENT_BY_ORDER_CODE,
  PAYMENT_CODES,
  SHIPPING_CODES,
} from '../../stores/clarity/statuses';
import { buyer, orderHead, orderLine } from '../orderParts';
import { currency, needed, number, ornament, text } from '../parts';
import { address, names, status, wordIn } from './parts';
import { PAYMENT_FIELDS } from './payment';

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

const PAYMENTS: FieldRule = {
  to: 'payments',
  each: 'payments',
  when: { path: 'payments', is: 'exists' },
  fields: PAYMENT_FIELDS,
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
    ...orderHead({
      platform: 'clarity',
      id: 'orderId',
      name: 'Clarity {orderNumber ?? orderId}',
      number: { from: 'orderNumber ?? orderId', transforms: ['text'] },
      placedAt: 'orderDate',
      updatedAt: 'modifiedDate',
      currency: currency('currency ?? @source.currency'),
    }),
    ...STATUSES,
    buyer({
      id: 'customerId',
      email: 'email ?? billingAddress.email ?? shippingAddress.email',
      names: names(
        'billingAddress.firstName ?? shippingAddress.firstName',
        'billingAddress.lastName ?? shippingAddress.lastName',
        'billingAddress.name ?? shippingAddress.name',
      ),
      company: 'billingAddress.company',
      more: [text('group', 'customerGroup')],
      phone: 'billingAddress.phone ?? shippingAddress.phone',
      country: 'billingAddress.country ?? shippingAddress.country',
    }),
    { to: 'billingAddress', fields: address('billingAddress') },
    { to: 'shippingAddress', fields: address('shippingAddress') },
    ornament('shippingMethod', 'shippingMethod'),
    ornament('paymentMethod', 'paymentInfo.method'),
    text('externalId', 'externalId'),
    text('customerNote', 'notes'),
    ornament('trackingNumbers', 'trackingNumbers[*]'),
    {
      to: 'lines',
      each: 'lineItems',
      fields: [
        ...orderLine({
          id: 'lineId',
          productId: 'productId',
          sku: 'sku',
          name: 'name',
          quantity: 'quantity',
        }),
        ornament('category', 'category'),
        needed(number('unitPrice', 'unitPrice')),
        number('discount', 'discount'),
        { ...number('tax', 'tax'), when: { not: INSIDE } },
        { ...number('includedTax', 'tax'), when: INSIDE },
      ],
    },
    { to: 'surcharges', value: [] },
    ornament('couponCodes', 'couponCodes[*]'),
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
    needed(number('totals.total', 'totalAmount')),
  ],
};
