import { ServiceError, validationError } from '../../../errors';
import { inFlight } from '../../../http/in-flight';
import type { PageOptions, Pages } from '../../../http/pages';
import { firstWhere } from '../../../http/pages';
import { momentOf } from '../../../feeds/records';
import { WRITES_IN_FLIGHT } from '../../kit/writes';
import type { Id, OrderQuery, Orders } from '../client';
import { hasStatuses, PAYMENT_CODES, SHIPPING_CODES } from '../statuses';
import type { Order, Status } from '../wire';
import { noWay } from './api';
import { orderFrom, statusFrom, transactionFrom } from './documents';
import { rememberedOrder } from './remembered';
import { type ClassicApi, type Conditions, unlessGone } from './request';
import {
  type ComplexOrder,
  complexOrderSchema,
  orderStatusSchema,
  paymentSchema,
  trackingSchema,
  type WholeOrder,
  wholeOrderSchema,
} from './wire';

const WHOLE = { schema: 'default', row: wholeOrderSchema } as const;
const COMPLEX = { schema: 'complex', row: complexOrderSchema } as const;

const AXES = {
  payment: { field: 'paymentStatus', entity: 'order-status-payment', codes: PAYMENT_CODES },
  shipping: { field: 'shippingStatus', entity: 'order-status-shipping', codes: SHIPPING_CODES },
} as const;
type Axis = keyof typeof AXES;

const secondOf = (moment: number): number => Math.floor(moment / 1000);
const seconds = (date?: Date): number | undefined => date && secondOf(date.getTime());

/** From 0 or to 0 is no bound for the store. */
function span(from?: Date, to?: Date): readonly number[] | undefined {
  return from || to ? [seconds(from) ?? 0, seconds(to) ?? 0] : undefined;
}

/** Always sorted: pages of a list without an order may overlap. `o` is what the store calls an order in its queries. */
function conditionsOf(query: OrderQuery): Conditions {
  if (query.changedAfter) {
    throw noWay(
      'filter for orders by their last change',
      'Remove Changed Since; sort by Last Change instead.',
    );
  }
  const { by, direction } = query.sort ?? { by: 'order_id', direction: 'asc' };
  return {
    date: span(query.placedAfter, query.placedBefore),
    email: query.email || undefined,
    paymentStatus: query.paymentStatus?.length ? query.paymentStatus : undefined,
    shippingStatus: query.shippingStatus?.length ? query.shippingStatus : undefined,
    orderBy: [`o.${by}`, direction],
  };
}

/** Whatever the store ignores of the conditions, which it does without a word, is filtered here. */
function fits(query: OrderQuery, order: Order): boolean {
  const { placedAfter, placedBefore, email } = query;
  const made = momentOf(order.create_date);
  const isPlaced =
    made === undefined ||
    ((!placedAfter || secondOf(made) >= secondOf(placedAfter.getTime())) &&
      (!placedBefore || secondOf(made) <= secondOf(placedBefore.getTime())));
  const isTheirs = (order.email ?? '').toLowerCase().includes((email ?? '').trim().toLowerCase());
  return isPlaced && isTheirs && hasStatuses(order, query);
}

/**
 * Orders stand in two documents: addresses and products only in the complex schema, the rest only in the default one, which
 * a list does not tell. So a page costs one request, and each of its orders another.
 */
