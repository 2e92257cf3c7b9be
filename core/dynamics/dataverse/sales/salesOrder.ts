import { INVOICE } from './invoice';
import { SALES_LOOKUPS, SALES_NUMBERS, type SalesDocument } from './salesDocument';

const ORDER_CLOSE = { activity: 'orderclose', parameter: 'OrderClose' };

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
  moves: {
    fulfill: {
      action: { name: 'FulfillSalesOrder', usually: 'bound', closing: ORDER_CLOSE },
      to: 3,
      from: [0, 1],
    },
    cancel: {
      action: { name: 'CancelSalesOrder', usually: 'unbound', closing: ORDER_CLOSE },
      to: 2,
      from: [0, 1],
    },
  },
  pricing: {
    lock: { name: 'LockSalesOrderPricing', usually: 'bound' },
    unlock: { name: 'UnlockSalesOrderPricing', usually: 'unbound' },
    parameter: 'SalesOrderId',
  },
  conversion: {
    action: { name: 'ConvertSalesOrderToInvoice', usually: 'unbound' },
    parameter: 'SalesOrderId',
    target: INVOICE,
    property: 'order_invoices',
    from: [0, 1, 3],
  },
} satisfies SalesDocument<'ordernumber'>;
