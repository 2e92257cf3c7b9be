import {
  type HttpServer,
  type Received,
  type Reply,
  startHttpServer,
} from '../../../test/support/httpServer';
import { fetchTransport } from '../../http/fetch';
import { firstRows } from '../kit/pages';
import { createThreeDCart, type ThreeDCart } from './client';

let server: HttpServer;
let client: ThreeDCart;
let answer: (request: Received) => Reply;

const END = [
  {
    Key: 'Error',
    Value: '',
    Status: '404',
    Message: 'Offset amount exceeds the total number of records',
  },
];

beforeEach(async () => {
  server = await startHttpServer((request) => answer(request));
  client = createThreeDCart({
    apiUrl: server.origin,
    secureUrl: 'shop.example/',
    privateKey: 'key',
    token: 'token',
    send: fetchTransport(),
  });
});

afterEach(async () => await server.close());

const asked = () =>
  server.received.map(({ method, url }) => `${method} ${decodeURIComponent(url)}`);
const bodies = () =>
  server.received.map(({ body }) => (body === '' ? undefined : JSON.parse(body)));
const ok = (Value: string, Key = 'OrderID') => ({
  Key,
  Value,
  Status: '200',
  Message: 'updated successfully',
});
const no = (Message: string, Status = '400', Value = '') => ({
  Key: 'Error',
  Value,
  Status,
  Message,
});

const order = (OrderID: number, more: object = {}) => ({
  OrderID,
  InvoiceNumberPrefix: 'AB-',
  InvoiceNumber: OrderID + 1000,
  OrderStatusID: 1,
  ...more,
});

