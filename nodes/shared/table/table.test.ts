import type { IExecuteFunctions, INodeType, INodeTypeDescription } from 'n8n-workflow';

import type { Metadata, Table } from '../../../core/dynamics/tables';
import { fetchTransport } from '../../../core/http/fetch';
import { createSend } from '../../../core/http/send';
import { createODataClient } from '../../../core/odata/client';
import { createOperation } from '../../../core/odata/operations';
import { eq, textFunction } from '../../../core/odata/query';
import { sendAll } from '../../../core/odata/sendAll';
import type { RecordKey } from '../../../core/odata/types';
import { runNode } from '../../../test/engine';
import { DEPOT } from '../../../test/support/depot';
import { type HttpServer, startHttpServer } from '../../../test/support/httpServer';
import { chosenOperation, describeResources, type Resource } from '../operation';
import { run } from '../run';
import { tableOperations } from './operations';
import type { TableService } from './service';

const ITEMS: Table = { logicalName: 'Item', entitySetName: 'Items', displayName: 'Item' };
const COLUMN = {
  name: 'Number',
  displayName: 'Number',
  type: 'string',
  required: true,
  creatable: true,
  updatable: true,
  readable: true,
} as const;

let server: HttpServer;

const metadata = { columns: async () => [COLUMN] } as unknown as Metadata;

function tables() {
  const send = createSend({ transport: fetchTransport(), retry: false });
  const client = createODataClient(DEPOT, { url: server.origin, send });
  return { client, metadata, headers: {} };
}

const depot: TableService = {
  words: {
    tableDescription: 'The collection to work on',
    tableHint: '',
    tableExample: 'Items',
    columnsExample: 'item',
    expandExample: 'Stock',
    selectExample: 'Number',
    filterExample: "Number eq '1'",
    orderByExample: 'Number',
  },
  options: { request: [], batch: [], write: [], change: [] },
  keys: {
    fields: () => [
      { displayName: 'Area', name: 'area', type: 'string', default: '' },
      { displayName: 'Number', name: 'number', type: 'string', default: '' },
    ],
    fieldsOfWrite: () => [],
    read: ({ read }, _subject, index) => ({
      dataAreaId: read<string>('area', index),
      Number: read<string>('number', index),
    }),
    readOfWrite: (_reader, _subject, { columns }) => columns as RecordKey,
  },
  filters: {
    of: ([first]) => (first ? eq(first.column, String(first.value)) : undefined),
    nameOf: ({ name }) => name,
    contains: (column, text) => textFunction('contains', column, text),
  },
  filled: new Set(),
  knownTable: () => ITEMS,
  open: async (context) => ({ ...tables(), options: context.getNodeParameter('options', 0, {}) }),
  openForEditor: async () => tables(),
  toWire: async (_tables, _table, _kind, row) => ({ ...row, converted: true }),
  async write({ client }, _kind, writes) {
    const answers = await sendAll(
      client,
      writes.map(({ table, row }) => createOperation(DEPOT, table.entitySetName, row)),
    );
    return answers.map((answer) =>
      answer.ok ? { ok: true, value: { id: 'made', outcome: 'created' as const } } : answer,
    );
  },
};

const resources: Resource[] = [
  {
    name: 'Item',
    value: 'item',
    operations: tableOperations(depot, { noun: 'item', plural: 'items', table: ITEMS }),
  },
];

class Depot implements INodeType {
  description = {
    displayName: 'Depot',
    name: 'depot',
    group: ['input'],
    version: 1,
    description: 'Items of a depot',
    defaults: { name: 'Depot' },
    inputs: ['main'],
    outputs: ['main'],
    properties: describeResources(resources),
  } as INodeTypeDescription;

  async execute(this: IExecuteFunctions) {
    return await run(this, chosenOperation(this, resources));
  }
}

const depotNode = async (parameters: object) =>
  await runNode({
    nodeType: new Depot(),
    parameters: { resource: 'item', ...parameters },
    input: [{ Number: '7' }],
  });

beforeEach(async () => {
  server = await startHttpServer(({ method, url }) => {
    if (method !== 'GET') return { status: 204, headers: { 'odata-entityid': '/data/Items(7)' } };
    const row = { '@odata.etag': 'W/"1"', Number: '7' };
    return { body: url.includes('(') ? row : { value: [row] } };
  });
});

afterEach(async () => await server.close());

const requests = () =>
  server.received.map(({ method, url }) => `${method} ${decodeURIComponent(url)}`);

test('a row is found by a key of several columns', async () => {
  const ran = await depotNode({ operation: 'get', area: 'usmf', number: '7' });
  expect(ran.output()).toEqual([{ Number: '7' }]);
  const deleted = await depotNode({ operation: 'delete', area: 'usmf', number: '7' });
  expect(deleted.output()).toMatchObject([{ deleted: true }]);
  expect(requests()).toEqual([
    "GET /data/Items(dataAreaId='usmf',Number='7')",
    "DELETE /data/Items(dataAreaId='usmf',Number='7')",
  ]);
});

test('rows are found by the conditions of the service', async () => {
  const condition = [{ column: 'Number', operator: 'eq', value: '7' }];
  const ran = await depotNode({ operation: 'getAll', conditions: { condition }, returnAll: true });
  expect(ran.output()).toEqual([{ Number: '7' }]);
  expect(requests()).toEqual(["GET /data/Items?$filter=Number eq '7'"]);
});

test('a row is converted and written in the way of the service', async () => {
  const ran = await depotNode({ operation: 'create' });
  expect(ran.output()).toMatchObject([{ id: 'made', outcome: 'created' }]);
  expect(JSON.parse(server.received[0]?.body ?? '')).toEqual({ Number: '7', converted: true });
});
