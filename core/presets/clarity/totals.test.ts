/** Orders as deployments send them, through the names of their profile, to a sales order. */
import fc from 'fast-check';

import { orderSchema } from '../../commerce/order';
import type { MappedSalesOrder } from '../../dynamics/dataverse/documents';
import { salesOrderTotal } from '../../dynamics/dataverse/sales/total';
import { BRIEF } from '../../stores/clarity/profile/brief';
import { CEF } from '../../stores/clarity/profile/cef';
import { withNames } from '../../stores/clarity/profile/paths';
import { orderSchema as wireSchema } from '../../stores/clarity/wire';
import { inDollars, presetMapper } from '../../../test/support/presetMapper';

const CONTEXT = inDollars('clarity');
const toCommon = presetMapper('clarity.order', 'commerce.order', CONTEXT);
const toDynamics = presetMapper('clarity.order', 'dataverse.salesorder', CONTEXT);

/** Amounts are made in cents, so that nothing here calculates with decimals. */
const cents = (max: number) => fc.integer({ min: 0, max });
const dollars = (amount: number): number => Number((amount / 100).toFixed(2));
const missing = fc.constantFrom(undefined, null);
const orMissing = <T>(value: fc.Arbitrary<T>) => fc.oneof({ weight: 3, arbitrary: value }, missing);

const line = fc.record({
  price: cents(50_000),
  quantity: fc.integer({ min: 1, max: 20 }),
  tax: orMissing(cents(900)),
  /** Of what the line comes to, in percent. */
  off: fc.integer({ min: 0, max: 60 }),
  sku: fc.constantFrom('TS-M', ' MUG ', null, undefined),
});

const parts = fc
  .record({
    id: fc.oneof(fc.integer({ min: 1, max: 1_000_000 }), fc.constantFrom('0', 'A-7', '7f2c')),
    customerId: orMissing(fc.constantFrom(15, '15', 0)),
    email: fc.constantFrom('ada@example.com', 'ADA@example.com ', '', null),
    company: fc.constantFrom('Byron Engines', '', null),
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
  })
  .map(({ lines, ...order }) => ({
    ...order,
    lines: lines.map(({ off, ...one }) => ({
      ...one,
      discount: Math.floor((one.price * one.quantity * off) / 100),
    })),
  }));

type Parts = typeof parts extends fc.Arbitrary<infer T> ? T : never;

const sum = (amounts: number[]): number => amounts.reduce((one, other) => one + other, 0);
const money = (amount: number | null | undefined) =>
  amount === null || amount === undefined ? amount : dollars(amount);

function sums({ lines, shipping, handling, moreTax, discount, isInside }: Parts) {
  const lineTax = sum(lines.map(({ tax }) => tax ?? 0));
  const tax = lineTax + (moreTax ?? 0);
  const goods = sum(lines.map((one) => one.price * one.quantity - one.discount));
  const total = goods + (isInside ? 0 : tax) + (shipping ?? 0) + (handling ?? 0) - (discount ?? 0);
  return { tax, total };
}

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
    ...(order.moreTax !== undefined && order.moreTax !== null && { taxTotal: dollars(tax) }),
    discountTotal: order.isNegative && off ? -off : off,
    billingAddress: { email: order.email, company: order.company, country: 'US', phone: 'call me' },
    lineItems: order.lines.map((one, index) => ({
      lineId: index,
      sku: one.sku,
      quantity: one.quantity,
      unitPrice: dollars(one.price),
      tax: money(one.tax),
      discount: dollars(one.discount),
    })),
    paymentInfo: { method: 'Card', amount: dollars(total), status: 'Captured' },
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
      ...(order.moreTax !== undefined && order.moreTax !== null && { Tax: dollars(tax) }),
    },
    BillingContact: {
      FullName: 'Ada Byron',
      Email1: order.email,
      Address: { Street1: '1 Main St', Company: order.company, CountryCode: 'US' },
    },
    SalesItems: order.lines.map((one, index) => ({
      ID: index,
      Sku: one.sku,
      Quantity: one.quantity,
      UnitCorePrice: dollars(one.price),
      TaxAmount: money(one.tax),
      DiscountAmount: dollars(one.discount),
    })),
  });
}

const DEPLOYMENTS = [
  ['brief', BRIEF, briefOrder],
  ['cef', CEF, cefOrder],
] as const;

