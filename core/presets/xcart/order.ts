import type { StatusCodes } from '../../commerce/statuses';
import { codesTo } from '../../commerce/statuses';
import type { FieldRule, MappingSpec, TransformCall } from '../../mapping/spec';
import {
  ORDER_BY_PAYMENT_CODE,
  ORDER_BY_SHIPPING_CODE,
  PAYMENT_CODES,
  SHIPPING_CODES,
  TRANSACTION_STATUS_BY_CODE,
  TRANSACTION_TYPES_BY_CODE,
} from '../../stores/xcart/statuses';
import { country, ornament, phone, streetLine } from '../parts';

/** Of a single movement of money, in the currency of the order around it. */
const MONEY_IN_ORDER: TransformCall = { type: 'money', currency: { from: '$.currency' } };
const PRICE = 'item_net_price ?? price';
const OWN_TYPE = 'type!=tax,type!=discount,type!=shipping,type!=handling';

function address(from: string): FieldRule[] {
  const text = (to: string, key: string): FieldRule => ornament(to, `${from}.${key}`);
  const countryFrom = `${from}.country_code`;
  return [
    text('firstName', 'firstname'),
    text('lastName', 'lastname'),
    text('company', 'custom_fields[name=company].value'),
    ...[1, 2, 3].map((number) => streetLine(number, `${from}.street`)),
    text('city', 'city'),
    text('state', 'state_name'),
    text('postalCode', 'zipcode'),
    country(countryFrom),
    phone(`${from}.phone`, countryFrom),
  ];
}

/** Surcharges of one kind, on top of the prices or inside them. */
function surcharges(to: string, filter: string, transforms: TransformCall[] = []): FieldRule {
  return { to, from: `surcharges[${filter}].value`, aggregate: 'sum', transforms };
}

/** Of a line that lists its surcharges: then none of them says that it has no such tax. */
function lineTax(to: string, filter: string): FieldRule {
  return { ...surcharges(to, `type=tax,${filter}`), when: { path: 'surcharges', is: 'exists' } };
}

/** A status in common words, and beside it what the shop itself says: merchants add statuses of their own. */
function status(to: string, from: string, codes: StatusCodes<string>): FieldRule[] {
  return [
    {
      to,
      from: `${from}.code`,
      lookup: codesTo(codes, 'status'),
      default: 'unknown',
      when: { path: `${from}.code`, is: 'exists' },
    },
    { to: `${to}Code`, from: `${from}.code`, transforms: ['text'], otherwise: 'omit' },
    { to: `${to}Name`, from: `${from}.name`, transforms: ['text'], otherwise: 'omit' },
  ];
}

const ORDER_STATUS: FieldRule[] = [
  {
    to: 'status',
    from: 'shipping_status.code',
    lookup: ORDER_BY_SHIPPING_CODE,
    default: 'unknown',
  },
  {
    to: 'status',
    from: 'payment_status.code',
    lookup: ORDER_BY_PAYMENT_CODE,
    when: { path: 'payment_status.code', is: 'in', value: Object.keys(ORDER_BY_PAYMENT_CODE) },
  },
];

/**
 * Each movement of money; there only where *Add Payments* has read them. X-Cart 5.5.0 writes the name of the method in
 * the status of a transaction, so that only what it holds inside counts.
 */
const PAYMENTS: FieldRule = {
  to: 'payments',
  each: 'payment_transactions[*].backend_transactions[*]',
  when: { path: 'payment_transactions', is: 'exists' },
  fields: [
    { to: 'id', from: 'id', transforms: ['text'] },
    { to: 'orderId', from: '$.id', transforms: ['text'] },
    { to: 'type', from: 'type', lookup: TRANSACTION_TYPES_BY_CODE, default: 'other' },
    // What asks a bank for the state of a payment moves no money, and may state none.
    { to: 'amount', from: 'value', transforms: [MONEY_IN_ORDER], default: 0 },
    { to: 'currency', from: '$.currency', transforms: ['currency'], required: true },
    {
      to: 'status',
      from: 'status',
      lookup: TRANSACTION_STATUS_BY_CODE,
      default: 'unknown',
    },
    { to: 'statusCode', from: 'status' },
    { to: 'date', from: 'date', transforms: ['dateTime'], otherwise: 'omit' },
  ],
};

