import { ApiError } from '../api/errors';
import {
  beforeDay,
  equals,
  is,
  since,
  sinceDay,
  until,
  atLeast,
  atMost,
  type Filters,
} from '../api/filters';
import { collectionRoutes, type Collection } from '../api/collection';
import type { Call, Route } from '../api/routes';
import { listIn, readLike, write, type Row } from '../api/shape';
import {
  fresh,
  ITEM,
  olderKeys,
  olderOrder,
  ORDER,
  ORDER_LENGTHS,
  PROMOTION,
  SHIPMENT,
  type Item,
  type Order,
  type Shipment,
} from '../model';
import { renew, setStatus } from '../orders/change';
import { offersIn } from '../orders/items';
import { holdsStock, STATUS } from '../orders/statuses';
import { moveStock } from '../orders/stock';
import { recalculate } from '../orders/totals';
import type { EventKey } from '../events';
import type { ThreeDCartStore } from '../store';
import { addTransaction } from './transactions';

const FILTERS: Filters<Order> = {
  orderid: equals(({ OrderID }) => OrderID),
  datestart: since(({ OrderDate }) => OrderDate),
  dateend: until(({ OrderDate }) => OrderDate),
  lastupdatestart: sinceDay(({ LastUpdate }) => LastUpdate),
  lastupdateend: beforeDay(({ LastUpdate }) => LastUpdate),
  orderstatus: equals(({ OrderStatusID }) => OrderStatusID),
  invoicenumber: equals(({ InvoiceNumber }) => InvoiceNumber),
  invoicenumberstart: atLeast(({ InvoiceNumber }) => InvoiceNumber),
  invoicenumberend: atMost(({ InvoiceNumber }) => InvoiceNumber),
  invoiceprefix: is(({ InvoiceNumberPrefix }) => InvoiceNumberPrefix),
  billingemail: is(({ BillingEmail }) => BillingEmail),
};

/** What the store alone writes. */
const OWN = ['OrderID', 'InvoiceNumber', 'LastUpdate', 'OrderAmount', 'OrderStatusID'] as const;

function checkStatus(store: ThreeDCartStore, status: number): void {
  if (store.statuses.has(status)) return;
  throw new ApiError(400, `The value '${status}' is not valid for OrderStatusID.`);
}

/** What webhooks tell of an order that has changed. Whether a new status is an update as well is nowhere documented. */
export function eventsOfChange(
  { switches }: ThreeDCartStore,
  order: Order,
  statusBefore: number,
): EventKey[] {
  if (statusBefore === order.OrderStatusID) return ['orderUpdated'];
  return switches.statusChangeIsUpdate ? ['orderStatus', 'orderUpdated'] : ['orderStatus'];
}

/** Ends every write to an order: the amount, the date, and whoever listens. */
export function finishWrite(call: Call, order: Order, statusBefore: number): void {
  recalculate(order);
  renew(call.store, order, call.now);
  for (const event of eventsOfChange(call.store, order, statusBefore)) {
    call.store.announce(event, order);
  }
}

/** Writes what was sent of one shipment. Its status moves that of the order, unless a switch says otherwise. */
export function writeShipment(call: Call, order: Order, shipment: Shipment, given: Row): void {
  const { store } = call;
  const {
    ShipmentID,
    ShipmentLastUpdate,
    ShipmentOrderStatus: status,
    ...values
  } = readLike(SHIPMENT, given);
  if (status !== undefined) checkStatus(store, status);
  write(shipment, values);
  if (status === undefined || !store.switches.shipmentMovesOrder) return;
  shipment.ShipmentOrderStatus = status;
  const all = order.ShipmentList.map(({ ShipmentOrderStatus }) => ShipmentOrderStatus);
  if (all.every((each) => each === status)) setStatus(store, order, status);
  else if (status === STATUS.shipped) order.OrderStatusID = STATUS.partial;
}

export function shipmentOf(order: Order, id: unknown): Shipment {
  const found = order.ShipmentList.find(({ ShipmentID }) => String(ShipmentID) === String(id));
  if (found === undefined) {
    throw new ApiError(404, `The order has no shipment with the ShipmentID '${String(id)}'.`);
  }
  return found;
}

/** What the store keeps of what was sent: none of what it does not show, and its number elsewhere unless a switch says no. */
function keptOf({ switches }: ThreeDCartStore, sent: Row): Row {
  const kept: Row = switches.orderKeys === '2015' ? olderKeys(sent) : { ...sent };
  if (switches.alternateOrderId === 'ignored') delete kept.AlternateOrderID;
  return kept;
}

function updateOrder(call: Call, order: Order, sent: Row): void {
  const { store } = call;
  const given = keptOf(store, sent);
  const before = order.OrderStatusID;
  const values = readLike(ORDER, given, ORDER_LENGTHS);
  const status = values.OrderStatusID;
  if (status !== undefined) checkStatus(store, status);
  const shipments = listIn(given, 'ShipmentList').map((row) => ({
    row,
    shipment: shipmentOf(order, row.ShipmentID ?? 0),
  }));
  for (const key of OWN) delete values[key];
  write(order, values);
  for (const { row, shipment } of shipments) writeShipment(call, order, shipment, row);
  if (status !== undefined) setStatus(store, order, status);
  finishWrite(call, order, before);
}

