import type { DataverseTable } from '../../core/dynamics/dataverse/types';
import type { Subject } from '../shared/table/service';

/**
 * What else a business keeps in Dynamics 365. Some of it stands in other tables from one environment to the next: by the
 * solutions that are installed, or in a table of the business's own.
 */

type DataverseSubject = Subject<DataverseTable>;

export const PRICE_LIST: DataverseSubject = {
  noun: 'price list',
  plural: 'price lists',
  table: {
    logicalName: 'pricelevel',
    entitySetName: 'pricelevels',
    displayName: 'Price List',
    primaryId: 'pricelevelid',
    primaryName: 'name',
  },
};

export const PRICE_LIST_ITEM: DataverseSubject = {
  noun: 'price list item',
  plural: 'price list items',
  table: {
    logicalName: 'productpricelevel',
    entitySetName: 'productpricelevels',
    displayName: 'Price List Item',
    primaryId: 'productpricelevelid',
    primaryName: 'productnumber',
  },
};

export const INVENTORY: DataverseSubject = {
  noun: 'inventory record',
  plural: 'inventory records',
  candidates: [
    { logicalName: 'msdyn_inventoryonhand', from: 'a custom table' },
    { logicalName: 'msdyn_productinventory', from: 'Field Service' },
    { logicalName: 'msdyn_inventoryonhandentry', from: 'dual-write' },
  ],
  whenNone: 'Install Field Service in the environment, which keeps stock by warehouse.',
};

/** How stock of Field Service is changed; no resource of its own. */
export const ADJUSTMENT: DataverseSubject = {
  noun: 'inventory adjustment',
  plural: 'inventory adjustments',
  candidates: [{ logicalName: 'msdyn_inventoryadjustment', from: 'Field Service' }],
  whenNone:
    'Stock of Supply Chain Management is adjusted there. Install Field Service where stock is kept in Dynamics 365 itself.',
};

export const PURCHASE_ORDER: DataverseSubject = {
  noun: 'purchase order',
  plural: 'purchase orders',
  candidates: [{ logicalName: 'msdyn_purchaseorder', from: 'Field Service' }],
  whenNone: 'Install Field Service in the environment, which has purchase orders.',
};

/** Vendors of Field Service are accounts (`msdyn_vendor` of its purchase orders points to one). */
export const VENDOR: DataverseSubject = {
  noun: 'vendor',
  plural: 'vendors',
  candidates: [
    { logicalName: 'msdyn_vendor', from: 'dual-write' },
    { logicalName: 'account', from: 'Field Service' },
  ],
};

export const PAYMENT_TRANSACTION: DataverseSubject = {
  noun: 'payment transaction',
  plural: 'payment transactions',
  candidates: [
    { logicalName: 'new_paymenttransaction', from: 'a custom table' },
    { logicalName: 'msdyn_payment', from: 'Field Service' },
  ],
  whenNone:
    'Dynamics 365 Sales keeps no payments: choose in Table the one that Environment: Prepare has made, which has the prefix of your solution (such as cts_paymenttransaction), let Prepare make it, or install Field Service.',
};

export const LEDGER_ACCOUNT: DataverseSubject = {
  noun: 'general ledger account',
  plural: 'general ledger accounts',
  candidates: [{ logicalName: 'mserp_mainaccountentity', from: 'virtual table of Finance' }],
  whenNone:
    'Make the entity MainAccountEntity of Finance visible as a virtual table (Available Finance and Operations Entities in Power Apps).',
};

/** Value of the Resource field → subject, for lists that the editor asks for. */
export const BUSINESS_SUBJECTS: Readonly<Record<string, DataverseSubject | undefined>> = {
  inventory: INVENTORY,
  ledgerAccount: LEDGER_ACCOUNT,
  paymentTransaction: PAYMENT_TRANSACTION,
  priceList: PRICE_LIST,
  priceListItem: PRICE_LIST_ITEM,
  purchaseOrder: PURCHASE_ORDER,
  vendor: VENDOR,
};
