import type { INodeType, INodeTypeDescription } from 'n8n-workflow';

import { firstRows } from '../../../../core/http/pages';
import type { Resource } from '../../../../nodes/shared/operation';
import { credentialTest } from '../../../../nodes/shared/credentialTest';
import { countedIds } from '../../../../nodes/shared/records/ids';
import type { RecordKind } from '../../../../nodes/shared/records/kind';
import { locator } from '../../../../nodes/shared/records/locator';
import { resourceNode } from '../../../../nodes/shared/records/node';
import { getManyRecords, getRecord } from '../../../../nodes/shared/records/operations';
import { type StatusAxis, updateOrderStatus } from '../../../../nodes/shared/records/orders';
import { searchMethods } from '../../../../nodes/shared/records/search';
import { statusOptions } from '../../../../nodes/shared/records/statuses';
import { updateStock } from '../../../../nodes/shared/records/amounts';
import { createToyshop } from './client';
import { type Store, toyshop } from './connection';
import { ORDERS } from './feed';
import { STATES } from './statuses';
import { stockOf } from './stock';
import type { Order, Ware } from './wire';

const orderLocator = locator<Store, Order>(toyshop, {
  displayName: 'Order',
  name: 'order',
  ids: countedIds,
  idOf: ({ no }) => no,
  list: {
    method: 'searchOrders',
    searchedBy: 'node',
    pages: ({ client }, page) => client.orders(undefined, page),
    entry: ({ no, buyer, sum }) => [String(no), buyer?.name, String(sum ?? '')],
  },
});

const orders: RecordKind<Store, Order, void, 'get' | 'pages'> = {
  one: 'order',
  many: 'orders',
  locator: orderLocator,
  simple: ['no', 'placed', 'changed', 'state', 'sum'],
  source: ORDERS,
  open: ({ client }) => ({
    get: client.order,
    pages: (_, page) => client.orders(undefined, page),
  }),
};

const wareLocator = locator<Store, Ware>(toyshop, {
  displayName: 'Ware',
  name: 'ware',
  ids: countedIds,
  idOf: ({ no }) => no,
  list: {
    method: 'searchWares',
    searchedBy: 'node',
    pages: ({ client }, page) => client.wares(page),
    entry: ({ no, code }) => [String(no), code],
  },
});

const wares: RecordKind<Store, Ware, void, 'get' | 'pages'> = {
  one: 'ware',
  many: 'wares',
  locator: wareLocator,
  simple: ['no', 'code', 'stock'],
  open: ({ client }) => ({ get: client.ware, pages: (_, page) => client.wares(page) }),
};

const state: StatusAxis = {
  displayName: 'State',
  method: 'getStates',
  codes: { pattern: /^\w+$/, problem: 'is no word', example: 'packed' },
};

const resources: Resource[] = [
  {
    name: 'Order',
    value: 'order',
    operations: [
      getRecord(toyshop, orders),
      getManyRecords(toyshop, orders),
      updateOrderStatus(toyshop, orderLocator, state, {
        description: 'Set how far an order has come',
        write: ({ client }) => ({
          one: async ({ orderId, status }) => await client.setState(orderId, status),
        }),
      }),
    ],
  },
  {
    name: 'Ware',
    value: 'ware',
    operations: [getRecord(toyshop, wares), getManyRecords(toyshop, wares)],
  },
  {
    name: 'Stock',
    value: 'stock',
    operations: [updateStock(toyshop, { stock: ({ client }) => stockOf(client) })],
  },
];

const node = resourceNode(resources, 'order');

export class Toyshop implements INodeType {
  description: INodeTypeDescription = {
    ...node.description,
    displayName: 'Toyshop',
    name: 'toyshop',
    icon: 'file:toyshop.svg',
    subtitle: node.description.subtitle,
    description: 'Read and write orders and stock of a Toyshop',
    defaults: { name: 'Toyshop' },
    credentials: [{ name: 'toyshopApi', required: true, testedBy: 'toyshopTest' }],
  };

  methods = {
    credentialTest: {
      toyshopTest: credentialTest({
        service: toyshop.name,
        addressField: 'Shop URL',
        passed: 'The shop answers and accepts the Key',
        meanings: {
          401: 'The shop does not accept the Key.',
          403: 'The Key may not read orders.',
          404: 'There is no API at Shop URL.',
        },
        ask: async (text, options) => {
          const shop = createToyshop({ shopUrl: text('shopUrl'), key: text('key') }, options);
          return await firstRows((page) => shop.orders(undefined, page), 1);
        },
      }),
    },
    listSearch: searchMethods({ orderLocator, wareLocator }),
    loadOptions: {
      getStates: statusOptions(toyshop, { standard: STATES, ofStore: async () => [] }),
    },
  };

  execute = node.execute;
}
