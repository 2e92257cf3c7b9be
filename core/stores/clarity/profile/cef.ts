import { stackResource } from './resource';
import type { FieldMap, Profile } from './schema';

/** A contact with its address (protocol reference, 3.2: seen in use). */
const CONTACT: FieldMap = {
  firstName: 'FirstName',
  lastName: 'LastName',
  name: 'FullName',
  company: 'Address.Company',
  line1: 'Address.Street1',
  line2: 'Address.Street2',
  line3: 'Address.Street3',
  city: 'Address.City',
  state: 'Address.RegionCode ?? Address.RegionName ?? Address.RegionCustom',
  postalCode: 'Address.PostalCode',
  country: 'Address.CountryCode ?? Address.CountryName',
  phone: 'Phone1',
  email: 'Email1',
};

/** An address that stands alone has its parts where those of a contact's are. */
const ADDRESS: FieldMap = {
  customerId: 'AccountID',
  firstName: 'FirstName',
  lastName: 'LastName',
  name: 'FullName',
  company: 'Company',
  line1: 'Street1',
  line2: 'Street2',
  line3: 'Street3',
  city: 'City',
  state: 'RegionCode ?? RegionName ?? RegionCustom',
  postalCode: 'PostalCode',
  country: 'CountryCode ?? CountryName',
  phone: 'Phone ?? Phone1',
  email: 'Email ?? Email1',
};

const RETURN: FieldMap = {
  orderId: 'SalesOrderID',
  status: 'Status ?? StatusName ?? StatusKey',
  reason: 'Reason ?? ReasonName ?? Notes',
  lineItems: {
    at: 'LineItems ?? SalesItems',
    fields: { sku: 'Sku ?? ProductKey', quantity: 'Quantity ?? TotalQuantity' },
  },
};

const COUPON: FieldMap = {
  code: 'Code',
  name: 'Name',
  type: 'Type ?? TypeName ?? TypeKey',
  value: 'Value',
  active: 'Active',
  startDate: 'StartDate',
  endDate: 'EndDate',
};

const INVOICE: FieldMap = {
  orderId: 'SalesOrderID',
  customerId: 'AccountID',
  invoiceNumber: 'InvoiceNumber',
  invoiceDate: 'InvoiceDate',
  dueDate: 'DueDate',
  totalAmount: 'TotalAmount ?? Totals.Total',
  currency: 'Currency ?? CurrencyKey ?? CurrencyCode',
  status: 'Status ?? StatusName ?? StatusKey',
};

const ORDER: FieldMap = {
  orderId: 'ID',
  orderNumber: 'OrderNumber ?? ID',
  customerId: 'AccountID',
  externalId: 'CustomKey',
  orderDate: 'CreatedDate',
  modifiedDate: 'UpdatedDate ?? CreatedDate',
  status: 'StatusName ?? Status.Name ?? StatusKey',
  totalAmount: 'Totals.Total',
  shippingTotal: 'Totals.Shipping',
  handlingTotal: 'Totals.Handling',
  feesTotal: 'Totals.Fees',
  taxTotal: 'Totals.Tax',
  discountTotal: 'Totals.Discounts',
  currency: 'CurrencyKey ?? Currency.CustomKey ?? CurrencyCode',
  taxIncluded: 'TaxIncluded',
  customerGroup: 'CustomerGroup',
  couponCodes: 'CouponCodes',
  email: 'BillingContact.Email1 ?? ShippingContact.Email1 ?? Contact.Email1 ?? UserEmail',
  billingAddress: { at: 'BillingContact', fields: CONTACT },
  shippingAddress: { at: 'ShippingContact', fields: CONTACT },
  lineItems: {
    at: 'SalesItems',
    fields: {
      lineId: 'ID',
      productId: 'ProductID',
      sku: 'Sku ?? ProductKey',
      name: 'Name ?? ProductName',
      quantity: 'Quantity ?? TotalQuantity',
      unitPrice: 'UnitPrice ?? UnitSoldPrice ?? UnitCorePrice',
      tax: 'Tax ?? TaxAmount',
      discount: 'Discount ?? DiscountAmount',
      category: 'Category ?? CategoryName',
    },
  },
  paymentInfo: {
    at: 'PaymentInfo ?? SalesOrderPayments[0] ?? Payments[0]',
    fields: {
      method: 'Method ?? PaymentMethodName',
      transactionId: 'TransactionNumber ?? TransactionId ?? TransactionID ?? ReferenceNo',
      amount: 'Amount',
      status: 'StatusName ?? Status.Name ?? Status',
    },
  },
  payments: {
    at: 'SalesOrderPayments ?? Payments ?? PaymentInfo',
    list: true,
    fields: {
      paymentId: 'ID ?? TransactionNumber ?? TransactionId ?? TransactionID',
      type: 'TypeName ?? Type.Name',
      method: 'Method ?? PaymentMethodName',
      transactionId: 'TransactionNumber ?? TransactionId ?? TransactionID ?? ReferenceNo',
      amount: 'Amount',
      status: 'StatusName ?? Status.Name ?? Status',
      date: 'CreatedDate',
    },
  },
  shippingMethod: 'ShippingMethodName ?? ShipOptionName',
  notes: 'Notes',
};

