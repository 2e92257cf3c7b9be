import { restResource } from './resource';
import type { FieldMap, Profile } from './schema';

/** When a record was made: the brief names no field for it. */
const CREATED = 'createdDate ?? created ?? createdAt';

/** The brief names the parts of an order, but not those of an address: what shops commonly call them. */
const ADDRESS: FieldMap = {
  firstName: 'firstName',
  lastName: 'lastName',
  name: 'name ?? fullName',
  company: 'company ?? companyName',
  line1: 'line1 ?? street1 ?? address1 ?? addressLine1 ?? street',
  line2: 'line2 ?? street2 ?? address2 ?? addressLine2',
  line3: 'line3 ?? street3 ?? address3 ?? addressLine3',
  city: 'city',
  state: 'state ?? region ?? regionName ?? province ?? stateCode ?? regionCode',
  postalCode: 'postalCode ?? zip ?? zipCode ?? postcode',
  country: 'country ?? countryCode',
  phone: 'phone ?? phoneNumber',
  email: 'email',
};

const ORDER: FieldMap = {
  orderId: 'orderId ?? id',
  orderNumber: 'orderNumber ?? orderId ?? id',
  shippingStatus: 'shippingStatus ?? fulfillmentStatus',
  email:
    'email ?? customerEmail ?? customer.email ?? billingAddress.email ?? shippingAddress.email',
  billingAddress: { at: 'billingAddress', fields: ADDRESS },
  shippingAddress: { at: 'shippingAddress', fields: ADDRESS },
  payments: {
    at: 'payments ?? paymentInfo',
    list: true,
    fields: {
      paymentId: 'paymentId ?? id ?? transactionId',
      amount: 'amount',
      status: 'status',
      transactionId: 'transactionId',
    },
  },
  shippingTotal:
    'shippingTotal ?? shippingAmount ?? shippingCost ?? shipping.amount ?? shipping.cost',
  handlingTotal: 'handlingTotal ?? handlingAmount',
  feesTotal: 'feesTotal ?? feeAmount',
  taxTotal: 'taxTotal ?? taxAmount ?? totalTax',
  discountTotal: 'discountTotal ?? discountAmount ?? totalDiscount',
  shippingMethod: 'shippingMethod ?? shipping.method',
  notes: 'notes ?? customerNote',
};

const CUSTOMER: FieldMap = {
  customerId: 'customerId ?? id',
  email: 'email',
  company: 'company ?? companyName',
  phone: 'phone ?? phoneNumber',
  active: 'active ?? enabled ?? isActive',
  createdDate: CREATED,
  address: { at: 'address ?? billingAddress ?? addresses[0]', fields: ADDRESS },
};

const PRODUCT: FieldMap = {
  productId: 'productId ?? id',
  price: 'price ?? unitPrice',
  active: 'active ?? enabled ?? isActive',
  stock: 'stock ?? quantity ?? stockQuantity',
  createdDate: CREATED,
};

const RETURN: FieldMap = {
  orderId: 'orderId',
  status: 'status',
  reason: 'reason ?? comment ?? note',
  lineItems: {
    at: 'lineItems ?? items',
    fields: { sku: 'sku', quantity: 'quantity ?? qty' },
  },
};

const COUPON: FieldMap = {
  code: 'code ?? couponCode',
  name: 'name',
  type: 'type ?? discountType',
  value: 'value ?? amount ?? discount',
  active: 'active ?? enabled ?? isActive',
  startDate: 'startDate ?? validFrom',
  endDate: 'endDate ?? validTo ?? expirationDate',
};

const INVOICE: FieldMap = {
  orderId: 'orderId',
  customerId: 'customerId',
  invoiceNumber: 'invoiceNumber ?? number',
  invoiceDate: 'invoiceDate ?? date',
  dueDate: 'dueDate',
  totalAmount: 'totalAmount ?? total ?? amount',
  currency: 'currency',
  status: 'status',
};

