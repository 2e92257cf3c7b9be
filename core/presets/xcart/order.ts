import type { StatusCodes } from '../../commerce/statuses';
import { codesTo } from '../../commerce/statuses';
import type { FieldRule, MappingSpec, TransformCall } from '../../mapping/spec';
import {
  ORDER_BY_PAYMENT_CODE,
  ORDER_BY_SHIPPING_CODE,
  PAYMENT_CODES,
  SHIPPING_CODES,
} from '../../stores/xcart/statuses';
import { buyer, orderHead, orderLine } from '../orderParts';
import { currency, names, needed, number, ornament, text } from '../parts';
import { addressAt, companyAt } from './address';
import { ORDER_PAYMENTS } from './payment';

const PRICE = 'item_net_price ?? price';
const OWN_TYPE = 'type!=tax,type!=discount,type!=shipping,type!=handling';

/** The address that stands in a field of the order. */
const address = (field: string): FieldRule[] => addressAt((key) => `${field}.${key}`);

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
    text(`${to}Code`, `${from}.code`),
    text(`${to}Name`, `${from}.name`),
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
    ...orderHead({
      platform: 'xcart',
      id: 'id',
      name: 'X-Cart {order_number ?? id}',
      number: { from: 'order_number ?? id', transforms: ['text'] },
      placedAt: 'create_date',
      updatedAt: 'update_date',
      currency: currency('currency'),
    }),
    ...ORDER_STATUS,
    ...status('paymentStatus', 'payment_status', PAYMENT_CODES),
    ...status('shippingStatus', 'shipping_status', SHIPPING_CODES),
    buyer({
      id: 'customer_id',
      email: 'email',
      names: names(
        'billing_address.firstname ?? shipping_address.firstname',
        'billing_address.lastname ?? shipping_address.lastname',
      ),
      company: companyAt((key) => `billing_address.${key}`),
      phone: 'billing_address.phone ?? shipping_address.phone',
      country: 'billing_address.country_code ?? shipping_address.country_code',
    }),
    { to: 'billingAddress', fields: address('billing_address') },
    { to: 'shippingAddress', fields: address('shipping_address') },
    ornament('shippingMethod', 'shipping_method_name'),
    ornament('paymentMethod', 'payment_transactions[0].name'),
    text('customerNote', 'notes'),
    text('staffNote', 'admin_notes'),
    ornament('trackingNumbers', 'tracking_numbers[*].value'),
    {
      to: 'lines',
      each: 'items',
      fields: [
        ...orderLine({
          id: 'id',
          productId: 'product_id',
          sku: 'sku',
          name: 'name',
          quantity: 'amount',
        }),
        text('variantId', 'variant'),
        needed(number('unitPrice', PRICE)),
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
    ORDER_PAYMENTS,
    {
      to: 'totals',
      fields: [
        number('lines', 'sub_total'),
        surcharges('shipping', 'type=shipping,include!=true'),
        surcharges('handling', 'type=handling,include!=true'),
        surcharges('fees', `${OWN_TYPE},include!=true`),
        surcharges('tax', 'type=tax,include!=true'),
        surcharges('includedTax', 'type=tax,include=true'),
        surcharges('discount', 'type=discount,include!=true', ['negate']),
        needed(number('total', 'total')),
      ],
    },
  ],
};
