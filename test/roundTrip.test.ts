/** Orders of one shop as new ones of another, and refunds: money to the minor unit, in yen, dollars and dinars. */
import fc from 'fast-check';

import type { Order } from '../core/commerce/order';
import { inDollars, presetMapper } from './support/presetMapper';
import { type BuiltOrder, decimal, DIGITS, shopOrder } from './support/shopOrders';

type Row = Record<string, unknown>;

const asNumber = (value: unknown): number => Number(value ?? 0);

/** What 3dcart makes of an order that it is sent, by its own formula. */
function threeDCartAmount(order: Row, digits: number): number {
  const lines = (order.OrderItemList as Row[]).reduce(
    (all, { ItemUnitPrice, ItemOptionPrice, ItemQuantity }) =>
      all + (asNumber(ItemUnitPrice) + asNumber(ItemOptionPrice)) * asNumber(ItemQuantity),
    0,
  );
  const freight = (order.ShipmentList as Row[]).reduce(
    (all, { ShipmentCost }) => all + asNumber(ShipmentCost),
    0,
  );
  const total = lines + freight + asNumber(order.SalesTax) - asNumber(order.OrderDiscount);
  return Number(total.toFixed(digits));
}

/** Neither shop rounds a line: a price with all the decimals of its currency times 1.5 pieces has more. */
const hasWholeQuantities = ({ order }: BuiltOrder): boolean =>
  (order as { items: Row[] }).items.every(({ amount }) => Number.isInteger(amount));

const built = shopOrder.filter(hasWholeQuantities);

describe('an order of X-Cart', () => {
  const toCommon = presetMapper('xcart.order', 'commerce.order', inDollars('xcart'));
  const toThreeDCart = presetMapper('commerce.order', 'threedcart.order', inDollars('xcart'));
  const toClarity = presetMapper('commerce.order', 'clarity.order', inDollars('xcart'));
  const fromClarity = presetMapper('clarity.order', 'commerce.order', inDollars('clarity'));
  const pieces = ({ order }: BuiltOrder) =>
    (order as { items: Row[] }).items.map(({ sku, amount }) => [sku, amount]);

  test('comes to the same total as a new one of 3dcart', () => {
    fc.assert(
      fc.property(built, (one) => {
        const made = toThreeDCart(toCommon(one.order));
        expect(threeDCartAmount(made, DIGITS[one.currency])).toBe(one.total);
        const items = made.OrderItemList as Row[];
        expect(items.map(({ ItemID, ItemQuantity }) => [ItemID, ItemQuantity])).toEqual(
          pieces(one),
        );
      }),
      { numRuns: 300 },
    );
  });

  test('comes back from a new one of Clarity with its total, its taxes and its lines', () => {
    fc.assert(
      fc.property(built, (one) => {
        const made = toClarity(toCommon(one.order));
        const back = fromClarity({ ...made, orderId: '7' }) as unknown as Order;
        expect(back.currency).toBe(one.currency);
        expect(back.totals.total).toBe(one.total);
        if (one.onTop !== undefined) {
          const tax = decimal(one.onTop + one.included, DIGITS[one.currency]);
          expect(back.totals.tax).toBe(tax);
        }
        expect(back.lines.map(({ sku, quantity }) => [sku, quantity])).toEqual(pieces(one));
      }),
      { numRuns: 300 },
    );
  });
});

describe('a refund', () => {
  const amounts = { USD: 12.345, JPY: 12.5, KWD: 1.2345 };
  test.each(['xcart', 'threedcart', 'clarity'])('is recorded in %s to the minor unit', (shop) => {
    const record = presetMapper('commerce.refund', `${shop}.recordRefund`, inDollars(shop));
    const recorded = Object.entries(amounts).map(
      ([currency, amount]) => record({ id: 'CM-1', orderId: '7', amount, currency }).amount,
    );
    expect(recorded).toEqual([12.34, 12, 1.234]);
  });
});