const CUSTOMER: FieldMap = {
  customerId: 'ID',
  externalId: 'CustomKey',
  company: 'Name ?? Company',
  firstName: 'Contact.FirstName',
  lastName: 'Contact.LastName',
  name: 'Contact.FullName',
  email: 'Contact.Email1 ?? Email',
  phone: 'Contact.Phone1 ?? Phone',
  active: 'Active',
  createdDate: 'CreatedDate',
  modifiedDate: 'UpdatedDate ?? CreatedDate',
  address: { at: 'Contact', fields: CONTACT },
};

const PRODUCT: FieldMap = {
  productId: 'ID',
  externalId: 'CustomKey',
  sku: 'Sku ?? CustomKey ?? ManufacturerPartNumber',
  name: 'Name',
  description: 'Description ?? ShortDescription',
  price: 'Price ?? PriceSale ?? PriceBase',
  currency: 'Currency ?? CurrencyKey',
  weight: 'Weight',
  active: 'Active',
  stock: 'StockQuantity',
  createdDate: 'CreatedDate',
  modifiedDate: 'UpdatedDate ?? CreatedDate',
};

const DATES: FieldMap = {
  createdDate: 'CreatedDate',
  modifiedDate: 'UpdatedDate ?? CreatedDate',
};

const other = (schema: string, entities: string, own: string, fields: FieldMap = {}) =>
  stackResource(schema, entities, {
    id: 'ID',
    fields: { [own]: 'ID', externalId: 'CustomKey', ...DATES, ...fields },
  });

/**
 * Profile `cef`: the Clarity eCommerce Framework on ServiceStack (protocol reference, 3.2). Seen in use on a public site are
 * the base, the paging, `Results` and the shape of a contact; ServiceStack's conventions give login and errors. The names of
 * schemas, entities and most fields, the success test and how a record is written are assumptions: compare them with the API
 * reference of the deployment (below `/metadata`), and write what differs into a profile of its own.
 */
export const CEF: Profile = {
  name: 'cef',
  basePath: '/DesktopModules/ClarityEcommerce/API-Storefront',
  authentication: {
    apiKey: { header: 'X-Api-Key' },
    oauth2: null,
    session: {
      path: '/auth/{provider}',
      userName: 'UserName',
      password: 'Password',
      rememberMe: 'RememberMe',
      cookies: ['ss-id', 'ss-pid'],
    },
  },
  paging: { page: 'StartIndex', size: 'Size', counts: 'pages', first: 1, most: 50 },
  envelope: { rows: 'Results', total: 'TotalCount', record: 'Result' },
  success: { at: 'ActionSucceeded', is: true },
  errors: {
    reasonAt: [
      'ResponseStatus.Errors[0].Message',
      'ResponseStatus.Message',
      'Messages[0]',
      'ResponseStatus.ErrorCode',
    ],
    duplicate: [409],
  },
  // A contact was seen with its full name alone.
  wholeNames: true,
  resources: {
    orders: stackResource('Ordering', 'SalesOrders', {
      id: 'ID',
      fields: ORDER,
    }),
    products: stackResource('Products', 'Products', { id: 'ID', fields: PRODUCT }),
    customers: stackResource('Accounts', 'Accounts', { id: 'ID', fields: CUSTOMER }),
    inventory: stackResource('Inventory', 'InventoryLevels', {
      id: 'ID',
      fields: {
        inventoryId: 'ID',
        externalId: 'CustomKey',
        ...DATES,
        sku: 'Sku ?? ProductKey ?? CustomKey',
        warehouse: 'Warehouse ?? InventoryLocationKey',
        quantity: 'Quantity',
      },
    }),
    payments: other('Payments', 'Payments', 'paymentId', {
      orderId: 'SalesOrderID',
      type: 'Type',
      method: 'Method ?? PaymentMethodName',
      transactionId: 'TransactionNumber ?? TransactionId ?? TransactionID ?? ReferenceNo',
      status: 'Status',
      amount: 'Amount',
      currency: 'Currency',
      date: 'CreatedDate',
      reason: 'Note',
    }),
    shipments: other('Shipping', 'Shipments', 'shipmentId', {
      orderId: 'SalesOrderID',
      method: 'Method ?? Carrier',
      trackingNumber: 'TrackingNumber',
      shippedAt: 'ShippedAt ?? ShippedDate',
    }),
    returns: other('Returning', 'SalesReturns', 'returnId', RETURN),
    coupons: other('Discounts', 'Discounts', 'couponId', COUPON),
    addresses: other('Geography', 'Addresses', 'addressId', ADDRESS),
    invoices: other('Invoicing', 'SalesInvoices', 'invoiceId', INVOICE),
  },
  stock: null,
  prices: null,
  webhooks: null,
};
