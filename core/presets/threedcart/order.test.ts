import { orderSchema } from '../../commerce/order';
import { type OrderState, orderStateSchema } from '../../commerce/state';
import { salesOrderDocumentSchema } from '../../dynamics/dataverse/documents';
import { compileMapping } from '../../mapping';
import { DOCUMENTS, findDocument, findPreset } from '..';

const CONTEXT = { source: { platform: 'threedcart', store: 'main', currency: 'USD' } };
const SAMPLE = findDocument('threedcart.order')?.sample as Record<string, unknown>;

function mapper(to: string, from = 'threedcart.order') {
  const preset = findPreset(from, to);
  if (!preset) throw new Error(`There is no preset from ${from} to ${to}`);
  const mapping = compileMapping(preset, { documents: DOCUMENTS });
  return (document: unknown, context: object = CONTEXT) => {
    const result = mapping.map(document, context);
    if (!result.ok) throw result.error;
    return result.document;
  };
}

const map = mapper('commerce.order');
const toCommon = (changes: object = {}) => orderSchema.parse(map({ ...SAMPLE, ...changes }));
const stateMap = mapper('dataverse.salesorder');
const stateOf = (changes: object): OrderState =>
  orderStateSchema.strict().parse(stateMap({ ...SAMPLE, ...changes }).state);

const transaction = (TransactionType: string | null, TransactionAmount: number) => ({
  TransactionType,
  TransactionAmount,
});

test('an order of 3dcart is what the common model says an order is', () => {
  expect(toCommon()).toMatchObject({
    source: { platform: 'threedcart', store: 'main', id: '23765' },
    name: '3dcart AB-1042',
    number: 'AB-1042',
    placedAt: '2024-05-02T14:00:06Z',
    currency: 'USD',
    status: 'open',
    statusCode: '1',
    statusName: 'New',
    shippingStatus: 'unfulfilled',
    customer: {
      id: '15',
      email: 'ada@example.com',
      company: 'Byron Engines',
      phone: '+15125550100',
    },
    billingAddress: { line1: '1 Main St', line2: 'Apt 4', state: 'TX', country: 'US' },
    shippingAddress: { city: 'Dallas', postalCode: '75201' },
    shippingMethod: 'USPS Priority',
    trackingNumbers: ['9400100000000000000001'],
    couponCodes: ['SPRING'],
    lines: [
      {
        id: '77',
        sku: 'TS-M',
        name: 'T-shirt, Size: M',
        quantity: 2,
        unitPrice: 40.75,
        amount: 81.5,
      },
      { id: '78', sku: 'MUG', quantity: 1, unitPrice: 12 },
    ],
    payments: [
      { type: 'sale', amount: 100.9, currency: 'USD' },
      { type: 'refund', amount: 12 },
    ],
    shipments: [{ id: '0', status: 'pending', cost: 5, shippedAt: '2024-05-03T00:00:00Z' }],
    totals: { lines: 93.5, shipping: 5, tax: 6.4, discount: 4, total: 100.9 },
  });
});

test('what stores of 2015 do not write is not needed', () => {
  const bare = {
    OrderID: 7,
    OrderAmount: 10,
    OrderItemList: [{ ItemID: 'A', ItemQuantity: 2, ItemUnitPrice: 5 }],
    ShipmentList: null,
    BillingEmail: '',
    CustomerID: 0,
  };
  const order = orderSchema.parse(map(bare));
  expect(order).toMatchObject({ name: '3dcart 7', status: 'unknown', customer: {} });
  expect(order.lines).toMatchObject([{ id: 'position 1', unitPrice: 5 }]);
  expect(order).not.toHaveProperty('payments');
});

test('the customer 0 is a guest, known by the e-mail address, and a line may have the id 0', () => {
  const [line] = SAMPLE.OrderItemList as object[];
  const items = [
    { ...line, ItemIndexID: 0 },
    { ...line, ItemIndexID: 0, ItemQuantity: 1 },
  ];
  const order = toCommon({ CustomerID: 0, OrderItemList: items, OrderAmount: 129.65 });
  expect(order.customer).not.toHaveProperty('id');
  expect(order.customer.email).toBe('ada@example.com');
  expect(order.lines.map(({ id }) => id)).toEqual(['0', '0 (2)']);
});

