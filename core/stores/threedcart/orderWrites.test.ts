/** What is written to orders, against a made-up shop that takes it as 3dcart's documentation says. */
import { type HttpServer, startHttpServer } from '../../../test/support/httpServer';
import { threeDCartAt } from '../../../test/support/threeDCart';
import { ServiceError } from '../../errors';
import type { Outcome } from '../../outcome';
import { writeStatuses } from '../kit/orderWrites';
import { storeZone } from '../kit/zone';
import type { ThreeDCart } from './client';
import { addShipments, statusWrites, writeNumbers } from './orderWrites';
import { recordPayments } from './payments';
import { recordRefunds } from './refunds';

type Row = Record<string, unknown>;

let shop: HttpServer;
let client: ThreeDCart;
let order: Row & { ShipmentList: Row[]; TransactionList: Row[] };

const zone = storeZone('America/New_York');
const done = (Key: string, Value: unknown) => ({
  body: [{ Key, Value: String(Value), Status: '200', Message: 'updated successfully' }],
});

beforeEach(async () => {
  order = {
    OrderID: 7,
    OrderStatusID: 1,
    OrderAmount: 50,
    BillingPaymentMethod: 'Card',
    InternalComments: '',
    AlternateOrderID: '',
    ShipmentList: [
      { ShipmentID: 0, ShipmentOrderStatus: 1, ShipmentCity: 'Austin', ShipmentTrackingCode: ' ' },
    ],
    TransactionList: [{ TransactionType: 'Sale', TransactionAmount: 50 }],
  };
  shop = await startHttpServer(({ method, url, body }) => {
    const [, part] = /Orders\/\d+\/?(\w*)/.exec(url) ?? [];
    const given = body === '' ? {} : (JSON.parse(body) as Row);
    if (method === 'GET') return { body: part === 'Shipments' ? order.ShipmentList : [order] };
    if (method === 'PUT' && Array.isArray(given)) {
      Object.assign(
        order,
        given.find(({ OrderID }: Row) => OrderID === order.OrderID),
      );
      return { body: given.flatMap(({ OrderID }: Row) => done('OrderID', OrderID).body) };
    }
    if (part === 'Shipments' && method === 'PUT') {
      Object.assign(
        order.ShipmentList.find((row) => row.ShipmentID === given.ShipmentID) ?? {},
        given,
      );
      return done('ShipmentID', given.ShipmentID);
    }
    const rows = part === 'Shipments' ? order.ShipmentList : order.TransactionList;
    rows.push(part === 'Shipments' ? { ...given, ShipmentID: rows.length } : given);
    return done(part === 'Shipments' ? 'ShipmentID' : 'TransactionIndexID', rows.length - 1);
  });
  client = threeDCartAt(shop);
});

afterEach(async () => await shop.close());

const said = (outcomes: Array<Outcome<object>>) =>
  outcomes.map((each) => (each.ok ? (each.value as Row).outcome : each.error.message));
const writes = () =>
  shop.received
    .filter(({ method }) => method !== 'GET')
    .map(({ method, url, body }) => [
      `${method} ${url.replace('/3dCartWebAPI/v2', '')}`,
      JSON.parse(body) as unknown,
    ]);

test('statuses of a hundred orders go in one request', async () => {
  const wishes = Array.from({ length: 101 }, (_, index) => ({
    orderId: String(index + 1),
    status: '4',
  }));
  const outcomes = await writeStatuses(statusWrites(client), wishes);
  expect(outcomes.every(({ ok }) => ok)).toBe(true);
  expect(writes().map(([request]) => request)).toEqual(['PUT /Orders', 'PUT /Orders']);
});

