import { ServiceError } from '../../errors';
import type { Outcome } from '../../outcome';
import { firstWhere, type PageOptions, type Pages } from '../../http/pages';
import type { RestClient } from '../kit/rest';
import type { StoreZone } from '../kit/zone';
import { MOST_ORDERS } from './api';
import { orderLookup } from './lookups';
import { asId, type Id, type Reading, resourceOf } from './resource';
import {
  type Order,
  type OrderItem,
  resultSchema,
  type Shipment,
  type Transaction,
  type Wire,
  type WireRecord,
} from './wire';

/** The customer has not finished the checkout: such orders come with all others, and flood a list. */
export const NOT_COMPLETED = 7;

export interface OrderQuery {
  /** Changed on the day of this moment or later, by the clock of the store. */
  changedSince?: Date;
  /** Placed at this moment or later. */
  placedAfter?: Date;
  /** Placed at this moment or earlier. */
  placedBefore?: Date;
  /** Ids of statuses; any of them. One request more for each: 3dcart takes one at a time. */
  status?: readonly number[];
  email?: string;
  /** As people write it, such as `AB-1042`. */
  number?: string;
  /** Also orders whose checkout was not finished. Default: only where their status is asked for. */
  includeNotCompleted?: boolean;
}

export interface CreateOptions {
  /** 3dcart does not do what it does with an order of a customer, such as taking it from stock. */
  bypassProcessing?: boolean;
  /** The customer gets no e-mail. */
  bypassEmail?: boolean;
}

export interface Orders extends Reading<Order, OrderQuery> {
  /** @param number as people write it, such as `AB-1042`; without its prefix where one order alone has it */
  byNumber(number: string): Promise<Order>;
  create(document: object, options?: CreateOptions): Promise<Order>;
  update(id: Id, document: object): Promise<Order>;
  /** @param documents each with its `OrderID`; what became of each, in their order */
  updateMany(documents: readonly object[]): Promise<Array<Outcome<Order>>>;
  items(id: Id): Promise<OrderItem[]>;
  /** What the customer was asked at the checkout. */
  questions(id: Id): Promise<WireRecord[]>;
  shipments(id: Id): Promise<Shipment[]>;
  transactions(id: Id): Promise<Transaction[]>;
  /** What was written, and the id that 3dcart has given it. */
  addTransaction(id: Id, document: object): Promise<WireRecord>;
  addShipment(id: Id, document: object): Promise<WireRecord>;
  /** @param shipmentId 0 is the first shipment of an order */
  updateShipment(id: Id, shipmentId: Id, document: object): Promise<Shipment>;
}

/** `05/02/2026`: filters read days as Americans write them, by the clock of the store. */
export function filterDay(zone: StoreZone, moment: Date): string {
  return zone.dayOf(moment).replace(/^(\d+)-(\d+)-(\d+)$/, '$2/$3/$1');
}

/** `05/02/2026 10:00:06`. */
const filterTime = (zone: StoreZone, moment?: Date): string | undefined =>
  moment && `${filterDay(zone, moment)} ${zone.timeOf(moment)}`;

const results = resultSchema.array();

/** What people call an order. */
export function orderNumber({ InvoiceNumberPrefix: prefix, InvoiceNumber: number }: Order): string {
  return number === null || number === undefined ? '' : `${prefix?.trim() ?? ''}${number}`;
}

/** The filter takes the number alone: the prefix goes before the search, and is compared after it. */
const invoiceNumber = (text: string): string | undefined => /(?<!\d)\d+$/.exec(text.trim())?.[0];

const notFound = (number: string): ServiceError =>
  new ServiceError(`3dcart has no order with the number ${number}`, {
    class: 'not-found',
    fix: 'Write the number with its prefix, as the 3dcart admin shows it, such as AB-1042.',
  });

/** A POST may not be sent twice. */
const noAnswer = (path: string): ServiceError =>
  new ServiceError(`3dcart did not say whether POST ${path} made anything`, {
    class: 'unknown',
    fix: 'Look in the store whether it is there before you run this again.',
  });

