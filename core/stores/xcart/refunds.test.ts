import { refundsIn } from './refunds';
import { transactionSchema } from './wire';

const payment = transactionSchema.parse({
  id: 301,
  name: 'Credit card',
  // What X-Cart 5.5.0 writes here is the name of the method.
  status: 'Credit card',
  currency: 'USD',
  value: 129.97,
  backend_transactions: [
    { id: 401, type: 'sale', date: '2026-05-02T10:01:00+00:00', status: 'S', value: 129.97 },
    { id: 402, type: 'refundPart', date: '2026-05-03T10:00:00+00:00', status: 'S', value: '20.00' },
    { id: 403, type: 'refundMulti', date: '2026-05-04T10:00:00+00:00', status: 'F', value: 5 },
    { id: 404, type: 'getInfo', status: 'S', value: 0 },
  ],
});

describe('the refunds of an order', () => {
  it('are one by one, those that failed too, and nothing else that was done with the payment', () => {
    expect(refundsIn(1042, [payment])).toEqual([
      {
        order_id: 1042,
        payment_transaction_id: 301,
        payment_method: 'Credit card',
        id: 402,
        type: 'refundPart',
        status: 'S',
        succeeded: true,
        value: 20,
        currency: 'USD',
        date: '2026-05-03T10:00:00+00:00',
      },
      expect.objectContaining({ id: 403, status: 'F', succeeded: false, value: 5 }),
    ]);
  });

  it('are none where a payment tells nothing of what was done with it', () => {
    expect(refundsIn(1, [transactionSchema.parse({ id: 1, backend_transactions: null })])).toEqual(
      [],
    );
  });
});
