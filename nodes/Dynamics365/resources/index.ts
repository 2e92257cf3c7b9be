import type { Operation, Resource } from '../../shared/operation';
import type { Subject } from '../../shared/table/service';
import { tableOperations } from '../../shared/table/operations';
import { ACCOUNT, CONTACT, PRODUCT, ROW } from '../subjects';
import { dataverseTables } from '../tables';
import { matchAccount, matchContact } from './match';
import { salesOrderOperations } from './salesOrder';

/** What every table can do, and what only this one can, in alphabetical order. */
const operations = (subject: Subject, ...more: Operation[]): Operation[] =>
  [...tableOperations(dataverseTables, subject), ...more].sort((a, b) =>
    a.name.localeCompare(b.name),
  );

const startsWith = 'create';

export const resources: Resource[] = [
  { name: 'Account', value: 'account', operations: operations(ACCOUNT, matchAccount), startsWith },
  { name: 'Contact', value: 'contact', operations: operations(CONTACT, matchContact), startsWith },
  { name: 'Product', value: 'product', operations: operations(PRODUCT), startsWith },
  { name: 'Row (Any Table)', value: 'row', operations: operations(ROW), startsWith },
  {
    name: 'Sales Order',
    value: 'salesOrder',
    operations: salesOrderOperations,
    // What it started with before it had others.
    startsWith: 'cancel',
  },
];
