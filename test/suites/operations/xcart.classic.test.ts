/** What the classic API of 5.0 to 5.4 has, it does as 5.5 does; what it lacks, the node says in words that help. */
import type { Received } from '../../support/httpServer';
import { type Gateway, startGateway } from '../store/gateway';
import { describeOperations, type Refusal } from './describeOperations';
import { MANY, ofManyOrders, orderOf } from './orders';
import { type ManyRow, type OperationRow, titleOf } from './row';
import { manyRows, rows } from './xcart.rows';
import { classicTablesOf, startXCart, xcartNode } from './xcart.shop';

/** Of these kinds of records it has none, in the words of the node. */
const NO_RECORDS: Readonly<Record<string, string>> = {
  attachment: 'reach attachments of products',
  attribute: 'reach attributes',
  attributeGroup: 'reach attribute groups',
  attributeOption: 'reach options of attributes',
  attributeValue: 'reach values of attributes of products',
  cart: 'read carts',
  coupon: 'reach coupons',
  featuredProduct: 'reach featured products of the front page',
  image: 'reach images of products',
  membership: 'reach memberships',
  productClass: 'reach product classes',
  productTag: 'reach product tags',
  relatedProduct: 'reach related products of products',
  review: 'reach reviews of products',
  saleDiscount: 'reach sale discounts',
  taxClass: 'reach tax classes',
  volumeDiscount: 'reach volume discounts',
  wholesalePrice: 'reach wholesale prices of products',
};

/** And of the others it has not these. */
const NO_WAY: Readonly<Record<string, string>> = {
  'address: create': 'way to write an address by the names of its fields',
  'address: update': 'way to write an address by the names of its fields',
  'category: deletePicture': 'way to reach icon of categories',
  'category: getPicture': 'way to reach icon of categories',
  'category: getProducts': 'way to reach products of categories',
  'category: getStats': 'statistics of categories',
  'category: setPicture': 'way to reach icon of categories',
  'variant: create': 'way to say of which attribute values a variant is made',
  'variant: setImage': 'way to give a variant an image',
};

function refusalOf(row: OperationRow): Refusal | undefined {
  const records = NO_RECORDS[row.resource];
  const what = records ? `way to ${records}` : NO_WAY[titleOf(row)];
  return what === undefined
    ? undefined
    : {
        says: new RegExp(`^The classic API of X-Cart has no ${what}`),
        fix: /X-Cart admin|instead\.$/,
      };
}

/** Statuses are written by their ids, which are read once: a list, and the empty page at its end. Each product is read in a page of two documents. */
const REQUESTS: Readonly<Record<string, ManyRow['requests']>> = {
  order: { 'GET /admin.php': 2, 'PUT /admin.php': MANY },
  goods: { 'GET /admin.php': 12, 'PUT /admin.php': 220 },
};

const shipped: ManyRow = {
  resource: 'order',
  operation: 'addShipment',
  when: 'with tracking numbers',
  ask: async (shop) => await ofManyOrders(shop, (index) => ({ trackingNumber: `1Z${index}` })),
  // A number that the order has already would be written once more: each order is read before.
  requests: { 'GET /admin.php': MANY + 2, 'POST /admin.php': MANY, 'PUT /admin.php': MANY },
  kept: (shop, asked) => ({
    is: orderOf(shop, asked)?.['view'],
    expected: {
      tracking_numbers: [{ value: asked.parameters?.trackingNumber }],
      shipping_status: { code: 'S' },
    },
  }),
};

/** Dates, what a status brings about, and what stands in other records too. */
const CLASSIC_BY_ITSELF =
  /[dD]ate$|^(order|product)\.events|lastRenewDate|Status\.position$|^(address|categoryproducts|order-|payment)|\.(categoryProducts|children|addresses|variants|trackingNumbers|amount|inventory|rpos|lpos|depth|parent)/;

let gateway: Gateway;
const written: Received[] = [];

describeOperations({
  name: 'X-Cart by its classic API',
  start: async () => {
    const rig = await startXCart();
    gateway = await startGateway(() => rig.sandbox.xcart.url);
    gateway.before = (request) => {
      if (request.method !== 'GET') written.push(request);
      return undefined;
    };
    return rig;
  },
  node: (rig) => xcartNode(rig, { api: 'classic', storeUrl: gateway.url }),
  maker: xcartNode,
  rows,
  many: [
    ...manyRows.map((row) => ({
      ...row,
      requests: REQUESTS[row.resource] ?? REQUESTS.goods ?? {},
    })),
    shipped,
  ],
  hasPreviews: false,
  rehearsed: {
    tables: classicTablesOf,
    byItself: CLASSIC_BY_ITSELF,
  },
  refuses: refusalOf,
});

/** `DELETE` and `PUT` without an id are about all records of a class. */
test('and nothing was written that names no record', () => {
  const paths = written.map(({ method, url }) => [
    method,
    new URL(url, gateway.url).searchParams.get('_path'),
  ]);
  expect(new Set(paths.map(([method]) => method))).toEqual(new Set(['DELETE', 'POST', 'PUT']));
  for (const [method, path] of paths) {
    expect(path).toMatch(method === 'POST' ? /^[a-z-]+\/0$/ : /^[a-z-]+\/[1-9]\d*$/);
  }
});

afterAll(async () => await gateway.close());
