import { lookup, states, table, text } from '../columns';
import type { ColumnSchema } from '../types';
import { days, documentColumns, lineColumns } from './document';

/** An address of an invoice names no contact (invoice and invoicedetail reference pages). */
const isOfInvoices = ({ name }: ColumnSchema): boolean => !name.endsWith('_contactname');

export const invoice = table({
  name: 'invoice',
  schemaName: 'Invoice',
  label: 'Invoice',
  entitySet: 'invoices',
  objectTypeCode: 1090,
  columns: [
    text('name', 300, { schemaName: 'Name', label: 'Name', required: 'system' }),
    text('invoicenumber', 100, {
      schemaName: 'InvoiceNumber',
      label: 'Invoice ID',
      writable: 'create',
      indexed: true,
    }),
    ...documentColumns('invoice', 'invoice').filter(isOfInvoices),
    lookup(
      'salesorderid',
      { table: 'salesorder', collection: 'order_invoices' },
      { schemaName: 'SalesOrderId', label: 'Order' },
    ),
    ...days('datedelivered', 'duedate', 'lastbackofficesubmit'),
    ...states([
      {
        value: 0,
        label: 'Active',
        reasons: { 1: 'New', 2: 'Partially Shipped', 4: 'Billed', 5: 'Booked', 6: 'Installed' },
      },
      { value: 1, label: 'Closed (deprecated)', reasons: { 3: 'Canceled', 7: 'Paid in Full' } },
      { value: 2, label: 'Paid', reasons: { 100001: 'Complete', 100002: 'Partial' } },
      { value: 3, label: 'Canceled', reasons: { 100003: 'Canceled' } },
    ]),
  ],
});

export const invoicedetail = table({
  name: 'invoicedetail',
  schemaName: 'InvoiceDetail',
  stateless: true,
  label: 'Invoice Product',
  entitySet: 'invoicedetails',
  objectTypeCode: 1091,
  primaryName: 'invoicedetailname',
  columns: [
    text('invoicedetailname', 100, { label: 'Name', writable: 'never' }),
    lookup(
      'invoiceid',
      { table: 'invoice', collection: 'invoice_details', onDelete: 'cascade' },
      { schemaName: 'InvoiceId', label: 'Invoice', required: 'system', writable: 'create' },
    ),
    ...lineColumns('invoice_detail').filter(isOfInvoices),
    ...days('actualdeliveryon'),
  ],
});
