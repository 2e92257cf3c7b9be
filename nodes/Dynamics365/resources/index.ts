import type { Resource } from '../../shared/operation';
import { anyTableOperations } from '../../shared/table/operations';
import { ACCOUNT, CONTACT, PRODUCT, ROW } from '../subjects';
import { dataverseTables } from '../tables';
import { businessResources } from './business';
import { matchAccount, matchContact } from './match';
import { operations } from './operations';
import { salesOrderOperations } from './salesOrder';

const startsWith = 'create';

export const resources: Resource[] = [
  { name: 'Account', value: 'account', operations: operations(ACCOUNT, matchAccount), startsWith },
  { name: 'Contact', value: 'contact', operations: operations(CONTACT, matchContact), startsWith },
  { name: 'Product', value: 'product', operations: operations(PRODUCT), startsWith },
  {
    name: 'Row (Any Table)',
    value: 'row',
    operations: operations(ROW, ...anyTableOperations(dataverseTables, ROW)),
    startsWith,
  },
  {
    name: 'Sales Order',
    value: 'salesOrder',
    operations: salesOrderOperations,
    // What it started with before it had others.
    startsWith: 'cancel',
  },
  ...businessResources,
].sort((a, b) => a.name.localeCompare(b.name));
