/** The records of Clarity that a node is told to work on. */
import type { ResourceName } from '../../core/stores/clarity/profile/schema';
import type {
  Customer,
  Inventory,
  Order,
  Product,
  WireRecord,
} from '../../core/stores/clarity/wire';
import { textIds } from '../shared/records/ids';
import { locator } from '../shared/records/locator';
import { clarity, type Store } from './connection';

export const orderLocator = locator<Store, Order>(clarity, {
  displayName: 'Order',
  name: 'order',
  ids: textIds,
  idOf: ({ orderId }) => orderId,
  list: {
    method: 'searchOrders',
    searchedBy: 'node',
    pages: ({ client }, page) => client.orders.pages({}, page),
    entry: ({ orderId, orderNumber, email, totalAmount, currency }) => [
      orderNumber ?? orderId,
      email,
      `${totalAmount ?? ''} ${currency ?? ''}`.trim(),
    ],
  },
});

export const productLocator = locator<Store, Product>(clarity, {
  displayName: 'Product',
  name: 'product',
  ids: textIds,
  idOf: ({ productId }) => productId,
  list: {
    method: 'searchProducts',
    searchedBy: 'node',
    pages: ({ client }, page) => client.products.pages({}, page),
    entry: ({ sku, name }) => [sku, name],
  },
});

export const customerLocator = locator<Store, Customer>(clarity, {
  displayName: 'Customer',
  name: 'customer',
  ids: textIds,
  idOf: ({ customerId }) => customerId,
  list: {
    method: 'searchCustomers',
    searchedBy: 'node',
    pages: ({ client }, page) => client.customers.pages({}, page),
    entry: ({ email, firstName, lastName, name, company }) => [
      email,
      [firstName, lastName].filter(Boolean).join(' ') || name,
      company,
    ],
  },
});

export const stockLevelLocator = locator<Store, Inventory>(clarity, {
  displayName: 'Stock Level',
  name: 'stockLevel',
  ids: textIds,
  idOf: ({ inventoryId }) => inventoryId ?? '',
  list: {
    method: 'searchStockLevels',
    searchedBy: 'node',
    pages: ({ client }, page) => client.inventory.pages({}, page),
    entry: ({ sku, warehouse, quantity }) => [
      sku,
      warehouse,
      typeof quantity === 'number' ? String(quantity) : undefined,
    ],
  },
});

/** Of a kind of record of which only the profile knows more. */
function plainLocator(displayName: string, name: string, method: string, resource: ResourceName) {
  const own = `${name}Id`;
  return locator<Store, WireRecord>(clarity, {
    displayName,
    name,
    ids: textIds,
    idOf: (record) => String(record[own] ?? ''),
    list: {
      method,
      searchedBy: 'node',
      pages: ({ client }, page) => client.resource(resource).pages({}, page),
      entry: (record) => [textAt(record, 'code') ?? textAt(record, own), textAt(record, 'orderId')],
    },
  });
}

function textAt(record: WireRecord, name: string): string | undefined {
  const value = record[name];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

export const paymentLocator = plainLocator('Payment', 'payment', 'searchPayments', 'payments');
export const shipmentLocator = plainLocator('Shipment', 'shipment', 'searchShipments', 'shipments');
export const returnLocator = plainLocator('Return', 'return', 'searchReturns', 'returns');
export const couponLocator = plainLocator('Coupon', 'coupon', 'searchCoupons', 'coupons');
export const addressLocator = plainLocator('Address', 'address', 'searchAddresses', 'addresses');
export const invoiceLocator = plainLocator('Invoice', 'invoice', 'searchInvoices', 'invoices');
