/** The kit on a made-up store unlike X-Cart: GUIDs, ids from 0, statuses as numbers, nothing sorted, nested documents. */
import type { IDataObject, INode, INodeType } from 'n8n-workflow';

import { ServiceError } from '../../../core/errors';
import type { Pages } from '../../../core/http/pages';
import type { RecordType } from '../../../core/feeds/records';
import { editorContext, type NodeRun, runNode } from '../../../test/engine';
import { countedIds, guidIds } from './ids';
import type { RecordKind } from './kind';
import { type ListChoice, listFields } from './list';
import { locator } from './locator';
import { resourceNode } from './node';
import { createRecord, getManyRecords, getRecord, updateRecord } from './operations';
import { type StatusAxis, statusFilter, updateOrderStatus } from './orders';
import { searchMethods } from './search';
import type { StoreService } from './service';
import { statusOptions } from './statuses';
import { updateStock } from './amounts';

interface Order {
  id: string;
  number: string;
  status: number;
}

interface Parcel {
  index: number;
  code: string;
}

interface Store {
  name: string;
  address: string;
  asked: string[];
  orders: Order[];
}

const GUID = '7b1f9a06-52ab-4c1d-9a3e-0d5c6b7a8f90';
const OTHER = '7b1f9a06-52ab-4c1d-9a3e-0d5c6b7a8f91';
let store: Store;
let written: unknown[];

beforeEach(() => {
  written = [];
  store = {
    name: 'main',
    address: 'toy.example',
    asked: [],
    orders: [
      { id: GUID, number: 'A-1', status: 1 },
      { id: OTHER, number: 'A-2', status: 9 },
    ],
  };
});

const toy: StoreService<Store> = {
  name: 'Toyshop',
  platform: 'toyshop',
  open: async () => await Promise.resolve(store),
};

async function* paged<T>(rows: T[]): Pages<T> {
  for (const row of rows) yield await Promise.resolve([row]);
}

const orderLocator = locator<Store, Order>(toy, {
  displayName: 'Order',
  name: 'order',
  ids: guidIds,
  idOf: ({ id }) => id,
  list: {
    method: 'searchOrders',
    searchedBy: 'node',
    pages: ({ orders }, { page = 1 }) => paged(orders.slice(page - 1)),
    entry: ({ number }) => [number],
  },
  modes: [
    {
      displayName: 'By Number',
      mode: 'number',
      example: 'e.g. A-1',
      find: async ({ orders }, wanted) =>
        await Promise.resolve(orders.find(({ number }) => number === wanted)),
      findsWhole: true,
      searchedFor: /^A-/,
    },
  ],
});

const parcelLocator = locator<Store, Parcel>(toy, {
  displayName: 'Parcel',
  name: 'parcel',
  ids: countedIds,
  idOf: ({ index }) => index,
  list: {
    method: 'searchParcels',
    searchedBy: 'store',
    parent: orderLocator,
    pages: (_, { page }, { parentId, text }) =>
      paged([{ index: 0, code: `${parentId} ${text} ${page}` }]),
    entry: ({ code }) => [code],
  },
});

const ORDERS: RecordType<Order> = {
  platform: 'toyshop',
  kind: 'order',
  many: 'orders',
  idOf: ({ id }) => id,
  changedAt: () => undefined,
  createdAt: () => undefined,
};

const status: StatusAxis = {
  displayName: 'Status',
  method: 'getStatuses',
  codes: { pattern: /^\d+$/, problem: 'is not a number', example: '4' },
};

interface Filters {
  statuses?: string[];
  since?: Date;
}

const orders: RecordKind<Store, Order, Filters, 'get' | 'pages'> = {
  one: 'order',
  many: 'orders',
  locator: orderLocator,
  list: listFields({
    filters: [
      statusFilter(status),
      { displayName: 'Since', name: 'since', type: 'dateTime', default: '' },
    ],
    query: ({ filters }: ListChoice<Filters, never>) => filters,
  }),
  simple: ['number'],
  source: ORDERS,
  open: (opened) => ({
    get: async (id) => {
      opened.asked.push(id);
      const found = opened.orders.find((each) => each.id === id);
      return found ?? (await Promise.reject(new ServiceError('gone', { class: 'not-found' })));
    },
    pages: (query) => {
      opened.asked.push(JSON.stringify(query));
      return paged(opened.orders);
    },
  }),
};

const parcels: RecordKind<Store, Parcel, void, 'create' | 'get' | 'update'> = {
  one: 'parcel',
  many: 'parcels',
  parent: orderLocator,
  locator: parcelLocator,
  required: [{ displayName: 'Code', name: 'code', type: 'string', default: '' }],
  document: ({ code, ...more }) => ({ tracking: { code }, ...more }),
  simple: ['code'],
  open: (_, orderId) => ({
    get: async (id) => await Promise.resolve({ index: Number(id), code: orderId }),
    create: async (document) => await Promise.resolve({ orderId, ...document }),
    update: async (id, document) => await Promise.resolve({ orderId, id, ...document }),
  }),
};