export function classicOrders(api: ClassicApi): Orders {
  const wholeOf = async (id: Id): Promise<WholeOrder> => await api.one('order', id, WHOLE);
  const statuses = new Map<Axis, Promise<Status[]>>();

  async function wholeRow(row: ComplexOrder, mayBeRemembered = false): Promise<Order | undefined> {
    const read = async (): Promise<WholeOrder> => await wholeOf(row.orderId);
    const whole = await unlessGone(
      async () => await (mayBeRemembered ? rememberedOrder(api.base, row, read) : read()),
    );
    return whole && orderFrom(whole, row);
  }

  async function* pages(query: OrderQuery = {}, options?: PageOptions): Pages<Order> {
    const list = { ...COMPLEX, conditions: conditionsOf(query) };
    for await (const rows of api.pages('order', list, options)) {
      const orders = await inFlight(
        rows,
        WRITES_IN_FLIGHT,
        async (row) => await wholeRow(row, query.mayBeRemembered),
      );
      const read = orders.filter((order) => order !== undefined);
      yield query.keepsOthers ? read : read.filter((order) => fits(query, order));
    }
  }

  /** One after the other: of an order that is not there it is asked once. */
  async function get(id: Id): Promise<Order> {
    const whole = await wholeOf(id);
    return orderFrom(whole, await api.one('order', id, COMPLEX));
  }

  async function byNumber(number: string): Promise<Order> {
    const list = { ...COMPLEX, conditions: { orderNumber: number } };
    // A store that does not know the condition sends all of them.
    const row = await firstWhere(
      api.pages('order', list),
      ({ orderNumber }) => String(orderNumber) === number,
    );
    const order = row && (await wholeRow(row));
    if (order) return order;
    throw new ServiceError(`X-Cart has no order with the number ${number}`, {
      class: 'not-found',
      fix: 'Check the number: the store has no such order, or it was deleted.',
    });
  }

  async function readStatuses(axis: Axis): Promise<Status[]> {
    const { entity, codes } = AXES[axis];
    const all: Status[] = [];
    for await (const rows of api.pages(entity, { schema: 'default', row: orderStatusSchema }))
      all.push(...rows.map((row) => statusFrom(row, codes)));
    return all;
  }

  /** The store takes the id of a status, and each store has its own. */
  async function setStatus(id: Id, axis: Axis, code: string): Promise<Status> {
    const { field, codes } = AXES[axis];
    const reading = statuses.get(axis) ?? readStatuses(axis);
    statuses.set(axis, reading);
    const wanted = (await reading).find((status) => status.code === code);
    if (!wanted?.id) {
      throw validationError(
        `X-Cart has no ${axis} status with the code ${code}`,
        'Choose a status that this store has: see Orders → Order statuses in the X-Cart admin.',
      );
    }
    const model = { [field]: { id: wanted.id } };
    const { [field]: written } = await api.update('order', id, model, wholeOrderSchema);
    if (written?.id !== wanted.id) {
      throw validationError(
        `X-Cart did not take the ${axis} status ${code}`,
        'Set it in the X-Cart admin, and check which module of the store changes the REST API.',
      );
    }
    return statusFrom(written, codes);
  }

  const statusOf = async (id: Id, axis: Axis): Promise<Status> => {
    const { field, codes } = AXES[axis];
    const { [field]: status } = await wholeOf(id);
    if (status) return statusFrom(status, codes);
    throw new ServiceError(`Order ${id} has no ${axis} status`, { class: 'not-found' });
  };

  return {
    pages,
    get,
    byNumber,
    transactions: async (id) => {
      const { payment_transactions: payments, currency } = await wholeOf(id);
      const read = { schema: 'default', row: paymentSchema } as const;
      const whole = await inFlight(
        payments ?? [],
        WRITES_IN_FLIGHT,
        async ({ transaction_id: each }) => await api.one('payment-transaction', each, read),
      );
      return whole.map((payment) => transactionFrom(payment, currency?.code));
    },
    details: async (id) =>
      ((await wholeOf(id)).details ?? []).map(({ detail_id: detail, ...more }) => ({
        id: detail,
        ...more,
      })),
    history: async (id) =>
      ((await wholeOf(id)).events ?? []).map(
        ({ event_id: event, authorName, authorIp, ...more }) => ({
          id: event,
          ...more,
          profile_name: authorName,
          ip: authorIp,
        }),
      ),
    paymentStatus: async (id) => await statusOf(id, 'payment'),
    shippingStatus: async (id) => await statusOf(id, 'shipping'),
    setPaymentStatus: async (id, code) => await setStatus(id, 'payment', code),
    setShippingStatus: async (id, code) => await setStatus(id, 'shipping', code),
    addTracking: async (id, value) => {
      // A second one of the same number would be written as readily.
      const { trackingNumbers } = await wholeOf(id);
      const known = (trackingNumbers ?? []).find((each) => each.value === value);
      const model = { order: { order_id: Number(id) }, value };
      const made = known ?? (await api.create('ordertrackingnumber', model, trackingSchema));
      return { id: made.tracking_id, date: made.creationDate, value: made.value };
    },
  };
}
