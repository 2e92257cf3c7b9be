/** Invented records, as a deployment with the profile `brief` sends them, with the names that the client adds. */

const ADDRESS = {
  firstName: 'Ada',
  lastName: 'Byron',
  company: 'Byron Engines',
  line1: '1 Main St',
  line2: 'Apt 4',
  city: 'Austin',
  state: 'Texas',
  postalCode: '78701',
  country: 'US',
  phone: '(512) 555-0100',
  email: 'ada@example.com',
};

const PAYMENT = {
  method: 'Credit card',
  transactionId: 'ch_3P0000000000000001',
  amount: 138.07,
  status: 'Captured',
};

export const SAMPLE_ORDER = {
  orderId: '1042',
  orderNumber: 'SO-1042',
  externalId: 'ERP-77',
  customerId: '15',
  customerGroup: 'Wholesale',
  email: 'ada@example.com',
  orderDate: '2024-05-02T10:00:00Z',
  modifiedDate: '2024-05-02T10:05:00Z',
  status: 'Processing',
  currency: 'USD',
  totalAmount: 138.07,
  shippingTotal: 12.5,
  discountTotal: 4,
  billingAddress: ADDRESS,
  shippingAddress: { ...ADDRESS, city: 'Dallas' },
  shippingMethod: 'Ground',
  notes: 'Please ring twice',
  lineItems: [
    {
      lineId: '2001',
      sku: 'TS-M',
      name: 'T-shirt',
      quantity: 3,
      unitPrice: 39.99,
      tax: 9.6,
      discount: 0,
      category: 'Shirts',
    },
  ],
  paymentInfo: PAYMENT,
  payments: [{ ...PAYMENT, paymentId: 'ch_3P0000000000000001' }],
  couponCodes: ['SPRING'],
};

export const SAMPLE_PRODUCT = {
  productId: '37',
  externalId: 'ERP-TS',
  sku: 'TS',
  name: 'T-shirt',
  description: '<p>Soft and warm.</p>',
  price: 39.99,
  currency: 'USD',
  weight: 0.3,
  active: true,
  stock: 25,
  createdDate: '2024-01-10T09:00:00Z',
  modifiedDate: '2024-05-02T10:00:00Z',
};

export const SAMPLE_CUSTOMER = {
  customerId: '15',
  externalId: 'ERP-C15',
  email: 'ada@example.com',
  firstName: 'Ada',
  lastName: 'Byron',
  company: 'Byron Engines',
  phone: '(512) 555-0100',
  customerGroup: 'Wholesale',
  active: true,
  address: ADDRESS,
  createdDate: '2024-01-10T09:00:00Z',
  modifiedDate: '2024-05-02T09:55:00Z',
};

export const SAMPLE_PAYMENT = {
  ...PAYMENT,
  paymentId: '9001',
  externalId: '1042-CM-77',
  orderId: '1042',
  type: 'refund',
  status: 'refunded',
  amount: 20,
  currency: 'USD',
  reason: 'One shirt came back',
  date: '2024-05-04T09:00:00Z',
};

export const SAMPLE_SHIPMENT = {
  shipmentId: '7001',
  externalId: '1042-1Z9990000000000001',
  orderId: '1042',
  status: 'shipped',
  method: 'UPS Ground',
  trackingNumber: '1Z9990000000000001',
  shippedAt: '2024-05-03T08:00:00Z',
};
