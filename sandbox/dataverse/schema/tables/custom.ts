import { choice, date, guid, lookup, money, text } from '../columns';
import type { TableSchema } from '../types';
import { solutionTable } from './solution';

/** Tables that Microsoft ships with no solution of Dataverse itself: a merchant's own, and those that mirror Finance. */

/** A payment as a merchant's own table may have it; the names are an example, as every such table is configuration. */
const paymentTransaction = solutionTable({
  name: 'new_paymenttransaction',
  label: 'Payment Transaction',
  objectTypeCode: 10_301,
  columns: [
    text('new_reference', 100, { schemaName: 'new_Reference', label: 'Reference', indexed: true }),
    money('new_amount', { schemaName: 'new_Amount', label: 'Amount' }),
    date('new_paidon', { schemaName: 'new_PaidOn', label: 'Paid On' }),
    text('new_method', 100, { schemaName: 'new_Method', label: 'Method' }),
    choice(
      'new_kind',
      { 100000000: 'Payment', 100000001: 'Refund' },
      { schemaName: 'new_Kind', label: 'Kind' },
    ),
    lookup(
      'new_salesorderid',
      {
        table: 'salesorder',
        collection: 'new_salesorder_new_paymenttransaction',
        navigation: 'new_SalesOrderId',
      },
      { schemaName: 'new_SalesOrderId', label: 'Order' },
    ),
  ],
});

const field = (name: string, length: number, label: string) =>
  text(`mserp_${name}`, length, { schemaName: `mserp_${name}`, label });

/**
 * The main accounts of Finance as a virtual table. Source: Finance and Operations virtual entities: the prefix, names in
 * lower case, `mserp_primaryfield` with the values of the key, no tracking of changes. Which fields it has is inferred
 * from the data entity MainAccountEntity.
 */
const mainAccount: TableSchema = {
  ...solutionTable({
    name: 'mserp_mainaccountentity',
    label: 'Main account (mserp)',
    pluralLabel: 'Main account (mserp)',
    entitySet: 'mserp_mainaccountentities',
    objectTypeCode: 10_302,
    ownership: 'OrganizationOwned',
    primaryName: 'mserp_primaryfield',
    changeTracking: false,
    columns: [],
  }),
  columns: [
    guid('mserp_mainaccountentityid', {
      schemaName: 'mserp_mainaccountentityId',
      label: 'Main account',
      writable: 'create',
      required: 'system',
    }),
    field('primaryfield', 255, 'Primary Field'),
    { ...field('mainaccountid', 20, 'Main account'), indexed: true },
    field('name', 60, 'Name'),
    field('chartofaccounts', 60, 'Chart of accounts'),
    field('mainaccounttype', 60, 'Main account type'),
  ],
};

export const paymentTables: readonly TableSchema[] = [paymentTransaction];
export const financeTables: readonly TableSchema[] = [mainAccount];
