/**
 * Where an order stands by the rows of Dynamics 365 Sales (Dynamics 365 Sales docs: salesorder, invoice), in the words of
 * the common model. Environments add status reasons of their own: such a one is `unknown` and is not told to a shop, unless a
 * row of the panel says what it means; its name stands beside.
 */
import type { Condition, FieldRule } from '../../mapping/spec';
import { labelOf, TRACKING_COLUMNS, trackingColumn } from '../../dynamics/dataverse/documents';
import { moment, ornament, partOf, text } from '../parts';

type Words = Readonly<Record<string, string>>;

/** By status reason. New and Pending orders are open, and say nothing of the goods: a shop may have come further. */
const ORDER_BY_REASON: Words = {
  1: 'open',
  2: 'open',
  3: 'open',
  4: 'cancelled',
  100001: 'completed',
  100002: 'open',
  100003: 'open',
  690970000: 'onHold',
};

const GOODS_BY_REASON: Words = {
  3: 'processing',
  4: 'cancelled',
  100001: 'shipped',
  100002: 'partiallyShipped',
  690970000: 'onHold',
};

/** Canceled is canceled, whatever the environment gives as its reason. */
const CANCELED = 2;

/** Of an invoice: what it says of the goods before it is closed, and of the money once it is paid. */
const GOODS_BY_INVOICE: Words = { 2: 'partiallyShipped' };
const MONEY_BY_INVOICE: Words = { 7: 'paid', 100001: 'paid', 100002: 'partiallyPaid' };

const CODE = 'statuscode';
const STATE = 'statecode';

/** Of orders: when the goods were sent, a moment where the environment keeps one. */
export const SHIPPED_ON = trackingColumn('new', TRACKING_COLUMNS.shippedOn.name);
export const FULFILLED_ON = 'datefulfilled';

const INVOICED = 4;

/**
 * Whoever invoices an order takes the place of what its status said of the goods, often before anybody was told. That they were
 * sent is then said by their date alone.
 */
export const INVOICED_WHEN_SENT: Condition = {
  and: [
    { path: STATE, is: 'equals', value: INVOICED },
    {
      or: [SHIPPED_ON, FULFILLED_ON].map((path): Condition => ({ path, is: 'exists' })),
    },
  ],
};

const byReason = (to: string, table: Words): FieldRule => ({
  to,
  from: CODE,
  transforms: [{ type: 'lookup', table, otherwise: 'empty' }],
});

const REASON: FieldRule[] = [
  text('statusCode', CODE),
  ornament('statusName', `["${labelOf(CODE)}"]`),
];

export const ORDER_STANDING: FieldRule[] = [
  {
    to: 'status',
    from: CODE,
    transforms: [{ type: 'lookup', table: ORDER_BY_REASON, otherwise: 'value', value: 'unknown' }],
  },
  byReason('shippingStatus', GOODS_BY_REASON),
  { to: 'status', value: 'completed', when: INVOICED_WHEN_SENT },
  { to: 'shippingStatus', value: 'shipped', when: INVOICED_WHEN_SENT },
  ...['status', 'shippingStatus'].map((to): FieldRule => ({
    to,
    value: 'cancelled',
    when: { path: STATE, is: 'equals', value: CANCELED },
  })),
  ...REASON,
];

/** An invoice that is canceled calls no order off, and one that is merely billed may long be paid in the shop. */
export const INVOICE_STANDING: FieldRule[] = [
  byReason('shippingStatus', GOODS_BY_INVOICE),
  byReason('paymentStatus', MONEY_BY_INVOICE),
  text('paymentStatusCode', CODE),
  ornament('paymentStatusName', `["${labelOf(CODE)}"]`),
];

/** What every document that is made of a row says: which row it is, and which order of which shop it is about. */
export const rowOf = (key: string): FieldRule[] => [
  ...partOf('dataverse', key),
  {
    to: 'shopOrder',
    fields: ['platform', 'store', 'id', 'number'].map((name) => text(name, `shopOrder.${name}`)),
  },
  {
    to: 'orderId',
    from: 'shopOrder.id',
    transforms: ['text'],
    required: true,
    note: 'The order of the shop, as Sync Ledger: Find Source puts it on the item',
  },
];

export const CHANGED: FieldRule = moment('updatedAt', 'modifiedon');
