/** The operations on what else a business keeps in Dynamics 365: prices, stock, purchases, payments, ledger. */
import { seedGuid } from '../../../sandbox/dataverse/catalogue';
import { stockRows } from './dynamics.rows.stock';
import { priceRows } from './dynamics.rows.prices';
import { purchaseRows } from './dynamics.rows.purchase';
import { CUSTOMER } from './dynamics.shop';
import { type Relates, type TableKind, tableRows } from './dynamics.table';
import type { OperationRow } from './row';

const product = (sku: string): string => seedGuid('product', sku);
const unit = seedGuid('unit', 'Each');
const warehouse = (name: string): string => seedGuid('warehouse', name);

/** Columns as the environment shows them: a lookup as `_…_value`. */
const withLookups =
  (...lookups: string[]): NonNullable<TableKind['kept']> =>
  (columns) =>
    Object.fromEntries(
      Object.entries(columns).map(([name, value]) => [
        lookups.includes(name) ? `_${name}_value` : name,
        value,
      ]),
    );

const toWarehouse = (navigation: string): Relates => ({
  navigation,
  column: `_${navigation}_value`,
  ids: [warehouse('Main Warehouse'), warehouse('Outlet')],
});

/** Tables that have nothing to associate. */
const ALONE = ['associate', 'disassociate'];

const stock = {
  msdyn_warehouse: warehouse('Outlet'),
  msdyn_unit: unit,
};

const purchase = { msdyn_vendor: CUSTOMER, msdyn_purchaseorderdate: '2026-05-04' };

const payment = {
  msdyn_account: CUSTOMER,
  msdyn_date: '2026-05-04',
  msdyn_paymenttype: 690_970_002,
};

const KINDS: TableKind[] = [
  {
    resource: 'priceList',
    noun: 'price list',
    table: 'pricelevel',
    set: 'pricelevels',
    primaryId: 'pricelevelid',
    make: [
      { name: 'Wholesale', transactioncurrencyid: seedGuid('currency', 'USD') },
      { name: 'Retail', transactioncurrencyid: seedGuid('currency', 'EUR') },
    ],
    change: [{ description: 'For shops' }, { name: 'Retail 2027' }],
    kept: withLookups('transactioncurrencyid'),
    except: ALONE,
  },
  {
    resource: 'priceListItem',
    noun: 'price list item',
    table: 'productpricelevel',
    set: 'productpricelevels',
    primaryId: 'productpricelevelid',
    make: [
      {
        pricelevelid: seedGuid('price list', 'USD'),
        productid: product('HMR-16'),
        uomid: seedGuid('unit', 'Pack'),
        amount: 12.5,
      },
      {
        pricelevelid: seedGuid('price list', 'EUR'),
        productid: product('HMR-16'),
        uomid: seedGuid('unit', 'Pack'),
        amount: 11,
      },
    ],
    change: [{ amount: 13.25 }, { pricingmethodcode: 2, percentage: 90 }],
    kept: withLookups('pricelevelid', 'productid', 'uomid'),
    except: ALONE,
  },
  {
    resource: 'inventory',
    noun: 'inventory record',
    table: 'msdyn_productinventory',
    set: 'msdyn_productinventories',
    primaryId: 'msdyn_productinventoryid',
    make: [
      { msdyn_product: product('HMR-16'), msdyn_qtyonhand: 7, ...stock },
      { msdyn_product: product('TS-1'), msdyn_qtyonhand: 2.5, msdyn_bin: 'B-4', ...stock },
    ],
    change: [{ msdyn_qtyonhand: 6 }, { msdyn_reorderpoint: 5 }],
    kept: withLookups('msdyn_product', 'msdyn_warehouse', 'msdyn_unit'),
    relates: toWarehouse('msdyn_warehouse'),
    except: ['getAll'],
  },
  {
    resource: 'purchaseOrder',
    noun: 'purchase order',
    table: 'msdyn_purchaseorder',
    set: 'msdyn_purchaseorders',
    primaryId: 'msdyn_purchaseorderid',
    make: [
      { msdyn_name: 'PO-1', ...purchase },
      { msdyn_name: 'PO-2', msdyn_city: 'Utrecht', ...purchase },
    ],
    change: [{ msdyn_dateexpected: '2026-05-11' }, { msdyn_systemstatus: 690_970_001 }],
    kept: withLookups('msdyn_vendor'),
    relates: toWarehouse('msdyn_receivetowarehouse'),
  },
  {
    resource: 'vendor',
    noun: 'vendor',
    table: 'account',
    set: 'accounts',
    primaryId: 'accountid',
    make: [{ name: 'Tailspin' }, { name: 'Wingtip', accountnumber: 'V-2' }],
    change: [{ telephone1: '1' }, { name: 'Wingtip Toys' }],
  },
  {
    resource: 'paymentTransaction',
    noun: 'payment transaction',
    table: 'msdyn_payment',
    set: 'msdyn_payments',
    primaryId: 'msdyn_paymentid',
    make: [
      { msdyn_name: 'ch_1', msdyn_amount: 20, ...payment },
      { msdyn_name: 'ch_2', msdyn_amount: 35.5, ...payment },
    ],
    change: [{ msdyn_amount: 21 }, { msdyn_checknumber: '44' }],
    kept: withLookups('msdyn_account'),
    relates: {
      navigation: 'msdyn_account',
      column: '_msdyn_account_value',
      ids: [CUSTOMER, CUSTOMER],
    },
  },
  {
    resource: 'ledgerAccount',
    noun: 'general ledger account',
    table: 'mserp_mainaccountentity',
    set: 'mserp_mainaccountentities',
    primaryId: 'mserp_mainaccountentityid',
    make: [
      { mserp_mainaccountid: '600100', mserp_name: 'Freight' },
      { mserp_mainaccountid: '600200', mserp_name: 'Packing' },
    ],
    change: [{ mserp_name: 'Freight out' }, { mserp_mainaccounttype: 'Expense' }],
    except: ALONE,
  },
];

export const businessRows: OperationRow[] = [
  ...KINDS.flatMap(tableRows),
  ...stockRows,
  ...priceRows,
  ...purchaseRows,
];
