import type { Resource } from '../../shared/operation';
import { anyTableOperations } from '../../shared/table/operations';
import { ACCOUNT, CONTACT, PRODUCT, ROW } from '../subjects';
import { dataverseTables } from '../tables';
import { businessResources } from './business';
import { environmentOperations } from './environment';
import { invoiceOperations } from './invoice';
import { matchAccount, matchContact } from './match';
import { operations } from './operations';
import { quoteOperations } from './quote';
import { salesOrderOperations } from './salesOrder';

const startsWith = 'create';
/** Whoever runs a new node of the later ones before looking at it shall change nothing. */
const READING = 'getAll';

export const resources: Resource[] = [
  { name: 'Account', value: 'account', operations: operations(ACCOUNT, matchAccount), startsWith },
  { name: 'Contact', value: 'contact', operations: operations(CONTACT, matchContact), startsWith },
  { name: 'Invoice', value: 'invoice', operations: invoiceOperations, startsWith: READING },
  {
    name: 'Environment',
    value: 'environment',
    operations: environmentOperations,
    startsWith: 'check',
  },
  { name: 'Product', value: 'product', operations: operations(PRODUCT), startsWith },
  { name: 'Quote', value: 'quote', operations: quoteOperations, startsWith: READING },
  {
    name: 'Row (Any Table)',
    value: 'row',
    operations: operations(ROW, ...anyTableOperations(dataverseTables, ROW)),
    startsWith,
  },
  {
    name: 'Sales Order',
    short: 'Order',
    value: 'salesOrder',
    operations: salesOrderOperations,
    // What it started with before it had others.
    startsWith: 'cancel',
  },
  ...businessResources,
].sort((a, b) => a.name.localeCompare(b.name));
