/**
 * The API profile of the sandbox's third deployment (`/shop/rest`), as a user writes it in the credential: its paths, names
 * and envelope are all other ones than those of the profiles that come with the pack.
 */

const COMMON = {
  externalId: 'foreignKey',
  modifiedDate: 'changedOn',
  orderId: 'salesOrder',
  customerId: 'client',
  sku: 'article',
  warehouse: 'depot',
  quantity: 'qty',
  email: 'mail',
  status: 'state',
  trackingNumber: 'trackingCode',
};

const PLACE = {
  line1: 'street1',
  line2: 'street2',
  postalCode: 'zip',
  country: 'country',
  state: 'region',
  email: 'mail',
};

const LINE = {
  lineId: 'no',
  sku: 'article',
  name: 'title',
  quantity: 'qty',
  unitPrice: 'price',
  tax: 'vat',
  discount: 'rebate',
  category: 'group',
};

function resource(path: string, fields: object, id = 'id') {
  return {
    id,
    list: { path: `/${path}`, modifiedSince: 'changedAfter' },
    get: { path: `/${path}/{id}` },
    create: { path: `/${path}` },
    update: { method: 'PUT', path: `/${path}/{id}` },
    remove: { path: `/${path}/{id}` },
    upsert: { path: `/${path}/key/{externalId}` },
    fields: { ...COMMON, ...fields },
  };
}

const ORDER = {
  orderId: 'number',
  orderNumber: 'number',
  orderDate: 'placedOn',
  totalAmount: 'amounts.grandTotal',
  currency: 'amounts.currency',
  shippingTotal: 'amounts.shipping',
  handlingTotal: 'amounts.handling',
  discountTotal: 'amounts.discount',
  email: 'billTo.mail ?? shipTo.mail',
  shippingAddress: { at: 'shipTo', fields: PLACE },
  billingAddress: { at: 'billTo', fields: PLACE },
  lineItems: { at: 'positions', fields: LINE },
  paymentInfo: { at: 'payment', fields: { transactionId: 'reference', status: 'state' } },
  payments: { at: 'payment', fields: { transactionId: 'reference', status: 'state' } },
  couponCodes: 'vouchers',
  customerGroup: 'segment',
};

export const OWN_PROFILE = {
  extends: 'brief',
  name: 'own',
  basePath: '/shop/rest',
  paging: { page: 'p', size: 'limit' },
  envelope: { rows: 'data.rows', total: 'data.count' },
  resources: {
    orders: resource('salesorders', ORDER, 'number'),
    products: resource('articles', { productId: 'id', name: 'title', price: 'amounts.price' }),
    customers: resource('clients', {
      customerId: 'id',
      firstName: 'givenName',
      lastName: 'familyName',
      address: { at: 'billingAddress', fields: PLACE },
    }),
    inventory: resource('stocklevels', {}),
    payments: resource('receipts', { paymentId: 'id' }),
    shipments: resource('parcels', { shipmentId: 'id', shippedAt: 'shippedDate' }),
    returns: resource('rmas', { returnId: 'id' }),
    coupons: resource('vouchers', { couponId: 'id' }),
    addresses: resource('addressbook', { addressId: 'id' }),
    invoices: resource('bills', { invoiceId: 'id', totalAmount: 'amounts.grandTotal' }),
  },
  stock: { bulk: { method: 'POST', path: '/stocklevels/batch' }, results: null },
  webhooks: {
    list: { path: '/subscriptions' },
    create: { path: '/subscriptions' },
    remove: { path: '/subscriptions/{id}' },
  },
};
