/** The 3dcart of the sandbox for operations to work in. */
import { ADDRESS_BOOK, fresh, QUESTION, RMA } from '../../../sandbox/threedcart/model';
import type { Shelves } from './shop';

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
