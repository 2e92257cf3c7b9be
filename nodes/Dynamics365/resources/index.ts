import type { Resource } from '../../shared/operation';
import { tableOperations } from './records';
import { salesOrderOperations } from './salesOrder';
import { ACCOUNT, CONTACT, PRODUCT, ROW } from '../subjects';

export const resources: Resource[] = [
  { name: 'Account', value: 'account', operations: tableOperations(ACCOUNT) },
  { name: 'Contact', value: 'contact', operations: tableOperations(CONTACT) },
  { name: 'Product', value: 'product', operations: tableOperations(PRODUCT) },
  { name: 'Row (Any Table)', value: 'row', operations: tableOperations(ROW) },
  { name: 'Sales Order', value: 'salesOrder', operations: salesOrderOperations },
];
