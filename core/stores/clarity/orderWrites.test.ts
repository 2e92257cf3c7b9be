import { type HttpServer, startHttpServer } from '../../../test/support/httpServer';
import { fetchTransport } from '../../http/fetch';
import { writeStatuses } from '../kit/orderWrites';
import { type Clarity, createClarity } from './client';
import { addShipments, recordRefunds, statusWrites } from './orderWrites';
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

test('refunds are payments of their own, of the whole order where no amount is said', async () => {
  await recordRefunds(open(), [
    { orderId: '7', amount: 5, reference: 'CM-1', reason: 'Returned' },
    { orderId: '7' },
  ]);
  expect(written()).toEqual([
    [
      'PUT /api/v1/payments/by-key/7-CM-1',
      {
        orderId: '7',
        type: 'refund',
        status: 'refunded',
        amount: 5,
        currency: 'EUR',
        reason: 'Returned',
      },
    ],
    [
      'POST /api/v1/payments',
      { orderId: '7', type: 'refund', status: 'refunded', amount: 24.2, currency: 'EUR' },
    ],
  ]);
});

test('what the deployment does not have is said', async () => {
  const profile = readProfile('{"extends":"brief","resources":{"payments":null,"shipments":null}}');
  const refunds = await recordRefunds(open(profile), [{ orderId: '7' }]);
  expect(refunds).toMatchObject([
    { error: { message: expect.stringContaining('has no resources.payments.create') as string } },
  ]);
  const shipments = await addShipments(open(profile), [{ orderId: '7', shippedAt }]);
  expect(shipments).toMatchObject([
    { error: { message: expect.stringContaining('has no resources.shipments.create') as string } },
  ]);
  expect(written()).toEqual([]);
});
