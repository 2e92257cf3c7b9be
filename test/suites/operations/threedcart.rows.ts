/** The operations of 3dcart: what is asked, and what the shop keeps then. */
import { pick } from 'lodash';
import type { IDataObject } from 'n8n-workflow';

import { MANY, mappedPiece, ofManyOrders, ofOrder, orderIn, orderOf, withFields } from './orders';
import { type Asked, type ManyRow, type OperationRow, pair, type Requests } from './row';
import { bySku, parentIds, recordRows, variantsOf } from './threedcart.records.rows';

const isOrder = (asked: Asked): object => ({ OrderID: Number(orderIn(asked)) });

/** What a mapping knows a piece of an order by, and the currency that 3dcart's own documents have not. */
const isPiece =
  (kind: string, id = '') =>
  (asked: Asked): object => ({
    ...isOrder(asked),
    source: {
      platform: 'threedcart',
      store: 'main',
      kind,
      currency: 'USD',
      id: expect.stringMatching(new RegExp(`^${orderIn(asked)}-${id || '[1-9]'}`)) as string,
    },
  });

/** Something that is read of an order, or written to it. */
const orderRow = (operation: string, more: Partial<OperationRow> = {}): OperationRow => ({
  resource: 'order',
  operation,
  ask: (shop) => ofOrder(shop),
  ...more,
});

const lastTransaction = (order: Record<string, unknown> | undefined): unknown =>
  (order?.TransactionList as object[] | undefined)?.at(-1);

const line = (sku: string, quantity: number) => ({
  OrderItemList: { item: [{ ItemID: sku, ItemQuantity: quantity, ItemUnitPrice: 5 }] },
});

const NEW_ORDERS: readonly [IDataObject, IDataObject] = [
  { BillingEmail: 'ada@example.com', BillingFirstName: 'Ada', ...line('MUG-BLUE', 1) },
  { BillingEmail: 'bob@example.com', BillingFirstName: 'Bob', ...line('PAN-24', 2) },
];

const orders: OperationRow[] = [
  orderRow('create', {
    ask: () => pair(NEW_ORDERS.map((fields) => ({ fields }))),
    shows: (_, index) => pick(NEW_ORDERS[index], 'BillingEmail'),
    kept: (shop, { fields = {} }, { OrderID }) => {
      const { OrderItemList, ...plain } = fields;
      const { item } = OrderItemList as { item: object[] };
      return { is: shop.kept('order', OrderID), expected: { ...plain, OrderItemList: item } };
    },
  }),
  orderRow('get', { shows: isOrder, counts: [1, 1] }),
  orderRow('getAll', {
    ask: () => [{ parameters: { limit: 1 } }, { parameters: { limit: 2 } }],
    counts: [1, 2],
  }),
  orderRow('getItems', { shows: isOrder, counts: [2, 2] }),
  orderRow('getShipments', {
    shows: isPiece('shipment', '0'),
    tells: mappedPiece('threedcart', 'shipment'),
  }),
  orderRow('getPaymentTransactions', {
    shows: isPiece('payment'),
    tells: mappedPiece('threedcart', 'payment'),
  }),
  orderRow('getQuestions', {
    shows: (asked, index) => ({ ...isOrder(asked), QuestionAnswer: `Answer ${index}` }),
    counts: [1, 1],
  }),
  orderRow('update', {
    ask: (shop) =>
      withFields(shop, [
        { SalesPerson: 'Clerk 0', OrderStatusID: '2' },
        { SalesPerson: 'Clerk 1', OrderStatusID: '2' },
      ]),
    shows: isOrder,
    kept: (shop, asked) => ({
      is: orderOf(shop, asked),
      expected: { SalesPerson: asked.fields?.SalesPerson, OrderStatusID: 2 },
    }),
  }),
  orderRow('updateStatus', {
    ask: (shop) => ofOrder(shop, [{ status: '2' }, { status: '3' }]),
    kept: (shop, asked) => ({
      is: orderOf(shop, asked),
      expected: { OrderStatusID: Number(asked.parameters?.status) },
    }),
  }),
  orderRow('addShipment', {
    ask: (shop) => ofOrder(shop, [{ trackingNumber: '1Z1' }, { trackingNumber: '1Z2' }]),
    shows: isOrder,
    kept: (shop, asked) => ({
      is: orderOf(shop, asked),
      expected: {
        OrderStatusID: 4,
        ShipmentList: [{ ShipmentTrackingCode: asked.parameters?.trackingNumber }],
      },
    }),
  }),
  orderRow('recordPayment', {
    ask: (shop) =>
      ofOrder(shop, [
        { amount: 5, reference: 'pi_1', type: 'Sale' },
        { amount: 0.02, reference: 'pi_2', type: 'Auth', method: 'Card' },
      ]),
    bad: { parameters: { amount: 0, reference: 'pi_1' } },
    says: /^Amount takes a number above 0/,
    shows: isOrder,
    kept: (shop, asked) => ({
      is: lastTransaction(orderOf(shop, asked)),
      expected: {
        TransactionAmount: asked.parameters?.amount,
        TransactionID: asked.parameters?.reference,
        TransactionType: asked.parameters?.type,
      },
    }),
  }),
  orderRow('recordRefund', {
    ask: (shop) =>
      ofOrder(shop, [
        { amount: 0.01, reference: 'CM-1' },
        { amount: 0.02, reference: 'CM-2' },
      ]),
    bad: { parameters: { amount: -1, reference: 'CM-1' } },
    says: /^Amount takes a number of 0 or more/,
    shows: isOrder,
    kept: (shop, asked) => ({
      is: lastTransaction(orderOf(shop, asked)),
      expected: {
        TransactionAmount: -Number(asked.parameters?.amount),
        TransactionReference: asked.parameters?.reference,
      },
    }),
  }),
  orderRow('writeBackNumber', {
    ask: (shop) => ofOrder(shop, [{ number: 'SO-1' }, { number: 'SO-2' }]),
    shows: isOrder,
    kept: (shop, asked) => ({
      is: orderOf(shop, asked),
      expected: { AlternateOrderID: asked.parameters?.number },
    }),
  }),
];