/**
 * X-Cart writes total = sub-total + all surcharges that are not included; discounts are negative. The sub-total is price ×
 * quantity of all lines: `discounted_subtotal` of a line only repeats its part of the order's discount. The taxes of lines
 * are in the order's taxes once more. What a line comes to is worked out where the order is completed, so that a row for its
 * price or quantity counts there too. Amounts pass with all their decimals: X-Cart keeps four and rounds their sum alone, so
 * they are rounded together, when the order is complete (`core/commerce/settle.ts`).
 */
export const XCART_ORDER: MappingSpec = {
  from: 'xcart.order',
  to: 'commerce.order',
  fields: [
    { to: 'source.platform', value: 'xcart' },
    { to: 'source.store', from: '@source.store', required: true },
    { to: 'source.id', from: 'id', transforms: ['text'], required: true },
    { to: 'name', template: 'X-Cart {order_number ?? id}', required: true },
    { to: 'number', from: 'order_number ?? id', transforms: ['text'], required: true },
    { to: 'placedAt', from: 'create_date', transforms: ['dateTime'], otherwise: 'omit' },
    { to: 'updatedAt', from: 'update_date', transforms: ['dateTime'], otherwise: 'omit' },
    { to: 'currency', from: 'currency', transforms: ['currency'], required: true },
    ...ORDER_STATUS,
    ...status('paymentStatus', 'payment_status', PAYMENT_CODES),
    ...status('shippingStatus', 'shipping_status', SHIPPING_CODES),
    {
      to: 'customer',
      fields: [
        { to: 'id', from: 'customer_id', transforms: ['text'] },
        { to: 'email', from: 'email', transforms: ['trim', 'lower'], otherwise: 'omit' },
        ornament('firstName', 'billing_address.firstname ?? shipping_address.firstname'),
        ornament('lastName', 'billing_address.lastname ?? shipping_address.lastname'),
        ornament('company', 'billing_address.custom_fields[name=company].value'),
        phone(
          'billing_address.phone ?? shipping_address.phone',
          'billing_address.country_code ?? shipping_address.country_code',
        ),
      ],
    },
    { to: 'billingAddress', fields: address('billing_address') },
    { to: 'shippingAddress', fields: address('shipping_address') },
    ornament('shippingMethod', 'shipping_method_name'),
    { to: 'customerNote', from: 'notes', transforms: ['text'], otherwise: 'omit' },
    { to: 'staffNote', from: 'admin_notes', transforms: ['text'], otherwise: 'omit' },
    ornament('trackingNumbers', 'tracking_numbers[*].value'),
    {
      to: 'lines',
      each: 'items',
      fields: [
        { to: 'id', from: 'id', transforms: ['text'], otherwise: 'omit' },
        { to: 'productId', from: 'product_id', transforms: ['text'], otherwise: 'omit' },
        { to: 'variantId', from: 'variant', transforms: ['text'], otherwise: 'omit' },
        { to: 'sku', from: 'sku', transforms: ['trimEnds'] },
        ornament('name', 'name'),
        { to: 'quantity', from: 'amount', transforms: ['number'], required: true },
        { to: 'unitPrice', from: PRICE, transforms: ['number'], required: true },
        lineTax('tax', 'include!=true'),
        lineTax('includedTax', 'include=true'),
      ],
    },
    {
      to: 'surcharges',
      each: 'surcharges',
      default: [],
      fields: [
        { to: 'type', from: 'type ?? code ?? name', default: 'other' },
        { to: 'code', from: 'code' },
        { to: 'name', from: 'name' },
        { to: 'amount', from: 'value', transforms: ['number'], default: 0 },
        { to: 'included', from: 'include', transforms: ['boolean'], default: false },
      ],
    },
    PAYMENTS,
    {
      to: 'totals',
      fields: [
        { to: 'lines', from: 'sub_total', transforms: ['number'] },
        surcharges('shipping', 'type=shipping,include!=true'),
        surcharges('handling', 'type=handling,include!=true'),
        surcharges('fees', `${OWN_TYPE},include!=true`),
        surcharges('tax', 'type=tax,include!=true'),
        surcharges('includedTax', 'type=tax,include=true'),
        surcharges('discount', 'type=discount,include!=true', ['negate']),
        { to: 'total', from: 'total', transforms: ['number'], required: true },
      ],
    },
  ],
};
