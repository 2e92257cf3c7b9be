import { startCase } from 'lodash';

import { rowName, rowsFor } from '../documents';

/** What people call the fields of the common documents: in the list of target fields, and in messages. */

export const COMMON_ORDER = 'Common Order';

const ORDER_FIELDS: Readonly<Record<string, string>> = {
  'source.id': 'ID of the Order in the Shop',
  'source.platform': 'Platform of the Shop',
  'source.store': 'Name of the Shop',
  'totals.lines': 'Sub-Total',
  'totals.total': 'Total',
  'totals.shipping': 'Total of Shipping',
  'totals.handling': 'Total of Handling',
  'totals.fees': 'Total of Fees',
  'totals.tax': 'Total of Tax',
  'totals.includedTax': 'Total of Included Tax',
  'totals.shippingTax': 'Tax of Shipping',
  'totals.discount': 'Total of Discounts',
  'totals.tolerance': 'Tolerated Difference of Totals',
  name: 'Name of the Order',
  number: 'Number of the Order',
};

const KEYS: Readonly<Record<string, string>> = {
  id: 'ID',
  sku: 'SKU',
  included: 'Included in Prices',
  email: 'E-Mail',
  line1: 'Street',
  line2: 'Street, Line 2',
  line3: 'Street, Line 3',
  state: 'State or Province',
  productId: 'Product ID',
  variantId: 'Variant ID',
  orderId: 'Order ID',
  lineId: 'Line ID',
};

function wordOf(key: string): string {
  return Object.hasOwn(KEYS, key) ? (KEYS[key] ?? key) : startCase(key);
}

/** `lines[*]` is "Each Line"; `billingAddress` is "Billing Address". */
function placeOf(part: string): string {
  if (!part.endsWith('[*]')) return wordOf(part);
  return `Each ${wordOf(part.slice(0, -'s[*]'.length))}`;
}

/** "Country of Billing Address", "SKU of Each Line". */
export function fieldLabel(path: string): string {
  const [key = '', ...places] = path.split('.').reverse();
  return [placeOf(key), ...places.map(placeOf)].join(' of ');
}

/** The same of an order, whose totals and number have names of their own. */
export function orderLabel(path: string): string {
  return (Object.hasOwn(ORDER_FIELDS, path) ? ORDER_FIELDS[path] : undefined) ?? fieldLabel(path);
}

/** The row that fills a field of the common order, for the middle of a sentence. */
export function orderRows(paths: readonly string[]): string {
  const order = { displayName: COMMON_ORDER, label: orderLabel };
  return rowsFor(
    paths.map((path) => rowName(order, path)),
    'or',
  );
}