describe('a shipment', () => {
  const wish = { orderId: '7', status: '4', shippedAt: new Date('2026-05-04T02:00:00Z') };

  test('goes to the first that has no tracking number, on the day that it was in the store', async () => {
    const tracked = { ...wish, trackingNumber: '1Z1', method: 'UPS Ground' };
    expect(said(await addShipments(client, zone, [tracked]))).toEqual(['updated']);
    expect(writes()).toEqual([
      [
        'PUT /Orders/7/Shipments/0',
        {
          ShipmentID: 0,
          ShipmentOrderStatus: 4,
          ShipmentShippedDate: '5/3/2026',
          ShipmentTrackingCode: '1Z1',
          ShipmentMethodName: 'UPS Ground',
        },
      ],
      ['PUT /Orders', [{ OrderID: 7, OrderStatusID: 4 }]],
    ]);
  });

  test('of which the day alone is known was sent on that day, west of Greenwich too', async () => {
    const told = { orderId: '7', trackingNumber: '1Z1', shippedAt: '2026-05-03' };
    await addShipments(client, zone, [told]);
    expect(order.ShipmentList).toMatchObject([{ ShipmentShippedDate: '5/3/2026' }]);
  });

  test('is a further one where all have a tracking number, and the same one is written once', async () => {
    const two = ['1Z1', '1Z2', '1Z1'].map((trackingNumber) => ({ ...wish, trackingNumber }));
    expect(said(await addShipments(client, zone, two))).toEqual(['updated', 'created', 'updated']);
    expect(order.ShipmentList).toMatchObject([
      { ShipmentID: 0, ShipmentTrackingCode: '1Z1' },
      { ShipmentID: 1, ShipmentTrackingCode: '1Z2', ShipmentCity: 'Austin', ShipmentCost: 0 },
    ]);
    const before = writes().length;
    expect(said(await addShipments(client, zone, two))).toEqual(Array(3).fill('unchanged'));
    expect(writes()).toHaveLength(before);
  });

  test('that is a second one leaves the status that the order has, or sets the one that is wanted', async () => {
    const untold = { orderId: '7', shippedAt: wish.shippedAt };
    await addShipments(client, zone, [{ ...wish, trackingNumber: '1Z1' }]);
    expect(order.OrderStatusID).toBe(4);
    await addShipments(client, zone, [{ ...untold, trackingNumber: '1Z2' }]);
    await addShipments(client, zone, [{ ...wish, trackingNumber: '1Z3' }]);
    expect(order.OrderStatusID).toBe(4);
    expect(order.ShipmentList.map((row) => row.ShipmentOrderStatus)).toEqual([4, 4, 4]);
    expect(writes().filter(([request]) => request === 'PUT /Orders')).toHaveLength(1);
    // The staff has taken it back meanwhile.
    order.OrderStatusID = 3;
    await addShipments(client, zone, [{ ...wish, trackingNumber: '1Z4' }]);
    expect(order.OrderStatusID).toBe(4);
  });

  test('without a tracking number is told once, whatever the day', async () => {
    expect(said(await addShipments(client, zone, [wish]))).toEqual(['updated']);
    const later = { ...wish, shippedAt: new Date('2026-06-04T02:00:00Z') };
    expect(said(await addShipments(client, zone, [later]))).toEqual(['unchanged']);
  });
});

describe('a refund', () => {
  test('of a part has a reference, and is recorded once', async () => {
    const wish = { orderId: '7', amount: 20.5, reference: 'CM-1', reason: 'Broken' };
    const wishes = [
      wish,
      wish,
      { ...wish, reference: undefined },
      { ...wish, amount: 30, reference: 'CM-2' },
    ];
    expect(said(await recordRefunds(client, zone, wishes))).toEqual([
      'created',
      'unchanged',
      'The refund of a part has no reference',
      'A refund of 30 is more than the 29.5 that are left of order 7',
    ]);
    expect(writes()).toEqual([
      [
        'POST /Orders/7/Transactions',
        expect.objectContaining({
          TransactionType: 'Refund',
          TransactionMethod: 'Card',
          TransactionAmount: -20.5,
          TransactionReference: 'CM-1',
          TransactionResponseText: 'Broken',
        }),
      ],
    ]);
  });

  test('is written above 0 where the store does that, and counts as one', async () => {
    const sign = 'positive' as const;
    const wish = { sign, orderId: '7', amount: 20, reference: 'CM-1' };
    const rest = { sign, orderId: '7' };
    expect(said(await recordRefunds(client, zone, [wish, wish, rest]))).toEqual([
      'created',
      'unchanged',
      'created',
    ]);
    expect(order.TransactionList.slice(1).map((row) => row.TransactionAmount)).toEqual([20, 30]);
    expect(said(await recordRefunds(client, zone, [rest]))).toEqual(['unchanged']);
  });

  test('of all is what is left, and then nothing', async () => {
    order.TransactionList.push({ TransactionType: 'Credit', TransactionAmount: 10 });
    expect(said(await recordRefunds(client, zone, [{ orderId: '7' }]))).toEqual(['created']);
    expect(order.TransactionList.at(-1)).toMatchObject({ TransactionAmount: -40 });
    expect(said(await recordRefunds(client, zone, [{ orderId: '7' }]))).toEqual(['unchanged']);
  });
});

