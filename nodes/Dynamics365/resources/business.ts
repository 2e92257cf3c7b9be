import type { Resource } from '../../shared/operation';
import {
  INVENTORY,
  LEDGER_ACCOUNT,
  PAYMENT_TRANSACTION,
  PRICE_LIST,
  PRICE_LIST_ITEM,
  PURCHASE_ORDER,
  VENDOR,
} from '../businessSubjects';
import { adjustInventory } from './inventory/adjust';
import { getStockLevels } from './inventory/getAll';
import { getStock } from './inventory/getStock';
import { savePurchaseOrder } from './purchaseOrder/save';
import { setPrice } from './prices/setPrice';
import { operations, operationsAlone, warned } from './operations';

/** Whoever runs a new node of these before looking at it shall change nothing. */
const startsWith = 'getAll';

/** Field Service docs: stock follows from receipts, transfers, adjustments and work orders. */
const KEPT_BY_SERVICE =
  'Field Service and dual-write keep quantities themselves: what is written here leaves no trace in their journal. To move stock of Field Service choose Adjust.';

/** What else a business keeps: prices, stock, purchases, payments, accounts of the ledger. */
export const businessResources: Resource[] = [
  {
    name: 'General Ledger Account',
    short: 'Ledger',
    value: 'ledgerAccount',
    operations: operationsAlone(LEDGER_ACCOUNT),
    startsWith,
  },
  {
    name: 'Inventory On Hand',
    short: 'Stock',
    value: 'inventory',
    operations: warned(
      KEPT_BY_SERVICE,
      operations(INVENTORY, adjustInventory, getStock, getStockLevels),
    ),
    startsWith,
  },
  {
    name: 'Payment Transaction',
    short: 'Payment',
    value: 'paymentTransaction',
    operations: operations(PAYMENT_TRANSACTION),
    startsWith,
  },
  { name: 'Price List', value: 'priceList', operations: operationsAlone(PRICE_LIST), startsWith },
  {
    name: 'Price List Item',
    short: 'Price',
    value: 'priceListItem',
    operations: operationsAlone(PRICE_LIST_ITEM, setPrice),
    startsWith,
  },
  {
    name: 'Purchase Order',
    short: 'Purchase',
    value: 'purchaseOrder',
    operations: operations(PURCHASE_ORDER, savePurchaseOrder),
    startsWith,
  },
  { name: 'Vendor', value: 'vendor', operations: operations(VENDOR), startsWith },
];
