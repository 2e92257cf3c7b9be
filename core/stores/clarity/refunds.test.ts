import {
  type HttpServer,
  type Received,
  type Reply,
  startHttpServer,
} from '../../../test/support/httpServer';
import { fetchTransport } from '../../http/fetch';
import { type Clarity, createClarity } from './client';
import { paymentsOf } from './payments';
import { readProfile } from './profile/read';
import { recordRefunds } from './refunds';

interface Payment {
  paymentId?: number;
  orderId: string;
  amount: number;
  status: string;
  type?: string;
  currency?: string;
  externalId?: string;
}

let server: HttpServer;
let orders: Array<{ orderId: string }>;
let payments: Payment[];
/** Whether the answer to the next payment is lost after it was made. */
let isLost: boolean;

function answer({ method, url, body }: Received): Reply {
  const { pathname, searchParams } = new URL(url, server.origin);
  const orderId = /\/orders\/([^/]+)$/.exec(pathname)?.[1];
  if (orderId !== undefined) {
    const order = orders.find((each) => each.orderId === orderId);
    return order ? { body: order } : { status: 404, body: {} };
  }
  if (method === 'GET') {
    const of = searchParams.get('of');
    const items = payments.filter((each) => of === null || each.orderId === of);
    return { body: { items, total: items.length } };
  }
  const key = /\/by-key\/(.+)$/.exec(pathname)?.[1];
  const made = { ...(JSON.parse(body) as Payment), ...(key && { externalId: key }) };
  payments.push({ ...made, paymentId: payments.length + 1 });
  if (!isLost) return { status: 201, body: made };
  isLost = false;
  return { status: 504, body: {} };
}

beforeEach(async () => {
  isLost = false;
  // 2 × 10, tax 4, shipping 5.50.
  orders = [
    {
      orderId: '7',
      totalAmount: 29.5,
      currency: 'EUR',
      orderDate: '2026-11-25T14:00:00Z',
      paymentInfo: { method: 'Card', amount: 29.5, status: 'captured' },
    } as { orderId: string },
  ];
  payments = [];
  server = await startHttpServer((request) => answer(request));
});

afterEach(async () => await server.close());

const open = (own: object = {}): Clarity =>
  createClarity({
    url: server.origin,
    profile: readProfile(JSON.stringify({ extends: 'brief', ...own })),
    send: fetchTransport(),
  });

const resource = (payment: object) => ({ resources: { payments: payment } });
const KEYLESS = resource({ upsert: null });
const refunds = (): number[] =>
  payments.filter(({ type }) => type === 'refund').map(({ amount }) => amount);