describe('reading', () => {
  it('says whose data is meant, in the version that is asked for', async () => {
    answer = () => ({ body: [order(1)] });
    await client.orders.get(1);
    expect(server.received[0]).toMatchObject({
      url: '/3dCartWebAPI/v2/Orders/1',
      headers: { secureurl: 'https://shop.example', privatekey: 'key', token: 'token' },
    });
  });

  it('takes one record out of the list that 3dcart answers', async () => {
    answer = () => ({ body: [order(7)] });
    expect(await client.orders.get(7)).toMatchObject({ OrderID: 7 });
    answer = () => ({ body: [] });
    await expect(client.orders.get(7)).rejects.toMatchObject({ class: 'not-found' });
    answer = () => ({ status: 404, body: [no('Order not found', '404')] });
    await expect(client.orders.get(7)).rejects.toThrow(/Order not found/);
  });

  it('pages from the first record on, as long as 3dcart allows, to the 404 behind the end', async () => {
    answer = ({ url }) => {
      const { searchParams: query } = new URL(url, server.origin);
      const first = Number(query.get('offset'));
      const rows = Array.from({ length: 600 }, (_, index) => order(index + 1));
      const page = rows.slice(first - 1, first - 1 + Number(query.get('limit')));
      return page.length > 0 ? { body: page } : { status: 404, body: END };
    };
    const all = await firstRows((page) => client.orders.pages({}, page), Infinity);
    expect(all.length).toBe(600);
    expect(asked()).toEqual(
      [1, 301, 601].map((at) => `GET /3dCartWebAPI/v2/Orders?offset=${at}&limit=300`),
    );
  });

  describe('a list', () => {
    const read = async () => await firstRows((page) => client.orders.pages({}, page), 10);

    it.each<[string, Reply]>([
      ['the known sentence', { status: 404, body: END }],
      ['the known sentence inside of a success', { status: 200, body: END }],
      ['the known sentence with another status', { status: 400, body: END }],
      ['a result with other words', { status: 404, body: [no('No records', '404')] }],
    ])('ends with %s', async (_, end) => {
      answer = () => end;
      expect(await read()).toEqual([]);
    });

    it.each<[string, Reply]>([
      [
        'a path that there is not',
        { status: 404, body: { Message: 'No HTTP resource was found' } },
      ],
      ['a proxy that speaks JSON', { status: 404, body: { error: 'not found' } }],
      ['a list of something else', { status: 404, body: [{ code: 404 }] }],
      ['no list at all', { status: 404, body: [] }],
      ['a web page', { status: 404, body: '<html>Not here</html>' }],
    ])('does not end with a 404 of %s, and says what to check', async (_, other) => {
      answer = () => other;
      await expect(read()).rejects.toMatchObject({
        class: 'not-found',
        message: expect.stringMatching(/^3dcart refused GET \/Orders with status 404/) as string,
        fix: expect.stringMatching(/check API URL .* and API Version/) as string,
      });
    });

    it('below a record does not end with other words: there may be no such record', async () => {
      answer = () => ({ status: 404, body: [no('Order not found', '404')] });
      await expect(client.orders.transactions(7)).rejects.toMatchObject({
        class: 'not-found',
        fix: expect.stringMatching(/^Check the ID/) as string,
      });
      answer = () => ({ status: 404, body: END });
      expect(await client.orders.transactions(7)).toEqual([]);
    });
  });

  it('asks by days and times of the store', async () => {
    answer = () => ({ status: 404, body: END });
    const at = new Date('2026-05-03T03:30:05Z');
    await firstRows(
      (page) =>
        client.orders.pages(
          { changedSince: at, placedAfter: at, placedBefore: at, email: 'ada@example.com' },
          page,
        ),
      10,
    );
    const { searchParams } = new URL(server.received[0]?.url ?? '', server.origin);
    expect(Object.fromEntries(searchParams)).toEqual({
      lastupdatestart: '05/02/2026',
      datestart: '05/02/2026 23:30:05',
      dateend: '05/02/2026 23:30:05',
      billingemail: 'ada@example.com',
      offset: '1',
      limit: '10',
    });
  });

  it('leaves out orders that were not completed, unless they are asked for', async () => {
    answer = () => ({ body: [order(1), order(2, { OrderStatusID: 7 })] });
    const ids = async (query: object) =>
      (await firstRows((page) => client.orders.pages(query, page), 10)).map(
        ({ OrderID }) => OrderID,
      );
    expect(await ids({})).toEqual([1]);
    expect(await ids({ includeNotCompleted: true })).toEqual([1, 2]);
    expect(await ids({ status: [7] })).toEqual([1, 2]);
  });

  it('reads dates by the clock of the store, and what stores write in odd ways', async () => {
    answer = () => ({
      body: [
        order(1, {
          OrderDate: '2026-05-02T10:00:06',
          LastUpdate: '',
          UserID: null,
          OrderAmount: '86.4',
          ShipmentList: [
            {
              ShipmentID: 0,
              ShipmentTrackingCode: '1Z999  ',
              ShipmentLastUpdate: '2026-12-02T10:00:06.5',
            },
          ],
          OrderItemList: null,
          SomethingNew: 1,
        }),
      ],
    });
    expect(await client.orders.get(1)).toMatchObject({
      OrderDate: '2026-05-02T14:00:06+00:00',
      OrderAmount: 86.4,
      ShipmentList: [
        {
          ShipmentID: 0,
          ShipmentTrackingCode: '1Z999',
          ShipmentLastUpdate: '2026-12-02T15:00:06+00:00',
        },
      ],
      SomethingNew: 1,
    });
    answer = () => ({ body: [{ OrderID: 1 }] });
    expect(await client.orders.get(1)).toEqual({ OrderID: 1 });
  });
});

