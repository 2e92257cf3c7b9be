/** The records of 3dcart that a node is told to work on. */
import type {
  AdvancedOption,
  Category,
  Customer,
  CustomerGroup,
  Order,
  Product,
  Rma,
  Webhook,
} from '../../core/stores/threedcart/wire';
import { orderNumber } from '../../core/stores/threedcart/orders';
import { byEmail } from '../shared/records/byEmail';
import { countedIds, textIds } from '../shared/records/ids';
import { locator } from '../shared/records/locator';
import { type Store, threeDCart } from './connection';

/** 3dcart lists the oldest orders first: without an end the list would show those of the first day. */
const LATEST_DAYS = 30;

const latest = (): Date => new Date(Date.now() - LATEST_DAYS * 86_400_000);

export const orderLocator = locator<Store, Order>(threeDCart, {
  displayName: 'Order',
  name: 'order',
  ids: countedIds,
  idOf: ({ OrderID }) => OrderID,
  list: {
    method: 'searchOrders',
    searchedBy: 'store',
    pages: ({ client }, page, { text }) =>
      client.orders.pages(
        text
          ? { email: text, includeNotCompleted: true }
          : { placedAfter: latest(), includeNotCompleted: true },
        page,
      ),
    entry: (order) => [orderNumber(order), order.BillingEmail, String(order.OrderAmount ?? '')],
  },
  modes: [
    {
      displayName: 'By Number',
      mode: 'number',
      example: 'e.g. AB-1042',
      find: async ({ client }, number) => await client.orders.byNumber(number),
      findsWhole: true,
      searchedFor: /^[^@\d]*\d+$/,
    },
  ],
});

export const customerLocator = locator<Store, Customer>(threeDCart, {
  displayName: 'Customer',
  name: 'customer',
  ids: countedIds,
  idOf: ({ CustomerID }) => CustomerID,
  list: {
    method: 'searchCustomers',
    searchedBy: 'store',
    pages: ({ client }, page, { text }) => client.customers.pages({ email: text }, page),
    entry: ({ Email, BillingFirstName, BillingLastName }) => [
      Email,
      [BillingFirstName, BillingLastName].filter(Boolean).join(' '),
    ],
  },
  modes: [
    byEmail({
      pages: ({ client }, email) => client.customers.pages({ email }),
      emailOf: ({ Email }) => Email?.trim(),
      findsWhole: true,
      otherwise: '. A guest is no customer: the address of one is in the orders alone.',
    }),
  ],
});

export const customerGroupLocator = locator<Store, CustomerGroup>(threeDCart, {
  displayName: 'Customer Group',
  name: 'customerGroup',
  ids: countedIds,
  idOf: ({ CustomerGroupID }) => CustomerGroupID ?? '',
  list: {
    method: 'searchCustomerGroups',
    searchedBy: 'node',
    pages: ({ client }, page) => client.customerGroups.pages(undefined, page),
    entry: ({ Name }) => [typeof Name === 'string' ? Name : undefined],
  },
});

export const productLocator = locator<Store, Product>(threeDCart, {
  displayName: 'Product',
  name: 'product',
  ids: countedIds,
  idOf: ({ SKUInfo }) => SKUInfo.CatalogID,
  list: {
    method: 'searchProducts',
    searchedBy: 'node',
    pages: ({ client }, page) => client.products.pages({}, page),
    entry: ({ SKUInfo }) => [SKUInfo.SKU, SKUInfo.Name],
  },
  modes: [
    {
      displayName: 'By SKU',
      mode: 'sku',
      example: 'e.g. TS-100',
      find: async ({ client }, sku) => (await client.products.bySku(sku))[0],
      findsWhole: true,
      notFound: {
        message: 'No product has this SKU',
        fix: 'Check the SKU in the field Product. That of a variant names no product.',
      },
    },
  ],
});

export const variantLocator = locator<Store, AdvancedOption>(threeDCart, {
  displayName: 'Variant',
  name: 'variant',
  ids: textIds,
  idOf: ({ AdvancedOptionCode }) => AdvancedOptionCode,
  list: {
    method: 'searchVariants',
    searchedBy: 'node',
    parent: productLocator,
    pages: ({ client }, page, { parentId }) => client.advancedOptions(parentId).pages(page),
    entry: ({ AdvancedOptionSufix, AdvancedOptionName }) => [
      AdvancedOptionSufix,
      AdvancedOptionName,
    ],
  },
});

export const categoryLocator = locator<Store, Category>(threeDCart, {
  displayName: 'Category',
  name: 'category',
  ids: countedIds,
  idOf: ({ CategoryID }) => CategoryID,
  list: {
    method: 'searchCategories',
    searchedBy: 'node',
    pages: ({ client }, page) => client.categories.pages(undefined, page),
    entry: ({ CategoryName }) => [CategoryName],
  },
});

export const rmaLocator = locator<Store, Rma>(threeDCart, {
  displayName: 'RMA',
  name: 'rma',
  ids: countedIds,
  idOf: ({ RMAID }) => RMAID,
  list: {
    method: 'searchRmas',
    searchedBy: 'node',
    pages: ({ client }, page) => client.rma.pages({}, page),
    entry: ({ RMAID, OrderID, RmaDate }) => [
      `RMA ${RMAID}`,
      `order ${OrderID ?? ''}`,
      RmaDate?.slice(0, 10),
    ],
  },
});

export const webhookLocator = locator<Store, Webhook>(threeDCart, {
  displayName: 'Webhook',
  name: 'webhook',
  ids: countedIds,
  idOf: ({ Id }) => Id,
  list: {
    method: 'searchWebhooks',
    searchedBy: 'node',
    pages: ({ client }, { page = 1 }) => onlyPage(page === 1 ? client.webhooks.list() : []),
    // The secret of a trigger stands in the query, and n8n saves in the workflow what is shown here.
    entry: ({ Name, Url }) => [Name, Url?.split('?', 1)[0]],
  },
});

/** A list that the store gives as a whole. */
async function* onlyPage<T>(rows: T[] | Promise<T[]>): AsyncGenerator<T[]> {
  yield await rows;
}
