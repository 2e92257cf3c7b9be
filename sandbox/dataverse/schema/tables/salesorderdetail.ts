import { choice, decimal, lookup, table, text } from '../columns';
import { days, lineColumns } from './document';

const ORDER_STATES = { 0: 'Active', 1: 'Submitted', 2: 'Canceled', 3: 'Fulfilled', 4: 'Invoiced' };

/** Source: Dynamics 365 Sales reference, salesorderdetail entity. */
export const salesorderdetail = table({
  name: 'salesorderdetail',
  schemaName: 'SalesOrderDetail',
  stateless: true,
  label: 'Order Product',
  entitySet: 'salesorderdetails',
  objectTypeCode: 1089,
  primaryName: 'salesorderdetailname',
  columns: [
    text('salesorderdetailname', 100, { label: 'Name', writable: 'never' }),
    lookup(
      'salesorderid',
      { table: 'salesorder', collection: 'order_details', onDelete: 'cascade' },
      { schemaName: 'SalesOrderId', label: 'Order', required: 'system', writable: 'create' },
    ),
    ...lineColumns('order_detail'),
    decimal('quantityshipped', 5, { label: 'Quantity Shipped' }),
    decimal('quantitybackordered', 5, { label: 'Quantity Back Ordered' }),
    decimal('quantitycancelled', 5, { label: 'Quantity Canceled' }),
    ...days('requestdeliveryby'),
    choice('salesorderstatecode', ORDER_STATES, { label: 'Order Status', writable: 'never' }),
  ],
});
