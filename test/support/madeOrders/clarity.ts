/** Orders as deployments send them, through the names of their profile. */
import fc from 'fast-check';

import { BRIEF } from '../../../core/stores/clarity/profile/brief';
import { CEF } from '../../../core/stores/clarity/profile/cef';
import { withNames } from '../../../core/stores/clarity/profile/paths';
import { orderSchema } from '../../../core/stores/clarity/wire';
import {
  addressRead,
  buyersEmail,
  cents,
  dollars,
  lineName,
  lineSku,
  type MadeOrder,
  orBlank,
  orMissing,
  type OrderMaker,
  sum,
} from './made';

const line = fc.record({
  id: fc.constantFrom<string | number | null | undefined>(0, '0', 7, 'L-1', null, undefined),
  price: cents(50_000),
  quantity: fc.integer({ min: 1, max: 20 }),
  tax: orMissing(cents(900)),
  /** Of what the line comes to, in percent. */
  off: fc.integer({ min: 0, max: 60 }),
  sku: lineSku,
  name: lineName,
});

interface Kind {
  type?: string | null;
  status: string | null;
  sign: 1 | -1;
  givesBack: boolean;
}

/** What a payment is, its type says, else its status, and an amount below 0; only what took place gave anything back. */
const KINDS: readonly Kind[] = [
  { status: 'Captured', sign: 1, givesBack: false },
  { status: 'authorised', sign: 1, givesBack: false },
  { status: null, type: null, sign: 1, givesBack: false },
  { status: 'Completed', type: 'Sale', sign: 1, givesBack: false },
  { status: 'Voided', type: 'Void', sign: -1, givesBack: false },
  { status: 'Pending', type: 'Refund', sign: 1, givesBack: false },
  { status: 'failed', type: 'Refund', sign: -1, givesBack: false },
  { status: 'Completed', type: 'REFUND', sign: 1, givesBack: true },
  { status: 'Paid', type: 'Credit', sign: -1, givesBack: true },
  { status: 'refunded', sign: 1, givesBack: true },
  { status: 'Paid', sign: -1, givesBack: true },
];

const payment = fc.record({
  kind: fc.constantFrom(...KINDS),
  amount: cents(9_000),
  id: fc.constantFrom<string | number>(0, '0', 12, 'tx-1'),
  method: orBlank('Card'),
});

type Payment = typeof payment extends fc.Arbitrary<infer T> ? T : never;

const parts = fc
  .record({
    id: fc.oneof(fc.integer({ min: 1, max: 1_000_000 }), fc.constantFrom('0', 'A-7', '7f2c')),
    customerId: orMissing(fc.constantFrom(15, '15', 0, '0')),
    email: buyersEmail,
    company: orBlank('Byron Engines'),
    currency: fc.constantFrom('USD', 'usd', 'EUR', null),
    status: fc.constantFrom('Pending', 'ON_HOLD', 'canceled', 'Being Packed', null),
    lines: fc.array(line, { minLength: 1, maxLength: 8 }),
    shipping: orMissing(cents(5_000)),
    handling: orMissing(cents(500)),
    /** Tax beside that of the lines, of shipping say; left out, the order states no tax of its own. */
    moreTax: orMissing(cents(400)),
    isInside: fc.boolean(),
    discount: orMissing(cents(3_000)),
    isNegative: fc.boolean(),
    hasAddress: fc.boolean(),
    /** The orders name no shipments: of several, their tracking numbers alone. */
    trackingNumbers: orMissing(fc.subarray(['1Z999', '1Z998', 'JD-7'])),
    couponCodes: orMissing(fc.subarray(['SPRING', 'B2B'])),
    payments: orMissing(fc.array(payment, { maxLength: 3 })),
  })
  .map(({ lines, ...order }) => ({
    ...order,
    lines: lines.map(({ off, ...one }) => ({
      ...one,
      discount: Math.floor((one.price * one.quantity * off) / 100),
    })),
  }));

type Parts = typeof parts extends fc.Arbitrary<infer T> ? T : never;

const money = (amount: number | null | undefined) =>
  amount === null || amount === undefined ? amount : dollars(amount);

const lineTaxOf = ({ lines }: Parts): number => sum(lines.map(({ tax }) => tax ?? 0));

function sums(order: Parts) {
  const { lines, shipping, handling, moreTax, discount, isInside } = order;
  const tax = lineTaxOf(order) + (moreTax ?? 0);
  const goods = sum(lines.map((one) => one.price * one.quantity - one.discount));
  const total = goods + (isInside ? 0 : tax) + (shipping ?? 0) + (handling ?? 0) - (discount ?? 0);
  return { tax, total };
}

const statesTax = ({ moreTax }: Parts): boolean => moreTax !== undefined && moreTax !== null;
const amountOf = ({ kind, amount }: Payment): number => dollars(kind.sign * amount);

