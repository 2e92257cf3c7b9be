import type { DataverseTable } from '../../core/dynamics/dataverse/types';

/** What a resource of the node is about: a table chosen by the user, or a known one. */
export interface Subject {
  /** "row", "account": as it stands in the name of an action. */
  noun: string;
  plural: string;
  /** Left out: the user chooses. Known tables need no question to the environment. */
  table?: DataverseTable;
}

export const ROW: Subject = { noun: 'row', plural: 'rows' };

export const ACCOUNT: Subject = {
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

export const CONTACT: Subject = {
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

export const PRODUCT: Subject = {
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

export const SALES_ORDER: Subject = {
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

/** Value of the Resource field → its known table, for lists that the editor asks for. */
export const TABLE_OF_RESOURCE: Readonly<Record<string, DataverseTable | undefined>> = {
  account: ACCOUNT.table,
  contact: CONTACT.table,
  product: PRODUCT.table,
  salesOrder: SALES_ORDER.table,
};
