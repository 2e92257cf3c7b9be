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
    ['POST /api/v1/shipments', { orderId: '7', shippedAt: '2026-11-25T14:00:00.000Z' }],
    ['PATCH /api/v1/orders/7', { status: 'Shipped' }],
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

  it('the list is read once for all of a run', async () => {
    await add(KEYLESS, ...Array.from({ length: 50 }, (_, index) => ({ orderId: String(index) })));
    expect([posted(), readings()]).toEqual([50, 1]);
  });

  it('one whose answer was lost is found, and not made again', async () => {
    answers = [null];
    expect(await add(KEYLESS, {})).toMatchObject([{ ok: true, value: { shipmentId: 1 } }]);
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
    expect(readings()).toBe(1);
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
