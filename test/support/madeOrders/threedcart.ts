import fc from 'fast-check';

import { WIRE } from '../../../core/stores/threedcart/wire';
import {
  addressRead,
  blank,
  buyersEmail,
  cents,
  dollars,
  lineName,
  lineSku,
  type MadeOrder,
  type Movement,
  orBlank,
  type OrderMaker,
  refundedOf,
  sum,
} from './made';

const item = fc.record({
  ItemIndexID: fc.oneof(fc.nat(9), fc.constantFrom(null, undefined, 77, '78')),
  CatalogID: fc.nat(20),
  ItemID: lineSku,
  /** Which of the shipments it goes with; the first is number 0. */
  shipment: fc.nat(2),
  ItemQuantity: fc.integer({ min: 1, max: 20 }),
  name: lineName,
  ItemOptions: orBlank(',11'),
  unit: cents(50_000),
  // Some stores write what they give back as a line, and options that make it cheaper.
  option: fc.oneof(fc.constant(0), fc.integer({ min: -500, max: 2_000 }), fc.constant(null)),
});

const shipment = fc.record({
  ShipmentCity: orBlank('Austin'),
  ShipmentCountry: fc.constantFrom('US', 'us', '', null, 'Nowhere'),
  ShipmentPhone: fc.constantFrom('512-555-0100', 'call me', ''),
  ShipmentTrackingCode: fc.constantFrom('', '1Z999  ', '1Z998, JD-7', null),
  ShipmentShippedDate: fc.constantFrom('', '9/16/2026', 'soon', null),
  cost: cents(5_000),
});

/** What gives back is below 0, or says so. What only reserved money, or took that back, moved none. */
const KINDS: ReadonlyArray<readonly [type: string | null, sign: 1 | -1, givesBack: boolean]> = [
  ['Sale', 1, false],
  ['Auth', 1, false],
  ['Void', -1, false],
  ['Sale', -1, true],
  ['Refund', -1, true],
  ['REFUND', 1, true],
  [null, -1, true],
];

const transaction = fc
  .record({ kind: fc.constantFrom(...KINDS), amount: cents(1_000), id: fc.nat(3) })
  .map(({ kind: [TransactionType, sign, givesBack], amount, id }): Movement<object> => {
    const TransactionAmount = dollars(sign * amount);
    return {
      written: { TransactionIndexID: id, TransactionType, TransactionAmount },
      refunded: givesBack ? amount : 0,
    };
  });

const parts = fc.record({
  CustomerID: fc.constantFrom(0, 0, 15, null),
  InvoiceNumberPrefix: orBlank('AB-'),
  BillingEmail: buyersEmail,
  BillingCompany: orBlank('Byron Engines'),
  BillingCity: blank,
  items: fc.array(item, { minLength: 1, maxLength: 8 }),
  shipments: fc.array(shipment, { minLength: 1, maxLength: 3 }),
  taxes: fc.tuple(cents(9_000), fc.option(cents(900)), fc.option(cents(90))),
  transactions: fc.option(fc.array(transaction, { maxLength: 3 }), { nil: undefined }),
  discount: cents(3_000),
  /** Stores of 2015 lack fields that newer ones have. */
  isOld: fc.boolean(),
});

type Parts = typeof parts extends fc.Arbitrary<infer T> ? T : never;

/** Of all orders that were recorded: the options' price is on top, and so are costs and taxes (protocol reference, 2.4). */
function totalOf({ items, shipments, taxes, discount }: Parts): number {
  const lines = items.map(
    ({ unit, option, ItemQuantity }) => (unit + (option ?? 0)) * ItemQuantity,
  );
  const costs = shipments.map(({ cost }) => cost);
  return sum([...lines, ...costs, ...taxes.map((tax) => tax ?? 0)]) - discount;
}

function written(made: Parts): object {
  const { items, shipments, taxes, transactions, discount, isOld, ...order } = made;
  return {
    ...order,
    OrderID: 23765,
    InvoiceNumber: 1042,
    OrderStatusID: 1,
    OrderItemList: items.map(({ unit, option, name, shipment: at, ...rest }) => ({
      ...rest,
      ItemDescription: name.written,
      ItemShipmentID: at % shipments.length,
      ItemUnitPrice: dollars(unit),
      ItemOptionPrice: option === null ? null : dollars(option),
    })),
    ShipmentList: shipments.map(({ cost, ...rest }, ShipmentID) => ({
      ...rest,
      ShipmentID,
      ShipmentCost: dollars(cost),
    })),
    ...(transactions && { TransactionList: transactions.map((one) => one.written) }),
    SalesTax: dollars(taxes[0]),
    SalesTax2: taxes[1] === null ? null : dollars(taxes[1]),
    ...(taxes[2] !== null && { SalesTax3: dollars(taxes[2]) }),
    OrderDiscount: dollars(discount),
    OrderAmount: dollars(totalOf(made)),
    ...(!isOld && {
      AlternateOrderID: '',
      PromotionList: [{ Coupon: 'SPRING', DiscountAmount: dollars(discount) }],
    }),
  };
}

function made(order: Parts): MadeOrder {
  const { items, shipments, transactions, taxes } = order;
  return {
    document: WIRE.order.parse(written(order)),
    wanted: {
      currency: 'USD',
      digits: 2,
      total: dollars(totalOf(order)),
      tax: dollars(sum(taxes.map((tax) => tax ?? 0))),
      includedTax: 0,
      customerId: order.CustomerID ? '15' : undefined,
      email: addressRead(order.BillingEmail),
      names: items.map(({ name }) => name.read),
      skus: items.map(({ ItemID }) => ItemID?.trim() || undefined),
      trackingNumbers: shipments.flatMap(({ ShipmentTrackingCode: code }) =>
        code ? code.trim().split(', ') : [],
      ),
      couponCodes: order.isOld ? [] : ['SPRING'],
      shipments: shipments.map((_, at) => String(at)),
      refunded: transactions && dollars(refundedOf(transactions)),
    },
    otherwiseRead: [],
  };
}

export const THREEDCART_ORDERS: OrderMaker = {
  name: '3dcart',
  platform: 'threedcart',
  total: 'OrderAmount',
  orders: parts.map(made),
};
