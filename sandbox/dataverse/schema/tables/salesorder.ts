import { choice, integer, lookup, states, table, text } from '../columns';
import { days, documentColumns } from './document';

/** Source: Dynamics 365 Sales reference, salesorder entity. */
export const salesorder = table({
  name: 'salesorder',
  schemaName: 'SalesOrder',
  label: 'Order',
  entitySet: 'salesorders',
  objectTypeCode: 1088,
  columns: [
    text('name', 300, { schemaName: 'Name', label: 'Name', required: 'system' }),
    text('ordernumber', 100, {
      schemaName: 'OrderNumber',
      label: 'Order ID',
      writable: 'create',
      indexed: true,
    }),
    ...documentColumns('salesorder', 'order'),
    lookup(
      'quoteid',
      { table: 'quote', collection: 'quote_orders' },
      { schemaName: 'QuoteId', label: 'Quote' },
    ),
    choice('freighttermscode', { 1: 'FOB', 2: 'No Charge' }),
    choice('prioritycode', { 1: 'Default Value' }),
    ...days('submitdate', 'datefulfilled', 'requestdeliveryby', 'lastbackofficesubmit'),
    integer('submitstatus', { label: 'Submitted Status' }),
    text('submitstatusdescription', 4000, { label: 'Submitted Status Description' }),
    ...states([
      { value: 0, label: 'Active', reasons: { 1: 'New', 2: 'Pending' } },
      { value: 1, label: 'Submitted', reasons: { 3: 'In Progress' } },
      { value: 2, label: 'Canceled', reasons: { 4: 'No Money' } },
      { value: 3, label: 'Fulfilled', reasons: { 100001: 'Complete', 100002: 'Partial' } },
      { value: 4, label: 'Invoiced', reasons: { 100003: 'Invoiced' } },
    ]),
  ],
});

/** What FulfillSalesOrder and CancelSalesOrder leave behind: an activity that closes the order. */
export const orderclose = table({
  name: 'orderclose',
  schemaName: 'OrderClose',
  label: 'Order Close',
  entitySet: 'ordercloses',
  objectTypeCode: 4209,
  primaryId: 'activityid',
  base: 'activitypointer',
  primaryName: 'subject',
  columns: [
    text('subject', 400, { schemaName: 'Subject', label: 'Subject' }),
    text('description', 2000, { schemaName: 'Description', label: 'Description' }),
    text('ordernumber', 100, { schemaName: 'OrderNumber', label: 'Order Number' }),
    lookup(
      'salesorderid',
      { table: 'salesorder', collection: 'SalesOrder_OrderClose', onDelete: 'cascade' },
      { schemaName: 'SalesOrderId', label: 'Order' },
    ),
    ...states([
      { value: 0, label: 'Open', reasons: { 1: 'Open' } },
      { value: 1, label: 'Completed', reasons: { 2: 'Completed' } },
      { value: 2, label: 'Canceled', reasons: { 3: 'Canceled' } },
    ]),
  ],
});
