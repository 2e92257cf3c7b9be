import { SALES_LOOKUPS, SALES_NUMBERS, type SalesDocument } from './salesDocument';

/** Dynamics 365 Sales docs: salesorder ("only active orders can be edited"), salesorderdetail. */
export const SALES_ORDER = {
  set: 'salesorders',
  key: 'salesorderid',
  number: 'ordernumber',
  lines: {
    set: 'salesorderdetails',
    key: 'salesorderdetailid',
    property: 'order_details',
    parent: 'salesorderid',
  },
  createOnly: new Set(['ordernumber', 'overriddencreatedon']),
  lookups: SALES_LOOKUPS,
  numbers: SALES_NUMBERS,
  states: ['Active', 'Submitted', 'Canceled', 'Fulfilled', 'Invoiced'],
  editable: [0],
  words: {
    name: 'sales order',
    short: 'order',
    aShort: 'an order',
    closedFix:
      'Only active orders can be edited. Make the change by hand, such as with a credit note or a new order, and discard the record; or, where your environment allows it, make the order active again and requeue the record.',
  },
  closing: {
    activity: 'orderclose',
    parameter: 'OrderClose',
    actions: {
      fulfill: { name: 'FulfillSalesOrder', usually: 'bound', state: 3 },
      cancel: { name: 'CancelSalesOrder', usually: 'unbound', state: 2 },
    },
  },
} satisfies SalesDocument<'ordernumber'>;
