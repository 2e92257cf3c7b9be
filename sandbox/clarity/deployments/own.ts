import { roleByKeyIn } from '../api/keys';
import type { Resource } from '../model';
import { plain } from './brief';
import { inside, pathShown, renamed, restored, SAME_NAMES, type Fields } from './fields';
import { ownTelling } from './own-telling';
import { problem } from './problems';
import type { Deployment } from './types';

/** What all resources call so. */
const COMMON: Fields = {
  externalId: 'foreignKey',
  createdDate: 'madeOn',
  modifiedDate: 'changedOn',
  orderId: 'salesOrder',
  customerId: 'client',
  sku: 'article',
  warehouse: 'depot',
  quantity: 'qty',
  email: 'mail',
};

const PLACE: Fields = {
  postalCode: 'zip',
  countryCode: 'country',
  regionCode: 'region',
  email: 'mail',
};

const LINE: Fields = {
  lineId: 'no',
  sku: 'article',
  name: 'title',
  quantity: 'qty',
  unitPrice: 'price',
  tax: 'vat',
  discount: 'rebate',
  category: 'group',
};

const OWN: Readonly<Partial<Record<Resource, Fields>>> = {
  orders: {
    orderId: 'number',
    orderDate: 'placedOn',
    status: 'state',
    totalAmount: 'amounts.grandTotal',
    currency: 'amounts.currency',
    shippingAmount: 'amounts.shipping',
    handlingAmount: 'amounts.handling',
    discountAmount: 'amounts.discount',
    shippingAddress: inside('shipTo', PLACE, SAME_NAMES),
    billingAddress: inside('billTo', PLACE, SAME_NAMES),
    lineItems: inside('positions', LINE, SAME_NAMES),
    paymentInfo: inside('payment', { transactionId: 'reference', status: 'state' }, SAME_NAMES),
    couponCodes: 'vouchers',
    customerGroup: 'segment',
  },
  products: { productId: 'id', name: 'title', price: 'amounts.price' },
  customers: { customerId: 'id', firstName: 'givenName', lastName: 'familyName' },
  inventory: { inventoryId: 'id' },
  payments: { paymentId: 'id', transactionId: 'reference', status: 'state' },
  shipments: { shipmentId: 'id', trackingNumber: 'trackingCode', status: 'state' },
  returns: { returnId: 'id', status: 'state' },
  coupons: { couponId: 'id' },
  addresses: { addressId: 'id' },
  invoices: { invoiceId: 'id', totalAmount: 'amounts.grandTotal' },
};

const fieldsOf = (resource: Resource): Fields => ({ ...COMMON, ...OWN[resource] });

/**
 * A deployment whose paths, names, envelope, sign-in and webhooks all differ from the shipped profiles: made up, to prove
 * that a client can be taught such a one by its profile alone.
 */
export const own: Deployment = {
  name: 'own',
  base: '/shop/rest',
  resources: {
    orders: { path: 'salesorders' },
    products: { path: 'articles' },
    customers: { path: 'clients' },
    inventory: { path: 'stocklevels' },
    payments: { path: 'receipts' },
    shipments: { path: 'parcels' },
    returns: { path: 'rmas' },
    coupons: { path: 'vouchers' },
    addresses: { path: 'addressbook' },
    invoices: { path: 'bills' },
  },
  operations: () => ({
    bulk: 'POST stocklevels/batch',
    hooks: 'GET subscriptions',
    subscribe: 'POST subscriptions',
    hook: 'GET subscriptions/{id}',
    unsubscribe: 'DELETE subscriptions/{id}',
    upsert: 'PUT {resource}/key/{key}',
    list: 'GET {resource}',
    create: 'POST {resource}',
    read: 'GET {resource}/{id}',
    update: 'PUT {resource}/{id}',
    remove: 'DELETE {resource}/{id}',
  }),
  owners: { bulk: 'inventory' },
  query: () => ({ page: 'p', size: 'limit', since: 'changedAfter' }),
  pageSize: 25,
  createdStatus: 201,
  envelope: ({ rows, total }) => ({ data: { rows, count: total } }),
  show: (resource, document, switches) =>
    renamed(plain(resource, document, switches), fieldsOf(resource), SAME_NAMES),
  read: (resource, body) => restored(body, fieldsOf(resource), SAME_NAMES),
  path: (resource, path) => pathShown(path, fieldsOf(resource), SAME_NAMES),
  written: (document) => document,
  telling: ownTelling,
  roleOf: roleByKeyIn('X-Shop-Pass'),
  refuse: problem,
};
