import { z } from 'zod';
import { readInput } from '../api/body';
import { dateFilters, dateTest, secondsOf } from '../api/dates';
import { readOnly } from '../api/fields';
import { childrenOf, found } from '../api/lookup';
import { paginate, sorter, type Page } from '../api/paging';
import { badRequest, invalidInput, notFound, type Problem } from '../api/problems';
import type { Call, Route } from '../api/routes';
import type { OrderRecord, TransactionView } from '../model';
import { changeStatus } from '../orders/change';
import type { StatusAxis } from '../orders/statuses';

type Orders = ReadonlyMap<number, OrderRecord>;
type Test = (order: OrderRecord) => boolean;

const created = ({ view }: OrderRecord): number => secondsOf(view.create_date);
const renewed = ({ view }: OrderRecord): number => secondsOf(view.update_date);

function statusTest(call: Call, parameter: string, axis: StatusAxis): Test[] {
  const codes = call.query.list(parameter);
  if (codes.length === 0) return [];
  return [({ view }) => codes.includes(view[`${axis}_status`]?.code ?? '')];
}

function dateTests(call: Call): Test[] {
  const tests: Test[] = [];
  const date = call.query.table('date');
  if (Object.keys(date).length > 0) {
    const inside = dateTest(date, call.now);
    tests.push((order) => inside(created(order)));
  }
  const renewal = call.query.table('lastRenewDate');
  if (call.store.switches.lastRenewDateFilter && Object.keys(renewal).length > 0) {
    const inside = dateTest(renewal, call.now);
    tests.push((order) => inside(renewed(order)));
  }
  return tests;
}

function loginTest(call: Call): Test[] {
  const part = call.query.scalar('profile.login')?.toLowerCase();
  return part === undefined || part === ''
    ? []
    : [({ login }) => login.toLowerCase().includes(part)];
}

/** Parameters that the version does not know are ignored, as are dates that cannot be read. */
function selected(call: Call, orders: Orders): OrderRecord[] {
  const tests = [
    ...statusTest(call, 'paymentStatus.code', 'payment'),
    ...statusTest(call, 'shippingStatus.code', 'shipping'),
    ...loginTest(call),
    ...dateTests(call),
  ];
  const matching = [...orders.values()].filter((order) => tests.every((test) => test(order)));
  // The store's dates sort as text: all have one length and one zone.
  const compare = sorter<OrderRecord>(call.query, {
    date: ({ view }) => view.create_date,
    lastRenewDate: ({ view }) => view.update_date,
  });
  return compare === undefined ? matching : matching.sort(compare);
}

const list =
  (orders: (call: Call) => Orders) =>
  (call: Call): Page =>
    paginate(selected(call, orders(call)), call.query, ({ view }) => view);

const one =
  (orders: (call: Call) => Orders) =>
  (call: Call): object =>
    found(orders(call), call.id('id')).view;

function byNumber(call: Call): object {
  const number = call.text('orderNumber');
  const order = [...call.store.orders.values()].find(({ view }) => view.order_number === number);
  if (order === undefined) throw notFound();
  return order.view;
}

/** 5.5.0 shows the method's name as the status; `backend_transactions` tell the truth. */
function shownTransaction(call: Call, transaction: TransactionView): object {
  const bug = call.store.switches.transactionStatusBug;
  return bug ? { ...transaction, status: transaction.name } : transaction;
}

const transactions =
  (orders: (call: Call) => Orders) =>
  (call: Call): Page => {
    const order = orders(call).get(call.id('id'));
    const records = childrenOf(call, order, (parent) => [...parent.transactions]);
    const compare = sorter<TransactionView>(call.query, { date: ({ date }) => date });
    if (compare !== undefined) records.sort(compare);
    return paginate(records, call.query, (transaction) => shownTransaction(call, transaction));
  };

const children =
  (orders: (call: Call) => Orders, key: 'details' | 'history') =>
  (call: Call): Page => {
    const order = orders(call).get(call.id('id'));
    const records = childrenOf<OrderRecord, object>(call, order, (parent) => [...parent[key]]);
    return paginate(records, call.query, (record) => record);
  };

const statusInput = z.object({ code: z.string().min(1).max(4) });

function readStatus(axis: StatusAxis): (call: Call) => object {
  return (call) => {
    const status = found(call.store.orders, call.id('id')).view[`${axis}_status`];
    if (status === null) throw notFound();
    return status;
  };
}

