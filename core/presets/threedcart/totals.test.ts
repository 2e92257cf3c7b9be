import fc from 'fast-check';

import { orderSchema } from '../../commerce/order';
import type { MappedSalesOrder } from '../../dynamics/dataverse/documents';
import { salesOrderTotal } from '../../dynamics/dataverse/sales/total';
import { WIRE } from '../../stores/threedcart/wire';
import { inDollars, presetMapper } from '../../../test/support/presetMapper';

const CONTEXT = inDollars('threedcart');
const toCommon = presetMapper('threedcart.order', 'commerce.order', CONTEXT);
const toDynamics = presetMapper('threedcart.order', 'dataverse.salesorder', CONTEXT);

/** Amounts are made in cents, so that nothing here calculates with decimals. */
const cents = (max: number) => fc.integer({ min: 0, max });
const dollars = (amount: number): number => Number((amount / 100).toFixed(2));

/** What a store may write for an empty text. */
const empty = fc.constantFrom('', null, undefined);
const orEmpty = (text: string) => fc.oneof(fc.constant(text), empty);
const description = fc.constantFrom(
  'Mug',
  'T-shirt<br><b>Size:</b>&nbsp;M',
  '<p>5 &lt; 6 &amp; more</p>',
  '<br>',
  '',
  null,
);

const item = fc.record({
  ItemIndexID: fc.oneof(fc.nat(9), fc.constantFrom(null, undefined, 77, '78')),
  CatalogID: fc.nat(20),
  ItemID: orEmpty('TS-M'),
  ItemQuantity: fc.integer({ min: 1, max: 20 }),
  ItemDescription: description,
  unit: cents(50_000),
  // Some stores write what they give back as a line, and options that make it cheaper.
  option: fc.oneof(fc.constant(0), fc.integer({ min: -500, max: 2_000 }), fc.constant(null)),
});

const shipment = fc.record({
  ShipmentCity: orEmpty('Austin'),
  ShipmentCountry: fc.constantFrom('US', 'us', '', null, 'Nowhere'),
  ShipmentPhone: fc.constantFrom('512-555-0100', 'call me', ''),
  ShipmentTrackingCode: fc.constantFrom('', '1Z999  ', null),
  ShipmentShippedDate: fc.constantFrom('', '9/16/2026', 'soon', null),
  cost: cents(5_000),
});

const shopOrder = fc
  .record({
    CustomerID: fc.constantFrom(0, 0, 15, null),
    InvoiceNumberPrefix: fc.constantFrom('AB-', '', null),
    BillingEmail: fc.constantFrom('ada@example.com', 'ADA@example.com ', '', null),
    BillingCompany: orEmpty('Byron Engines'),
    items: fc.array(item, { minLength: 1, maxLength: 8 }),
    shipments: fc.array(shipment, { minLength: 1, maxLength: 3 }),
    taxes: fc.tuple(cents(9_000), fc.option(cents(900)), fc.option(cents(90))),
    refunds: fc.array(cents(1_000), { maxLength: 3 }),
    discount: cents(3_000),
    isOld: fc.boolean(),
  })
  .map(({ items, shipments, taxes, refunds, discount, isOld, ...order }) => {
    const sum = (amounts: number[]): number => amounts.reduce((one, other) => one + other, 0);
    const lines = sum(
      items.map(({ unit, option, ItemQuantity }) => (unit + (option ?? 0)) * ItemQuantity),
    );
    const extra = sum(shipments.map(({ cost }) => cost)) + sum(taxes.map((tax) => tax ?? 0));
    const document = {
      ...order,
      OrderID: 23765,
      InvoiceNumber: 1042,
      OrderStatusID: 1,
      OrderItemList: items.map(({ unit, option, ...rest }) => ({
        ...rest,
        ItemShipmentID: 0,
        ItemUnitPrice: dollars(unit),
        ItemOptionPrice: option === null ? null : dollars(option),
      })),
      ShipmentList: shipments.map(({ cost, ...rest }, ShipmentID) => ({
        ...rest,
        ShipmentID,
        ShipmentCost: dollars(cost),
      })),
      TransactionList: refunds.map((amount, index) => ({
        TransactionIndexID: index,
        TransactionType: index % 2 === 0 ? 'Refund' : 'Sale',
        TransactionAmount: -dollars(amount),
      })),
      SalesTax: dollars(taxes[0]),
      SalesTax2: taxes[1] === null ? null : dollars(taxes[1]),
      ...(taxes[2] !== null && { SalesTax3: dollars(taxes[2]) }),
      OrderDiscount: dollars(discount),
      OrderAmount: dollars(lines + extra - discount),
      ...(isOld
        ? {}
        : {
            AlternateOrderID: '',
            PromotionList: [{ Coupon: 'SPRING', DiscountAmount: dollars(discount) }],
          }),
    };
    return { document: WIRE.order.parse(document), refunded: sum(refunds) };
  });

test('any order that adds up comes to its total, to the cent, in the common model and in Dynamics', () => {
  fc.assert(
    fc.property(shopOrder, ({ document, refunded }) => {
      const order = orderSchema.parse(toCommon(document));
      expect(order.totals.total).toBe(document.OrderAmount);
      expect(order.lines).toHaveLength(document.OrderItemList?.length ?? 0);
      expect(new Set(order.lines.map(({ id }) => id)).size).toBe(order.lines.length);
      expect(order.customer.id).toBe(document.CustomerID ? '15' : undefined);
      expect(JSON.stringify(order.lines)).not.toMatch(/<\w|&nbsp;/);
      const mapped = toDynamics(document) as unknown as MappedSalesOrder & {
        state: { refunded: number };
      };
      expect(salesOrderTotal(mapped.salesorder)).toBe(document.OrderAmount);
      expect(mapped.state.refunded).toBe(dollars(refunded));
    }),
    { numRuns: 300 },
  );
});

test('one cent more or less is refused', () => {
  fc.assert(
    fc.property(shopOrder, fc.constantFrom(0.01, -0.01), ({ document }, cent) => {
      const OrderAmount = (document.OrderAmount ?? 0) + cent;
      expect(() => toDynamics({ ...document, OrderAmount })).toThrow('but the order total says');
    }),
  );
});
