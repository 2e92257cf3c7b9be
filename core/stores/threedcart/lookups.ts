/** How records are found that may have been made: nothing in 3dcart tells a second POST from the first. */
import { hasContent } from '../kit/sameContent';
import type { Query } from '../kit/rest';
import type { StoreZone } from '../kit/zone';
import type { Category, Customer, CustomerGroup, Order, Product } from './wire';

export interface Lookup<T> {
  /** What messages call one. */
  one: string;
  /**
   * The list in which it would be; undefined where nothing narrows it.
   *
   * @param document what was sent, read as the records of the list are
   * @param sentAt milliseconds since the epoch
   */
  query(document: T, sentAt: number): Query | undefined;
  /** Whether a record of that list is it. */
  isIt(found: T, document: T): boolean;
}

const DAY_MS = 86_400_000;

const text = (value: string | null | undefined): string => value?.trim() ?? '';

const isAlike = (one: string | null | undefined, other: string | null | undefined): boolean =>
  text(one).toLowerCase() === text(other).toLowerCase();

/** What the store writes by itself, whatever was sent. */
const BY_STORE: Readonly<
  Record<'category' | 'customer' | 'group' | 'order' | 'product', ReadonlySet<string>>
> = {
  category: new Set(['CategoryID', 'LastUpdate']),
  customer: new Set(['CustomerID', 'LastUpdate']),
  group: new Set(['CustomerGroupID']),
  product: new Set(['LastUpdate', 'DateCreated', 'AdvancedOptionCode']),
  order: new Set([
    'OrderID',
    'InvoiceNumber',
    'LastUpdate',
    'OrderAmount',
    // What has become of the order meanwhile.
    'OrderStatusID',
    'ShipmentOrderStatus',
    'ShipmentID',
    'ShipmentNumber',
    'ShipmentLastUpdate',
    'ItemShipmentID',
    'ItemIndexID',
    'ItemDateAdded',
    'TransactionIndexID',
    // Compared by itself, because not every store keeps it.
    'AlternateOrderID',
  ]),
};

export const CUSTOMER_LOOKUP: Lookup<Customer> = {
  one: 'customer',
  query: ({ Email: email }) => (text(email) ? { email: text(email) } : undefined),
  isIt: (found, document) =>
    isAlike(found.Email, document.Email) && hasContent(found, document, BY_STORE.customer),
};

export const PRODUCT_LOOKUP: Lookup<Product> = {
  one: 'product',
  query: ({ SKUInfo: { SKU: sku } }) => (text(sku) ? { sku: text(sku) } : undefined),
  isIt: (found, document) =>
    isAlike(found.SKUInfo.SKU, document.SKUInfo.SKU) &&
    hasContent(found, document, BY_STORE.product),
};

export const CATEGORY_LOOKUP: Lookup<Category> = {
  one: 'category',
  // The list has no filters.
  query: () => ({}),
  isIt: (found, document) =>
    isAlike(found.CategoryName, document.CategoryName) &&
    (found.CategoryParent ?? 0) === (document.CategoryParent ?? 0) &&
    hasContent(found, document, BY_STORE.category),
};

/** What a group holds is nowhere documented, so that its name is a field like any other. */
const nameOf = ({ Name: name }: CustomerGroup): string =>
  text(typeof name === 'string' ? name : '');

export const GROUP_LOOKUP: Lookup<CustomerGroup> = {
  one: 'customer group',
  // The list has no filters.
  query: (document) => (nameOf(document) ? {} : undefined),
  isIt: (found, document) =>
    isAlike(nameOf(found), nameOf(document)) && hasContent(found, document, BY_STORE.group),
};

const momentOf = ({ OrderDate: date }: Order): number => Date.parse(date ?? '');

/**
 * An order is told from others by its number in another system; without one by what it says, where that names when it was
 * placed. Without that too it is told from none: a customer may well order the same again within minutes.
 */
function isSameOrder(found: Order, document: Order): boolean {
  const [there, wanted] = [text(found.AlternateOrderID), text(document.AlternateOrderID)];
  if (there !== '' && wanted !== '') return there === wanted;
  return text(document.OrderDate) !== '' && hasContent(found, document, BY_STORE.order);
}

/** @param filterTime a moment as `datestart` takes it */
export const orderLookup = (
  zone: StoreZone,
  filterTime: (zone: StoreZone, moment: Date) => string | undefined,
): Lookup<Order> => ({
  one: 'order',
  query: (document, sentAt) => {
    const email = text(document.BillingEmail);
    // With neither, none of the list could be it.
    if (text(document.AlternateOrderID) === '' && text(document.OrderDate) === '') return undefined;
    const placed = momentOf(document);
    const first = Math.min(sentAt, Number.isNaN(placed) ? sentAt : placed) - DAY_MS;
    return email
      ? { billingemail: email, datestart: filterTime(zone, new Date(first)) }
      : undefined;
  },
  isIt: isSameOrder,
});