describe('the number of an order', () => {
  const inList = (...orders: object[]) => (answer = () => ({ body: orders }));

  it('is searched without its prefix, and compared with it', async () => {
    inList(
      order(1, { InvoiceNumber: 42, InvoiceNumberPrefix: 'CD-' }),
      order(2, { InvoiceNumber: 42 }),
    );
    expect(await client.orders.byNumber('ab-42')).toMatchObject({ OrderID: 2 });
    expect(asked()).toEqual(['GET /3dCartWebAPI/v2/Orders?invoicenumber=42&offset=1&limit=300']);
  });

  it('is enough without its prefix where one order alone has it', async () => {
    inList(order(2, { InvoiceNumber: 42 }));
    expect(await client.orders.byNumber('42')).toMatchObject({ OrderID: 2 });
    inList(
      order(1, { InvoiceNumber: 42, InvoiceNumberPrefix: 'CD-' }),
      order(2, { InvoiceNumber: 42 }),
    );
    await expect(client.orders.byNumber('42')).rejects.toMatchObject({ class: 'not-found' });
    await expect(client.orders.byNumber('XY-42')).rejects.toThrow(/no order with the number XY-42/);
  });
});

describe('writing', () => {
  it('reads again what it has made', async () => {
    answer = ({ method }) =>
      method === 'POST'
        ? { status: 201, body: [{ ...ok('47'), Status: '201' }] }
        : { body: [order(47)] };
    expect(
      await client.orders.create({ BillingEmail: 'a@example.com' }, { bypassEmail: true }),
    ).toMatchObject({
      InvoiceNumber: 1047,
    });
    expect(asked()).toEqual([
      'POST /3dCartWebAPI/v2/Orders?bypassorderemail=1',
      'GET /3dCartWebAPI/v2/Orders/47',
    ]);
  });

  it('does not fail where what was made cannot be read again', async () => {
    answer = ({ method }) =>
      method === 'POST'
        ? { status: 201, body: [{ ...ok('47', 'CustomerID'), Status: '201' }] }
        : { status: 500, body: {} };
    expect(await client.customers.create({ Email: 'a@example.com' })).toEqual({
      CustomerID: 47,
      Email: 'a@example.com',
    });
  });

  it('finds a refusal inside a success', async () => {
    answer = () => ({ body: [no('Invalid status')] });
    await expect(client.orders.update(1, { OrderStatusID: 99 })).rejects.toMatchObject({
      class: 'validation',
      message: '3dcart refused PUT /Orders/1 with status 400: Invalid status',
    });
    await expect(client.products.remove(1)).rejects.toMatchObject({ class: 'validation' });
  });

  it('names the shipment 0', async () => {
    answer = () => ({ body: [ok('0', 'ShipmentID')] });
    await client.orders.updateShipment(23, 0, { ShipmentTrackingCode: '1Z' });
    expect(asked()).toEqual(['PUT /3dCartWebAPI/v2/Orders/23/Shipments/0']);
    expect(bodies()).toEqual([{ ShipmentID: 0, ShipmentTrackingCode: '1Z' }]);
  });
});

