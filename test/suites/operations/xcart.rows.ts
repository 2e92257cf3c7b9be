/** The operations of X-Cart on orders, products, customers and stock: what is asked, and what the shop keeps then. */
import { pick } from 'lodash';
import type { IDataObject } from 'n8n-workflow';

import { byId } from './ask';
import { crudRows } from './crud';
import { MANY, mappedPiece, ofManyOrders, ofOrder, orderIn, orderOf, valueOf } from './orders';
import { type Asked, type ManyRow, type OperationRow, pair } from './row';
import type { OperationsShop } from './shop';
import { catalogueRows } from './xcart.catalogue.rows';

const isOrder = (asked: Asked): object => ({ id: Number(orderIn(asked)) });

/** An order as its document shows it. */
const viewOf = (shop: OperationsShop, asked: Asked): unknown => orderOf(shop, asked)?.['view'];

const mappedTo = (kind: string) => mappedPiece('xcart', kind);

/** How a mapping knows whose a piece of an order is. */
const ofItsOrder = (asked: Asked): object => ({ order_id: Number(orderIn(asked)) });

/** Something that is read of an order, or written to it. */
const orderRow = (operation: string, more: Partial<OperationRow> = {}): OperationRow => ({
  resource: 'order',
  operation,
  ask: (shop) => ofOrder(shop),
  ...more,
});

const orders: OperationRow[] = [
  orderRow('get', { shows: isOrder, counts: [1, 1] }),
  orderRow('getAll', {
    ask: () => [{ parameters: { limit: 1 } }, { parameters: { limit: 2 } }],
    counts: [1, 2],
  }),
  orderRow('getDetails', { shows: ofItsOrder }),
  orderRow('getHistory', { shows: ofItsOrder }),
  orderRow('getPaymentTransactions', {
    shows: (asked) => ({
      ...ofItsOrder(asked),
      source: { platform: 'xcart', store: 'main', kind: 'payment' },
    }),
    tells: mappedTo('payment'),
    counts: [1, 1],
  }),
  orderRow('getRefunds', {
    ask: async (shop) => {
      const asked = ofOrder(shop);
      for (const [index, one] of asked.entries()) {
        const value = index + 1;
        await shop.staff('POST', `orders/${String(orderIn(one))}/refund`, { value });
      }
      return asked;
    },
    shows: (asked, index) => ({
      ...ofItsOrder(asked),
      ...{ value: index + 1, succeeded: true, source: { kind: 'refund' } },
    }),
    tells: mappedTo('refund'),
    counts: [1, 1],
  }),
  orderRow('addPayments', {
    ask: async (shop) => {
      const documents = await shop.made('order', ofOrder(shop), 'get');
      return pair(documents.map((json) => ({ json, parameters: { for: 'all' } })));
    },
    bad: { json: {} },
    says: /its field "id" is missing/,
    shows: ({ json }) => ({ id: json?.id, payment_transactions: [expect.anything()] }),
    counts: [1, 1],
  }),
  ...(['payment', 'shipping'] as const).map((axis) => {
    const [one, other] = { payment: ['A', 'D'], shipping: ['P', 'D'] }[axis];
    const field = `${axis}Status`;
    return orderRow(axis === 'payment' ? 'updatePaymentStatus' : 'updateShippingStatus', {
      ask: (shop) => ofOrder(shop, [{ [field]: one }, { [field]: other }]),
      shows: (asked) => ({
        ...isOrder(asked),
        [`${axis}_status`]: { code: asked.parameters?.[field] },
      }),
      kept: (shop, asked) => ({
        is: viewOf(shop, asked),
        expected: { [`${axis}_status`]: { code: asked.parameters?.[field] } },
      }),
    });
  }),
  orderRow('addShipment', {
    ask: (shop) => ofOrder(shop, [{ newStatus: 'S' }, { newStatus: 'D' }]),
    shows: isOrder,
    kept: (shop, asked) => ({
      is: viewOf(shop, asked),
      expected: { shipping_status: { code: asked.parameters?.newStatus } },
    }),
  }),
  orderRow('recordRefund', {
    ask: (shop) => ofOrder(shop, [{ amount: 0 }, { amount: 0 }]),
    bad: { parameters: { amount: -1 } },
    says: /^Amount takes a number of 0 or more/,
    shows: isOrder,
    kept: (shop, asked) => ({
      is: viewOf(shop, asked),
      expected: { payment_status: { code: 'R' } },
    }),
  }),
];

const cartRow = (operation: string, more: Partial<OperationRow> = {}): OperationRow => ({
  resource: 'cart',
  operation,
  ask: (shop) => pair(shop.ids('cart').map((id) => ({ parameters: { cart: byId(id) } }))),
  ...more,
});

