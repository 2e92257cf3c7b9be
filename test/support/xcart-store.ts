/**
 * A very small X-Cart store over real HTTP, for unit tests: orders with the 5.5 filters and sorting, products with
 * variants. The full one, with faults, is in `sandbox/`.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface StoredOrder {
  id: number;
  order_number: string;
  create_date: string;
  update_date: string;
  payment_status: { code: string };
  shipping_status: { code: string };
  total: number;
  [key: string]: unknown;
}

export interface StoredProduct {
  id: number;
  sku: string;
  amount: number;
  inventory_traceable?: boolean;
  variants?: Array<{ id: number; sku: string; amount: number; default_amount: boolean }>;
}

export interface Seen {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
  body: Record<string, unknown>;
}

/** Answers instead of the store where it returns something. */
export type Intercept = (
  seen: Seen,
) => { status: number; body: unknown; headers?: Record<string, string> } | undefined;

export interface XCartStore {
  url: string;
  orders: StoredOrder[];
  products: StoredProduct[];
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

const problem = (status: number, detail: string) => ({
  status,
  body: { type: 'about:blank', title: 'An error occurred', detail },
});

function paged<T>(rows: T[], query: URLSearchParams): T[] {
  const size = Number(query.get('itemsPerPage') ?? 30);
  const page = Number(query.get('page') ?? 1);
  return rows.slice((page - 1) * size, page * size);
}

function listOrders(store: XCartStore, query: URLSearchParams): StoredOrder[] {
  const codes = (name: string): string[] => query.getAll(`${name}[]`);
  const passes = (wanted: string[], code: string): boolean =>
    wanted.length === 0 || wanted.includes(code);
  const after = store.modifiedSince ? query.get('lastRenewDate[after]') : null;
  const direction = query.get('order[lastRenewDate]');
  const rows = store.orders.filter(
    (order) =>
      passes(codes('paymentStatus.code'), order.payment_status.code) &&
      passes(codes('shippingStatus.code'), order.shipping_status.code) &&
      (!after || Date.parse(order.update_date) >= Date.parse(after)),
  );
  if (!direction) return rows;
  const sign = direction === 'desc' ? -1 : 1;
  return rows.toSorted(
    (one, other) =>
      sign * (Date.parse(one.update_date) - Date.parse(other.update_date) || one.id - other.id),
  );
}

function answer(store: XCartStore, seen: Seen): { status: number; body: unknown } {
  const [, , kind, key, part, child] = seen.path.split('/');
  if (kind === 'orders') {
    if (!key) return { status: 200, body: paged(listOrders(store, seen.query), seen.query) };
    const order =
      key === 'by_number'
        ? store.orders.find(({ order_number: number }) => number === part)
        : store.orders.find(({ id }) => id === Number(key));
    if (!order) return problem(404, 'Not Found');
    if (part === 'payment_status' || part === 'shipping_status') {
      if (seen.method === 'PUT') order[part] = { code: String(seen.body['code']) };
      return { status: 200, body: order[part] };
    }
    return { status: 200, body: part && key !== 'by_number' ? [] : order };
  }
  if (kind !== 'products') return problem(404, 'Not found');
  if (!key) return { status: 200, body: paged(store.products, seen.query) };
  const product = store.products.find(({ id }) => id === Number(key));
  if (!product) return problem(404, 'Not Found');
  if (part === 'variants') {
    if (!child) return { status: 200, body: paged(product.variants ?? [], seen.query) };
    const variant = product.variants?.find(({ id }) => id === Number(child));
    return { status: 200, body: Object.assign(variant ?? {}, seen.body) };
  }
  return { status: 200, body: Object.assign(product, seen.method === 'PUT' ? seen.body : {}) };
}

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  let text = '';
  for await (const part of request) text += String(part);
  return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
}

export async function startXCartStore(): Promise<XCartStore> {
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://store');
    const seen: Seen = {
      method: request.method ?? 'GET',
      path: pathname,
      query: searchParams,
      headers: request.headers,
      body: await bodyOf(request),
    };
    store.requests.push(seen);
    const given = store.intercept?.(seen);
    const { status, body } = given ?? answer(store, seen);
    response.writeHead(status, { 'content-type': 'application/json', ...given?.headers });
    response.end(
      status === 204 ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
    );
  };
  const server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const store: XCartStore = {
    url: `http://127.0.0.1:${port}`,
    orders: [],
    products: [],
    requests: [],
    modifiedSince: false,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return store;
}
