import { encodeId } from '../../http/url';
import { firstRows, type PageOptions, type Pages } from '../../http/pages';
import type { Schema } from '../../values/schema';
import { createRestClient, type Query, type RestClient, type RestOptions } from '../kit/rest';
import { describeApi, type XCartAddress } from './api';
import {
  type Address,
  addressSchema,
  answerSchema,
  type Category,
  categorySchema,
  type Order,
  orderSchema,
  type Product,
  productSchema,
  type Profile,
  profileSchema,
  recordSchema,
  type Status,
  statusAnswerSchema,
  statusSchema,
  type TrackingNumber,
  type Transaction,
  transactionSchema,
  type Variant,
  variantSchema,
  type WireRecord,
} from './wire';

export interface XCartOptions extends XCartAddress, RestOptions {}

/** Key of a record in its list; an order number is no id. */
export type Id = number | string;

export interface OrderQuery {
  /** Placed at this moment or later. */
  placedAfter?: Date;
  /** Placed at this moment or earlier. */
  placedBefore?: Date;
  /** Codes such as `P`; any of them. */
  paymentStatus?: readonly string[];
  shippingStatus?: readonly string[];
  /** Part of the customer's e-mail address. */
  email?: string;
  /** Changed at this moment or later. X-Cart 5.5.1 and newer; 5.5.0 ignores it and sends everything. */
  changedAfter?: Date;
  /**
   * Who asks follows changes alone: of an order that the list tells the same of as before, with the date of its last
   * change, what it told then will do. Spares the classic API a request for each order.
   */
  mayBeRemembered?: boolean;
  /**
   * Who asks looks at each order again: one that the store sends though it does not fit is kept, because its date tells where
   * to stop. Default: the classic API, whose stores ignore conditions that they do not know, leaves it out.
   */
  keepsOthers?: boolean;
  sort?: { by: 'date' | 'lastRenewDate'; direction: 'asc' | 'desc' };
}

export interface ProductQuery {
  sort?: { by: 'name' | 'price' | 'arrivalDate'; direction: 'asc' | 'desc' };
}

export interface ProfileQuery {
  /** Part of the e-mail address. */
  email?: string;
  addedAfter?: Date;
}

export interface CategoryQuery {
  parent?: Id;
  sort?: { by: 'position'; direction: 'asc' | 'desc' };
}

/** Create, read, update and delete of one kind of record. `update` changes only what it is given. */
export interface Records<T, Q> {
  pages(query?: Q, options?: PageOptions): Pages<T>;
  get(id: Id): Promise<T>;
  create(document: object): Promise<T>;
  update(id: Id, document: object): Promise<T>;
  remove(id: Id): Promise<void>;
}

/** What stands at a path of its own and is one alone, such as the icon of a category. */
export interface Single {
  get(): Promise<WireRecord>;
  create(document: object): Promise<WireRecord>;
  update(document: object): Promise<WireRecord>;
  remove(): Promise<void>;
}

export interface Orders {
  pages(query?: OrderQuery, options?: PageOptions): Pages<Order>;
  get(id: Id): Promise<Order>;
  byNumber(orderNumber: string): Promise<Order>;
  transactions(id: Id): Promise<Transaction[]>;
  details(id: Id): Promise<WireRecord[]>;
  history(id: Id): Promise<WireRecord[]>;
  paymentStatus(id: Id): Promise<Status>;
  shippingStatus(id: Id): Promise<Status>;
  setPaymentStatus(id: Id, code: string): Promise<Status>;
  setShippingStatus(id: Id, code: string): Promise<Status>;
  /** Only the classic API can: a number that the order has already is not added again. */
  addTracking?(id: Id, value: string): Promise<TrackingNumber>;
}

export interface Categories extends Records<Category, CategoryQuery> {
  move(id: Id, target: { parent?: number; position?: number }): Promise<WireRecord>;
  stats(id: Id): Promise<WireRecord>;
  addProduct(id: Id, productId: Id): Promise<WireRecord>;
  removeProduct(id: Id, productId: Id): Promise<void>;
}

/**
 * A store, by either of its APIs (see `open.ts`). Every method rejects with a `ServiceError` that says what to change.
 */
export interface XCart {
  orders: Orders;
  carts: Pick<Orders, 'pages' | 'get' | 'transactions' | 'details' | 'history'>;
  products: Records<Product, ProductQuery>;
  /** Module Product Variants. */
  variants(productId: Id): Records<Variant, void>;
  /** Customers and administrators. */
  profiles: Records<Profile, ProfileQuery>;
  addresses(profileId: Id): Records<Address, void>;
  categories: Categories;
  /** Whatever else has a list of its own: `at('coupons')`, `at('products', 37, 'reviews')`. */
  at(...path: Id[]): Records<WireRecord, void>;
  /** Whatever else stands alone: `oneAt('categories', 2, 'icon')`. */
  oneAt(...path: Id[]): Single;
}

const at = (id: Id): string => encodeId(String(id), 'An ID');

/** X-Cart reads whatever PHP's DateTime does, and silently ignores what that does not. */
const moment = (date?: Date): string | undefined =>
  date?.toISOString().replace(/\.\d{3}Z$/, '+00:00');