describe('refunds', () => {
  it('are payments of their own: parts under their references, then all that is left, with shipping and tax', async () => {
    const outcomes = await recordRefunds(open(), [
      { orderId: '7', amount: 5.5, reference: 'CM-1', reason: 'No shipping' },
      { orderId: '7' },
      { orderId: '7' },
    ]);
    expect(outcomes).toMatchObject([
      { ok: true, value: { amount: 5.5, externalId: '7-CM-1' } },
      { ok: true, value: { amount: 24 } },
      { ok: true, value: { amount: 0, outcome: 'unchanged' } },
    ]);
    expect(payments).toEqual([
      {
        paymentId: 1,
        orderId: '7',
        type: 'refund',
        status: 'refunded',
        amount: 5.5,
        currency: 'EUR',
        reason: 'No shipping',
        externalId: '7-CM-1',
      },
      {
        paymentId: 2,
        orderId: '7',
        type: 'refund',
        status: 'refunded',
        amount: 24,
        currency: 'EUR',
      },
    ]);
  });

  it.each([{}, KEYLESS, resource({ upsert: null, list: { where: { orderId: 'of' } } })])(
    'of a reference that the service has are not noted again: %j',
    async (own) => {
      const wish = { orderId: '7', amount: 5, reference: 'CM-1' };
      await recordRefunds(open(own), [wish, wish]);
      expect(await recordRefunds(open(own), [wish])).toMatchObject([
        { value: { amount: 5, outcome: 'unchanged' } },
      ]);
      expect(refunds()).toEqual([5]);
    },
  );

  it.each([{}, KEYLESS])('whose answer was lost are not noted again: %j', async (own) => {
    const wish = { orderId: '7', amount: 5, reference: 'CM-1' };
    isLost = true;
    await recordRefunds(open(own), [wish]);
    await recordRefunds(open(own), [wish]);
    isLost = true;
    await recordRefunds(open(own), [{ orderId: '7' }]);
    await recordRefunds(open(own), [{ orderId: '7' }]);
    expect(refunds()).toEqual([5, 24.5]);
  });

  it('are never more than what came in', async () => {
    payments = [
      { orderId: '7', amount: 29.5, status: 'captured' },
      { orderId: '7', amount: 20, status: 'refunded' },
      { orderId: '7', amount: 9, status: 'failed', type: 'refund' },
      { orderId: '9', amount: 5, status: 'refunded' },
    ];
    expect(
      await recordRefunds(open(), [
        { orderId: '7', amount: 9.51, reference: 'CM-1' },
        { orderId: '7', amount: 9.5, reference: 'CM-2' },
      ]),
    ).toMatchObject([
      { error: { message: 'A refund of 9.51 is more than the 9.5 that are left of order 7' } },
      { ok: true },
    ]);
    expect(refunds()).toEqual([9, 9.5]);
  });

  it('of a part need a reference, by which a repetition is known', async () => {
    expect(await recordRefunds(open(), [{ orderId: '7', amount: 5 }])).toMatchObject([
      { error: { class: 'validation', message: 'The refund of a part has no reference' } },
    ]);
    expect(payments).toEqual([]);
  });

  it.each<[string, object, string]>([
    ['was not paid', { paymentInfo: { amount: 29.5, status: 'pending' } }, 'no payment on record'],
    ['names no payment', { paymentInfo: null }, 'no payment on record'],
    [
      'was refunded in part, nobody says how much',
      { paymentInfo: { amount: 29.5, status: 'partiallyRefunded' } },
      'nothing says how much is left',
    ],
  ])('of all of an order that %s are refused', async (_, more, message) => {
    Object.assign(orders[0] ?? {}, more);
    expect(await recordRefunds(open(), [{ orderId: '7' }])).toMatchObject([
      { error: { class: 'validation', message: expect.stringContaining(message) as string } },
    ]);
    expect(payments).toEqual([]);
  });

  it('of an order whose own payment was refunded are there already', async () => {
    Object.assign(orders[0] ?? {}, { paymentInfo: { amount: 29.5, status: 'Refunded' } });
    expect(await recordRefunds(open(), [{ orderId: '7' }])).toMatchObject([
      { value: { amount: 0, outcome: 'unchanged' } },
    ]);
  });

  it('have the decimals of their currency', async () => {
    Object.assign(orders[0] ?? {}, {
      currency: 'KWD',
      totalAmount: 1.235,
      paymentInfo: { amount: 1.235, status: 'captured' },
    });
    payments = [
      { orderId: '7', amount: 0.1, status: 'refunded', type: 'refund' },
      { orderId: '7', amount: 0.2, status: 'refunded', type: 'refund' },
      // What another currency comes to, nobody says.
      { orderId: '7', amount: 1, status: 'refunded', type: 'refund', currency: 'USD' },
    ];
    await recordRefunds(open(), [{ orderId: '7' }]);
    expect(payments.at(-1)).toMatchObject({ amount: 0.935, currency: 'KWD' });
  });

  it('of an order that is not there fail alone', async () => {
    expect(await recordRefunds(open(), [{ orderId: '9' }, { orderId: '7' }])).toMatchObject([
      { error: { class: 'not-found' } },
      { ok: true },
    ]);
  });

  it('cannot be noted where the deployment has no payments', async () => {
    expect(
      await recordRefunds(open(resource(null as unknown as object)), [{ orderId: '7' }]),
    ).toMatchObject([
      { error: { message: expect.stringContaining('has no resources.payments.create') as string } },
    ]);
  });
});

describe('the payments of orders', () => {
  const read = async (own: object, ...of: object[]) =>
    await paymentsOf(open(own), of as Array<{ orderId: string }>);
  const listed = (): string[] => server.received.map(({ url }) => decodeURIComponent(url));

  it('are read in one list for all, back to the day before the oldest order', async () => {
    payments = [
      { orderId: '7', amount: 29.5, status: 'captured' },
      { orderId: '8', amount: 3, status: 'captured' },
      { orderId: '9', amount: 5, status: 'refunded' },
    ];
    const dated = ['2026-11-25T14:00:00Z', '2026-11-20T14:00:00Z'];
    expect(
      await read(
        {},
        { orderId: '7', orderDate: dated[0] },
        { orderId: '8', orderDate: dated[1] },
        { orderId: '6', orderDate: dated[0] },
      ),
    ).toMatchObject([{ value: [{ amount: 29.5 }] }, { value: [{ amount: 3 }] }, { value: [] }]);
    expect(listed()).toEqual([
      '/api/v1/payments?modifiedSince=2026-11-19T14:00:00.000Z&page=1&pageSize=100',
    ]);
  });

  it('are asked for by order where the profile says how', async () => {
    payments = ['7', '8'].map((orderId) => ({ orderId, amount: 3, status: 'captured' }));
    const own = resource({ list: { where: { orderId: 'of' } } });
    expect(await read(own, { orderId: '8' })).toMatchObject([{ value: [{ orderId: '8' }] }]);
    expect(listed()).toEqual(['/api/v1/payments?of=8&page=1&pageSize=100']);
  });

  it('are those of the order itself where there are no others', async () => {
    const order = { orderId: '7', payments: [{ amount: 5, status: 'captured' }] };
    expect(await read({}, order)).toEqual([{ ok: true, value: order.payments }]);
    expect(await read(resource(null as unknown as object), order)).toEqual([
      { ok: true, value: order.payments },
    ]);
  });

  it('keep what the order says of its payment where the others are refunds alone', async () => {
    payments = [{ orderId: '7', amount: 5, status: 'refunded' }];
    const order = { orderId: '7', payments: [{ amount: 5, status: 'Refunded' }] };
    expect(await read({}, order)).toMatchObject([
      {
        value: [
          { amount: 5, type: 'sale' },
          { amount: 5, status: 'refunded' },
        ],
      },
    ]);
  });
});
