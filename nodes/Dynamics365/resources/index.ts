import type { Operation, Resource } from '../../shared/operation';
import type { Subject } from '../../shared/table/service';
import { tableOperations } from '../../shared/table/operations';
import { ACCOUNT, CONTACT, PRODUCT, ROW } from '../subjects';
import { dataverseTables } from '../tables';
import { salesOrderOperations } from './salesOrder';

const operations = (subject: Subject): Operation[] => tableOperations(dataverseTables, subject);

export const resources: Resource[] = [
  { name: 'Account', value: 'account', operations: operations(ACCOUNT) },
  { name: 'Contact', value: 'contact', operations: operations(CONTACT) },
  { name: 'Product', value: 'product', operations: operations(PRODUCT) },
  { name: 'Row (Any Table)', value: 'row', operations: operations(ROW) },
  { name: 'Sales Order', value: 'salesOrder', operations: salesOrderOperations },
];
