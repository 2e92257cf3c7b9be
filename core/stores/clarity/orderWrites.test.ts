import { type HttpServer, type Received, startHttpServer } from '../../../test/support/httpServer';
import { fetchTransport } from '../../http/fetch';
import { writeStatuses } from '../kit/orderWrites';
import { type Clarity, createClarity } from './client';
import { partKey } from './keyed';
import { addShipments, statusWrites } from './orderWrites';
import { BRIEF } from './profile/brief';
import { readProfile } from './profile/read';

let server: HttpServer;
const ORDER = { orderId: '7', totalAmount: 24.2, currency: 'EUR' };

beforeEach(async () => {
  server = await startHttpServer(({ url }) =>
    url.includes('/orders/9') ? { status: 404, body: {} } : { body: ORDER },
  );
});

afterEach(async () => await server.close());

const open = (profile = BRIEF): Clarity =>
  createClarity({ url: server.origin, profile, send: fetchTransport() });

const written = (): unknown[] =>
  server.received
    .filter(({ method }) => method !== 'GET')
    .map(({ method, url, body }) => [`${method} ${url}`, JSON.parse(body) as unknown]);

const shippedAt = new Date('2026-11-25T14:00:00Z');

test('a status is written to its order', async () => {
  const wishes = ['7', '9'].map((orderId) => ({ orderId, status: 'Shipped' }));
  expect(await writeStatuses(statusWrites(open()), wishes)).toMatchObject([
    { ok: true, value: { orderId: '7' } },
    { ok: false, error: { class: 'not-found' } },
  ]);
  expect(written()[0]).toEqual(['PATCH /api/v1/orders/7', { status: 'Shipped' }]);
});

test('a shipment is made once under its tracking number, and the order has its status', async () => {
  const [first, second] = await addShipments(open(), [
    { orderId: '7', trackingNumber: '1Z9', method: 'UPS', shippedAt, status: 'Shipped' },
    { orderId: '7', shippedAt, status: 'Shipped' },
  ]);
  expect([first?.ok, second?.ok]).toEqual([true, true]);
  expect(written()).toEqual([
    [
      'PUT /api/v1/shipments/by-key/7-1Z9',
      { orderId: '7', trackingNumber: '1Z9', method: 'UPS', shippedAt: '2026-11-25T14:00:00.000Z' },
    ],
    [
      'PUT /api/v1/shipments/by-key/7-2026-11-25T14%3A00%3A00.000Z',
      { orderId: '7', shippedAt: '2026-11-25T14:00:00.000Z' },
    ],
    ['PATCH /api/v1/orders/7', { status: 'Shipped' }],
  ]);
});

describe('a shipment without a tracking number', () => {
  const shipments = (): unknown[] => written().map((one) => (one as unknown[])[0]);
  const AT = '/api/v1/shipments/by-key/7-2026-11-25T14%3A00%3A00.000Z';

  it('is known by its time and method, so that it is made once however often it is sent', async () => {
    const wish = { orderId: '7', method: 'UPS', shippedAt };
    await addShipments(open(), [wish]);
    await addShipments(open(), [wish]);
    expect(shipments()).toEqual([`PUT ${AT}%20UPS`, `PUT ${AT}%20UPS`]);
  });

  it('is one of several where time or method differ', async () => {
    const later = new Date('2026-11-26T09:00:00Z');
    const made = await addShipments(open(), [
      { orderId: '7', method: 'UPS', shippedAt },
      { orderId: '7', method: 'DHL', shippedAt },
      { orderId: '7', method: 'UPS', shippedAt: later },
      { orderId: '8', method: 'UPS', shippedAt },
    ]);
    expect(made.every(({ ok }) => ok)).toBe(true);
    expect(new Set(shipments()).size).toBe(4);
  });

  it('is not made where nothing could tell it from the next one', async () => {
    const [failed, made] = await addShipments(open(), [
      { orderId: '7', method: 'UPS', status: 'Shipped' },
      { orderId: '8', trackingNumber: '1Z9', shippedAt },
    ]);
    expect(failed).toMatchObject({
      error: {
        class: 'validation',
        message: 'The shipment of order 7 has neither a tracking number nor a date',
        fix: expect.stringMatching(/^Give a Tracking Number, or in Shipped At/) as string,
      },
    });
    expect(made).toMatchObject({ ok: true });
    expect(shipments()).toEqual(['PUT /api/v1/shipments/by-key/8-1Z9']);
  });

  it('is not guessed to be the same as another of its time and method', async () => {
    const wish = { orderId: '7', shippedAt };
    expect(await addShipments(open(), [wish, wish])).toMatchObject([
      {
        error: { message: expect.stringMatching(/^Order 7 is given several shipments/) as string },
      },
      { error: { class: 'validation' } },
    ]);
    expect(shipments()).toEqual([]);
  });
});