describe('a payment', () => {
  const wish = { orderId: '7', amount: 20.5, reference: 'pi_1', type: 'Sale' as const };

  test('is recorded once, as the order is paid where nothing else is said, by the clock of the store', async () => {
    const paidAt = new Date('2026-06-04T02:00:00Z');
    const wishes = [{ ...wish, paidAt }, wish, { ...wish, reference: 'pi_2', method: 'Bank' }];
    expect(said(await recordPayments(client, zone, wishes))).toEqual([
      'created',
      'unchanged',
      'created',
    ]);
    expect(order.TransactionList.slice(1)).toMatchObject([
      {
        TransactionDateTime: '2026-06-03T22:00:00',
        TransactionType: 'Sale',
        TransactionMethod: 'Card',
        TransactionAmount: 20.5,
        TransactionID: 'pi_1',
        TransactionReference: 'pi_1',
      },
      { TransactionMethod: 'Bank', TransactionReference: 'pi_2' },
    ]);
    expect(said(await recordPayments(client, zone, [wish]))).toEqual(['unchanged']);
    expect(writes()).toHaveLength(2);
  });

  test('that was reserved and is taken by the same reference is both', async () => {
    order.TransactionList = [
      { TransactionType: 'Authorize', TransactionID: ' pi_1 ', TransactionAmount: 20.5 },
    ];
    const wishes = [
      { ...wish, type: 'Auth' as const },
      { ...wish, type: 'Capture' as const },
    ];
    expect(said(await recordPayments(client, zone, wishes))).toEqual(['unchanged', 'created']);
  });

  test.each(['Sale', 'Capture', 'Charge'])(
    'that a payment service has noted as a %s is known, whatever it is called here',
    async (TransactionType) => {
      order.TransactionList = [{ TransactionType, TransactionID: 'pi_1', TransactionAmount: 20.5 }];
      const wishes = [wish, { ...wish, type: 'Capture' as const }];
      expect(said(await recordPayments(client, zone, wishes))).toEqual(['unchanged', 'unchanged']);
    },
  );

  test('of another amount by the same reference is refused, and what was given back by it is another', async () => {
    order.TransactionList = [
      { TransactionType: 'Sale', TransactionID: 'pi_1', TransactionAmount: -20.5 },
    ];
    const part = { ...wish, amount: 10 };
    expect(said(await recordPayments(client, zone, [wish, part]))).toEqual([
      'created',
      'Order 7 has a payment with the reference pi_1 already, of another amount (Sale)',
    ]);
  });

  test('that was reserved and given up is known with and without a sign', async () => {
    order.TransactionList = [
      { TransactionType: 'Void', TransactionID: 'pi_1', TransactionAmount: -20.5 },
    ];
    expect(said(await recordPayments(client, zone, [{ ...wish, type: 'Void' }]))).toEqual([
      'unchanged',
    ]);
  });

  test('of a reference longer than the store keeps is known again', async () => {
    const long = { ...wish, reference: 'pi'.repeat(200) };
    expect(said(await recordPayments(client, zone, [long]))).toEqual(['created']);
    expect(said(await recordPayments(client, zone, [long]))).toEqual(['unchanged']);
    const { TransactionID: cut } = order.TransactionList.at(-1) ?? {};
    expect(String(cut)).toHaveLength(50);
    // Another one that begins alike.
    const other = { ...wish, reference: `${String(cut)}-2` };
    expect(said(await recordPayments(client, zone, [other]))).toEqual(['created']);
    // A payment service knows it by its ID alone.
    order.TransactionList.push({
      TransactionType: 'Sale',
      TransactionID: 'x'.repeat(50),
      TransactionAmount: 20.5,
    });
    const noted = { ...wish, reference: 'x'.repeat(60) };
    expect(said(await recordPayments(client, zone, [noted]))).toEqual(['unchanged']);
  });

  test('counts as paid when money is given back', async () => {
    order.TransactionList = [];
    await recordPayments(client, zone, [wish]);
    expect(said(await recordRefunds(client, zone, [{ orderId: '7' }]))).toEqual(['created']);
    expect(order.TransactionList.at(-1)).toMatchObject({ TransactionAmount: -20.5 });
  });
});

