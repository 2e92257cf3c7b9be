import type { DataverseTable } from '../../core/dynamics/dataverse/types';
import type { Subject } from '../shared/table/service';

export const ROW: Subject<DataverseTable> = { noun: 'row', plural: 'rows' };

export const ACCOUNT: Subject<DataverseTable> = {
  noun: 'account',
  plural: 'accounts',
  table: {
    logicalName: 'account',
    entitySetName: 'accounts',
    displayName: 'Account',
    primaryId: 'accountid',
    primaryName: 'name',
  },
};

export const CONTACT: Subject<DataverseTable> = {
  noun: 'contact',
  plural: 'contacts',
  table: {
    logicalName: 'contact',
    entitySetName: 'contacts',
    displayName: 'Contact',
    primaryId: 'contactid',
    primaryName: 'fullname',
  },
};

export const PRODUCT: Subject<DataverseTable> = {
  noun: 'product',
  plural: 'products',
  table: {
    logicalName: 'product',
    entitySetName: 'products',
    displayName: 'Product',
    primaryId: 'productid',
    primaryName: 'name',
  },
};

export const SALES_ORDER: Subject<DataverseTable> = {
  noun: 'sales order',
  plural: 'sales orders',
  table: {
    logicalName: 'salesorder',
    entitySetName: 'salesorders',
    displayName: 'Sales Order',
    primaryId: 'salesorderid',
    primaryName: 'name',
  },
};

export const INVOICE: Subject<DataverseTable> = {
  noun: 'invoice',
  plural: 'invoices',
  table: {
    logicalName: 'invoice',
    entitySetName: 'invoices',
    displayName: 'Invoice',
    primaryId: 'invoiceid',
    primaryName: 'name',
  },
};

export const QUOTE: Subject<DataverseTable> = {
  noun: 'quote',
  plural: 'quotes',
  table: {
    logicalName: 'quote',
    entitySetName: 'quotes',
    displayName: 'Quote',
    primaryId: 'quoteid',
    primaryName: 'name',
  },
};

/** Value of the Resource field → its known table, for lists that the editor asks for. */
export const TABLE_OF_RESOURCE: Readonly<Record<string, DataverseTable | undefined>> = {
  account: ACCOUNT.table,
  contact: CONTACT.table,
  invoice: INVOICE.table,
  product: PRODUCT.table,
  quote: QUOTE.table,
  salesOrder: SALES_ORDER.table,
};
