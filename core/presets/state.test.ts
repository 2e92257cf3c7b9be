import { orderStateSchema, type OrderState } from '../commerce/state';
import { compileMapping } from '../mapping';
import { DOCUMENTS, findDocument, findPreset } from '.';

const preset = findPreset('xcart.order', 'dataverse.salesorder');
const mapping = preset && compileMapping(preset, { documents: DOCUMENTS });

function stateOf(changes: object = {}): OrderState {
  const document = { ...findDocument('xcart.order')?.sample, ...changes };
  const result = mapping?.map(document, { source: { store: 'main' } });
  if (!result?.ok) throw result?.error ?? new Error('There is no preset');
  return orderStateSchema.strict().parse(result.document.state);
}

/** A payment whose parts are as given. */
const paid = (...parts: Array<[type: string, status: string, value: number | string]>) => ({
  payment_transactions: [
    {
      id: 1,
      backend_transactions: parts.map(([type, status, value]) => ({ type, status, value })),
    },
  ],
});

test('where the order stands goes with the sales order, in common words and in those of the shop', () => {
  expect(stateOf()).toEqual({
    number: '1001',
    order: 'open',
    payment: 'paid',
    paymentCode: 'P',
    paymentName: 'Paid',
    shipping: 'unfulfilled',
    shippingCode: 'N',
    shippingName: 'New',
    total: 138.07,
    refunded: 20,
    currency: 'USD',
  });
});

test.each([
  ['a part', paid(['sale', 'S', 138.07], ['refundPart', 'S', 20]), 20],
  ['several parts', paid(['refundMulti', 'S', 0.1], ['refundPart', 'S', '0.20']), 0.3],
  ['the whole', paid(['refund', 'S', 138.07]), 138.07],
  ['nothing that succeeded', paid(['refund', 'F', 5], ['refund', 'I', 5], ['refund', 'V', 5]), 0],
  ['nothing that gives back', paid(['sale', 'S', 5], ['void', 'S', 5], ['getInfo', 'S', 5]), 0],
  ['nothing at all', { payment_transactions: [] }, 0],
  [
    'a question to the bank, which states no amount',
    {
      payment_transactions: [
        { id: 1, backend_transactions: [{ id: 2, type: 'getInfo', value: null, status: 'S' }] },
      ],
    },
    0,
  ],
  [
    'parts of several payments',
    {
      payment_transactions: [
        { id: 1, backend_transactions: [{ type: 'refundPart', status: 'S', value: 2 }] },
        { id: 2, backend_transactions: [] },
        { id: 3, backend_transactions: [{ type: 'refundPart', status: 'S', value: 3 }] },
      ],
    },
    5,
  ],
])('refunded: %s', (_what, changes, refunded) => {
  expect(stateOf(changes).refunded).toBe(refunded);
});

test('what was not read is not said to be nothing', () => {
  expect(stateOf({ payment_transactions: undefined })).not.toHaveProperty('refunded');
});

test('each movement of money stands in the common order, with what the shop calls its status', () => {
  const common = compileMapping(
    findPreset('xcart.order', 'commerce.order') ?? { from: '', to: '', fields: [] },
  );
  const result = common.map(
    {
      ...findDocument('xcart.order')?.sample,
      ...paid(['auth', 'S', 5], ['capturePart', 'W', 4], ['odd', 'Z', 1]),
    },
    { source: { store: 'main' } },
  );
  if (!result.ok) throw result.error;
  expect(result.document.payments).toEqual([
    {
      orderId: '1042',
      type: 'authorization',
      amount: 5,
      currency: 'USD',
      status: 'succeeded',
      statusCode: 'S',
    },
    {
      orderId: '1042',
      type: 'capture',
      amount: 4,
      currency: 'USD',
      status: 'pending',
      statusCode: 'W',
    },
    {
      orderId: '1042',
      type: 'other',
      amount: 1,
      currency: 'USD',
      status: 'unknown',
      statusCode: 'Z',
    },
  ]);
});

test('a code that a shop writes as a number is the text that a table of states knows', () => {
  expect(stateOf({ payment_status: { code: 5, name: 'Wire' } })).toMatchObject({
    payment: 'unknown',
    paymentCode: '5',
    paymentName: 'Wire',
  });
});