describe('writing many at once', () => {
  const three = [1, 2, 3].map((OrderID) => ({ OrderID, InternalComments: 'x' }));
  const outcomes = async () =>
    (await client.orders.updateMany(three)).map((outcome) =>
      outcome.ok ? outcome.value.OrderID : outcome.error.class,
    );

  it.each([200, 400])('tells what became of each, with status %i', async (status) => {
    answer = () => ({ status, body: [ok('1'), no('Order not found', '404'), ok('3')] });
    expect(await outcomes()).toEqual([1, 'not-found', 3]);
  });

  const alike = no('Locked');
  it.each([
    ['successes in another order', [ok('3'), ok('1'), ok('2')], [1, 2, 3]],
    ['a refusal that comes first', [no('Locked'), ok('1'), ok('3')], [1, 'validation', 3]],
    [
      'refusals of one reason, out of order',
      [ok('3'), alike, alike],
      ['validation', 'validation', 3],
    ],
    [
      'a refusal that names its record',
      [ok('3'), ok('1'), no('Gone', '404', '2')],
      [1, 'not-found', 3],
    ],
    ['successes that name nothing', [ok(''), ok(''), ok('')], [1, 2, 3]],
    [
      'refusals that name nothing',
      [no('a'), no('b', '404'), no('c')],
      ['validation', 'not-found', 'validation'],
    ],
    ['fewer results than records', [ok('3'), ok('1')], [1, 'unknown', 3]],
    ['a refusal for two that are left', [ok('3'), no('Locked')], ['unknown', 'unknown', 3]],
    ['one refusal for all', [no('Locked')], ['unknown', 'unknown', 'unknown']],
    ['reasons out of order', [no('Locked'), no('Gone', '404'), ok('1')], [1, 'unknown', 'unknown']],
    [
      'a success and a refusal that name nothing',
      [ok('1'), ok(''), no('x')],
      [1, 'unknown', 'unknown'],
    ],
  ])('attributes %s', async (_, body, expected) => {
    answer = () => ({ body });
    expect(await outcomes()).toEqual(expected);
  });

  it('says of what is in doubt why, and what to do', async () => {
    answer = () => ({ body: [ok('3'), no('Locked')] });
    const [first] = await client.orders.updateMany(three);
    expect(first).toMatchObject({
      ok: false,
      error: {
        message:
          '3dcart did not say whether PUT /Orders wrote this record; of the records written with it, it refused some: "Locked"',
        fix: expect.stringMatching(/^Run this step again for this record alone/) as string,
      },
    });
  });

  it('takes one refusal of a request that failed for that of all', async () => {
    answer = () => ({ status: 400, body: [no('Malformed array')] });
    expect(await outcomes()).toEqual(['validation', 'validation', 'validation']);
  });

  it('tells of the id 0, and of one that is written twice', async () => {
    const ids = (sent: object[]) =>
      client.orders.updateMany(sent).then((all) => all.map(({ ok: is }) => is));
    answer = () => ({ body: [ok('1'), ok('0')] });
    expect(await ids([{ OrderID: 0 }, { OrderID: 1 }])).toEqual([true, true]);
    answer = () => ({ body: [no('Not found', '404', '0'), ok('0')] });
    expect(await ids([{ OrderID: 0 }, { OrderID: 1 }])).toEqual([true, false]);
    answer = () => ({ body: [ok('1'), no('Locked')] });
    expect(await ids([{ OrderID: 1 }, { OrderID: 1 }])).toEqual([true, false]);
  });

  it('does not take a write for done of which nothing is told', async () => {
    answer = () => ({ body: [] });
    await expect(client.orders.update(1, { OrderStatusID: 4 })).rejects.toMatchObject({
      class: 'unknown',
    });
    await expect(client.orders.addTransaction(1, {})).rejects.toMatchObject({ class: 'unknown' });
  });

  it('fails all where the answer tells of none', async () => {
    answer = () => ({
      status: 401,
      body: { Message: 'Authorization has been denied for this request.' },
    });
    expect(await outcomes()).toEqual(['authentication', 'authentication', 'authentication']);
  });

  it('sends at most a hundred, with the id where products have it', async () => {
    answer = ({ body }) => ({
      body: (JSON.parse(body) as Array<{ SKUInfo: { CatalogID: number } }>).map(({ SKUInfo }) =>
        ok(String(SKUInfo.CatalogID), 'CatalogID'),
      ),
    });
    const documents = Array.from({ length: 101 }, (_, index) => ({
      SKUInfo: { CatalogID: index + 1, Stock: -2 },
    }));
    const written = await client.products.updateMany(documents);
    expect(written.every((outcome) => outcome.ok)).toBe(true);
    expect(bodies().map((body) => body.length)).toEqual([100, 1]);
  });
});

it('lists all webhooks, and events by what 3dcart calls them', async () => {
  answer = ({ url }) => ({
    body: url.includes('Events')
      ? [{ EventType: 5, EventName: 'Order New' }]
      : [{ Id: '3', Url: 'https://n8n.example' }],
  });
  expect(await client.webhooks.list()).toEqual([{ Id: 3, Url: 'https://n8n.example' }]);
  expect(await client.webhooks.events()).toEqual([{ EventType: 5, EventName: 'Order New' }]);
  expect(server.received[0]?.url).toContain('/Webhooks?enabled=-1');
});
