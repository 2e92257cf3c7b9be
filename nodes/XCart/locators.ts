/** The records of X-Cart that a node is told to work on. */
import type {
  Address,
  Category,
  Order,
  Product,
  Profile,
  Variant,
} from '../../core/stores/xcart/wire';
import { byEmail } from '../shared/records/byEmail';
import { countedIds } from '../shared/records/ids';
import { locator } from '../shared/records/locator';
import { type Store, xCart } from './connection';

const counted = {
  ids: countedIds,
  idOf: ({ id }: { id?: number | null }) => id ?? '',
};

export const orderLocator = locator<Store, Order>(xCart, {
  displayName: 'Order',
  name: 'order',
  ...counted,
  list: {
    method: 'searchOrders',
    searchedBy: 'store',
    pages: ({ client }, page, { text }) =>
      client.orders.pages({ email: text, sort: { by: 'date', direction: 'desc' } }, page),
    entry: ({ id, order_number, email, total, currency }) => [
      order_number ?? `ID ${id}`,
      email,
      `${total ?? ''} ${currency ?? ''}`.trim(),
    ],
  },
  modes: [
    {
      displayName: 'By Number',
      mode: 'number',
      example: 'e.g. 1001',
      find: async ({ client }, number) => await client.orders.byNumber(number),
      findsWhole: true,
      searchedFor: /^[^@\d]*\d[^@]*$/,
    },
  ],
});

export const productLocator = locator<Store, Product>(xCart, {
  displayName: 'Product',
  name: 'product',
  ...counted,
  list: {
    method: 'searchProducts',
    searchedBy: 'node',
    pages: ({ client }, page) =>
      client.products.pages({ sort: { by: 'name', direction: 'asc' } }, page),
    entry: ({ sku, name }) => [sku, name],
  },
});

export const variantLocator = locator<Store, Variant>(xCart, {
  displayName: 'Variant',
  name: 'variant',
  ...counted,
  list: {
    method: 'searchVariants',
    searchedBy: 'node',
    parent: productLocator,
    pages: ({ client }, page, { parentId }) => client.variants(parentId).pages(undefined, page),
    entry: ({ sku }) => [sku],
  },
});

export const customerLocator = locator<Store, Profile>(xCart, {
  displayName: 'Customer',
  name: 'customer',
  ...counted,
  list: {
    method: 'searchCustomers',
    searchedBy: 'store',
    pages: ({ client }, page, { text }) => client.profiles.pages({ email: text }, page),
    entry: ({ login }) => [login],
  },
  modes: [
    byEmail({
      pages: ({ client }, email) => client.profiles.pages({ email }),
      emailOf: ({ login }) => login,
      otherwise: ', or create the customer first.',
    }),
  ],
});

export const addressLocator = locator<Store, Address>(xCart, {
  displayName: 'Address',
  name: 'address',
  ...counted,
  list: {
    method: 'searchAddresses',
    searchedBy: 'node',
    parent: customerLocator,
    pages: ({ client }, page, { parentId }) => client.addresses(parentId).pages(undefined, page),
    entry: ({ firstname, lastname, street, city }) => [
      [firstname, lastname, street, city].filter(Boolean).join(' '),
    ],
  },
});

export const categoryLocator = locator<Store, Category>(xCart, {
  displayName: 'Category',
  name: 'category',
  ...counted,
  list: {
    method: 'searchCategories',
    searchedBy: 'node',
    pages: ({ client }, page) => client.categories.pages({}, page),
    entry: ({ name }) => [name],
  },
});