export const rows: OperationRow[] = [...orders, ...recordRows];

const API = '/3dCartWebAPI/v2';
/** What a hundred items cost is one request; what has to be read of each is one more for each. */
const manyOrders = (
  operation: string,
  parameters: (index: number) => IDataObject,
  requests: Requests,
  expected: (asked: Asked) => object,
  of: (order: Record<string, unknown> | undefined) => unknown = (order) => order,
): ManyRow => ({
  resource: 'order',
  operation,
  ask: async (shop) => await ofManyOrders(shop, parameters),
  requests,
  kept: (shop, asked) => ({ is: of(orderOf(shop, asked)), expected: expected(asked) }),
});

const many = (
  resource: string,
  operation: string,
  [field, keptAs]: readonly [string, string],
): ManyRow => ({
  resource,
  operation,
  when: 'of many products',
  ask: async (shop) =>
    (await shop.staff<string[]>('POST', 'products', { count: 220 })).map((sku, index) => ({
      json: { sku, [field]: index + 11 },
    })),
  requests: { [`GET ${API}/Products`]: 2, [`PUT ${API}/Products`]: 3 },
  kept: (shop, { json }) => ({
    is: bySku(shop, json?.sku),
    expected: { [keptAs]: json?.[field] },
  }),
});

export const manyRows: ManyRow[] = [
  many('stock', 'update', ['quantity', 'Stock']),
  many('product', 'updatePrices', ['price', 'Price']),
  {
    resource: 'stock',
    operation: 'update',
    when: 'all variants of a product',
    ask: (shop) =>
      variantsOf(shop, parentIds(shop)[0]).map(({ AdvancedOptionSufix: sku }, index) => ({
        json: { sku, quantity: index },
      })),
    requests: { [`GET ${API}/Products`]: 1, [`PUT ${API}/Products/:catalogid/AdvancedOptions`]: 1 },
    kept: (shop, { json }) => ({
      is: variantsOf(shop, parentIds(shop)[0]).find(
        ({ AdvancedOptionSufix: sku }) => sku === json?.sku,
      ),
      expected: { AdvancedOptionStock: json?.quantity },
    }),
  },
  manyOrders(
    'updateStatus',
    () => ({ status: '2' }),
    { [`PUT ${API}/Orders`]: 2 },
    () => ({
      OrderStatusID: 2,
    }),
  ),
  manyOrders(
    'addShipment',
    (index) => ({ trackingNumber: `1Z${index}` }),
    {
      [`GET ${API}/Orders/:id`]: MANY,
      [`PUT ${API}/Orders/:orderid/Shipments/:id`]: MANY,
      [`PUT ${API}/Orders`]: 2,
    },
    ({ parameters }) => ({
      OrderStatusID: 4,
      ShipmentList: [{ ShipmentTrackingCode: parameters?.trackingNumber }],
    }),
  ),
  manyOrders(
    'recordPayment',
    (index) => ({ amount: index + 1, reference: `pi_${index}` }),
    {
      [`GET ${API}/Orders/:id`]: MANY,
      [`POST ${API}/Orders/:orderid/Transactions`]: MANY,
    },
    ({ parameters }) => ({
      TransactionAmount: parameters?.amount,
      TransactionReference: parameters?.reference,
    }),
    lastTransaction,
  ),
  manyOrders(
    'recordRefund',
    (index) => ({ amount: 0.01, reference: `CM-${index}` }),
    {
      [`GET ${API}/Orders/:id`]: MANY,
      [`POST ${API}/Orders/:orderid/Transactions`]: MANY,
    },
    ({ parameters }) => ({
      TransactionAmount: -Number(parameters?.amount),
      TransactionReference: parameters?.reference,
    }),
    lastTransaction,
  ),
  manyOrders(
    'writeBackNumber',
    (index) => ({ number: `SO-${index}` }),
    // One order more is read to see whether the store keeps what was written.
    { [`GET ${API}/Orders/:id`]: MANY + 1, [`PUT ${API}/Orders`]: 2 },
    ({ parameters }) => ({ AlternateOrderID: parameters?.number }),
  ),
];
