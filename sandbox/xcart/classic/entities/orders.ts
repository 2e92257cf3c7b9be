import { remember } from '../../orders/history';
import { changeStatus, renew } from '../../orders/change';
import { STATUSES, type StatusAxis } from '../../orders/statuses';
import type { OrderRecord, OrderView, StatusView, TrackingNumberView } from '../../model';
import { orderDate } from '../../api/dates';
import {
  type ClassicCall,
  contains,
  defineEntity,
  numberOf,
  related,
  type Test,
  textOf,
  unix,
  within,
} from '../entity';
import { type Model, type PhpValue, RestError } from '../input';
import { complexOrder } from './complexOrder';
import { profileFields } from './profiles';
import { transactionFields } from './transactions';

const statusFields = ({ id, code }: StatusView): object => ({ id, code, position: id * 10 });

/** The store keeps money in one currency; an order names it with the fields of its model. */
const currencyFields = (code: string): object => ({
  currency_id: { USD: 840, EUR: 978, GBP: 826, JPY: 392, KWD: 414 }[code] ?? 999,
  code,
  symbol: '',
  prefix: '',
  suffix: '',
});

const fields = ({ view, transactions }: OrderRecord): object => ({
  order_id: view.id,
  shipping_id: view.shipping_id ?? 0,
  shipping_method_name: view.shipping_method_name,
  payment_method_name: transactions[0]?.name ?? '',
  tracking: '',
  date: unix(view.create_date),
  lastRenewDate: unix(view.update_date),
  notes: view.notes,
  adminNotes: view.admin_notes,
  orderNumber: view.order_number,
  recent: false,
  stockStatus: view.stock_status,
  xcPendingExport: false,
  total: view.total,
  subtotal: view.sub_total,
});

const itemFields = (item: OrderView['items'][number]): object => ({
  item_id: item.id,
  name: item.name,
  sku: item.sku ?? '',
  price: item.price,
  itemNetPrice: item.item_net_price,
  discountedSubtotal: item.discounted_subtotal,
  amount: item.amount,
  backorderedAmount: item.backordered_amount,
  total: item.discounted_subtotal,
  subtotal: item.price * item.amount,
});

const trackingFields = ({ id, date, value }: TrackingNumberView): object => ({
  tracking_id: id,
  value,
  creationDate: unix(date),
});

/** The customer's own profile; of a guest there is none, or an anonymous one, by the switch. */
function originalProfile({ view }: OrderRecord, { store }: ClassicCall): object | null {
  const known = store.profiles.get(view.customer_id ?? 0);
  if (known) return profileFields(known, false);
  const clone = store.profiles.get(view.order_profile_id ?? 0);
  const isGuest = view.customer_id === null && clone !== undefined;
  return isGuest && store.switches.classicGuestsHaveProfile ? profileFields(clone, true) : null;
}

function relations(order: OrderRecord, call: ClassicCall): object {
  const { view, details, history, transactions } = order;
  const clone = call.store.profiles.get(view.order_profile_id ?? 0);
  return {
    profile: clone ? profileFields(clone, !view.customer_id) : null,
    orig_profile: originalProfile(order, call),
    paymentStatus: view.payment_status && statusFields(view.payment_status),
    shippingStatus: view.shipping_status && statusFields(view.shipping_status),
    details: details.map(({ id, name, value }) => ({ detail_id: id, name, label: name, value })),
    trackingNumbers: view.tracking_numbers.map(trackingFields),
    events: history.map(({ id, date, code, description, data, comment, profile_name, ip }) => ({
      event_id: id,
      date: unix(date),
      code,
      description,
      data,
      comment,
      authorName: profile_name,
      authorIp: ip,
    })),
    items: view.items.map(itemFields),
    surcharges: view.surcharges,
    payment_transactions: transactions.map(transactionFields),
    currency: currencyFields(view.currency),
  };
}

