/** What presets make for the nodes of shops, beside what the panels of these nodes take: no field leads nowhere. */
import { uniq } from 'lodash';
import type { INodeProperties, INodePropertyCollection } from 'n8n-workflow';

import { explainMapping } from '../core/mapping';
import { DOCUMENTS, findDocument, PRESETS, SHOP_STATUSES } from '../core/presets';
import { Clarity } from '../nodes/Clarity/Clarity.node';
import { ThreeDCart } from '../nodes/ThreeDCart/ThreeDCart.node';
import { XCart } from '../nodes/XCart/XCart.node';

const NODES = { xcart: new XCart(), threedcart: new ThreeDCart(), clarity: new Clarity() };
type Shop = keyof typeof NODES;

const shopOf = (document: string): Shop => document.split('.')[0] as Shop;

const fieldsOf = (document: string): string[] =>
  (findDocument(document)?.fields ?? []).map(({ path }) => path);

/** The fields that a panel shows for an operation. */
const panelOf = (shop: Shop, resource: string, operation: string): INodeProperties[] =>
  NODES[shop].description.properties.filter(({ displayOptions: { show = {} } = {} }) => {
    const operations = show['operation'] ?? show['/operation'];
    return show['resource']?.includes(resource) && operations?.includes(operation);
  });

/** The targets of all presets that make this document. */
const madeFor = (document: string): string[] =>
  uniq(
    PRESETS.filter(({ from, to }) => from.startsWith('commerce.') && to === document).flatMap(
      (preset) => [...explainMapping(preset, DOCUMENTS).keys()],
    ),
  );

/** A record that *Create*, *Update* or *Create or Update* writes. */
interface Written {
  resource: string;
  /** Panel fields that are none of the record's: where it stands, how it is written, and what no mapping knows. */
  besides?: readonly string[];
  /** Where the store's document nests what the panel has flat. */
  inside?: string;
  /** What presets fill and the panel does not show: it comes with *Map Automatically* or *Create or Update* alone. */
  unshown?: readonly string[];
}

const ADDRESS = ['firstName', 'lastName', 'company', 'line1', 'line2', 'line3', 'city', 'state'];
const addressIn = (field: string): string[] =>
  [...ADDRESS, 'postalCode', 'country', 'phone'].map((name) => `${field}.${name}`);
const listOf = (list: string, ...names: string[]): string[] =>
  names.map((name) => `${list}[*].${name}`);

const RECORDS: Readonly<Record<string, Written>> = {
  'xcart.product': {
    resource: 'product',
    // Written by their names, and read as records of their own.
    besides: ['product_class', 'tax_class'],
    unshown: ['id'],
  },
  'xcart.profile': {
    resource: 'customer',
    besides: ['password', 'force_change_password', 'status_comment'],
    unshown: ['id'],
  },
  'xcart.address': { resource: 'address', besides: ['customer'] },
  'threedcart.order': {
    resource: 'order',
    besides: ['bypassEmail', 'bypassProcessing'],
    unshown: [
      'OrderID',
      'ShipmentList[*].ShipmentTrackingCode',
      ...listOf(
        'TransactionList',
        ...['TransactionType', 'TransactionMethod', 'TransactionAmount', 'TransactionID'],
      ),
      ...listOf('QuestionList', 'QuestionID', 'QuestionTitle', 'QuestionAnswer'),
    ],
  },
  'threedcart.product': { resource: 'product', inside: 'SKUInfo', unshown: ['SKUInfo.CatalogID'] },
  'threedcart.customer': { resource: 'customer', besides: ['Password'], unshown: ['CustomerID'] },
  'clarity.order': {
    resource: 'order',
    unshown: [
      ...['orderId', 'email', 'orderDate', 'totalAmount', 'taxIncluded', 'taxTotal'],
      ...['couponCodes', 'paymentInfo.method'],
    ],
  },
  'clarity.product': { resource: 'product', unshown: ['productId', 'stock'] },
  'clarity.customer': {
    resource: 'customer',
    unshown: ['customerId', 'active', ...addressIn('address')],
  },
  'clarity.payment': { resource: 'payment', unshown: ['paymentId'] },
  'clarity.shipment': { resource: 'shipment', unshown: ['shipmentId'] },
};