/** A line of an order that comes by the API: what it does not say is taken from the product. */
export function newItem(store: ThreeDCartStore, given: Row, time: string): Item {
  const values = readLike(ITEM, given);
  const offer = offersIn(store).find(
    ({ sku, product }) =>
      sku === values.ItemID || (!values.ItemID && product.SKUInfo.CatalogID === values.CatalogID),
  );
  const info = offer?.product.SKUInfo;
  const known = info && {
    CatalogID: info.CatalogID,
    ItemID: offer.sku,
    ItemDescription: info.Name,
    ItemUnitPrice: info.Price,
    ItemUnitCost: info.Cost,
    ItemWeight: offer.product.Weight,
  };
  if (!known && !values.ItemID) throw new ApiError(400, 'The field ItemID is required.');
  const ids = { ItemIndexID: store.nextId('item'), ItemDateAdded: time };
  return fresh(ITEM, { ...known, ...values, ...ids });
}

/** A shipment gets another id than it was sent with: its lines go with it. What names none of them is part of the first. */
function inNewShipments(
  items: readonly Item[],
  sent: readonly Row[],
  made: readonly Shipment[],
): void {
  const ids = new Map(
    sent.map((row, index) => [Number(row.ShipmentID ?? index), made[index]?.ShipmentID ?? 0]),
  );
  for (const item of items) item.ItemShipmentID = ids.get(item.ItemShipmentID) ?? 0;
}

function newShipment({ store, time }: Call, given: Row, index: number, status: number): Shipment {
  return fresh(SHIPMENT, {
    ...readLike(SHIPMENT, given),
    ShipmentID: index === 0 ? 0 : store.nextId('shipment'),
    ShipmentNumber: index + 1,
    ShipmentLastUpdate: time,
    ShipmentOrderStatus: status,
  });
}

/** Where an order that comes by the API goes when it does not say. */
const toBuyer = (order: Partial<Order>): Row => ({
  ShipmentFirstName: order.BillingFirstName,
  ShipmentLastName: order.BillingLastName,
  ShipmentAddress: order.BillingAddress,
  ShipmentCity: order.BillingCity,
  ShipmentState: order.BillingState,
  ShipmentZipCode: order.BillingZipCode,
  ShipmentCountry: order.BillingCountry,
});

function createOrder(call: Call, sent: Row): Order {
  const { store, time } = call;
  const given = keptOf(store, sent);
  const values = readLike(ORDER, given, ORDER_LENGTHS);
  const status = values.OrderStatusID ?? STATUS.new;
  checkStatus(store, status);
  const lines = listIn(given, 'OrderItemList');
  if (lines.length === 0) throw new ApiError(400, 'The field OrderItemList is required.');
  const sentShipments = listIn(given, 'ShipmentList');
  const shipments = (sentShipments.length > 0 ? sentShipments : [toBuyer(values)]).map(
    (row, index) => newShipment(call, row, index, status),
  );
  const items = lines.map((row) => newItem(store, row, time));
  inNewShipments(items, sentShipments, shipments);
  const order = fresh(ORDER, {
    ...values,
    OrderID: store.nextId('order'),
    InvoiceNumber: store.nextId('invoice'),
    OrderDate: values.OrderDate || time,
    LastUpdate: time,
    OrderStatusID: status,
    ShipmentList: shipments,
    OrderItemList: items,
    PromotionList: listIn(given, 'PromotionList').map((row) =>
      fresh(PROMOTION, readLike(PROMOTION, row)),
    ),
  });
  for (const row of listIn(given, 'TransactionList')) addTransaction(call, order, row);
  recalculate(order);
  const isProcessed = !call.query.isOn('bypassorderprocessing');
  if (isProcessed && holdsStock(status)) moveStock(store, order, 1);
  store.orders.set(order.OrderID, order);
  store.announce('orderNew', order);
  return order;
}

/** Ascending by `OrderID` and not by date, as recorded. */
export const orderRows = ({ store }: Call): Order[] => [...store.orders.values()];

const MOST_ORDERS = 300;

export const showOrder = (order: Order, { store }: Pick<Call, 'store'>): object =>
  store.switches.orderKeys === '2015' ? olderOrder(order) : order;

const ORDERS: Collection<Order> = {
  path: '/Orders',
  idKey: 'OrderID',
  element: 'Order',
  noun: 'order',
  most: MOST_ORDERS,
  rows: orderRows,
  idOf: ({ OrderID }) => OrderID,
  filters: FILTERS,
  show: showOrder,
  create: createOrder,
  update: updateOrder,
};

export const orderRoutes: readonly Route[] = collectionRoutes(ORDERS);
