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
import { getStockLevels } from './inventory/getAll';
import { getStock } from './inventory/getStock';
import { setPrice } from './prices/setPrice';
import { operations, operationsAlone } from './operations';

/** Whoever runs a new node of these before looking at it shall change nothing. */
const startsWith = 'getAll';

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
    operations: operations(INVENTORY, getStock, getStockLevels),
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
    operations: operations(PURCHASE_ORDER),
    startsWith,
  },
  { name: 'Vendor', value: 'vendor', operations: operations(VENDOR), startsWith },
];