test('a shipment of which the day alone is known was sent in the middle of it', async () => {
  await addShipments(open(), [{ orderId: '7', trackingNumber: '1Z9', shippedAt: '2026-05-03' }]);
  expect(written()).toMatchObject([
    ['PUT /api/v1/shipments/by-key/7-1Z9', { shippedAt: '2026-05-03T12:00:00.000Z' }],
  ]);
});

test('a shipment whose order cannot be changed has failed', async () => {
  const wishes = [{ orderId: '9', shippedAt, status: 'Shipped' }];
  expect(await addShipments(open(), wishes)).toMatchObject([{ error: { class: 'not-found' } }]);
});

test('what the deployment does not have is said', async () => {
  const profile = readProfile('{"extends":"brief","resources":{"shipments":null}}');
  const shipments = await addShipments(open(profile), [{ orderId: '7', shippedAt }]);
  expect(shipments).toMatchObject([
    { error: { message: expect.stringContaining('has no resources.shipments.create') as string } },
  ]);
  expect(written()).toEqual([]);
});

describe('where the service takes no key', () => {
  interface Shipment {
    shipmentId: number;
    externalId?: string;
  }
  let shipments: Shipment[];
  /** What becomes of the next writes: null is one whose answer is lost after it was carried out. */
  let answers: Array<number | null>;
  let shop: HttpServer;

  const isPost = ({ method }: Received): boolean => method === 'POST';
  const posted = (): number => shop.received.filter(isPost).length;
  const readings = (): number => shop.received.filter((request) => !isPost(request)).length;

  beforeEach(async () => {
    shipments = [];
    answers = [];
    shop = await startHttpServer(({ method, url, body }) => {
      if (method === 'GET') {
        const key = new URL(url, server.origin).searchParams.get('key');
        const items = shipments.filter(({ externalId }) => key === null || externalId === key);
        return { body: { items, total: items.length } };
      }
      const status = answers.shift();
      if (status !== undefined && status !== null) return { status, body: {} };
      const made = { ...(JSON.parse(body) as object), shipmentId: shipments.length + 1 };
      shipments.push(made);
      return status === null ? { status: 504, body: {} } : { status: 201, body: made };
    });
  });

  afterEach(async () => await shop.close());

  const KEYLESS = '{"extends":"brief","resources":{"shipments":{"upsert":null}}}';
  const ASKED =
    '{"extends":"brief","resources":{"shipments":{"upsert":null,"list":{"where":{"externalId":"key"}}}}}';
  const wish = { orderId: '7', trackingNumber: '1Z9', shippedAt };
  const add = async (profile: string, ...wishes: object[]) =>
    await addShipments(
      createClarity({
        url: shop.origin,
        profile: readProfile(profile),
        send: fetchTransport(),
      }),
      wishes.map((more) => ({ ...wish, ...more })),
    );

  it.each([KEYLESS, ASKED])('a shipment is looked for before it is made: %s', async (profile) => {
    expect(await add(profile, {}, {})).toMatchObject([
      { ok: true, value: { shipmentId: 1, externalId: '7-1Z9' } },
      { ok: true, value: { shipmentId: 1, outcome: 'unchanged' } },
    ]);
    expect(await add(profile, {})).toMatchObject([{ value: { outcome: 'unchanged' } }]);
    expect(posted()).toBe(1);
  });

  it('the list is read once for all of a run, and once for its names', async () => {
    await add(KEYLESS, ...Array.from({ length: 50 }, (_, index) => ({ orderId: String(index) })));
    expect([posted(), readings()]).toEqual([50, 2]);
  });

  it('one whose answer was lost is found, and not made again', async () => {
    answers = [null];
    expect(await add(KEYLESS, {})).toMatchObject([{ ok: true, value: { shipmentId: '1' } }]);
    expect(shipments).toHaveLength(1);
  });

  it('one that was really not made has failed, and is made by the next attempt', async () => {
    answers = [503];
    expect(await add(KEYLESS, {})).toMatchObject([{ ok: false, error: { class: 'transient' } }]);
    expect(await add(KEYLESS, {})).toMatchObject([{ ok: true }]);
    expect(shipments).toHaveLength(1);
  });

  it('one that was refused is not looked for', async () => {
    answers = [422];
    expect(await add(KEYLESS, {})).toMatchObject([{ ok: false, error: { class: 'validation' } }]);
    expect(readings()).toBe(2);
  });

  it('nothing is written that could not be found again', async () => {
    const profile =
      '{"extends":"brief","resources":{"shipments":{"upsert":null,"fields":{"externalId":null}}}}';
    expect(await add(profile, {})).toMatchObject([
      { ok: false, error: { message: expect.stringContaining('could be found again') as string } },
    ]);
    expect(posted()).toBe(0);
  });
});

test('no two parcels of different orders have one key', () => {
  const keys = [
    ['1-23', '4'],
    ['1', '23-4'],
    ['1~123', '4'],
    ['1-~023', '4'],
  ].map(([orderId = '', part = '']) => partKey(orderId, part));
  expect(new Set(keys).size).toBe(keys.length);
  expect(partKey('7', '1Z-9')).toBe('7-1Z-9');
});
