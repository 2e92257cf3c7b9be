import { collectionRoutes, listAnswer, type Collection } from '../api/collection';
import { ApiError, nothingFound } from '../api/errors';
import { beforeDay, contains, is, sinceDay, type Filters } from '../api/filters';
import type { Call, Route } from '../api/routes';
import { readLike, write, type Row } from '../api/shape';
import {
  ADDRESS_BOOK,
  CUSTOMER,
  CUSTOMER_GROUP,
  fresh,
  type AddressBook,
  type Customer,
  type CustomerGroup,
  type CustomerRecord,
} from '../model';

const FILTERS: Filters<CustomerRecord> = {
  email: is(({ customer }) => customer.Email),
  firstname: contains(({ customer }) => customer.BillingFirstName),
  lastname: contains(({ customer }) => customer.BillingLastName),
  country: is(({ customer }) => customer.BillingCountry),
  state: is(({ customer }) => customer.BillingState),
  city: is(({ customer }) => customer.BillingCity),
  phone: contains(({ customer }) => customer.BillingPhoneNumber),
  lastupdatestart: sinceDay(({ lastUpdate }) => lastUpdate),
  lastupdateend: beforeDay(({ lastUpdate }) => lastUpdate),
};

const MOST = 500;

const customersIn = ({ store }: Call): CustomerRecord[] => [...store.customers.values()];

/** A password is taken and never shown. */
export const showCustomer = ({ customer }: CustomerRecord): Customer => ({
  ...customer,
  Password: '',
});

function checkEmail(call: Call, email: string | undefined, own?: CustomerRecord): void {
  if (email === undefined) return;
  const isTaken = customersIn(call).some(
    (each) => each !== own && each.customer.Email.toLowerCase() === email.toLowerCase(),
  );
  if (isTaken) throw new ApiError(400, `The Email '${email}' is already in use.`);
}

function createCustomer(call: Call, given: Row): CustomerRecord {
  const { store, time } = call;
  const values = readLike(CUSTOMER, given);
  if (!values.Email) throw new ApiError(400, 'The field Email is required.');
  checkEmail(call, values.Email);
  const id = store.nextId('customer');
  const customer = fresh(CUSTOMER, { ...values, CustomerID: id });
  const record = { customer, lastUpdate: time };
  store.customers.set(id, record);
  store.announce('customerNew', record);
  return record;
}

function updateCustomer(call: Call, record: CustomerRecord, given: Row): void {
  const { CustomerID, ...values } = readLike(CUSTOMER, given);
  checkEmail(call, values.Email, record);
  write(record.customer, values);
  record.lastUpdate = call.time;
  call.store.announce('customerUpdated', record);
}

const CUSTOMERS: Collection<CustomerRecord> = {
  path: '/Customers',
  idKey: 'CustomerID',
  element: 'Customer',
  noun: 'customer',
  most: MOST,
  rows: customersIn,
  idOf: ({ customer }) => customer.CustomerID,
  filters: FILTERS,
  show: showCustomer,
  create: createCustomer,
  update: updateCustomer,
  remove: ({ store }, record) => {
    store.customers.delete(record.customer.CustomerID);
    store.announce('customerDeleted', record);
  },
};

const GROUPS: Collection<CustomerGroup> = {
  path: '/CustomerGroups',
  idKey: 'CustomerGroupID',
  element: 'CustomerGroup',
  noun: 'customer group',
  most: MOST,
  rows: ({ store }) => [...store.groups.values()],
  idOf: ({ CustomerGroupID }) => CustomerGroupID,
  create: ({ store }, given) => {
    const id = store.nextId('group');
    const values = readLike(CUSTOMER_GROUP, given);
    const group = fresh(CUSTOMER_GROUP, { ...values, CustomerGroupID: id });
    store.groups.set(id, group);
    return group;
  },
  update: (_call, group, given) => {
    const { CustomerGroupID, ...values } = readLike(CUSTOMER_GROUP, given);
    write(group, values);
  },
};

const membersRoute: Route = {
  method: 'GET',
  path: '/CustomerGroups/:groupid/Customers',
  operation: 'list customers of a group',
  handle: (call) => {
    const group = Number(call.text('groupid'));
    const members = customersIn(call).filter(({ customer }) => customer.CustomerGroupID === group);
    return listAnswer(call, members, { most: MOST, element: 'Customer', show: showCustomer });
  },
};

const customerIn = (call: Call): Customer => {
  const record = call.store.customers.get(Number(call.text('customerid')));
  if (record === undefined) throw nothingFound();
  return record.customer;
};

const ADDRESS_BOOKS: Collection<AddressBook> = {
  path: '/Customers/:customerid/CustomerAddressBooks',
  versions: ['v2'],
  idKey: 'CustomerAddressBookID',
  element: 'CustomerAddressBook',
  noun: 'address book',
  most: MOST,
  rows: (call) => {
    const { CustomerID: owner } = customerIn(call);
    return [...call.store.addressBooks.values()].filter(({ CustomerID }) => CustomerID === owner);
  },
  idOf: ({ CustomerAddressBookID }) => CustomerAddressBookID,
  create: (call, given) => {
    const { CustomerID } = customerIn(call);
    const id = call.store.nextId('addressBook');
    const ids = { CustomerAddressBookID: id, CustomerID };
    const book = fresh(ADDRESS_BOOK, { ...readLike(ADDRESS_BOOK, given), ...ids });
    call.store.addressBooks.set(id, book);
    return book;
  },
  update: (_call, book, given) => {
    const { CustomerAddressBookID, CustomerID, ...values } = readLike(ADDRESS_BOOK, given);
    write(book, values);
  },
  remove: ({ store }, { CustomerAddressBookID }) =>
    void store.addressBooks.delete(CustomerAddressBookID),
};

export const customerRoutes: readonly Route[] = [
  ...collectionRoutes(CUSTOMERS),
  ...collectionRoutes(GROUPS),
  membersRoute,
  ...collectionRoutes(ADDRESS_BOOKS),
];
