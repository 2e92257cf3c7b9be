import type { ResourceName } from './schema';

/** What events call a kind of record, and where the profile has it. */
export const RESOURCE_OF: Readonly<Record<string, ResourceName>> = {
  order: 'orders',
  product: 'products',
  customer: 'customers',
  inventory: 'inventory',
  payment: 'payments',
  shipment: 'shipments',
  return: 'returns',
  coupon: 'coupons',
  address: 'addresses',
  invoice: 'invoices',
};
