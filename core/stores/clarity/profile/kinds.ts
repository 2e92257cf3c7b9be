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

/** Where a profile has a kind of record. */
export const resourceOf = (kind: string): ResourceName => RESOURCE_OF[kind] ?? 'orders';

/** The kinds that triggers follow. Of each they know that one was made or changed, and nothing else. */
export const FOLLOWED = [
  'order',
  'product',
  'customer',
  'inventory',
  'payment',
  'shipment',
  'return',
] as const;

/**
 * What the pack calls the id of records of which only the profile knows more: a profile that names it not under `fields` has
 * it where its `id` is.
 */
export const OWN_ID: Readonly<Partial<Record<ResourceName, string>>> = {
  inventory: 'inventoryId',
  payments: 'paymentId',
  shipments: 'shipmentId',
  returns: 'returnId',
  coupons: 'couponId',
  addresses: 'addressId',
  invoices: 'invoiceId',
};