test('several shipments are one order: the address of the first, the numbers and the cost of all', () => {
  const [first] = SAMPLE.ShipmentList as object[];
  const shipments = [
    first,
    {
      ...first,
      ShipmentID: 1,
      ShipmentCity: 'Houston',
      ShipmentCost: 2.5,
      ShipmentTrackingCode: '1Z, 2Z',
    },
    { ...first, ShipmentID: 2, ShipmentCost: 0, ShipmentTrackingCode: '', ShipmentOrderStatus: 4 },
  ];
  const [line, other] = SAMPLE.OrderItemList as object[];
  const gone = { ...other, ItemIndexID: 79, ItemID: '', ItemUnitPrice: 0 };
  const order = toCommon({
    ShipmentList: shipments,
    OrderItemList: [line, { ...other, ItemShipmentID: 1 }, { ...gone, ItemShipmentID: 2 }],
    OrderAmount: 103.4,
  });
  expect(order).toMatchObject({
    shippingAddress: { city: 'Dallas' },
    totals: { shipping: 7.5, total: 103.4 },
  });
  expect(order.trackingNumbers).toEqual(['9400100000000000000001', '1Z', '2Z']);
  expect(order.shipments).toMatchObject([
    { id: '0', lines: [{ lineId: '77', sku: 'TS-M', quantity: 2 }] },
    {
      id: '1',
      trackingNumbers: ['1Z', '2Z'],
      address: { city: 'Houston' },
      lines: [{ lineId: '78', sku: 'MUG', quantity: 1 }],
    },
    { id: '2', status: 'shipped', lines: [{ lineId: '79', quantity: 1 }] },
  ]);
});

test('the one shipment of an order is the whole order, whatever its lines name', () => {
  expect(toCommon().shipments?.[0]).not.toHaveProperty('lines');
});

test('an order whose own numbers do not agree is refused', () => {
  expect(() => toCommon({ OrderAmount: 100.91 })).toThrow(/100\.90 USD.*100\.91 USD/);
});

test('the currency is the one in the credential, and without it no order goes through', () => {
  expect(map(SAMPLE, { source: { store: 'main', currency: 'cad' } })).toMatchObject({
    currency: 'CAD',
  });
  expect(() => map(SAMPLE, { source: { store: 'main' } })).toThrow(/currency/);
});

test.each([
  [1, 'open'],
  [2, 'open'],
  [3, 'open'],
  [4, 'completed'],
  [5, 'cancelled'],
  [6, 'onHold'],
  [7, 'incomplete'],
  [8, 'unknown'],
  [9, 'unknown'],
  [10, 'unknown'],
  [11, 'onHold'],
  [12, 'onHold'],
  [13, 'unknown'],
  [null, 'unknown'],
])('status %s is %s', (OrderStatusID, status) => {
  expect(toCommon({ OrderStatusID }).status).toBe(status);
});

test.each([
  ['a refund', [transaction('Sale', 100.9), transaction('Refund', 12)], 12],
  ['a credit and a return', [transaction('credit', 3), transaction('RETURN', -4)], 7],
  ['an amount below 0 of any type', [transaction('Sale', -5), transaction('', -0.5)], 5.5],
  ['no refund', [transaction('Sale', 100.9), transaction('Void', -5), transaction(null, 3)], 0],
  ['no transaction at all', [], 0],
])('refunded: %s', (_what, TransactionList, refunded) => {
  expect(stateOf({ TransactionList }).refunded).toBe(refunded);
});

test('a status is called as the merchant calls it, wherever that was read', () => {
  const called = (changes: object) => toCommon({ OrderStatusID: 8, ...changes });
  const own = called({ OrderStatusText: ' Awaiting pick-up ' });
  expect(own).toMatchObject({
    status: 'unknown',
    statusCode: '8',
    statusName: 'Awaiting pick-up',
  });
  expect(called({ OrderStatusText: '' }).statusName).toBe('Custom 1');
  expect(called({ OrderStatusText: undefined }).statusName).toBe('Custom 1');
});

test('where the order stands goes with the sales order', () => {
  const document = salesOrderDocumentSchema.parse(stateMap(SAMPLE));
  expect(document.salesorder).toMatchObject({ name: '3dcart AB-1042', expectedtotal: 100.9 });
  expect(stateOf({ TransactionList: undefined })).toEqual({
    number: 'AB-1042',
    order: 'open',
    orderCode: '1',
    orderName: 'New',
    shipping: 'unfulfilled',
    total: 100.9,
    currency: 'USD',
  });
});