const node = resourceNode(
  [
    {
      name: 'Order',
      value: 'order',
      operations: [
        getRecord(toy, orders),
        getManyRecords(toy, orders),
        updateOrderStatus(toy, orderLocator, status, {
          description: 'Set the status',
          write: () => ({
            most: 2,
            many: async (wishes) => {
              written.push(wishes);
              return await Promise.resolve(
                wishes.map(({ orderId, status: code }) => ({
                  ok: true,
                  value: { id: orderId, status: Number(code) },
                })),
              );
            },
          }),
        }),
      ],
    },
    {
      name: 'Parcel',
      value: 'parcel',
      operations: [createRecord(toy, parcels), getRecord(toy, parcels), updateRecord(toy, parcels)],
    },
    {
      name: 'Stock',
      value: 'stock',
      operations: [
        updateStock<Store, { code: string }>(toy, {
          knownBy: [{ displayName: 'Code Field', name: 'codeField', type: 'string', default: '' }],
          target: (idIn) => {
            const code = idIn('codeField');
            return typeof code === 'string' ? { code } : undefined;
          },
          stock: () => ({
            keyOf: ({ code }) => code,
            find: async (skus) =>
              await Promise.resolve(
                new Map(
                  [...skus].map((sku) => [sku, { ok: true, value: { target: { code: sku } } }]),
                ),
              ),
            write: { one: async (write) => await Promise.resolve(written.push(write)) },
            amounts: { areValid: Number.isInteger, words: 'a whole number', fix: 'Round it.' },
            notFound: 'Look for it.',
          }),
        }),
      ],
    },
  ],
  'order',
);

const loadOptions = {
  getStatuses: statusOptions(toy, {
    standard: { 1: { name: 'New', status: 'open' }, 4: { name: 'Shipped', status: 'completed' } },
    ofStore: async () =>
      await Promise.resolve([{ code: 4, name: 'Sent' }, { code: 9 }, { code: 1, name: null }]),
  }),
};

class Toyshop implements INodeType {
  description: INodeType['description'] = {
    ...node.description,
    displayName: 'Toyshop',
    name: 'toyshop',
    description: 'Toyshop',
    defaults: { name: 'Toyshop' },
  };

  methods = { listSearch: searchMethods({ orderLocator, parcelLocator }), loadOptions };

  execute = node.execute;
}

async function run(
  resource: string,
  operation: string,
  parameters: IDataObject = {},
  input: object[] = [{}],
): Promise<NodeRun> {
  const all = { resource, operation, ...parameters } as INode['parameters'];
  return await runNode({ nodeType: new Toyshop(), parameters: all, input });
}

const by = (mode: string, value: string) => ({ __rl: true, mode, value });

describe('a locator', () => {
  it('takes the ids of its store alone, and asks for nothing else', async () => {
    const right = await run('order', 'get', { order: by('id', GUID), addSource: false });
    expect(right.output()).toEqual([store.orders[0]]);
    const wrong = await run('order', 'get', { order: by('id', '={{ 1042 }}') });
    expect(wrong.error?.message).toBe('The ID of Order is not a GUID: "1042"');
    expect(store.asked).toEqual([GUID]);
  });

  it('finds by what else identifies a record, and reads once what was found whole', async () => {
    const found = await run('order', 'get', { order: by('number', 'A-2') });
    expect(found.output()).toMatchObject([
      { number: 'A-2', source: { platform: 'toyshop', store: 'main', kind: 'order', id: OTHER } },
    ]);
    const none = await run('order', 'get', { order: by('number', 'A-3') });
    expect(none.error?.message).toBe('No order was found by number');
    expect(store.asked).toEqual([]);
  });

  it('takes 0 for an id, below a parent', async () => {
    const below = { order: by('number', 'A-1'), parcel: by('id', '0') };
    expect((await run('parcel', 'get', below)).output()).toEqual([{ index: 0, code: GUID }]);
    expect((await run('parcel', 'get', { ...below, parcel: '={{ 0 }}' })).output()).toHaveLength(1);
  });
});

