import {
  type HttpServer,
  type Received,
  type Reply,
  startHttpServer,
} from '../../../test/support/httpServer';
import { no, ok, threeDCartAt } from '../../../test/support/threeDCart';
import { firstRows } from '../../http/pages';
import type { ThreeDCart } from './client';

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
  client = threeDCartAt(server);
});

afterEach(async () => await server.close());

const asked = () =>
  server.received.map(({ method, url }) => `${method} ${decodeURIComponent(url)}`);
const bodies = () =>
  server.received.map(({ body }) => (body === '' ? undefined : JSON.parse(body)));
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
