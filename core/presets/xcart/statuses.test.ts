import { findDocument, findPreset } from '..';
import { compileMapping } from '../../mapping';

const preset = findPreset('xcart.order', 'commerce.order');
const mapping = preset && compileMapping(preset);

/** What the common order says of an X-Cart order with these codes. */
function statuses(payment: string | null, shipping: string | null): Record<string, unknown> {
  const coded = (code: string | null) => (code === null ? null : { code, name: `Name of ${code}` });
  const result = mapping?.map(
    {
      ...findDocument('xcart.order')?.sample,
      payment_status: coded(payment),
      shipping_status: coded(shipping),
    },
    { source: { store: 'main' } },
  );
  if (!result?.ok) throw result?.error ?? new Error('There is no preset');
  return Object.fromEntries(Object.entries(result.document).filter(([key]) => /status/i.test(key)));
}

test.each([
  ['Q', 'pending'],
  ['A', 'authorized'],
  ['PP', 'partiallyPaid'],
  ['P', 'paid'],
  ['D', 'declined'],
  ['C', 'cancelled'],
  ['R', 'refunded'],
])('payment %s is %s, and stands beside in the words of the shop', (code, paymentStatus) => {
  expect(statuses(code, 'N')).toMatchObject({
    paymentStatus,
    paymentStatusCode: code,
    paymentStatusName: `Name of ${code}`,
    status: code === 'C' ? 'cancelled' : 'open',
  });
});

test.each([
  ['N', 'unfulfilled', 'open'],
  ['P', 'processing', 'open'],
  ['S', 'shipped', 'completed'],
  ['D', 'delivered', 'completed'],
  ['WND', 'cancelled', 'cancelled'],
  ['R', 'returned', 'completed'],
  ['WFA', 'onHold', 'onHold'],
  ['NBA', 'backordered', 'open'],
])('shipping %s is %s, and the order %s', (code, shippingStatus, status) => {
  expect(statuses('P', code)).toMatchObject({ shippingStatus, shippingStatusCode: code, status });
});

test('a status that a merchant added is unknown, and nothing of it is lost', () => {
  expect(statuses('LAY', 'PACK')).toEqual({
    status: 'unknown',
    paymentStatus: 'unknown',
    paymentStatusCode: 'LAY',
    paymentStatusName: 'Name of LAY',
    shippingStatus: 'unknown',
    shippingStatusCode: 'PACK',
    shippingStatusName: 'Name of PACK',
  });
});

test('a status that the shop does not say is not made up', () => {
  expect(statuses(null, null)).toEqual({ status: 'unknown' });
});