describe('a list in the editor', () => {
  const search = async (
    method: 'searchOrders' | 'searchParcels',
    text?: string,
    parameters: IDataObject = {},
  ) => {
    const nodeType = new Toyshop();
    const all = { resource: 'parcel', operation: 'get', ...parameters } as INode['parameters'];
    const context = editorContext({ nodeType, parameters: all });
    return await nodeType.methods.listSearch[method]?.call(context, text);
  };

  it('is looked through here where the store cannot search, or is one record that fits', async () => {
    expect(await search('searchOrders', 'a')).toMatchObject({
      results: [{ name: 'A-1', value: GUID }, { name: 'A-2' }],
    });
    expect(await search('searchOrders', '-2')).toEqual({
      results: [{ name: 'A-2', value: OTHER }],
    });
    expect(await search('searchOrders', 'A-1')).toEqual({
      results: [{ name: 'A-1', value: GUID }],
    });
    expect(await search('searchOrders', 'A-')).toMatchObject({ results: { length: 2 } });
  });

  it('waits for a parent, and hands it on with what was typed', async () => {
    expect(await search('searchParcels', 'x')).toEqual({ results: [] });
    expect(await search('searchParcels', 'x', { order: by('number', 'A-1') })).toEqual({
      results: [],
    });
    expect(await search('searchParcels', 'x', { order: by('id', GUID) })).toEqual({
      results: [{ name: `${GUID} x 1`, value: '0' }],
    });
  });
});

describe('records', () => {
  it('asks with the filters that are set, and with moments for dates', async () => {
    const filters = { since: '2026-01-31T00:00:00Z', statuses: [] };
    const many = await run('order', 'getAll', { filters, limit: 1 });
    expect(many.output()).toEqual([{ number: 'A-1' }]);
    expect(store.asked).toEqual(['{"statuses":[],"since":"2026-01-31T00:00:00.000Z"}']);
    const wrong = await run('order', 'getAll', { filters: { since: 'yesterday-ish' } });
    expect(wrong.error?.message).toBe('Since is not a date');
  });

  it('nests what is entered, and takes a document as it is', async () => {
    const order = by('id', GUID);
    const entered = { order, code: '1Z', additionalFields: { otherFields: '{ "weight": 2 }' } };
    expect((await run('parcel', 'create', entered)).output()).toEqual([
      { orderId: GUID, tracking: { code: '1Z' }, weight: 2 },
    ]);
    const taken = { order, parcel: by('id', '0'), fieldsFrom: 'input' };
    expect((await run('parcel', 'update', taken, [{ code: '1Z' }])).output()).toEqual([
      { orderId: GUID, id: '0', code: '1Z' },
    ]);
  });
});

describe('statuses', () => {
  it('are those of every store and those of this one, by their numbers', async () => {
    const context = editorContext({ nodeType: new Toyshop(), parameters: {} });
    const credentials = { toyshopApi: { id: '1', name: 'Toys' } };
    jest.spyOn(context, 'getNode').mockReturnValue({ ...context.getNode(), credentials });
    expect(await loadOptions.getStatuses.call(context)).toEqual([
      { name: '9 (9)', value: '9' },
      { name: 'New (1)', value: '1' },
      { name: 'Sent (4)', value: '4' },
    ]);
  });

  it('are those of every store until a credential is chosen', async () => {
    const context = editorContext({ nodeType: new Toyshop(), parameters: {} });
    expect(await loadOptions.getStatuses.call(context)).toEqual([
      { name: 'New (1)', value: '1' },
      { name: 'Shipped (4)', value: '4' },
    ]);
  });

  it('are checked as the store counts them', async () => {
    const order = by('id', GUID);
    const set = await run('order', 'updateStatus', { order, status: '={{ 4 }}' });
    expect(set.output()).toEqual([{ id: GUID, status: 4, outcome: 'updated' }]);
    const wrong = await run('order', 'updateStatus', { order, status: 'P' });
    expect(wrong.error?.message).toBe('The status code "P" is not a number');
  });

  it('are written as many at once as the store takes, each order once', async () => {
    const order = by('id', '={{ $json.order }}');
    const ids = [1, 2, 3, 1].map((last) => GUID.slice(0, -1) + last);
    const items = ids.map((id) => ({ order: id }));
    const set = await run('order', 'updateStatus', { order, status: '4' }, items);
    expect(set.output()).toEqual(ids.map((id) => ({ id, status: 4, outcome: 'updated' })));
    expect(written.map((writes) => (writes as object[]).length)).toEqual([2, 1]);
  });
});

it('writes stock of what a SKU or the item itself names, also what is owed', async () => {
  const input = [
    { sku: 'A', quantity: -2 },
    { quantity: 3, code: 'K' },
    { quantity: 1, code: 'L', number: 7, sku: 'B' },
  ];
  const named = "={{ $itemIndex === 2 ? 'number' : 'code' }}";
  const result = await run('stock', 'update', { options: { codeField: named } }, input);
  expect(result.output()).toMatchObject([{ code: 'A' }, { code: 'K' }, { code: 'B' }]);
  expect(written).toEqual([
    { target: { code: 'A' }, amount: -2 },
    { target: { code: 'K' }, amount: 3 },
    { target: { code: 'B' }, amount: 1 },
  ]);
});
