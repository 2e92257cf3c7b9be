/**
 * What the writes of 3dcart are about, for dry runs (REST API v1 and v2): every answer to a read is a list, every answer to a write tells
 * of each record by its id, and a `PUT` of a list changes many.
 */
import { get } from 'lodash';

import type { Asked, Document, Rehearsed, StoreRehearsal, WriteRoute } from '../kit/rehearsal';
import { toList } from '../kit/scalars';
import { statusText } from './statusTexts';
import type { Status } from './wire';

/** Where records have their ids, by the list in which they stand. */
const IDS: Readonly<Record<string, string>> = {
  AdvancedOptions: 'AdvancedOptionCode',
  Categories: 'CategoryID',
  CustomerGroups: 'CustomerGroupID',
  Customers: 'CustomerID',
  Orders: 'OrderID',
  OrderStatus: 'OrderStatusID',
  Products: 'SKUInfo.CatalogID',
  Shipments: 'ShipmentID',
  Transactions: 'TransactionIndexID',
  Webhooks: 'Id',
};

const idAt = (path: string): string | undefined => IDS[path.split('/').at(-1) ?? ''];

/** `OrderID` of an order whose id stands in its part of the body. */
const idInRow = ({ path, row }: Asked): string => String(get(row, idAt(path) ?? '') ?? '');

const rows = (body: unknown): Document[] => {
  const list = toList(body);
  return Array.isArray(list) ? (list as Document[]) : [];
};

/** What stands in its owner, and is read with it. */
const inside = (owner: string, part: string, list: string): WriteRoute[] => [
  {
    methods: ['PUT'],
    path: `/${owner}/{owner}/${part}/{id}`,
    action: 'update',
    place: ({ ids }) => ({
      read: `/${owner}/${ids['owner']}`,
      in: list,
      key: { [IDS[part] ?? '']: ids['id'] },
    }),
  },
  {
    methods: ['PUT'],
    path: `/${owner}/{owner}/${part}`,
    action: 'update',
    rows,
    table: ({ path }) => path.slice(1),
    id: idInRow,
    place: (asked) => ({
      read: `/${owner}/${asked.ids['owner']}`,
      in: list,
      key: { [IDS[part] ?? '']: idInRow(asked) },
    }),
  },
];

const ROUTES: readonly WriteRoute[] = [
  ...inside('Orders', 'Shipments', 'ShipmentList'),
  ...inside('Products', 'AdvancedOptions', 'AdvancedOptionList'),
  {
    methods: ['PUT'],
    path: '/{list}',
    action: 'update',
    rows,
    table: ({ path }) => path.slice(1),
    id: idInRow,
    place: (asked) => ({ read: `${asked.path}/${idInRow(asked)}` }),
  },
];

/** Of a record that is made its id comes back, and of one that is changed. */
function resultOf({ action, path, route, id, after, refused }: Rehearsed): object {
  if (refused)
    return { Key: 'Error', Value: '', Status: String(refused.status), Message: 'Not found' };
  const name = idAt(action === 'create' || route.rows ? path : path.replace(/\/[^/]+$/, '')) ?? '';
  const isMade = action === 'create';
  return {
    Key: name.split('.').at(-1),
    Value: String(get(after, name) ?? id ?? ''),
    Status: isMade ? '201' : '200',
    Message: isMade ? 'Created successfully' : 'updated successfully',
  };
}

const KNOWN_BY = ['SKUInfo.SKU', 'AdvancedOptionSufix', 'Email', 'CategoryName', 'Name'];

function nameOf(record: Document): string | undefined {
  const { InvoiceNumberPrefix: prefix = '', InvoiceNumber: number } = record;
  if (number !== undefined) return `${String(prefix)}${String(number)}`;
  return KNOWN_BY.map((column): unknown => get(record, column)).find(
    (value): value is string => typeof value === 'string' && value !== '',
  );
}

/** The merchant's name of a status stands in no order, but in a list of its own. */
async function withStatusText(
  record: Document,
  statuses: () => Promise<Document[]>,
): Promise<Document> {
  const { OrderStatusID: id } = record;
  if (id === undefined) return record;
  const status = (await statuses()).find((each) => String(each['OrderStatusID']) === String(id));
  const text = status && statusText(status as unknown as Status);
  return text === undefined ? record : { ...record, OrderStatusText: text };
}

export const threeDCartRehearsal = (base: string): StoreRehearsal => ({
  system: '3dcart',
  base,
  routes: ROUTES,
  idAt,
  recordIn: (answer) => rows(answer)[0],
  answerWith: (record) => [record],
  answer: (all) => ({
    status: all.every(({ action }) => action === 'create') ? 201 : 200,
    body: all.map(resultOf),
  }),
  completed: async (record, reader) =>
    await withStatusText(record, async () => await reader.rows('/OrderStatus').catch(() => [])),
  beside: ['OrderStatusText'],
  nameOf,
});