const refusedStatus = ({ store }: Call, reason: string): Problem =>
  store.switches.statusRefusalPrefix ? invalidInput(reason) : badRequest(reason);

/** An unknown order is a 400 here, not a 404: the input transformer finds out, not the router. */
function writeStatus(axis: StatusAxis): (call: Call) => object {
  return (call) => {
    const { code } = readInput(statusInput, call.body());
    const id = call.id('id');
    const order = call.store.orders.get(id);
    if (order === undefined) throw refusedStatus(call, `Order with ID ${id} not found`);
    if (!changeStatus(call.store, order, axis, code, call.now)) {
      throw refusedStatus(call, `Status code '${code}' is invalid`);
    }
    call.store.orderChanged(order);
    return order.view[`${axis}_status`] ?? {};
  };
}

const ordersOf = (call: Call): Orders => call.store.orders;
const cartsOf = (call: Call): Orders => call.store.carts;

const statusRoutes = (axis: StatusAxis, type: string): Route[] => [
  {
    method: 'GET',
    path: `/orders/:id/${axis}_status`,
    type,
    operation: `read order ${axis} status`,
    handle: readStatus(axis),
  },
  {
    method: 'PUT',
    path: `/orders/:id/${axis}_status`,
    type,
    operation: `update order ${axis} status`,
    handle: writeStatus(axis),
  },
];

const get = (
  path: string,
  type: string,
  operation: string,
  handle: (call: Call) => object,
): Route => ({ method: 'GET', path, type, operation, handle });

/** The order alone; what it holds inside has no class of its own. */
const ORDER_FIELDS = readOnly({
  id: 'integer',
  order_number: 'string',
  total: 'number',
  sub_total: 'number',
  currency: 'string',
  email: 'string',
  items: 'array',
  billing_address: 'object',
  shipping_address: 'object',
  create_date: 'string',
  update_date: 'string',
  payment_status: 'object',
  shipping_status: 'object',
  customer_id: 'integer',
  order_profile_id: 'integer',
  shipping_id: 'integer',
  shipping_method_name: 'string',
  notes: 'string',
  admin_notes: 'string',
  stock_status: 'string',
  surcharges: 'array',
  tracking_numbers: 'array',
});

const ORDER_FILTERS = {
  'paymentStatus.code': 'paymentStatus.code',
  'shippingStatus.code': 'shippingStatus.code',
  'profile.login': 'profile.login',
  ...dateFilters('date'),
  'order[date]': 'date',
  'order[lastRenewDate]': 'lastRenewDate',
};

const ofOrders = { fields: ORDER_FIELDS, filters: ORDER_FILTERS };

/** Orders and carts can be read only: no way to create, edit or delete one; statuses are the exception. */
export const orderRoutes: readonly Route[] = [
  { ...get('/orders', 'Order', 'list orders', list(ordersOf)), ...ofOrders },
  { ...get('/orders/:id', 'Order', 'read order', one(ordersOf)), fields: ORDER_FIELDS },
  get('/orders/by_number/:orderNumber', 'Order', 'read order by number', byNumber),
  ...statusRoutes('payment', 'OrderPaymentStatus'),
  ...statusRoutes('shipping', 'OrderShippingStatus'),
  get(
    '/orders/:id/payment_transactions',
    'PaymentTransaction',
    'list payment transactions',
    transactions(ordersOf),
  ),
  get('/orders/:id/details', 'OrderDetail', 'list order details', children(ordersOf, 'details')),
  get(
    '/orders/:id/history',
    'OrderHistoryEvents',
    'list order history',
    children(ordersOf, 'history'),
  ),
  { ...get('/carts', 'Cart', 'list carts', list(cartsOf)), ...ofOrders },
  { ...get('/carts/:id', 'Cart', 'read cart', one(cartsOf)), fields: ORDER_FIELDS },
  get('/carts/:id/details', 'OrderDetail', 'list cart details', children(cartsOf, 'details')),
  get(
    '/carts/:id/history',
    'OrderHistoryEvents',
    'list cart history',
    children(cartsOf, 'history'),
  ),
  get(
    '/carts/:id/payment_transactions',
    'PaymentTransaction',
    'list cart payment transactions',
    transactions(cartsOf),
  ),
];