/** Records of which the brief names no field: what shops commonly call those. */
const other = (path: string, own: string, fields: FieldMap = {}) =>
  restResource(path, {
    id: `${own} ?? id`,
    fields: { [own]: `${own} ?? id`, createdDate: CREATED, ...fields },
  });

/**
 * Profile `brief`: the REST contract that the product brief states (protocol reference, 3.1), camelCase. What it leaves open
 * (the parts of an address, amounts that belong to no line, the fields of records other than orders) is read by the names
 * that such services commonly use; a deployment with others is matched by a profile of its own.
 */
export const BRIEF: Profile = {
  name: 'brief',
  basePath: '/api/v1',
  authentication: {
    apiKey: { header: 'X-Api-Key' },
    oauth2: { tokenPath: '/oauth/token', scope: null, clientIn: 'body' },
    session: null,
  },
  paging: { page: 'page', size: 'pageSize', counts: 'pages', first: 1, most: 100 },
  envelope: { rows: 'items', total: 'total', record: null },
  success: null,
  errors: { reasonAt: ['errors[0].detail', 'detail', 'title', 'message'], duplicate: [409] },
  resources: {
    orders: restResource('/orders', {
      id: 'orderId ?? id',
      fields: ORDER,
    }),
    products: restResource('/products', { id: 'productId ?? id', fields: PRODUCT }),
    customers: restResource('/customers', { id: 'customerId ?? id', fields: CUSTOMER }),
    inventory: restResource('/inventory', {
      id: 'inventoryId ?? id ?? sku',
      fields: {
        inventoryId: 'inventoryId ?? id ?? sku',
        createdDate: CREATED,
        sku: 'sku',
        warehouse: 'warehouse ?? warehouseId ?? warehouseCode',
        quantity: 'quantity ?? quantityOnHand ?? stock',
      },
    }),
    payments: other('/payments', 'paymentId', {
      type: 'type',
      amount: 'amount',
      date: 'date ?? createdDate',
      reason: 'reason ?? note',
    }),
    shipments: other('/shipments', 'shipmentId', {
      method: 'method ?? carrier ?? shippingMethod',
      trackingNumber: 'trackingNumber',
      shippedAt: 'shippedAt ?? shippedDate',
    }),
    returns: other('/returns', 'returnId', RETURN),
    coupons: other('/coupons', 'couponId', COUPON),
    addresses: other('/addresses', 'addressId', { customerId: 'customerId', ...ADDRESS }),
    invoices: other('/invoices', 'invoiceId', INVOICE),
  },
  stock: {
    bulk: { method: 'PATCH', path: '/inventory/bulk' },
    most: 100,
    rows: null,
    results: 'results ?? items',
    reasonAt: ['error.detail', 'error.message', 'error', 'detail', 'message'],
    tells: 'failures',
  },
  prices: null,
  webhooks: {
    list: { method: 'GET', path: '/webhooks' },
    create: { method: 'POST', path: '/webhooks' },
    remove: { method: 'DELETE', path: '/webhooks/{id}' },
    fields: {
      id: 'id ?? webhookId',
      event: 'event',
      url: 'url',
      secret: 'secret',
      isEnabled: 'enabled ?? active',
    },
    events: {
      'order.created': 'order.created',
      'order.changed': 'order.updated',
      'product.changed': 'product.updated',
      'customer.created': 'customer.created',
      'customer.changed': 'customer.updated',
      'inventory.changed': 'inventory.updated',
      // Money that has come in is a payment that has come about, whether or not its record was there before.
      'payment.created': 'payment.captured',
      'shipment.created': 'shipment.created',
      'return.created': 'return.requested',
    },
    delivery: { id: 'id', event: 'event', record: 'data', occurredAt: 'occurredAt' },
    signature: {
      header: 'X-Clarity-Signature',
      algorithm: 'sha256',
      encoding: 'hex',
      prefix: 'sha256=',
      signs: 'body',
    },
    time: { header: 'X-Clarity-Timestamp', toleranceSeconds: 300 },
  },
};
