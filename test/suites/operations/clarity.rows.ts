/** The operations of Clarity, which are the same whatever the deployment calls things. */
import { isPlainObject, mapValues } from 'lodash';
import type { IDataObject } from 'n8n-workflow';

import { byId } from './ask';
import { crudRows, type PlainKind } from './crud';
import { MANY, mappedPiece, ofManyOrders, ofOrder, orderIn, orderOf } from './orders';
import type { Asked, ManyRow, OperationRow } from './row';
import type { OperationsShop } from './shop';

type Two = readonly [IDataObject, IDataObject];

/** As the panel has it, where each item is added by itself. */
export const lines = (sku: string, quantity: number) => ({
  lineItems: { row: [{ sku, quantity }] },
});

/** What of an order the panel has otherwise than its document. */
export const asDocument = (fields: IDataObject): IDataObject =>
  mapValues(fields, (value) => (isPlainObject(value) ? (value as IDataObject)['row'] : value));

interface Kind extends Pick<PlainKind, 'kept' | 'resource' | 'shows'> {
  make: Two;
  change: Two;
}

/** Two new ones of each kind, and what they become. Ids of orders are those that the shop has first. */
const KINDS: readonly Kind[] = [
  {
    resource: 'order',
    make: [
      { currency: 'USD', customerGroup: 'Trade', shippingTotal: 3, ...lines('TS-LONG', 1) },
      { currency: 'EUR', customerGroup: 'Club', shippingTotal: 4, ...lines('PAN-24', 2) },
    ],
    change: [{ status: 'processing' }, { shippingTotal: 5 }],
    // The shop itself calls it otherwise.
    kept: ({ shippingTotal, ...fields }) => ({
      ...asDocument(fields),
      ...(shippingTotal !== undefined && { shippingAmount: shippingTotal }),
    }),
    shows: asDocument,
  },
  {
    resource: 'product',
    make: [
      { sku: 'NEW-1', name: 'One', price: 3 },
      { sku: 'NEW-2', name: 'Other', price: 4 },
    ],
    change: [{ price: 5 }, { name: 'Third' }],
  },
  {
    resource: 'customer',
    make: [
      { email: 'byron@example.com', company: 'Acme', firstName: 'Ada', lastName: 'Byron' },
      { email: 'hopper@example.com', firstName: 'Grace', lastName: 'Hopper' },
    ],
    change: [{ phone: '1' }, { lastName: 'Murray' }],
  },
  {
    resource: 'payment',
    make: [
      { orderId: '1001', amount: 1, status: 'authorized' },
      { orderId: '1002', amount: 2, status: 'authorized' },
    ],
    change: [{ amount: 3 }, { amount: 4 }],
  },
  {
    resource: 'shipment',
    make: [
      { orderId: '1001', trackingNumber: '1Z1' },
      { orderId: '1002', trackingNumber: '1Z2' },
    ],
    change: [{ trackingNumber: '1Z3' }, { trackingNumber: '1Z4' }],
  },
  {
    resource: 'return',
    make: [
      { orderId: '1001', reason: 'Too small' },
      { orderId: '1002', reason: 'Too large' },
    ],
    change: [{ reason: 'Broken' }, { reason: 'Late' }],
  },
  {
    resource: 'coupon',
    make: [
      { code: 'ONE', value: 1 },
      { code: 'OTHER', value: 2 },
    ],
    change: [{ value: 3 }, { value: 4 }],
  },
  {
    resource: 'address',
    make: [
      { city: 'Lyon', countryCode: 'FR' },
      { city: 'Bern', countryCode: 'CH' },
    ],
    change: [{ city: 'Nice' }, { city: 'Chur' }],
  },
  {
    resource: 'invoice',
    make: [
      { orderId: '1001', invoiceNumber: 'I-1' },
      { orderId: '1002', invoiceNumber: 'I-2' },
    ],
    change: [{ invoiceNumber: 'I-3' }, { invoiceNumber: 'I-4' }],
  },
];

/** Makes a record of one key and changes that of another. */
function upsertRow({ resource, make, kept = (fields) => fields }: Kind): OperationRow {
  const [one, other] = make.map(asDocument) as [IDataObject, IDataObject];
  const asked = (externalId: string, record: IDataObject): Asked => ({
    parameters: { externalId, inputField: 'record' },
    json: { record },
  });
  const known = asked('ERP-1', one);
  return {
    resource,
    operation: 'upsert',
    ask: async (shop) => {
      await shop.made(resource, [known], 'upsert');
      return [asked('ERP-1', { ...one, note: 'changed' }), asked('ERP-2', other)];
    },
    bad: { parameters: { ...known.parameters, externalId: '' } },
    says: /^External ID is empty/,
    kept: (shop, { parameters, json }) => ({
      is: shop
        .ids(resource)
        .map((id) => shop.kept(resource, id))
        .filter((record) => record?.externalId === parameters?.externalId),
      expected: [kept(json?.record as IDataObject)],
    }),
  };
}