/** One status or several, by id where all are numbers, else by code. */
function statusTest(axis: StatusAxis): (value: PhpValue) => Test<OrderRecord> {
  return (value) => {
    const wanted = (typeof value === 'object' ? Object.values(value) : [value]).map(textOf);
    const byId = wanted.every((each) => /^\d+$/.test(each));
    return ({ view }) => {
      const status = view[`${axis}_status`];
      return status !== null && wanted.includes(byId ? String(status.id) : status.code);
    };
  };
}

/** A status is named by its id: a code is no field of an order, and changes nothing. */
function writeStatus(
  order: OrderRecord,
  model: Model,
  axis: StatusAxis,
  { store, now }: ClassicCall,
): void {
  const given = model[`${axis}Status`];
  if (typeof given !== 'object' || given === null) return;
  const id = numberOf((given as Model).id);
  const status = [...STATUSES[axis].values()].find((each) => each.id === id);
  if (status === undefined) throw new RestError(`${axis}Status with id ${id} not found`);
  changeStatus(store, order, axis, status.code, now);
  store.orderChanged(order);
}

export const orderEntity = defineEntity<OrderRecord>({
  all: ({ store }) => [...store.orders.values()],
  idOf: ({ view }) => view.id,
  fields,
  relations,
  complex: complexOrder,
  conditions: {
    date: (value) => {
      const inside = within(value);
      return ({ view }) => inside(unix(view.create_date));
    },
    orderId:
      (value) =>
      ({ view }) =>
        String(view.id) === textOf(value),
    orderNumber:
      (value) =>
      ({ view }) =>
        view.order_number === textOf(value),
    email: (value) => {
      const fits = contains(value);
      return ({ login }) => fits(login);
    },
    paymentStatus: statusTest('payment'),
    shippingStatus: statusTest('shipping'),
  },
  sorts: {
    'o.order_id': ({ view }) => view.id,
    'o.date': ({ view }) => unix(view.create_date),
    'o.lastRenewDate': ({ view }) => unix(view.update_date),
    'o.total': ({ view }) => view.total,
  },
  update: (order, model, call) => {
    writeStatus(order, model, 'payment', call);
    writeStatus(order, model, 'shipping', call);
    const { notes, adminNotes } = model;
    if (notes !== undefined) order.view.notes = textOf(notes);
    if (adminNotes !== undefined) order.view.admin_notes = textOf(adminNotes);
    if (notes !== undefined || adminNotes !== undefined) renew(order, call.now);
  },
  remove: ({ view }, { store }) => void store.orders.delete(view.id),
});

interface Tracking {
  order: OrderRecord;
  tracking: TrackingNumberView;
}

/** A class of its own: writing one leaves the order, and the date of its last change, as they are. */
export const trackingEntity = defineEntity<Tracking>({
  all: ({ store }) =>
    [...store.orders.values()].flatMap((order) =>
      order.view.tracking_numbers.map((tracking) => ({ order, tracking })),
    ),
  idOf: ({ tracking }) => tracking.id,
  fields: ({ tracking }) => trackingFields(tracking),
  relations: ({ order }) => ({ order: fields(order) }),
  create: (model, { store, now }) => {
    const order = related(model, 'order', 'order_id', store.orders);
    const id = store.nextId('tracking');
    const tracking = { id, date: orderDate(now), value: textOf(model.value) };
    order.view.tracking_numbers.push(tracking);
    remember(store, order, 'TRACKING NUMBER ADDED', tracking.value, now);
    if (store.switches.classicTrackingRenews) renew(order, now);
    return { order, tracking };
  },
  update: ({ tracking }, { value }) => {
    if (value !== undefined) tracking.value = textOf(value);
  },
  remove: ({ order: { view }, tracking }) => {
    view.tracking_numbers = view.tracking_numbers.filter(({ id }) => id !== tracking.id);
  },
});

const statusEntity = (axis: StatusAxis) =>
  defineEntity<StatusView>({
    all: () => [...STATUSES[axis].values()],
    idOf: ({ id }) => id,
    fields: statusFields,
    relations: ({ name, customer_name: customerName }) => ({
      translations: [{ label_id: 1, code: 'en', name, customerName }],
    }),
  });

export const paymentStatusEntity = statusEntity('payment');
export const shippingStatusEntity = statusEntity('shipping');