function sorted(sort?: { by: string; direction: string }): Query {
  return sort ? { [`order[${sort.by}]`]: sort.direction } : {};
}

function orderFilters(query: OrderQuery): Query {
  return {
    'date[after]': moment(query.placedAfter),
    'date[before]': moment(query.placedBefore),
    'lastRenewDate[after]': moment(query.changedAfter),
    'paymentStatus.code': query.paymentStatus,
    'shippingStatus.code': query.shippingStatus,
    'profile.login': query.email || undefined,
    ...sorted(query.sort),
  };
}

function records<T, Q>(
  api: RestClient,
  path: string,
  schema: Schema<T>,
  filters: (query: Q) => Query = () => ({}),
): Records<T, Q> {
  return {
    pages: (query, options) =>
      api.pages({ path, row: schema, query: query && filters(query) }, options),
    get: (id) => api.call({ method: 'GET', path: `${path}/${at(id)}`, schema }),
    create: (body) => api.call({ method: 'POST', path, body, schema }),
    update: (id, body) => api.call({ method: 'PUT', path: `${path}/${at(id)}`, body, schema }),
    remove: (id) => api.remove(`${path}/${at(id)}`),
  };
}

const pathOf = (parts: Id[]): string => parts.map((part) => `/${at(part)}`).join('');

function single(api: RestClient, path: string): Single {
  const schema = recordSchema;
  return {
    get: () => api.call({ method: 'GET', path, schema }),
    create: (body) => api.call({ method: 'POST', path, body, schema }),
    update: (body) => api.call({ method: 'PUT', path, body, schema }),
    remove: () => api.remove(path),
  };
}

function orders(api: RestClient, path: '/orders' | '/carts'): Orders {
  const below = <T>(id: Id, part: string, schema: Schema<T>): Promise<T> =>
    api.call({ method: 'GET', path: `${path}/${at(id)}/${part}`, schema });
  const all = async <T>(id: Id, part: string, schema: Schema<T>): Promise<T[]> =>
    await firstRows(
      (options) => api.pages({ path: `${path}/${at(id)}/${part}`, row: schema }, options),
      Infinity,
    );
  const setStatus = async (id: Id, part: string, code: string): Promise<Status> => {
    const target = `${path}/${at(id)}/${part}`;
    const body = { code };
    const schema = statusAnswerSchema;
    const answer: Partial<Status> = await api.call({ method: 'PUT', path: target, body, schema });
    return { ...body, ...answer };
  };
  return {
    pages: (query = {}, options) =>
      api.pages({ path, row: orderSchema, query: orderFilters(query) }, options),
    get: (id) => api.call({ method: 'GET', path: `${path}/${at(id)}`, schema: orderSchema }),
    byNumber: (number) =>
      api.call({ method: 'GET', path: `${path}/by_number/${at(number)}`, schema: orderSchema }),
    transactions: (id) => all(id, 'payment_transactions', transactionSchema),
    details: (id) => all(id, 'details', recordSchema),
    history: (id) => all(id, 'history', recordSchema),
    paymentStatus: (id) => below(id, 'payment_status', statusSchema),
    shippingStatus: (id) => below(id, 'shipping_status', statusSchema),
    setPaymentStatus: (id, code) => setStatus(id, 'payment_status', code),
    setShippingStatus: (id, code) => setStatus(id, 'shipping_status', code),
  };
}

function categories(api: RestClient): Categories {
  const base = records<Category, CategoryQuery>(api, '/categories', categorySchema, (query) => ({
    parent: query.parent,
    ...sorted(query.sort),
  }));
  const path = (id: Id, part: string): string => `/categories/${at(id)}/${part}`;
  return {
    ...base,
    move: (id, body) =>
      api.call({ method: 'PUT', path: path(id, 'move'), body, schema: answerSchema }),
    stats: (id) => api.call({ method: 'GET', path: path(id, 'stats'), schema: recordSchema }),
    addProduct: (id, productId) =>
      api.call({
        method: 'POST',
        path: path(id, 'products'),
        body: { product_id: Number(productId) },
        schema: answerSchema,
      }),
    removeProduct: (id, productId) => api.remove(path(id, `products/${at(productId)}`)),
  };
}

/** X-Cart 5.5 and newer. */
export function createXCart(options: XCartOptions): XCart {
  const api = createRestClient(describeApi(options), options);
  return {
    orders: orders(api, '/orders'),
    carts: orders(api, '/carts'),
    products: records<Product, ProductQuery>(api, '/products', productSchema, ({ sort }) =>
      sorted(sort),
    ),
    variants: (productId) => records(api, `/products/${at(productId)}/variants`, variantSchema),
    profiles: records<Profile, ProfileQuery>(api, '/profiles', profileSchema, (query) => ({
      login: query.email || undefined,
      'added[after]': moment(query.addedAfter),
    })),
    addresses: (profileId) => records(api, `/profiles/${at(profileId)}/addresses`, addressSchema),
    categories: categories(api),
    at: (...path) => records(api, pathOf(path), recordSchema),
    oneAt: (...path) => single(api, pathOf(path)),
  };
}
