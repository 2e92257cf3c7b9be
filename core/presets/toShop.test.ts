/** What leads back to a shop refuses what would reach another order, or give back what nobody gave back. */
import { findDocument } from '.';
import { inDollars, presetMapper } from '../../test/support/presetMapper';
import { toNames } from '../stores/clarity/profile/paths';
import { CEF } from '../stores/clarity/profile/cef';

const SHOPS = ['xcart', 'threedcart', 'clarity'] as const;
const mapper = (from: string, to: string) => presetMapper(from, to, inDollars('xcart'));
const sampleOf = (name: string) => findDocument(name)?.sample;
const source = (platform: string) => ({ platform, store: 'main', id: '7' });

function refusal(map: () => unknown): unknown {
  try {
    return map();
  } catch (error) {
    return error;
  }
}

const TOLD = SHOPS.flatMap((shop) => [
  ['commerce.order', `${shop}.updateStatus`, shop],
  ['commerce.shipment', `${shop}.addShipment`, shop],
  ['commerce.refund', `${shop}.recordRefund`, shop],
]);

describe.each([
  ...TOLD,
  ['commerce.payment', 'clarity.payment', 'clarity'],
  ['commerce.shipment', 'clarity.shipment', 'clarity'],
])('%s to %s', (from = '', to = '', shop = '') => {
  const map = mapper(from, to);
  const other = SHOPS.find((one) => one !== shop) ?? '';
  const document = { ...sampleOf(from), status: 'succeeded', orderId: '7' };

  test('takes the id of an order of this shop, and of a document that names none', () => {
    expect(map({ ...document, source: source(shop) })).toMatchObject({ orderId: '7' });
    if (from !== 'commerce.order') {
      expect(map({ ...document, source: undefined })).toMatchObject({ orderId: '7' });
    }
  });

  test('refuses the id of another shop, which here is the order of somebody else', () => {
    expect(refusal(() => map({ ...document, source: source(other) }))).toMatchObject({
      message: expect.stringContaining('orderId'),
      fix: expect.stringContaining('in this shop first'),
    });
  });
});

describe.each(SHOPS)('a refund told to %s', (shop) => {
  const record = mapper('commerce.refund', `${shop}.recordRefund`);
  const refund = { id: 'CM-1', orderId: '7', amount: 20, currency: 'USD' };

  test('took place', () => {
    expect(record({ ...refund, status: 'succeeded' })).toMatchObject({ amount: 20 });
    expect(record(refund)).toMatchObject({ amount: 20 });
  });

  test.each(['failed', 'pending', 'cancelled', 'unknown'])(
    'is refused where it is %s',
    (status) => {
      expect(refusal(() => record({ ...refund, status }))).toMatchObject({
        message: expect.stringContaining(`"${status}"`),
        fix: expect.stringContaining('that took place'),
      });
    },
  );

  test.each([
    [0, 'USD'],
    [0.004, 'USD'],
    [0.4, 'JPY'],
    [0.0004, 'KWD'],
  ])('of %p %s is refused, because 0 stands for all that was paid', (amount, currency) => {
    expect(() => record({ ...refund, amount, currency })).toThrow('amount');
  });

  test('of the least that there is goes through', () => {
    expect(record({ ...refund, amount: 0.001, currency: 'KWD' })).toMatchObject({ amount: 0.001 });
    expect(record({ ...refund, amount: 1, currency: 'JPY' })).toMatchObject({ amount: 1 });
  });
});

test('a payment of Clarity that was refunded in part is no refund of the whole', () => {
  const toRefund = presetMapper('clarity.payment', 'commerce.refund', inDollars('clarity'));
  const payment = { paymentId: 9, orderId: 1, amount: 100, currency: 'USD' };
  expect(toRefund({ ...payment, status: 'Refunded' })).toMatchObject({ amount: 100 });
  expect(() => toRefund({ ...payment, status: 'Partially Refunded' })).toThrow('status');
});

test('two refunds of 3dcart that bear the id of one payment are two', () => {
  const toRefund = presetMapper('threedcart.payment', 'commerce.refund', inDollars('threedcart'));
  const refunds = [3, 4].map((TransactionIndexID) =>
    toRefund({ ...sampleOf('threedcart.payment'), TransactionIndexID, TransactionID: 'ch_1' }),
  );
  expect(refunds.map(({ id }) => id)).toEqual(['3', '4']);
});

describe('an order of another shop that is made in 3dcart', () => {
  const toOrder = mapper('commerce.order', 'threedcart.order');
  const order = sampleOf('commerce.order') as { payments?: object[] };

  test('has no status where nobody knows it, and keeps its freight where it lists no deliveries', () => {
    const foreign = { ...order, source: source('xcart') };
    const whole = toOrder({ ...foreign, shipments: undefined });
    expect(whole.ShipmentList).toHaveLength(1);
    expect(toOrder({ ...foreign, shipments: [] }).ShipmentList).toEqual(whole.ShipmentList);
    expect(toOrder({ ...foreign, status: 'unknown' })).not.toHaveProperty('OrderStatusID');
  });

  test('has no transaction for what moved no money', () => {
    const sale = { type: 'sale', status: 'succeeded', amount: 10, currency: 'USD' };
    const payments = [sale, { ...sale, type: 'other' }];
    const made = toOrder({ ...order, source: source('xcart'), payments });
    expect(made.TransactionList).toMatchObject([{ TransactionType: 'Sale' }]);
    const toPayment = mapper('commerce.payment', 'clarity.payment');
    expect(() => toPayment({ ...sale, orderId: '7', type: 'other' })).toThrow('type');
  });
});

test.each(SHOPS)('a parcel that is cancelled cancels no order of %s', (shop) => {
  const map = mapper('commerce.shipment', `${shop}.addShipment`);
  const shipment = { ...sampleOf('commerce.shipment'), orderId: '7', source: undefined };
  expect(map({ ...shipment, status: 'shipped' })).toHaveProperty('newStatus');
  expect(map({ ...shipment, status: 'cancelled' })).not.toHaveProperty('newStatus');
});

test('a customer of another shop keeps the e-mail address beside the postal one in Clarity', () => {
  const toCustomer = presetMapper('commerce.customer', 'clarity.customer', inDollars('xcart'));
  const made = toCustomer({ ...sampleOf('commerce.customer'), source: source('xcart') });
  const written = toNames(made, CEF.resources.customers?.fields);
  expect(made.email).toEqual(expect.stringContaining('@'));
  expect(JSON.stringify(written)).toContain(JSON.stringify(made.email));
});
