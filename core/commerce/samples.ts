import type { Customer } from './customer';
import type { Order } from './order';
import type { OrderStanding } from './orderStatus';
import type { Payment } from './payment';
import type { Product } from './product';
import type { Refund } from './refund';
import type { Shipment } from './shipment';
import type { Source } from './source';

/** Invented records, in the words of the common model. */

const SOURCE = { platform: 'xcart', store: 'main' };

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
  phone: '+15125550100',
};

export const SAMPLE_ORDER: Order = {
  source: { ...SOURCE, id: '1042' },
  name: 'X-Cart 1001',
  number: '1001',
  placedAt: '2024-05-02T10:00:00Z',
  updatedAt: '2024-05-02T10:05:00Z',
  currency: 'USD',
  status: 'open',
  paymentStatus: 'paid',
  paymentStatusCode: 'P',
  paymentStatusName: 'Paid',
  shippingStatus: 'unfulfilled',
  shippingStatusCode: 'N',
  shippingStatusName: 'New',
  customer: {
    id: '15',
    email: 'ada@example.com',
    firstName: 'Ada',
    lastName: 'Byron',
    company: 'Byron Engines',
    phone: '+15125550100',
  },
  billingAddress: ADDRESS,
  shippingAddress: { ...ADDRESS, city: 'Dallas' },
  shippingMethod: 'Ground',
  customerNote: 'Please ring twice',
  trackingNumbers: ['1Z9990000000000001'],
  lines: [
    {
      id: '2001',
      productId: '37',
      variantId: '512',
      sku: 'TS-M',
      name: 'T-shirt',
      quantity: 3,
      unitPrice: 39.99,
      discount: 0,
      amount: 119.97,
      booked: { unitPrice: 39.99, discount: 0, tax: 9.6 },
    },
  ],
  surcharges: [
    { type: 'shipping', code: 'SHIPPING', name: 'Shipping cost', amount: 12.5, included: false },
    { type: 'tax', code: 'TAX', name: 'Sales tax', amount: 9.6, included: false },
    { type: 'discount', code: 'DISCOUNT', name: 'Discount', amount: -4, included: false },
  ],
  totals: {
    lines: 119.97,
    shipping: 12.5,
    handling: 0,
    fees: 0,
    tax: 9.6,
    includedTax: 0,
    discount: 4,
    total: 138.07,
  },
  booked: { freight: 12.5, discount: 4, tax: 9.6 },
};

export const SAMPLE_CUSTOMER: Customer = {
  source: { ...SOURCE, id: '15' },
  id: '15',
  email: 'ada@example.com',
  firstName: 'Ada',
  lastName: 'Byron',
  company: 'Byron Engines',
  phone: '+15125550100',
  language: 'en',
  enabled: true,
  address: ADDRESS,
};

export const SAMPLE_PRODUCT: Product = {
  source: { ...SOURCE, id: '37' },
  sku: 'TS',
  name: 'T-shirt',
  description: 'Soft and warm.',
  price: 39.99,
  weight: 0.3,
  enabled: true,
  stock: 25,
  updatedAt: '2024-05-02T10:00:00Z',
};

/** What stands alone says which shop it is of. */
type Alone<Record> = Record & { source: Source };

export const SAMPLE_PAYMENT: Alone<Payment> = {
  source: { ...SOURCE, id: '401' },
  id: '401',
  orderId: '1042',
  type: 'sale',
  method: 'Credit card',
  amount: 138.07,
  currency: 'USD',
  status: 'succeeded',
  statusCode: 'S',
  reference: 'ch_3P0000000000000001',
  date: '2024-05-02T10:01:00Z',
};

export const SAMPLE_SHIPMENT: Alone<Shipment> = {
  source: { ...SOURCE, id: '7' },
  id: '7',
  orderId: '1042',
  status: 'shipped',
  statusCode: 'S',
  statusName: 'Shipped',
  method: 'UPS Ground',
  trackingNumbers: ['1Z9990000000000001'],
  shippedAt: '2024-05-03T08:00:00Z',
  cost: 12.5,
  address: { ...ADDRESS, city: 'Dallas' },
  lines: [{ lineId: '2001', sku: 'TS-M', quantity: 3 }],
};

export const SAMPLE_REFUND: Alone<Refund> = {
  source: { ...SOURCE, id: 'CM-77' },
  id: 'CM-77',
  orderId: '1042',
  paymentId: '401',
  amount: 20,
  currency: 'USD',
  status: 'succeeded',
  reason: 'One shirt came back',
  refundedAt: '2024-05-04T09:00:00Z',
};

export const SAMPLE_ORDER_STATUS: Alone<OrderStanding> = {
  source: { ...SOURCE, id: '1042' },
  orderId: '1042',
  number: 'ORD-01007-X1',
  status: 'completed',
  shippingStatus: 'shipped',
  updatedAt: '2024-05-03T08:00:00Z',
};
