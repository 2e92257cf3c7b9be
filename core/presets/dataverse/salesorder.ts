import type { FieldRule, MappingSpec } from '../../mapping/spec';
import { ORDER_STATE } from '../state';
import {
  type CustomerPaths,
  accountGroup,
  accountIdRules,
  addressColumns,
  addressPart,
  column,
  email,
  contactGroup,
  contactIdRules,
  hasCompany,
  identity,
} from './parts';

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

/** Quotes, orders and invoices differ in names, and in few columns. */
interface SalesTable {
  table: string;
  /** Navigation property that holds the lines. */
  lines: string;
  /** Columns that the table does not have. */
  without?: readonly string[];
}

/**
 * Dynamics numbers its orders itself: the shop's number goes into `name`, which people see and search. It has tax on its
 * lines only, one freight and one discount that are never below 0, and prices with the decimals of the currency: amounts are
 * those that the common order is booked with (`core/commerce/booking.ts`).
 */
function salesDocument({ table, lines, without = [] }: SalesTable): MappingSpec {
  const columns = columnsOf({ table, lines }).filter(({ to }) => !without.includes(to));
  return {
    from: 'commerce.order',
    to: `dataverse.${table}`,
    fields: [
      { to: table, fields: columns },
      accountGroup(CUSTOMER),
      contactGroup(CUSTOMER),
      ORDER_STATE,
    ],
  };
}

const columnsOf = ({ table, lines }: SalesTable): FieldRule[] => [
  { to: `${table}id`, from: 'source.id', transforms: [identity('order')], required: true },
  { ...column('name', 'name', 300), required: true },
  { to: 'transactioncurrency', from: 'currency', required: true },
  ...accountIdRules('customer.account', CUSTOMER, { when: COMPANY }),
  ...contactIdRules('customer.contact', CUSTOMER, { not: COMPANY }),
  { to: 'freightamount', from: 'booked.freight', required: true },
  { to: 'discountamount', from: 'booked.discount', required: true },
  { to: 'expectedtotal', from: 'totals.total', required: true },
  { to: 'submitdate', from: 'placedAt', transforms: ['date'] },
  email('emailaddress', 'customer.email', 100),
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
    to: lines,
    each: 'lines',
    fields: [
      {
        to: `${table}detailid`,
        from: 'id',
        transforms: [identity('order-line')],
        required: true,
      },
      { to: 'productnumber', from: 'sku', empty: 'null' },
      column('productdescription', 'name', 500),
      { to: 'quantity', from: 'quantity', required: true },
      { to: 'priceperunit', from: 'booked.unitPrice', required: true },
      { to: 'ispriceoverridden', value: true },
      { to: 'manualdiscountamount', from: 'booked.discount', required: true },
      { to: 'tax', from: 'booked.tax', required: true },
      { to: 'lineitemnumber', calculate: { add: ['@index', 1] } },
    ],
  },
];

export const DATAVERSE_SALES_ORDER = salesDocument({ table: 'salesorder', lines: 'order_details' });

/** Columns that sales orders alone have. */
const OF_ORDERS = ['submitdate', 'submitstatusdescription'];

/** An invoice names nobody to ask for at an address. */
const NOT_OF_INVOICES = [...OF_ORDERS, 'billto_contactname', 'shipto_contactname'];

export const DATAVERSE_QUOTE = salesDocument({
  table: 'quote',
  lines: 'quote_details',
  without: OF_ORDERS,
});

export const DATAVERSE_INVOICE = salesDocument({
  table: 'invoice',
  lines: 'invoice_details',
  without: NOT_OF_INVOICES,
});