const carts: OperationRow[] = [
  cartRow('get', { shows: (asked) => ({ id: Number(valueOf(asked, 'cart')) }), counts: [1, 1] }),
  cartRow('getAll', {
    ask: () => [{ parameters: { limit: 1 } }, { parameters: { limit: 2 } }],
    counts: [1, 2],
  }),
  cartRow('getDetails'),
  cartRow('getHistory'),
  cartRow('getPaymentTransactions'),
];

const view = (fields: IDataObject): object => ({ view: fields });

const idOf = ({ id }: IDataObject): unknown => id;

const customerId = (shop: OperationsShop): unknown =>
  shop.ids('customer').find((id) => {
    const { view: profile, orderId } = shop.kept('customer', id) ?? {};
    return orderId === null && (profile as IDataObject).access_level === 0;
  });

const people: OperationRow[] = [
  ...crudRows({
    resource: 'customer',
    make: [
      { login: 'byron@example.com', language: 'en' },
      { login: 'hopper@example.com', language: 'en' },
    ],
    change: [{ status_comment: 'one' }, { status_comment: 'other' }],
    idOf,
    kept: view,
  }),
  ...crudRows({
    resource: 'address',
    where: (shop) => ({ customer: byId(customerId(shop)) }),
    make: [
      { firstname: 'Ada', lastname: 'Byron' },
      { firstname: 'Grace', lastname: 'Hopper' },
    ],
    change: [{ city: 'Austin' }, { city: 'Lyon' }],
    idOf,
  }),
];

/** Whatever has a SKU: a product or a variant. */
const bySku = ({ sandbox }: OperationsShop, sku: unknown): object | undefined =>
  sandbox.services.xcart.stockHolder(String(sku));

const ofSku = (
  resource: string,
  operation: string,
  [field, keptAs]: readonly [string, string],
  more: Partial<OperationRow>,
): OperationRow => ({
  resource,
  operation,
  ask: () => [{ json: { sku: 'MUG-BLUE', [field]: 4 } }, { json: { sku: 'TS-RED-M', [field]: 7 } }],
  kept: (shop, { json }) => ({
    is: bySku(shop, json?.sku),
    expected: { [keptAs]: json?.[field] },
  }),
  ...more,
});

const goods: OperationRow[] = [
  ...crudRows({
    resource: 'product',
    make: [
      { sku: 'NEW-1', name: 'One', amount: 1 },
      { sku: 'NEW-2', name: 'Other', amount: 2 },
    ],
    change: [{ price: 5 }, { price: 6 }],
    idOf,
    kept: view,
    shows: (fields) => pick(fields, 'sku', 'name', 'amount'),
  }),
  ofSku('product', 'updatePrices', ['price', 'price'], {
    bad: { json: { sku: 'MUG-BLUE' } },
    says: /^The item with SKU MUG-BLUE has no price/,
    shows: ({ json }) => json ?? {},
  }),
  ofSku('stock', 'update', ['quantity', 'amount'], {
    bad: { json: { sku: 'MUG-BLUE', quantity: 'many' } },
    says: /^The quantity of SKU MUG-BLUE is not a number/,
    shows: ({ json }) => ({ sku: json?.sku, amount: json?.quantity }),
  }),
];

export const rows: OperationRow[] = [...orders, ...carts, ...people, ...goods, ...catalogueRows];

/** Of orders each costs the request that writes it, and nothing is read before. */
const manyOrders = (
  operation: string,
  parameters: IDataObject,
  path: 'payment_status' | 'shipping_status',
  code: string,
): ManyRow => ({
  resource: 'order',
  operation,
  ask: async (shop) => await ofManyOrders(shop, () => parameters),
  requests: { [`PUT /api/orders/:id/${path}`]: MANY },
  kept: (shop, asked) => ({ is: viewOf(shop, asked), expected: { [path]: { code } } }),
});

const SKUS = 220;

/** There is no filter by SKU: all products are read once, and each that changes is one request. */
const many = (
  resource: string,
  operation: string,
  [field, keptAs]: readonly [string, string],
): ManyRow => ({
  resource,
  operation,
  ask: async (shop) =>
    (await shop.staff<string[]>('POST', 'products', { count: SKUS })).map((sku, index) => ({
      json: { sku, [field]: index + 11 },
    })),
  requests: { 'GET /api/products': 3, 'PUT /api/products/:product_id': SKUS },
  kept: (shop, { json }) => ({
    is: bySku(shop, json?.sku),
    expected: { [keptAs]: json?.[field] },
  }),
});

export const manyRows: ManyRow[] = [
  manyOrders('updatePaymentStatus', { paymentStatus: 'A' }, 'payment_status', 'A'),
  manyOrders('updateShippingStatus', { shippingStatus: 'P' }, 'shipping_status', 'P'),
  manyOrders('addShipment', {}, 'shipping_status', 'S'),
  manyOrders('recordRefund', {}, 'payment_status', 'R'),
  many('stock', 'update', ['quantity', 'amount']),
  many('product', 'updatePrices', ['price', 'price']),
];