/** Looked for on the shelf itself: a copy of each record for each of many items takes minutes. */
const productOf = ({ sandbox }: OperationsShop, { json }: Asked) =>
  sandbox.services.clarity.store.all('products').find(({ sku }) => sku === json?.sku);

/** What of a SKU lies in the warehouse that the item names, or in the main one. */
const stockOf = ({ sandbox }: OperationsShop, { json }: Asked) =>
  sandbox.services.clarity.store
    .all('inventory')
    .find(({ sku, warehouse }) => sku === json?.sku && warehouse === placeIn(json));

const placeIn = (json: IDataObject = {}): unknown => json.warehouse ?? 'MAIN';

/** What was noted beside an order. */
const beside = (shop: OperationsShop, kind: string, asked: Asked, isIt: object) => ({
  is: shop
    .ids(kind)
    .map((id) => shop.kept(kind, id))
    .filter((record) => String(record?.orderId) === orderIn(asked))
    .slice(-1),
  expected: [isIt],
});

/** The stock levels of the first two SKUs: the seed has them first. */
const twoLevels = (shop: OperationsShop): [Asked, Asked] => {
  const [one, other] = shop.ids('inventory');
  return [{ parameters: { stockLevel: byId(one) } }, { parameters: { stockLevel: byId(other) } }];
};

const levelIn = ({ parameters }: Asked): unknown =>
  (parameters?.stockLevel as IDataObject | undefined)?.value;

/** Of an item that names no warehouse, the quantity is one of the main one. */
const BY_WAREHOUSE = { options: { warehouse: 'MAIN', warehouseField: 'warehouse' } };

const others: OperationRow[] = [
  {
    resource: 'order',
    operation: 'updateStatus',
    ask: (shop) => ofOrder(shop, [{ status: 'processing' }, { status: 'shipped' }]),
    shows: (asked) => ({ status: asked.parameters?.status }),
    kept: (shop, asked) => ({
      is: orderOf(shop, asked),
      expected: { status: asked.parameters?.status },
    }),
  },
  {
    resource: 'order',
    operation: 'addShipment',
    ask: (shop) => ofOrder(shop, [{ trackingNumber: '1Z1' }, { trackingNumber: '1Z2' }]),
    kept: (shop, asked) => {
      const { trackingNumber } = asked.parameters ?? {};
      const shipment = beside(shop, 'shipment', asked, { trackingNumber });
      return {
        is: { status: orderOf(shop, asked)?.status, shipment: shipment.is },
        expected: { status: 'Shipped', shipment: shipment.expected },
      };
    },
  },
  {
    resource: 'order',
    operation: 'recordRefund',
    ask: (shop) =>
      ofOrder(shop, [
        { amount: 0.01, reference: 'CM-1' },
        { amount: 0.02, reference: 'CM-2' },
      ]),
    bad: { parameters: { amount: -1, reference: 'CM-1' } },
    says: /^Amount takes a number of 0 or more/,
    kept: (shop, asked) =>
      beside(shop, 'payment', asked, { amount: asked.parameters?.amount, status: 'refunded' }),
  },
  {
    resource: 'order',
    operation: 'getPayments',
    ask: ofOrder,
    shows: (asked) => ({ orderId: String(orderIn(asked)), status: 'captured' }),
    tells: mappedPiece('clarity', 'payment'),
    counts: [1, 1],
  },
  {
    resource: 'order',
    operation: 'addPayments',
    ask: async (shop) => {
      const [one, other] = await shop.made('order', ofOrder(shop), 'get');
      const parameters = { for: 'all' };
      return [
        { parameters, json: one },
        { parameters, json: other },
      ];
    },
    bad: { json: {} },
    says: /field "orderId" is missing/,
    shows: ({ json }) => ({
      orderId: json?.orderId,
      payments: [{ amount: json?.totalAmount, status: 'captured' }],
    }),
    counts: [1, 1],
    preview: ['payments'],
  },
  {
    resource: 'product',
    operation: 'updatePrices',
    ask: () => [{ json: { sku: 'TS-LONG', price: 4.5 } }, { json: { sku: 'PAN-24', price: 5.5 } }],
    bad: { json: { sku: 'TS-LONG' } },
    says: /^The item with SKU TS-LONG has no price/,
    shows: ({ json }) => json ?? {},
    kept: (shop, asked) => ({ is: productOf(shop, asked), expected: asked.json }),
  },
  {
    resource: 'stock',
    operation: 'get',
    ask: twoLevels,
    tells: (asked, output) => ({ is: String(output.inventoryId), expected: levelIn(asked) }),
    counts: [1, 1],
  },
  {
    resource: 'stock',
    operation: 'getAll',
    ask: () => [{ parameters: { limit: 1 } }, { parameters: { limit: 2 } }],
    counts: [1, 2],
  },
  {
    resource: 'stock',
    operation: 'update',
    ask: () =>
      [
        { parameters: BY_WAREHOUSE, json: { sku: 'TS-LONG', quantity: 3 } },
        { parameters: BY_WAREHOUSE, json: { sku: 'TS-LONG', quantity: 7, warehouse: 'EAST' } },
      ] satisfies [Asked, Asked],
    bad: { json: { sku: 'TS-LONG', quantity: 'many' } },
    says: /^The quantity of SKU TS-LONG is not a number/,
    shows: ({ json }) => ({
      sku: json?.sku,
      warehouse: placeIn(json),
      amount: json?.quantity,
    }),
    kept: (shop, asked) => ({ is: stockOf(shop, asked), expected: asked.json }),
  },
];