export function ordersOf(api: RestClient, wire: Wire, zone: StoreZone): Orders {
  const orders = resourceOf(api, {
    path: '/Orders',
    schema: wire.order,
    id: 'OrderID',
    maxPageSize: MOST_ORDERS,
    lookup: orderLookup(zone, filterTime),
  });

  async function* pages(query: OrderQuery = {}, options?: PageOptions): Pages<Order> {
    const { status = [], number, changedSince } = query;
    const isWanted = wanted(query);
    const filters = {
      lastupdatestart: changedSince && filterDay(zone, changedSince),
      datestart: filterTime(zone, query.placedAfter),
      dateend: filterTime(zone, query.placedBefore),
      billingemail: query.email?.trim() || undefined,
      invoicenumber: number && invoiceNumber(number),
    };
    // What ends in no digits is no number of any order; without the filter all would come.
    if (number && filters.invoicenumber === undefined) return;
    const each = status.length > 0 ? status : [undefined];
    for (const orderstatus of each) {
      for await (const page of orders.pages({ ...filters, orderstatus }, options)) {
        const rows = page.filter(isWanted);
        if (rows.length > 0) yield rows;
      }
    }
  }

  async function byNumber(text: string): Promise<Order> {
    const number = text.trim();
    if (invoiceNumber(number) === undefined) throw notFound(number);
    const alike: Order[] = [];
    const exact = await firstWhere(pages({ number, includeNotCompleted: true }), (order) => {
      alike.push(order);
      return isCalled(order, number);
    });
    const [only, ...more] = alike.filter(({ InvoiceNumber }) => String(InvoiceNumber) === number);
    if (exact) return exact;
    if (only && more.length === 0) return only;
    throw notFound(number);
  }

  const part = (id: Id, name: string) => `/Orders/${encodeURIComponent(id)}/${name}`;
  const shipmentsOf = (id: Id) =>
    resourceOf(api, { path: part(id, 'Shipments'), schema: wire.shipment, id: 'ShipmentID' });
  const add = async (id: Id, name: string, document: object): Promise<WireRecord> => {
    const path = part(id, name);
    const [answer] = await api.call({ method: 'POST', path, body: document, schema: results });
    if (answer === undefined) throw noAnswer(path);
    const { Key: key, Value: value } = answer;
    return { ...document, ...(key && value && { [key]: asId(value.trim()) }) };
  };
  return {
    pages,
    get: orders.get,
    byNumber,
    create: async (document, { bypassProcessing, bypassEmail } = {}) =>
      await orders.create(document, {
        bypassorderprocessing: bypassProcessing ? 1 : undefined,
        bypassorderemail: bypassEmail ? 1 : undefined,
      }),
    update: orders.update,
    updateMany: orders.updateMany,
    items: async (id) => await orders.children(id, 'Items', wire.item),
    questions: async (id) => await orders.children(id, 'Questions', wire.record),
    shipments: async (id) => await orders.children(id, 'Shipments', wire.shipment),
    transactions: async (id) => await orders.children(id, 'Transactions', wire.transaction),
    addTransaction: async (id, document) => await add(id, 'Transactions', document),
    addShipment: async (id, document) => await add(id, 'Shipments', document),
    updateShipment: async (id, shipmentId, document) =>
      await shipmentsOf(id).update(shipmentId, document),
  };
}

/** The number alone finds orders of every prefix, and those not completed come with all others. */
function wanted(query: OrderQuery): (order: Order) => boolean {
  const { status = [], number, includeNotCompleted = status.includes(NOT_COMPLETED) } = query;
  return (order) =>
    (includeNotCompleted || order.OrderStatusID !== NOT_COMPLETED) &&
    (number === undefined ||
      isCalled(order, number) ||
      String(order.InvoiceNumber) === number.trim());
}

const isCalled = (order: Order, number: string): boolean =>
  orderNumber(order).toLowerCase() === number.trim().toLowerCase();
