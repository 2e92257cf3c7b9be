import { z } from 'zod';
import type { Resource } from './documents';

const text = z.string();
const filled = z.string().trim().min(1);
/** Ids are compared as texts; whoever sends a number means the same document. */
const id = z.union([filled, z.number().int()]).transform(String);
const number = z.number().finite();
const amount = number.min(0);
const moment = z
  .string()
  .datetime({ offset: true })
  .transform((given) => new Date(given).toISOString());
const currency = z.string().regex(/^[A-Z]{3}$/, 'must be a currency code of ISO 4217');
const externalId = filled.nullable().optional();

const address = z
  .object({
    firstName: text.nullable(),
    lastName: text.nullable(),
    company: text.nullable(),
    email: z.string().email().nullable(),
    phone: text.nullable(),
    street1: text.nullable(),
    street2: text.nullable(),
    city: text.nullable(),
    regionCode: text.nullable(),
    regionName: text.nullable(),
    postalCode: text.nullable(),
    countryCode: text.nullable(),
  })
  .partial()
  .passthrough();

const lineItem = z
  .object({
    lineId: id.optional(),
    sku: filled,
    name: text.optional(),
    quantity: number.positive(),
    unitPrice: amount.optional(),
    tax: amount.optional(),
    discount: amount.optional(),
    category: text.optional(),
  })
  .passthrough();

const stockedLine = z.object({ sku: filled, quantity: number.positive() }).passthrough();

const paymentInfo = z
  .object({
    method: text,
    transactionId: text.nullable(),
    amount: number,
    status: filled,
  })
  .partial()
  .passthrough();

const shape = <S extends z.ZodRawShape>(fields: S) =>
  z.object({ externalId, ...fields }).passthrough();

/** What each resource takes when it is made. A change takes the same, all of it optional. */
export const SCHEMAS = {
  orders: shape({
    customerId: id.nullable().optional(),
    orderDate: moment.optional(),
    status: filled.optional(),
    currency: currency.optional(),
    shippingAmount: amount.optional(),
    handlingAmount: amount.optional(),
    discountAmount: amount.optional(),
    taxIncluded: z.boolean().optional(),
    shippingAddress: address.optional(),
    billingAddress: address.optional(),
    lineItems: z.array(lineItem).min(1),
    paymentInfo: paymentInfo.optional(),
    couponCodes: z.array(filled).optional(),
    customerGroup: text.optional(),
  }),
  products: shape({
    sku: filled,
    name: filled,
    price: amount.optional(),
    currency: currency.optional(),
    description: text.nullable().optional(),
    category: text.optional(),
    weight: amount.optional(),
    active: z.boolean().optional(),
  }),
  customers: shape({
    email: z.string().email(),
    firstName: text.optional(),
    lastName: text.optional(),
    company: text.nullable().optional(),
    phone: text.nullable().optional(),
    customerGroup: text.optional(),
    billingAddress: address.optional(),
    shippingAddress: address.optional(),
  }),
  inventory: shape({ sku: filled, warehouse: filled, quantity: number }),
  payments: shape({
    orderId: id,
    method: text.optional(),
    transactionId: text.nullable().optional(),
    amount: number,
    currency: currency.optional(),
    status: filled.optional(),
  }),
  shipments: shape({
    orderId: id,
    carrier: text.nullable().optional(),
    trackingNumber: text.nullable().optional(),
    shippedDate: moment.optional(),
    warehouse: text.nullable().optional(),
    lineItems: z.array(stockedLine).optional(),
    status: filled.optional(),
  }),
  returns: shape({
    orderId: id,
    reason: text.nullable().optional(),
    lineItems: z.array(stockedLine).optional(),
    status: filled.optional(),
  }),
  coupons: shape({
    code: filled,
    type: text.optional(),
    value: amount.optional(),
    active: z.boolean().optional(),
  }),
  addresses: shape({ customerId: id.optional(), ...address.shape }),
  invoices: shape({
    orderId: id,
    invoiceNumber: text.optional(),
    invoiceDate: moment.optional(),
    totalAmount: number.optional(),
    currency: currency.optional(),
    status: filled.optional(),
  }),
} as const satisfies Readonly<Record<Resource, z.AnyZodObject>>;

export const bulkRow = z.object({ sku: filled, warehouse: filled, quantity: number });

/** Fields of which no two documents of a resource have the same values. */
export const UNIQUE: Readonly<Partial<Record<Resource, readonly string[]>>> = {
  products: ['sku'],
  customers: ['email'],
  inventory: ['sku', 'warehouse'],
  coupons: ['code'],
};

/** What a resource is given when it is made and the caller says nothing. */
export const DEFAULTS: Readonly<Record<Resource, () => Record<string, unknown>>> = {
  orders: () => ({}),
  products: () => ({ price: 0, currency: 'USD', category: '', weight: 0, active: true }),
  customers: () => ({ firstName: '', lastName: '', company: null, phone: null, customerGroup: '' }),
  inventory: () => ({}),
  payments: () => ({ method: '', transactionId: null, currency: 'USD', status: 'captured' }),
  shipments: () => ({ carrier: null, trackingNumber: null, lineItems: [], status: 'shipped' }),
  returns: () => ({ reason: null, lineItems: [], status: 'requested' }),
  coupons: () => ({ type: 'percent', value: 0, active: true }),
  addresses: () => ({}),
  invoices: () => ({ currency: 'USD', status: 'open' }),
};
