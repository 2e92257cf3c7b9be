import { couponSchema } from './coupon';
import { orderSchema } from './order';
import { paymentSchema } from './payment';
import { refundSchema, returnSchema } from './refund';
import { SAMPLE_ORDER } from './samples';
import { shipmentSchema } from './shipment';
import { codesTo } from './statuses';
import type { StatusCodes } from './statuses';
import { stockLevelSchema } from './stock';

const SOURCE = { platform: 'threedcart', store: 'main', id: '3' };

/** What a store of each platform would say, in the words of the common model. */
const RECORDS = {
  'a captured payment': [
    paymentSchema,
    { id: '9', orderId: '1', type: 'capture', amount: 86.4, currency: 'USD', status: 'succeeded' },
  ],
  'a payment that failed, in the code of the store': [
    paymentSchema,
    { type: 'sale', amount: 5, currency: 'USD', status: 'failed', statusCode: 'F' },
  ],
  'a shipment whose id is 0': [
    shipmentSchema,
    { id: '0', status: 'shipped', statusCode: '4', trackingNumbers: ['1Z999'], cost: 5 },
  ],
  'a part of an order on its way': [
    shipmentSchema,
    { status: 'shipped', lines: [{ lineId: '77', sku: 'TS-M', quantity: 1 }] },
  ],
  'money that is given back': [
    refundSchema,
    { id: '1', orderId: '1', amount: 4, currency: 'USD', status: 'pending', reason: 'Late' },
  ],
  'goods that come back': [
    returnSchema,
    {
      id: '5',
      orderId: '1',
      status: 'received',
      statusCode: '2',
      lines: [{ sku: 'TS-M', quantity: 2, received: 2, restocked: 1 }],
    },
  ],
  'stock that was oversold': [
    stockLevelSchema,
    { sku: 'TS-M', warehouse: 'Dallas', onHand: 3, available: -2 },
  ],
  'a coupon': [couponSchema, { source: SOURCE, code: 'SPRING', kind: 'amount', value: 4 }],
} as const;

test.each(Object.entries(RECORDS))('says %s', (_name, [schema, record]) => {
  expect(schema.parse(record)).toEqual(record);
});

test('takes no words of a store for a status', () => {
  const problem = (order: object): unknown => orderSchema.safeParse(order).error?.issues[0]?.path;
  expect(problem({ ...SAMPLE_ORDER, paymentStatus: 'P' })).toEqual(['paymentStatus']);
  expect(problem({ ...SAMPLE_ORDER, paymentStatus: 'unknown', paymentStatusCode: 'P' })).toBe(
    undefined,
  );
});

test('takes ids as text alone', () => {
  const { error } = orderSchema.safeParse({
    ...SAMPLE_ORDER,
    customer: { id: 15 },
    lines: [{ ...SAMPLE_ORDER.lines[0], id: 1, productId: 2, variantId: 3 }],
  });
  expect(error?.issues.map(({ path }) => path.join('.'))).toEqual([
    'customer.id',
    'lines.0.id',
    'lines.0.productId',
    'lines.0.variantId',
  ]);
});

test('reads a table of codes from either side', () => {
  const codes: StatusCodes<'open' | 'cancelled'> = {
    1: { name: 'New', status: 'open' },
    5: { name: 'Cancel', status: 'cancelled' },
  };
  expect(codesTo(codes, 'status')).toEqual({ 1: 'open', 5: 'cancelled' });
  expect(codesTo(codes, 'name')).toEqual({ 1: 'New', 5: 'Cancel' });
});