export interface Deployment {
  /** Whether outputs have the fields by the names that the shop has for them. */
  shows: boolean;
  /** Kinds whose fields are other ones there. */
  kinds?: readonly Kind[];
}

export const rowsOf = ({ shows, kinds = [] }: Deployment): OperationRow[] => [
  ...KINDS.flatMap((usual) => {
    const kind = kinds.find(({ resource }) => resource === usual.resource) ?? usual;
    const idOf: PlainKind['idOf'] = (output) => output[`${kind.resource}Id`];
    const names = shows ? {} : { shows: () => ({}) };
    return [...crudRows({ ...kind, idOf, ...names }), upsertRow(kind)];
  }),
  ...others,
];

/** What a deployment is asked, as the sandbox counts it: `METHOD route`. */
export interface Routes {
  readOrder: string;
  /** Each of an order whose status changes: it is read where the profile has several names for that. */
  changeOrder: Readonly<Record<string, number>>;
  listProducts: string;
  changeProduct: string;
  listStock: string;
  /** The stock levels of a hundred SKUs, or of one. */
  writeStock: string;
  stockAtOnce: number;
  /**
   * Each of a shipment or a payment that has a key of its own, and the list: once for its names where the profile has several,
   * and for what is there already where it takes no keys.
   */
  makeShipment: Readonly<Record<string, number>>;
  makePayment: Readonly<Record<string, number>>;
  /** Most rows of one page. */
  page: number;
}

/** Products that are added to those of the seed, behind them in every list. */
const ADDED = 220;

const pagesOf = (rows: number, { page }: Routes): number => Math.ceil(rows / page);

const addedTo = async (shop: OperationsShop): Promise<string[]> =>
  await shop.staff<string[]>('POST', 'products', { count: ADDED });

export const manyOf = (routes: Routes): ManyRow[] => [
  {
    resource: 'stock',
    operation: 'update',
    when: 'in two warehouses',
    ask: async (shop) =>
      (await addedTo(shop)).map((sku, index) => ({
        parameters: BY_WAREHOUSE,
        json: { sku, quantity: index + 11, ...(index % 2 === 1 && { warehouse: 'EAST' }) },
      })),
    requests: (shop) => ({
      [routes.listStock]: pagesOf(shop.ids('inventory').length, routes),
      [routes.writeStock]: Math.ceil(ADDED / routes.stockAtOnce),
    }),
    kept: (shop, asked) => ({ is: stockOf(shop, asked), expected: asked.json }),
  },
  {
    resource: 'product',
    operation: 'updatePrices',
    ask: async (shop) =>
      (await addedTo(shop)).map((sku, index) => ({ json: { sku, price: index + 11 } })),
    requests: (shop) => ({
      [routes.listProducts]: pagesOf(shop.ids('product').length, routes),
      [routes.changeProduct]: ADDED,
    }),
    kept: (shop, asked) => ({ is: productOf(shop, asked), expected: asked.json }),
  },
  {
    resource: 'order',
    operation: 'updateStatus',
    ask: async (shop) => await ofManyOrders(shop, () => ({ status: 'processing' })),
    requests: routes.changeOrder,
    kept: (shop, asked) => ({ is: orderOf(shop, asked), expected: { status: 'processing' } }),
  },
  {
    resource: 'order',
    operation: 'addShipment',
    ask: async (shop) => await ofManyOrders(shop, (index) => ({ trackingNumber: `1Z${index}` })),
    requests: { ...routes.makeShipment, ...routes.changeOrder },
    kept: (shop, asked) => {
      const { trackingNumber } = asked.parameters ?? {};
      return beside(shop, 'shipment', asked, { trackingNumber });
    },
  },
  {
    resource: 'order',
    operation: 'recordRefund',
    ask: async (shop) =>
      await ofManyOrders(shop, (index) => ({ amount: 0.01, reference: `CM-${index}` })),
    requests: { [routes.readOrder]: MANY, ...routes.makePayment },
    kept: (shop, asked) => beside(shop, 'payment', asked, { amount: 0.01 }),
  },
];
