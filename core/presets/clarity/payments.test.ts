/** Payments of an order as deployments write them, in the common order. */
import { inDollars, presetMapper } from '../../../test/support/presetMapper';

const toCommon = presetMapper('clarity.order', 'commerce.order', inDollars('clarity'));

const paymentOf = (payment: object): unknown => {
  const order = {
    orderId: '7',
    totalAmount: 20,
    currency: 'EUR',
    lineItems: [{ sku: 'TS', quantity: 1, unitPrice: 20 }],
    payments: [payment],
  };
  return (toCommon(order) as { payments: unknown[] }).payments[0];
};

test.each<[string, object, object]>([
  ['money that came in', { amount: 20, status: 'captured' }, { type: 'sale', amount: 20 }],
  ['money given back', { amount: 5, status: 'refunded' }, { type: 'refund', amount: 5 }],
  ['money given back, with a minus', { amount: -5, status: 'paid' }, { type: 'refund', amount: 5 }],
  [
    'a minus before a type of its own',
    { amount: -5, type: 'Credit' },
    { type: 'refund', amount: 5 },
  ],
  ['what was only reserved, taken back', { amount: -5, type: 'Void' }, { type: 'void', amount: 5 }],
  [
    'a payment in another currency than the order',
    { amount: 5.5, status: 'captured', currency: 'USD' },
    { currency: 'USD', amount: 5.5 },
  ],
  ['a payment that names none', { amount: 5, status: 'captured' }, { currency: 'EUR' }],
])('%s', (_, payment, common) => {
  expect(paymentOf(payment)).toMatchObject(common);
});