describe.each(DEPLOYMENTS)('an order of the profile %s', (_name, { resources }, orderOf) => {
  const read = (order: Parts) =>
    wireSchema.parse(withNames(orderOf(order), resources.orders?.fields));

  /** An order that comes to less than nothing is none of a shop. */
  const shopOrder = parts.filter((order) => sums(order).total >= 0);

  test('comes to its total, to the cent, in the common model and in Dynamics', () => {
    fc.assert(
      fc.property(shopOrder, (made) => {
        const document = read(made);
        const order = orderSchema.strict().parse(toCommon(document));
        expect(order.totals.total).toBe(dollars(sums(made).total));
        const { tax, includedTax } = order.totals;
        expect(made.isInside ? includedTax : tax).toBe(dollars(sums(made).tax));
        expect(made.isInside ? tax : includedTax).toBe(0);
        expect(order.lines).toHaveLength(made.lines.length);
        expect(order.currency).toBe((made.currency ?? 'USD').toUpperCase());
        expect(order.source.id).toBe(String(made.id));
        const { salesorder } = toDynamics(document) as unknown as MappedSalesOrder;
        expect(salesOrderTotal(salesorder)).toBe(dollars(sums(made).total));
      }),
      { numRuns: 300 },
    );
  });

  test('is refused with one cent more or less', () => {
    fc.assert(
      fc.property(shopOrder, fc.constantFrom(0.01, -0.01), (made, cent) => {
        const document = read(made);
        const totalAmount = (document.totalAmount ?? 0) + cent;
        const ofLines = sum(made.lines.map(({ tax }) => tax ?? 0));
        // Then the order reads as one whose lines have taxes of their own beside its tax, and that is told.
        fc.pre(made.isInside || ofLines !== Math.round(cent * 100));
        expect(() => toDynamics({ ...document, totalAmount })).toThrow('but the order total says');
      }),
    );
  });
});

test.each([
  ['Pending', 'Pending', 'open', 'unfulfilled'],
  ['processing', 'Processing', 'open', 'processing'],
  ['SHIPPED', 'Shipped', 'completed', 'shipped'],
  ['Completed', 'Completed', 'completed', undefined],
  ['canceled', 'Cancelled', 'cancelled', undefined],
  ['On Hold', 'On Hold', 'onHold', 'onHold'],
  ['on-hold', 'On Hold', 'onHold', 'onHold'],
  ['OnHold', 'On Hold', 'onHold', 'onHold'],
  ['Partially Shipped', 'Partially Shipped', 'open', 'partiallyShipped'],
  ['Being Packed', 'Being Packed', 'unknown', undefined],
])('the status %s is that of the tables, %s: %s', (status, code, order, shipping) => {
  const document = wireSchema.parse({
    orderId: 1,
    currency: 'USD',
    totalAmount: 0,
    lineItems: [],
    status,
  });
  expect(orderSchema.parse(toCommon(document))).toMatchObject({
    status: order,
    statusCode: code,
    statusName: status,
  });
  expect(toCommon(document)['shippingStatus']).toBe(shipping);
});

test.each([
  [{ status: 'Captured' }, 'paid', 'sale', 'succeeded'],
  [{ status: 'authorised' }, 'authorized', 'authorization', 'succeeded'],
  [{ status: 'Failed' }, 'declined', 'sale', 'failed'],
  [{ status: 'refunded' }, 'refunded', 'refund', 'succeeded'],
  [{ status: 'partiallyRefunded' }, 'partiallyRefunded', 'sale', 'succeeded'],
  [{ status: 'Mystery' }, 'unknown', 'sale', 'unknown'],
])('a payment with %j is %s', (paymentInfo, status, type, outcome) => {
  const wire = { orderId: 1, totalAmount: 5, lineItems: [{ quantity: 1, unitPrice: 5 }] };
  const document = wireSchema.parse(
    withNames(
      { ...wire, paymentInfo: { ...paymentInfo, amount: 5 } },
      BRIEF.resources.orders?.fields,
    ),
  );
  expect(orderSchema.parse(toCommon(document))).toMatchObject({
    paymentStatus: status,
    payments: [{ type, status: outcome, amount: 5, currency: 'USD', orderId: '1' }],
  });
});
