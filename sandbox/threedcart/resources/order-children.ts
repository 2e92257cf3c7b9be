import { results } from '../api/answer';
import { collectionRoutes, type Collection } from '../api/collection';
import { nothingFound } from '../api/errors';
import type { Call, Route } from '../api/routes';
import { readLike, write } from '../api/shape';
import {
  fresh,
  ITEM,
  olderItem,
  QUESTION,
  SHIPMENT,
  type Item,
  type Order,
  type Question,
  type Shipment,
  type Transaction,
} from '../model';
import { holdsStock } from '../orders/statuses';
import { takeStock } from '../orders/stock';
import { finishWrite, newItem, writeShipment } from './orders';
import { addTransaction, writeTransaction } from './transactions';

const MOST = 500;

/** The order in the path of its children. */
function orderIn({ store, text }: Call): Order {
  const order = store.orders.get(Number(text('orderid')));
  if (order === undefined) throw nothingFound();
  return order;
}

/** Makes a change to a part of an order, which is a write to the order. */
function writing<T>(call: Call, work: (order: Order) => T): T {
  const order = orderIn(call);
  const before = order.OrderStatusID;
  const result = work(order);
  finishWrite(call, order, before);
  return result;
}

const ITEMS: Collection<Item> = {
  path: '/Orders/:orderid/Items',
  idKey: 'ItemIndexID',
  element: 'OrderItem',
  noun: 'order item',
  most: MOST,
  rows: (call) => orderIn(call).OrderItemList,
  idOf: ({ ItemIndexID }) => ItemIndexID,
  show: (item, { store }) => (store.switches.orderKeys === '2015' ? olderItem(item) : item),
  create: (call, given) =>
    writing(call, (order) => {
      const item = newItem(call.store, given, call.time);
      order.OrderItemList.push(item);
      if (holdsStock(order.OrderStatusID)) takeStock(call.store, item, item.ItemQuantity);
      return item;
    }),
  update: (call, item, given) =>
    writing(call, (order) => {
      const { ItemIndexID, CatalogID, ItemID, ...values } = readLike(ITEM, given);
      const more = (values.ItemQuantity ?? item.ItemQuantity) - item.ItemQuantity;
      if (holdsStock(order.OrderStatusID)) takeStock(call.store, item, more);
      write(item, values);
    }),
};

const QUESTIONS: Collection<Question> = {
  path: '/Orders/:orderid/Questions',
  idKey: 'QuestionID',
  element: 'Question',
  noun: 'order question',
  most: MOST,
  rows: (call) => orderIn(call).QuestionList,
  idOf: ({ QuestionID }) => QuestionID,
  create: (call, given) =>
    writing(call, (order) => {
      const values = readLike(QUESTION, given);
      const question = fresh(QUESTION, { ...values, QuestionID: call.store.nextId('question') });
      order.QuestionList.push(question);
      return question;
    }),
  update: (call, question, given) =>
    writing(call, () => {
      const { QuestionID, ...values } = readLike(QUESTION, given);
      write(question, values);
    }),
};

const SHIPMENTS: Collection<Shipment> = {
  path: '/Orders/:orderid/Shipments',
  idKey: 'ShipmentID',
  element: 'Shipment',
  noun: 'shipment',
  most: MOST,
  rows: (call) => orderIn(call).ShipmentList,
  idOf: ({ ShipmentID }) => ShipmentID,
  create: (call, given) =>
    writing(call, (order) => {
      const shipment = fresh(SHIPMENT, {
        ShipmentID: call.store.nextId('shipment'),
        ShipmentNumber: order.ShipmentList.length + 1,
        ShipmentOrderStatus: order.OrderStatusID,
      });
      order.ShipmentList.push(shipment);
      writeShipment(call, order, shipment, given);
      return shipment;
    }),
  update: (call, shipment, given) =>
    writing(call, (order) => writeShipment(call, order, shipment, given)),
};

const TRANSACTIONS: Collection<Transaction> = {
  path: '/Orders/:orderid/Transactions',
  idKey: 'TransactionIndexID',
  element: 'Transaction',
  noun: 'transaction',
  most: MOST,
  rows: (call) => orderIn(call).TransactionList,
  idOf: ({ TransactionIndexID }) => TransactionIndexID,
  create: (call, given) => writing(call, (order) => addTransaction(call, order, given)),
  update: (call, transaction, given) => writing(call, () => writeTransaction(transaction, given)),
};

const giftCard: Route = {
  method: 'POST',
  path: '/Orders/:orderid/SendGiftCardRecipientEmail',
  versions: ['v2'],
  operation: 'send gift card',
  handle: (call) => {
    const { OrderID } = orderIn(call);
    const result = { Key: 'OrderID', Value: String(OrderID), Status: '200' };
    return results(200, [{ ...result, Message: 'Email sent successfully' }]);
  },
};

export const orderChildRoutes: readonly Route[] = [
  ...collectionRoutes(ITEMS),
  ...collectionRoutes(QUESTIONS),
  ...collectionRoutes(SHIPMENTS),
  ...collectionRoutes(TRANSACTIONS),
  giftCard,
];