function briefOrder(order: Parts): object {
  const { tax, total } = sums(order);
  const off = money(order.discount);
  return {
    orderId: order.id,
    orderDate: '2026-11-25T14:00:00Z',
    customerId: order.customerId,
    status: order.status,
    currency: order.currency,
    taxIncluded: order.isInside,
    totalAmount: dollars(total),
    shippingTotal: money(order.shipping),
    handlingTotal: money(order.handling),
    ...(statesTax(order) && { taxTotal: dollars(tax) }),
    discountTotal: order.isNegative && off ? -off : off,
    email: order.hasAddress ? undefined : order.email,
    billingAddress: order.hasAddress
      ? { email: order.email, company: order.company, country: 'US', phone: 'call me' }
      : null,
    shippingAddress: null,
    trackingNumbers: order.trackingNumbers,
    couponCodes: order.couponCodes,
    lineItems: order.lines.map((one) => ({
      lineId: one.id,
      sku: one.sku,
      name: one.name.written,
      quantity: one.quantity,
      unitPrice: dollars(one.price),
      tax: money(one.tax),
      discount: dollars(one.discount),
    })),
    payments: order.payments?.map((one) => ({
      paymentId: one.id,
      type: one.kind.type,
      status: one.kind.status,
      method: one.method,
      amount: amountOf(one),
    })),
  };
}

function withoutNulls<T>(value: T): T {
  return JSON.parse(
    JSON.stringify(value, (_key, one: unknown) => (one === null ? undefined : one)),
  ) as T;
}

/** ServiceStack leaves out what is null. */
function cefOrder(order: Parts): object {
  const { tax, total } = sums(order);
  const off = money(order.discount);
  return withoutNulls({
    ID: order.id,
    CreatedDate: '/Date(1764079200000)/',
    AccountID: order.customerId,
    StatusName: order.status,
    CurrencyKey: order.currency,
    TaxIncluded: order.isInside,
    Totals: {
      Total: dollars(total),
      Shipping: money(order.shipping),
      Handling: money(order.handling),
      Discounts: order.isNegative && off ? -off : off,
      ...(statesTax(order) && { Tax: dollars(tax) }),
    },
    UserEmail: order.hasAddress ? undefined : order.email,
    BillingContact: order.hasAddress
      ? {
          FullName: 'Ada Byron',
          Email1: order.email,
          Address: { Street1: '1 Main St', Company: order.company, CountryCode: 'US' },
        }
      : null,
    CouponCodes: order.couponCodes,
    SalesItems: order.lines.map((one) => ({
      ID: one.id,
      Sku: one.sku,
      Name: one.name.written,
      Quantity: one.quantity,
      UnitCorePrice: dollars(one.price),
      TaxAmount: money(one.tax),
      DiscountAmount: dollars(one.discount),
    })),
    SalesOrderPayments: order.payments?.map((one) => ({
      ID: one.id,
      TypeName: one.kind.type,
      StatusName: one.kind.status,
      PaymentMethodName: one.method,
      Amount: amountOf(one),
    })),
  });
}

function wantedOf(order: Parts): MadeOrder['wanted'] {
  const { tax, total } = sums(order);
  const { customerId, isInside, lines, payments } = order;
  return {
    currency: (order.currency ?? 'USD').toUpperCase(),
    digits: 2,
    total: dollars(total),
    tax: isInside ? 0 : dollars(tax),
    includedTax: isInside ? dollars(tax) : 0,
    customerId: Number(customerId ?? 0) === 0 ? undefined : String(customerId),
    email: addressRead(order.email),
    names: lines.map(({ name }) => name.read),
    skus: lines.map(({ sku }) => sku?.trim() || undefined),
    trackingNumbers: order.trackingNumbers ?? [],
    couponCodes: order.couponCodes ?? [],
    refunded: payments
      ? dollars(sum(payments.map((one) => (one.kind.givesBack ? one.amount : 0))))
      : undefined,
  };
}

/** An order that comes to less than nothing is none of a shop. */
const isOrder = (order: Parts): boolean => sums(order).total >= 0;

/** Of `cef`, no field is known for tracking numbers. */
const DEPLOYMENTS = [
  ['brief', BRIEF, briefOrder, {}],
  ['cef', CEF, cefOrder, { trackingNumbers: [] }],
] as const;

export const CLARITY_ORDERS: readonly OrderMaker[] = DEPLOYMENTS.map(
  ([name, { resources }, write, lacking]) => ({
    name: `Clarity (${name})`,
    platform: 'clarity',
    total: 'totalAmount',
    orders: parts.filter(isOrder).map((order) => ({
      document: orderSchema.parse(withNames(write(order), resources.orders?.fields)),
      wanted: { ...wantedOf(order), ...lacking },
      // Then it reads as an order whose lines have taxes of their own beside its tax, and that is told.
      otherwiseRead: order.isInside ? [] : [lineTaxOf(order)],
    })),
  }),
);
