import type { OrderQuery } from '../../../core/stores/xcart/client';
import type { Order } from '../../../core/stores/xcart/wire';
import type { Operation, Resource } from '../../shared/operation';
import { countedIds } from '../../shared/records/ids';
import type { RecordKind } from '../../shared/records/kind';
import { type ListChoice, listFields } from '../../shared/records/list';
import { locator } from '../../shared/records/locator';
import { recordOperation } from '../../shared/records/operation';
import { getManyRecords, getRecord } from '../../shared/records/operations';
import { type Store, xCart } from '../connection';
import { text } from './words';

export const cartLocator = locator<Store, Order>(xCart, {
  displayName: 'Cart',
  name: 'cart',
  ids: countedIds,
  idOf: ({ id }) => id,
  list: {
    method: 'searchCarts',
    searchedBy: 'store',
    pages: ({ client }, page, { text: email }) =>
      client.carts.pages({ email, sort: { by: 'date', direction: 'desc' } }, page),
    entry: ({ id, email, total, currency }) => [
      `ID ${id}`,
      email,
      `${total ?? ''} ${currency ?? ''}`.trim(),
    ],
  },
});

interface Filters {
  emailContains?: string;
  startedAfter?: Date;
  startedBefore?: Date;
}

/** Carts are orders that nobody has placed yet; X-Cart's REST API shows them, and changes none. */
const kind: RecordKind<Store, Order, OrderQuery, 'get' | 'pages'> = {
  one: 'cart',
  many: 'carts',
  locator: cartLocator,
  list: listFields({
    filters: [
      text('Email Contains', 'emailContains', { placeholder: 'e.g. @example.com' }),
      { displayName: 'Started After', name: 'startedAfter', type: 'dateTime', default: '' },
      { displayName: 'Started Before', name: 'startedBefore', type: 'dateTime', default: '' },
    ],
    sort: {
      by: [
        { name: 'Last Change', value: 'lastRenewDate' },
        { name: 'Start', value: 'date' },
      ],
      fallback: 'lastRenewDate',
    },
    query: ({ filters, sort }: ListChoice<Filters, 'date' | 'lastRenewDate'>) => ({
      email: filters.emailContains,
      placedAfter: filters.startedAfter,
      placedBefore: filters.startedBefore,
      sort,
    }),
  }),
  simple: ['id', 'email', 'customer_id', 'total', 'currency', 'create_date', 'update_date'],
  descriptions: {
    get: 'Get one cart that is not an order yet, with its items',
    pages: 'Get a list of carts that are no orders yet',
  },
  open: ({ client }) => client.carts,
};

const PARTS = [
  {
    part: 'details',
    name: 'Get Details',
    value: 'getDetails',
    what: 'what customer and payment have added to a cart',
  },
  { part: 'history', name: 'Get History', value: 'getHistory', what: 'what happened to a cart' },
  {
    part: 'transactions',
    name: 'Get Payments',
    value: 'getPaymentTransactions',
    what: 'the payments of a cart',
  },
] as const;

const parts = PARTS.map(({ part, name, value, what }): Operation =>
  recordOperation(xCart, {
    name,
    value,
    action: `Get cart ${name.slice('Get '.length).toLowerCase()}`,
    description: `Get ${what}, one item each`,
    on: [cartLocator],
    onlyReads: true,
    work: async ({ client }, [id]) => await client.carts[part](id),
  }),
);

export const cart: Resource = {
  name: 'Cart',
  value: 'cart',
  operations: [
    getRecord(xCart, kind),
    ...parts.slice(0, 2),
    getManyRecords(xCart, kind),
    ...parts.slice(2),
  ],
};
