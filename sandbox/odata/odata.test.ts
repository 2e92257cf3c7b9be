import { GAP, sameCharacter, wholeText } from '../kit';
import { runBatch, type BatchService } from './batch/execute';
import { ODataError } from './errors';
import { json } from './http/message';
import { collectionBody, contextColumns, contextUrl, cutPage, nextLink } from './query/collection';
import type { EntityType, ExpandRules, Property } from './query/entity-type';
import { compileExpands } from './query/expand';
import { compileFilter, type FilterRules } from './query/filter';
import { compareRows } from './query/order';
import { parseFilter } from './syntax/parser';
import { parseQuery } from './syntax/query-options';
import type { Grammar } from './syntax/grammar';
import { parseKey, parsePath, splitUrl } from './syntax/url';

/**
 * A made-up service that differs from Dataverse wherever the engine lets it: keys of several columns, a company in
 * each, members of enumerations by name, `$skip`, `*` as wildcard, and no functions.
 */

interface Order {
  dataAreaId: string;
  SalesOrderNumber: string;
  Status: string;
  Total: number;
}

const ORDERS: readonly Order[] = [
  { dataAreaId: 'usmf', SalesOrderNumber: '3', Status: 'Invoiced', Total: 30 },
  { dataAreaId: 'usmf', SalesOrderNumber: '1', Status: 'Backorder', Total: 10 },
  { dataAreaId: 'usrt', SalesOrderNumber: '1', Status: 'Backorder', Total: 40 },
  { dataAreaId: 'usmf', SalesOrderNumber: '21', Status: 'Backorder', Total: 20 },
];

const grammar: Grammar = {
  root: /^(?:https?:\/\/[^/]+)?\/?data\/?/i,
  options: new Set(['$select', '$filter', '$orderby', '$expand', '$top', '$skip', '$count']),
  notInExpand: new Set(['$filter', '$expand']),
  functions: new Set(),
};

const BASE = 'http://finance.example/data/';

const property = (
  valueClass: Property<Order>['valueClass'],
  name: keyof Order,
): Property<Order> => ({
  valueClass,
  read: (row) => (typeof row[name] === 'string' ? row[name].toLowerCase() : row[name]),
});

const properties: Readonly<Record<string, Property<Order>>> = {
  dataAreaId: property('text', 'dataAreaId'),
  SalesOrderNumber: property('text', 'SalesOrderNumber'),
  Status: property('enum', 'Status'),
  Total: property('number', 'Total'),
};

const orders: EntityType<Order> = {
  name: 'Microsoft.Dynamics.DataEntities.SalesOrderHeaderV2',
  property: (name) => properties[name],
  single: () => undefined,
  collection: (name) =>
    name === 'SameCompany'
      ? {
          target: orders,
          rows: (row) => ORDERS.filter(({ dataAreaId }) => dataAreaId === row.dataAreaId),
        }
      : undefined,
  key: (row) => `${row.dataAreaId}/${row.SalesOrderNumber}`,
  path: (row) =>
    `SalesOrderHeadersV2(dataAreaId='${row.dataAreaId}',SalesOrderNumber='${row.SalesOrderNumber}')`,
};

const rules: FilterRules<Order> = {
  textFunctions: {},
  textPattern: (text) =>
    text.includes('*')
      ? wholeText([...text].map((one) => (one === '*' ? GAP : sameCharacter(one))))
      : undefined,
  neFindsNull: true,
  queryFunction: (_type, name) => {
    throw new ODataError(`There is no function ${name}.`);
  },
};

const numbers = (rows: readonly Order[]): string[] => rows.map(orders.key);

const found = (filter: string): string[] =>
  numbers(ORDERS.filter(compileFilter(rules, orders, parseFilter(filter, grammar))));

describe('filters', () => {
  test.each([
    ["dataAreaId eq 'USMF' and Total gt 10", ['usmf/3', 'usmf/21']],
    ["SalesOrderNumber eq '*1'", ['usmf/1', 'usrt/1', 'usmf/21']],
    ["SalesOrderNumber ne '*1*'", ['usmf/3']],
    ["Status eq Microsoft.Dynamics.DataEntities.SalesStatus'Invoiced'", ['usmf/3']],
  ])('%s', (filter, expected) => expect(found(filter)).toEqual(expected));

  test.each([
    ["Status eq 'Invoiced'", "'Edm.EnumType' and 'Edm.String'"],
    ["contains(SalesOrderNumber,'1')", "unknown function with name 'contains'"],
    ["Microsoft.Dynamics.CRM.In(PropertyName='a')", 'unknown function'],
    ['Nothing eq 1', "on type 'Microsoft.Dynamics.DataEntities.SalesOrderHeaderV2'"],
  ])('refuses %s', (filter, text) => expect(() => found(filter)).toThrow(text));

  test('aliases that use one another twice have an end', () => {
    const names = Array.from({ length: 60 }, (_unused, index) => `@p${index}`);
    const aliases = new Map(
      names.map((name, index) => [name, `Total eq @p${index + 1} or @p${index + 1}`]),
    );
    const read = () => parseFilter('@p0', grammar, aliases);
    expect(read).toThrow(ODataError);
    expect(read).toThrow('Recursion');
  });
});

