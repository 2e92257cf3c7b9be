/** What the words of a deployment mean, for the order and for its payment. */
import { inDollars, presetMapper } from '../../../test/support/presetMapper';
import { orderSchema } from '../../commerce/order';
import { BRIEF } from '../../stores/clarity/profile/brief';
import { withNames } from '../../stores/clarity/profile/paths';
import { orderSchema as wireSchema } from '../../stores/clarity/wire';

const toCommon = presetMapper('clarity.order', 'commerce.order', inDollars('clarity'));

test.each([
  ['Pending', 'Pending', 'open', 'unfulfilled'],
  ['processing', 'Processing', 'open', 'processing'],
  ['SHIPPED', 'Shipped', 'completed', 'shipped'],
  ['Completed', 'Completed', 'completed', undefined],
  ['canceled', 'Cancelled', 'cancelled', undefined],
  ['On Hold', 'On Hold', 'onHold', 'onHold'],
  ['on-hold', 'On Hold', 'onHold', 'onHold'],
  ['OnHold', 'On Hold', 'onHold', 'onHold'],
  ['Partially Shipped', 'Partially Shipped', 'open', 'partiallyShipped'],
  ['Being Packed', 'Being Packed', 'unknown', undefined],
])('the status %s is that of the tables, %s: %s', (status, code, order, shipping) => {
  const document = wireSchema.parse({
    orderId: 1,
    currency: 'USD',
    totalAmount: 0,
    lineItems: [],
    status,
  });
  expect(orderSchema.parse(toCommon(document))).toMatchObject({
    status: order,
    statusCode: code,
    statusName: status,
  });
  expect(toCommon(document)['shippingStatus']).toBe(shipping);
});

test.each([
  [{ status: 'Captured' }, 'paid', 'sale', 'succeeded'],
  [{ status: 'authorised' }, 'authorized', 'authorization', 'succeeded'],
  [{ status: 'Failed' }, 'declined', 'sale', 'failed'],
  [{ status: 'refunded' }, 'refunded', 'refund', 'succeeded'],
  [{ status: 'partiallyRefunded' }, 'partiallyRefunded', 'sale', 'succeeded'],
  [{ status: 'Mystery' }, 'unknown', 'sale', 'unknown'],
])('a payment with %j is %s', (paymentInfo, status, type, outcome) => {
  const wire = { orderId: 1, totalAmount: 5, lineItems: [{ quantity: 1, unitPrice: 5 }] };
  const document = wireSchema.parse(
    withNames(
      { ...wire, paymentInfo: { ...paymentInfo, amount: 5 } },
      BRIEF.resources.orders?.fields,
    ),
  );
  expect(orderSchema.parse(toCommon(document))).toMatchObject({
    paymentStatus: status,
    payments: [{ type, status: outcome, amount: 5, currency: 'USD', orderId: '1' }],
  });
});
