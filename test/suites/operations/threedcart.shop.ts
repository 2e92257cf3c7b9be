/** The 3dcart of the sandbox for operations to work in. */
import { get } from 'lodash';

import { ADDRESS_BOOK, fresh, QUESTION, RMA } from '../../../sandbox/threedcart/model';
import type { Rehearsable } from './describeOperations';
import type { Tables } from './planned';
import type { Shelves, ShopRig } from './shop';

export const SHELVES: Shelves = {
  // Goods that come back, further addresses and what buyers are asked come about in the store's own pages alone.
  prepare: ({ services: { threedcart } }) => {
    const { orders, customers, rmas, addressBooks } = threedcart.store;
    [...orders.values()].forEach((order, index) => {
      const question = {
        QuestionID: 1,
        QuestionTitle: 'A gift?',
        QuestionAnswer: `Answer ${index}`,
      };
      order.QuestionList = [fresh(QUESTION, question)];
      const { OrderID } = order;
      rmas.set(index + 1, fresh(RMA, { RMAID: index + 1, OrderID, RmaDate: order.OrderDate }));
    });
    [...customers.keys()].forEach((CustomerID, index) => {
      const CustomerAddressBookID = index + 1;
      const book = fresh(ADDRESS_BOOK, { CustomerAddressBookID, CustomerID, City: 'Lyon' });
      addressBooks.set(CustomerAddressBookID, book);
    });
  },
  all: ({ services: { threedcart } }) => {
    const { store } = threedcart;
    return {
      order: store.orders,
      product: store.products,
      category: store.categories,
      customer: store.customers,
      customerGroup: store.groups,
      addressBook: store.addressBooks,
      rma: store.rmas,
      status: store.statuses,
      webhook: store.webhooks,
    };
  },
};

const byId = (rows: readonly object[], id: string): Map<string, object> =>
  new Map(rows.map((row) => [String(get(row, id)), row]));

/** What 3dcart has, as its API tells it: by the paths of its lists. */
export function tablesOf({ sandbox }: ShopRig): Tables {
  const { store } = sandbox.services.threedcart;
  const { orders, products, customers, categories, groups, webhooks } = store;
  const texts = new Map(
    [...store.statuses.values()].map((each) => [each.OrderStatusID, each.StatusText]),
  );
  const told = [...orders.values()].map((order) => ({
    ...order,
    // In its list of statuses.
    OrderStatusText: texts.get(order.OrderStatusID),
  }));
  return {
    Orders: byId(told, 'OrderID'),
    Products: byId([...products.values()], 'SKUInfo.CatalogID'),
    Customers: byId(
      [...customers.values()].map(({ customer }) => customer),
      'CustomerID',
    ),
    Categories: byId([...categories.values()], 'CategoryID'),
    CustomerGroups: byId([...groups.values()], 'CustomerGroupID'),
    Webhooks: byId([...webhooks.values()], 'Id'),
    ...Object.fromEntries(
      [...orders].flatMap(([id, { ShipmentList, TransactionList }]) => [
        [`Orders/${id}/Shipments`, byId(ShipmentList, 'ShipmentID')],
        [`Orders/${id}/Transactions`, byId(TransactionList, 'TransactionIndexID')],
      ]),
    ),
    ...Object.fromEntries(
      [...products].map(([id, { AdvancedOptionList }]) => [
        `Products/${id}/AdvancedOptions`,
        byId(AdvancedOptionList, 'AdvancedOptionCode'),
      ]),
    ),
  };
}

export const REHEARSED: Rehearsable = {
  tables: tablesOf,
  // Dates, and what stands in the record that a part is of.
  byItself:
    /LastUpdate$|DateUpdated$|^Orders\.(ShipmentList|TransactionList|OrderStatus)|^Products\.AdvancedOptionList|ShipmentOrderStatus$|^Products\.SKUInfo\.Stock/,
  // Its key is nobody's to read.
  nowhere: /^Url$/,
};