/** What the panel has for the fields of a record, as paths of it. */
function shownOf(document: string, { resource, inside, besides = [] }: Written): string[] {
  const about = new Set([
    'dryRun',
    'fieldsFrom',
    'inputField',
    'additionalFields',
    'otherFields',
    ...besides,
  ]);
  const panel = panelOf(shopOf(document), resource, 'create');
  const more = panel.find(({ name }) => name === 'additionalFields')?.options ?? [];
  const pathsOf = ({ name, type, options, typeOptions }: INodeProperties): string[] => {
    if (type !== 'fixedCollection') return [name];
    const names = (options as INodePropertyCollection[]).flatMap(({ values }) =>
      values.map((value) => value.name),
    );
    return typeOptions?.multipleValues
      ? listOf(name, ...names)
      : names.map((each) => `${name}.${each}`);
  };
  const known = new Set(fieldsOf(document));
  return [...panel, ...(more as INodeProperties[])]
    .filter(({ name }) => !about.has(name))
    .flatMap(pathsOf)
    .map((path) => (inside && known.has(`${inside}.${path}`) ? `${inside}.${path}` : path));
}

describe.each(Object.entries(RECORDS))('%s', (document, written) => {
  const shown = shownOf(document, written);
  const { unshown = [] } = written;

  test('has each field that the panel of its operations shows', () => {
    const known = fieldsOf(document);
    expect(shown).not.toHaveLength(0);
    expect(shown.filter((path) => !known.includes(path))).toEqual([]);
  });

  test('is filled by presets with what the panel shows, or the store is known to take', () => {
    const known = fieldsOf(document);
    const made = madeFor(document);
    expect(made).not.toHaveLength(0);
    expect(made.filter((path) => !known.includes(path))).toEqual([]);
    expect(made.filter((path) => !shown.includes(path)).sort()).toEqual([...unshown].sort());
  });
});

/** What operations take of an order field by field: nothing of it comes in but by the panel. */
const TOLD: Readonly<Record<Shop, readonly string[]>> = {
  xcart: ['updateStatus', 'addShipment', 'recordRefund'],
  threedcart: ['updateStatus', 'addShipment', 'recordPayment', 'recordRefund'],
  clarity: ['updateStatus', 'addShipment', 'recordRefund'],
};

/** What of a panel is no field of the document: how it is told, and a notice. */
const WAYS = new Set([
  'dryRun',
  'options',
  'setStatus',
  'withTracking',
  'shipmentNotice',
  'refundNotice',
  'refundSign',
]);

/** A store with several statuses has an operation for each. */
const operationsOf = (shop: Shop, name: string): string[] =>
  name === 'updateStatus'
    ? NODES[shop].description.properties
        .filter(({ name: field, displayOptions }) => {
          return field === 'operation' && displayOptions?.show?.['resource']?.includes('order');
        })
        .flatMap(({ options = [] }) =>
          options.map((option) => String('value' in option && option.value)),
        )
        .filter((value) => /^update\w*Status$/.test(value))
    : [name];

describe.each(Object.keys(NODES) as Shop[])('the operations of %s on many orders', (shop) => {
  test.each(TOLD[shop])(
    '%s takes all that its document has, and its document all that it takes',
    (name) => {
      const document = `${shop}.${name}`;
      const panel = operationsOf(shop, name).flatMap((operation) =>
        panelOf(shop, 'order', operation).map((field) => field.name),
      );
      // The panel names the order, wherever its id stands.
      const taken = uniq(panel)
        .filter((field) => !WAYS.has(field))
        .map((field) => (field === 'order' ? 'orderId' : field));
      expect(taken.sort()).toEqual(fieldsOf(document).sort());
      expect(madeFor(document).filter((path) => !taken.includes(path))).toEqual([]);
    },
  );

  test('find SKU and price of a common product under the names that they look for first', () => {
    const resource = ['product', 'variant'].find(
      (one) => panelOf(shop, one, 'updatePrices').length > 0,
    );
    const first = (operation: [string, string], field: string) =>
      panelOf(shop, ...operation).find(({ name }) => name === field)?.default;
    const prices: [string, string] = [String(resource), 'updatePrices'];
    const known = fieldsOf('commerce.product');
    expect(known).toContain(first(prices, 'skuField'));
    expect(known).toContain(first(prices, 'priceField'));
    expect(known).toContain(first(['stock', 'update'], 'skuField'));
  });
});

test('each document of a shop that presets make is held to a panel', () => {
  const shops = [...SHOP_STATUSES.keys()].map(shopOf);
  expect(shops.sort()).toEqual(Object.keys(NODES).sort());
  const made = uniq(
    PRESETS.map(({ to }) => to).filter((to) => shops.some((shop) => to.startsWith(`${shop}.`))),
  );
  const held = [
    ...Object.keys(RECORDS),
    ...shops.flatMap((shop) => TOLD[shop].map((name) => `${shop}.${name}`)),
  ];
  expect(made.sort()).toEqual(held.sort());
});