describe('addresses', () => {
  test('a key has several columns in any order, or one of any type', () => {
    const { path } = splitUrl(`${BASE}Lines(LineNumber=1.5,dataAreaId='usmf')?a=b`, grammar);
    const [segment] = parsePath(path);
    expect(parseKey(segment?.inner ?? '', new Map())).toMatchObject({
      kind: 'named',
      values: { LineNumber: { value: 1.5 }, dataAreaId: { value: 'usmf' } },
    });
    expect(parseKey("'usmf'", new Map())).toMatchObject({
      kind: 'single',
      value: { type: 'text', value: 'usmf' },
    });
  });

  test('options that the service does not take are refused by name', () => {
    expect(() => parseQuery('$apply=x', grammar)).toThrow('$apply is not supported');
    expect(() => parseQuery('$skip=-1', grammar)).toThrow("'-1' for $skip");
    expect(() => parseQuery('$expand=SameCompany($filter=a)', grammar)).toThrow('$filter');
  });
});

test('a collection comes in pages that go on behind the last key', () => {
  const options = parseQuery('$orderby=Total desc&$skip=1&$top=3&$count=true', grammar);
  const rows = [...ORDERS].sort(compareRows(orders, options.orderBy));
  const first = cutPage(orders, rows, 2, { page: 1 }, options);
  expect(numbers(first.rows)).toEqual(['usmf/3', 'usmf/21']);
  const lastKey = first.last && orders.key(first.last);
  const second = cutPage(orders, rows, 2, { page: 2, lastKey }, options);
  expect(numbers(second.rows)).toEqual(['usmf/1']);
  expect(second.last).toBeUndefined();
  const body = collectionBody({
    context: contextUrl(BASE, `SalesOrderHeadersV2${contextColumns(options)}`),
    counts: { '@odata.count': rows.length },
    rows: first.rows,
    show: ({ Total }) => ({ Total }),
    nextLink: nextLink(`${BASE}SalesOrderHeadersV2`, options, 'token'),
  });
  expect(body).toEqual({
    '@odata.context': `${BASE}$metadata#SalesOrderHeadersV2`,
    '@odata.count': 4,
    value: [{ Total: 30 }, { Total: 20 }],
    '@odata.nextLink': `${BASE}SalesOrderHeadersV2?$orderby=Total desc&$skip=1&$top=3&$count=true&$skiptoken=token`,
  });
});

test('an expanded collection is cut by the service, with the key of its owner in the link', () => {
  const expand: ExpandRules<Order> = {
    base: BASE,
    check: (_type, _expands, nested) => {
      if (nested && _expands.length > 0) throw new ODataError('Only the first level is expanded.');
    },
    filter: () => () => true,
    show: () => (row) => ({ SalesOrderNumber: row.SalesOrderNumber }),
    cut: (_type, _expand, rows) => ({ shown: rows.slice(0, 1), link: '?$skip=1' }),
  };
  const options = parseQuery('$expand=SameCompany', grammar);
  const body = {};
  compileExpands(expand, orders, options.expand)(ORDERS[0] as Order, body);
  expect(body).toEqual({
    SameCompany: [{ SalesOrderNumber: '1' }],
    'SameCompany@odata.nextLink': `${BASE}SalesOrderHeadersV2(dataAreaId='usmf',SalesOrderNumber='3')/SameCompany?$skip=1`,
  });
});

describe('batches', () => {
  const written: string[] = [];

  const service: BatchService = {
    limits: { requests: 3, urlLength: 100, lineEnds: 'any' },
    contentIds: new Map(),
    contentIdScope: 'changeset',
    failedChangeSet: 'single',
    failedChangeSetContentId: false,
    partHeaders: () => ({}),
    handle: ({ method, url, body }) => {
      if (url.includes('refused')) return json(400, { error: { message: 'No' } });
      if (method === 'POST') written.push(body.trim());
      return json(201, {});
    },
    atomic: (work) => {
      const before = [...written];
      try {
        return work();
      } catch (error) {
        written.splice(0, written.length, ...before);
        throw error;
      }
    },
    settle: async () => undefined,
  };

  const part = (url: string, body: string): string =>
    `Content-Type: application/http\r\n\r\nPOST ${url} HTTP/1.1\r\n\r\n${body}\r\n`;

  const changeSet = (...parts: string[]): string =>
    `Content-Type: multipart/mixed; boundary=c\r\n\r\n--c\r\n${parts.join('--c\r\n')}--c--\r\n`;

  const send = (...parts: string[]) =>
    runBatch(service, {
      method: 'POST',
      url: '$batch',
      headers: { 'content-type': 'multipart/mixed; boundary=b', prefer: 'odata.continue-on-error' },
      body: `--b\r\n${parts.join('--b\r\n')}--b--\r\n`,
    });

  beforeEach(() => written.splice(0));

  test('a change set is undone as a whole, and what stands beside it stays', async () => {
    const { status, body } = await send(
      changeSet(part('Orders', 'first'), part('refused', 'second')),
      part('Orders', 'third'),
    );
    expect(status).toBe(200);
    expect(written).toEqual(['third']);
    expect(body?.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 400', 'HTTP/1.1 201']);
  });

  test('the limits are those of the service', async () => {
    const four = Array.from({ length: 4 }, () => part('Orders', 'x'));
    await expect(send(...four)).rejects.toThrow('exceeds the maximum of 3');
    await expect(send(part('x'.repeat(101), 'x'))).rejects.toThrow('longer than 100');
  });
});