describe('the number of another system', () => {
  const wish = { orderId: '7', number: 'SO-1', line: 'ERP SO-1' };

  test('has a field of its own, and is not written again where it stands there', async () => {
    const outcomes = await writeNumbers(client, [wish, wish], 'AlternateOrderID');
    expect(said(outcomes)).toEqual(['updated', 'updated']);
    expect(writes()).toEqual([['PUT /Orders', [{ OrderID: 7, AlternateOrderID: 'SO-1' }]]]);
    expect(said(await writeNumbers(client, [wish], 'AlternateOrderID'))).toEqual(['unchanged']);
    expect(writes()).toHaveLength(1);
  });

  test('stands in a comment as a line of its own, once', async () => {
    order.InternalComments = 'Call first';
    expect(said(await writeNumbers(client, [wish], 'InternalComments'))).toEqual(['updated']);
    expect(writes()).toEqual([
      ['PUT /Orders', [{ OrderID: 7, InternalComments: 'Call first\nERP SO-1' }]],
    ]);
    order.InternalComments = 'Call first<br>ERP SO-1';
    expect(said(await writeNumbers(client, [wish], 'InternalComments'))).toEqual(['unchanged']);
    expect(writes()).toHaveLength(1);
  });

  test('is refused where orders have no field for it', async () => {
    delete order.AlternateOrderID;
    const [outcome] = await writeNumbers(client, [wish], 'AlternateOrderID');
    expect(outcome).toMatchObject({
      error: {
        class: 'validation',
        message: 'Orders of this store have no AlternateOrderID',
        fix: 'Choose a comment under Write Into.',
      },
    });
    expect(writes()).toEqual([]);
  });

  test.each(['', 'SO-0'])('is not said to be written where "%s" stays', async (there) => {
    Object.defineProperty(order, 'AlternateOrderID', {
      enumerable: true,
      get: () => there,
      set: () => undefined,
    });
    const outcomes = await writeNumbers(client, [wish, wish], 'AlternateOrderID');
    expect(said(outcomes)).toEqual(
      Array(2).fill('The store took AlternateOrderID and did not keep it'),
    );
    expect(outcomes[0]).toMatchObject({ error: { fix: 'Choose a comment under Write Into.' } });
  });

  test('is not guessed where there are two', async () => {
    const two = [wish, { ...wish, number: 'SO-2' }];
    expect(said(await writeNumbers(client, two, 'AlternateOrderID'))).toEqual(
      Array(2).fill('Order 7 is given more than once, with different numbers or labels'),
    );
    const labels = [wish, { ...wish, line: 'CRM SO-1' }];
    expect(said(await writeNumbers(client, labels, 'InternalComments'))).toEqual(
      Array(2).fill('Order 7 is given more than once, with different numbers or labels'),
    );
    expect(writes()).toEqual([]);
    expect(said(await writeNumbers(client, labels, 'AlternateOrderID'))).toEqual([
      'updated',
      'updated',
    ]);
  });

  test('is not recorded twice in one run where the answer to the first was lost', async () => {
    const lost = client.orders.addTransaction;
    let isFirst = true;
    client.orders.addTransaction = async (...given) => {
      const made = await lost(...given);
      if (!isFirst) return made;
      isFirst = false;
      throw new ServiceError('No answer', { class: 'transient', fix: 'Again' });
    };
    const wish = { orderId: '7', amount: 5, reference: 'CM-1' };
    expect(said(await recordRefunds(client, zone, [wish, wish]))).toEqual([
      'No answer',
      'unchanged',
    ]);
    expect(order.TransactionList).toHaveLength(2);
  });

  test('of all of it is refused where nothing says that anything was paid', async () => {
    order.TransactionList = [{ TransactionType: 'Authorize', TransactionAmount: 50 }];
    const [outcome] = said(await recordRefunds(client, zone, [{ orderId: '7' }]));
    expect(outcome).toMatch(/no payment on record/);
    expect(writes()).toEqual([]);
  });
});
