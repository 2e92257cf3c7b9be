import type { FieldRule, MappingSpec, TransformCall } from '../../mapping/spec';
import { ORDER_STATE } from '../state';
import {
  type CustomerPaths,
  accountGroup,
  accountIdRules,
  addressColumns,
  addressPart,
  column,
  contactGroup,
  contactIdRules,
  hasCompany,
  identity,
} from './parts';

/** Dynamics takes no negative freight or discount: such an order needs a person. */
const NOT_NEGATIVE: TransformCall = { type: 'money', currency: { from: '$.currency' }, min: 0 };

function orderAddress(prefix: string, from: string): FieldRule[] {
  const person = `{${from}.firstName} {${from}.lastName}`;
  return [
    addressPart(from, {
      to: `${prefix}name`,
      template: person,
      transforms: ['trim', { type: 'truncate', length: 200 }],
    }),
    column(`${prefix}name`, `${from}.company`, 200),
    addressPart(from, {
      to: `${prefix}contactname`,
      template: person,
      transforms: ['trim', { type: 'truncate', length: 150 }],
    }),
    ...addressColumns(prefix, from),
    addressPart(from, column(`${prefix}telephone`, `${from}.phone`, 50)),
  ];
}

const COMPANY = hasCompany('customer.company');
const CUSTOMER: CustomerPaths = {
  customer: 'customer',
  address: 'billingAddress',
  order: 'source.id',
  nameless: 'name',
};

/**
 * Dynamics numbers its orders itself: the shop's number goes into `name`, which people see and search. Tax is
 * shared over the lines by their amounts, because a sales order has tax on its lines only; shipping and handling
 * are freight; the discount of the order stays one.
 */
export const DATAVERSE_SALES_ORDER: MappingSpec = {
  from: 'commerce.order',
  to: 'dataverse.salesorder',
  fields: [
    {
      to: 'salesorder',
      fields: [
        { to: 'salesorderid', from: 'source.id', transforms: [identity('order')], required: true },
        { ...column('name', 'name', 300), required: true },
        { to: 'transactioncurrency', from: 'currency', required: true },
        ...accountIdRules('customer.account', CUSTOMER, { when: COMPANY }),
        ...contactIdRules('customer.contact', CUSTOMER, { not: COMPANY }),
        {
          to: 'freightamount',
          calculate: { add: ['totals.shipping', 'totals.handling'] },
          transforms: [NOT_NEGATIVE],
        },
        { to: 'discountamount', from: 'totals.discount', transforms: [NOT_NEGATIVE] },
        { to: 'expectedtotal', from: 'totals.total', required: true },
        { to: 'submitdate', from: 'placedAt', transforms: ['date'] },
        column('emailaddress', 'customer.email', 100),
        {
          to: 'description',
          template: '{customerNote}\nShipping: {shippingMethod}',
          transforms: [{ type: 'truncate', length: 2000 }],
          when: { path: 'shippingMethod', is: 'exists' },
        },
        {
          ...column('description', 'customerNote', 2000),
          when: { path: 'shippingMethod', is: 'missing' },
        },
        {
          ...column('submitstatusdescription', 'staffNote', 2000),
          note: 'Dynamics: "additional details or notes about the order for the shipping department"',
        },
        ...orderAddress('billto_', 'billingAddress'),
        ...orderAddress('shipto_', 'shippingAddress'),
        {
          to: 'order_details',
          each: 'lines',
          required: true,
          fields: [
            {
              to: 'salesorderdetailid',
              from: 'id',
              transforms: [identity('order-line')],
              required: true,
            },
            { to: 'productnumber', from: 'sku', required: true },
            column('productdescription', 'name', 500),
            { to: 'quantity', from: 'quantity', required: true },
            { to: 'priceperunit', from: 'unitPrice', required: true },
            { to: 'ispriceoverridden', value: true },
            { to: 'manualdiscountamount', from: 'discount', transforms: [NOT_NEGATIVE] },
            {
              to: 'tax',
              allocate: {
                total: '^.totals.tax',
                weights: '^.lines[*].amount',
                currency: '^.currency',
              },
            },
            { to: 'lineitemnumber', calculate: { add: ['@index', 1] } },
          ],
        },
      ],
    },
    accountGroup(CUSTOMER),
    contactGroup(CUSTOMER),
    ORDER_STATE,
  ],
};
