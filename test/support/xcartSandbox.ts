/**
 * The X-Cart of the sandbox with the orders and products that a unit test wants, and before it a gateway that writes
 * down what is asked and answers in its place where the test says so.
 */
import type { IncomingHttpHeaders } from 'node:http';

import { XCART_CREDENTIALS } from '../../sandbox/xcart';
import type { OrderRecord, OrderView, ProductRecord, VariantView } from '../../sandbox/xcart/model';
import { newProduct } from '../../sandbox/xcart/resources/product-defaults';
import { startTestStore, type TestStore } from '../../sandbox/xcart/test-store';
import { startGateway } from '../suites/store/gateway';
import type { Received } from './httpServer';

/** The key that the shop takes. */
export const KEY = XCART_CREDENTIALS.writeKey;

/** An order, shown as the test gives it: the modules of a shop add and leave out whatever they like. */
export interface StoredOrder {
  id: number;
  order_number: string;
  create_date: string;
  update_date: string;
  payment_status: { code: string };
  shipping_status: { code: string };
  [key: string]: unknown;
}

export interface StoredProduct {
  id: number;
  sku: string;
  amount: number;
  inventory_traceable?: boolean;
  variants?: VariantView[];
}

export interface Seen {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  body: Record<string, unknown>;
}

/** Answers instead of the shop where it returns something. */
export type Intercept = (
  seen: Seen,
) => { status: number; body: unknown; headers?: Record<string, string> } | undefined;

export interface XCartSandbox {
  url: string;
  /** The shop's orders and products: what a test changes here is there with the next request. */
  orders: StoredOrder[];
  products: StoredProduct[];
  /** Everything that was asked. */
  requests: Seen[];
  intercept?: Intercept;
  /** 5.5.1: knows `lastRenewDate[after]`. */
  modifiedSince: boolean;
  close(): Promise<void>;
}

export const iso = (seconds: number): string =>
  new Date(seconds * 1000).toISOString().replace('.000Z', '+00:00');

/** An order that was placed and last changed at `seconds` since the epoch. */
export function storedOrder(id: number, seconds: number, more: object = {}): StoredOrder {
  return {
    id,
    order_number: String(id + 1000),
    create_date: iso(seconds),
    update_date: iso(seconds),
    payment_status: { code: 'Q' },
    shipping_status: { code: 'N' },
    total: 10,
    ...more,
  };
}

/** A variant with what the shop shows of each. */
export const storedVariant = (
  id: number,
  sku: string,
  more: Partial<VariantView>,
): VariantView => ({
  id,
  price: 0,
  default_price: true,
  amount: 0,
  default_amount: true,
  weight: 0,
  default_weight: true,
  default_variant: false,
  sku,
  image: null,
  attribute_checkbox_values: [],
  attribute_select_values: [],
  ...more,
});

/**
 * Keeps a record for each thing that a test holds, made anew when the test has changed the thing since: what the shop
 * has written into a record stays otherwise.
 */
function recordsOf<T extends object, R>(make: (thing: T) => R): (things: T[]) => R[] {
  const known = new WeakMap<T, { text: string; record: R }>();
  return (things) =>
    things.map((thing) => {
      const text = JSON.stringify(thing);
      const last = known.get(thing);
      if (last?.text === text) return last.record;
      const record = make(thing);
      known.set(thing, { text, record });
      return record;
    });
}

const orderRecords = recordsOf((order: StoredOrder): OrderRecord => ({
  view: structuredClone(order) as unknown as OrderView,
  transactions: [],
  details: [],
  history: [],
  login: String(order['email'] ?? ''),
  taxes: [],
  lineDiscount: 0,
}));

function productRecords({ xcart }: TestStore): (products: StoredProduct[]) => ProductRecord[] {
  return recordsOf(({ variants = [], ...product }) => {
    const record = newProduct(xcart.store, { ...product, name: product.sku }, new Date());
    Object.assign(record.view, product);
    for (const variant of variants) record.variants.set(variant.id, { ...variant });
    return record;
  });
}

/** Brings the shop to what the test holds. */
function mirror(shop: TestStore): (wanted: XCartSandbox) => void {
  const { store } = shop.xcart;
  const productsOf = productRecords(shop);
  return ({ orders, products, modifiedSince }) => {
    store.switches.lastRenewDateFilter = modifiedSince;
    store.orders = new Map(orderRecords(orders).map((record) => [record.view.id, record]));
    const wanted = productsOf(products);
    for (const record of [...store.products.values()])
      if (!wanted.includes(record)) store.removeProduct(record);
    for (const record of wanted)
      if (store.products.get(record.view.id) !== record) store.addProduct(record);
  };
}

const seenOf = ({ method, url, headers, body }: Received): Seen => {
  const { pathname, searchParams } = new URL(url, 'http://shop');
  return {
    method,
    path: pathname,
    query: searchParams,
    headers,
    body: body === '' ? {} : (JSON.parse(body) as Record<string, unknown>),
  };
};

export async function startXCartSandbox(): Promise<XCartSandbox> {
  const shop = await startTestStore();
  const gateway = await startGateway(() => shop.url);
  const bring = mirror(shop);
  const sandbox: XCartSandbox = {
    url: gateway.url,
    orders: [],
    products: [],
    requests: [],
    modifiedSince: false,
    close: async () => {
      await gateway.close();
      await shop.close();
    },
  };
  gateway.before = (request) => {
    const seen = seenOf(request);
    sandbox.requests.push(seen);
    bring(sandbox);
    const given = sandbox.intercept?.(seen);
    return given && { ...given, headers: { 'content-type': 'application/json', ...given.headers } };
  };
  return sandbox;
}
