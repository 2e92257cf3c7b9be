/** Orders of every shop, as its API sends them: into the common order and on to a sales order of Dynamics. */
import fc from 'fast-check';

import { computedBySandbox } from '../../test/support/bookedOrders';
import { type MadeOrder, ORDER_MAKERS } from '../../test/support/madeOrders';
import { inDollars, presetMapper } from '../../test/support/presetMapper';
import { type Order, orderSchema } from '../commerce/order';
import type { MappedSalesOrder } from '../dynamics/dataverse/documents';

/** What the parts of a common order come to, in whole minor units. */
function partsOf({ totals }: Order, digits: number): number {
  const { lines, shipping, handling, fees = 0, tax, discount } = totals;
  const units = [lines, shipping, handling, fees, tax, -discount].map((amount) =>
    Math.round(amount * 10 ** digits),
  );
  return units.reduce((all, one) => all + one, 0) / 10 ** digits;
}

function linesOf({ lines }: Order, digits: number): number {
  const units = lines.map(({ amount }) => Math.round(amount * 10 ** digits));
  return units.reduce((all, one) => all + one, 0) / 10 ** digits;
}

describe.each(ORDER_MAKERS)('any order of $name that adds up', ({ platform, total, orders }) => {
  const context = inDollars(platform);
  const toCommon = presetMapper(`${platform}.order`, 'commerce.order', context);
  const toDynamics = presetMapper(`${platform}.order`, 'dataverse.salesorder', context);
  const check = (expectations: (made: MadeOrder) => void, numRuns: number): void =>
    fc.assert(fc.property(orders, expectations), { numRuns });

  test('is one in the common model, with its buyer, its lines and its total to the minor unit', () => {
    check(({ document, wanted }) => {
      const order = orderSchema.strict().parse(toCommon(document));
      const { currency, customer, lines, totals } = order;
      expect({ currency, total: totals.total }).toEqual({
        currency: wanted.currency,
        total: wanted.total,
      });
      expect(partsOf(order, wanted.digits)).toBe(wanted.total);
      expect(linesOf(order, wanted.digits)).toBe(totals.lines);
      if (wanted.tax !== undefined) expect(totals.tax).toBe(wanted.tax);
      if (wanted.includedTax !== undefined) expect(totals.includedTax).toBe(wanted.includedTax);
      expect({ id: customer.id, email: customer.email }).toEqual({
        id: wanted.customerId,
        email: wanted.email,
      });
      expect(lines.map(({ name }) => name)).toEqual(wanted.names);
      expect(lines.map(({ sku }) => sku)).toEqual(wanted.skus);
      expect(new Set(lines.map(({ id }) => id)).size).toBe(lines.length);
      expect(order.trackingNumbers ?? []).toEqual(wanted.trackingNumbers);
      expect(order.couponCodes ?? []).toEqual(wanted.couponCodes ?? []);
      expect(order.shipments?.map(({ id }) => id)).toEqual(wanted.shipments);
    }, 300);
  });

  test('comes to the same total in Dynamics, with what was given back and no negative part', () => {
    check(({ document, wanted }) => {
      const { salesorder, state } = toDynamics(document) as unknown as MappedSalesOrder;
      expect(computedBySandbox(salesorder, wanted.digits).sums.totalamount).toBe(wanted.total);
      expect(state?.refunded).toBe(wanted.refunded);
      expect(salesorder.freightamount).toBeGreaterThanOrEqual(0);
      expect(salesorder.discountamount).toBeGreaterThanOrEqual(0);
      for (const { manualdiscountamount } of salesorder.order_details) {
        expect(manualdiscountamount).toBeGreaterThanOrEqual(0);
      }
    }, 300);
  });

  test('is refused with one minor unit more or less', () => {
    fc.assert(
      fc.property(orders, fc.constantFrom(1, -1), ({ document, wanted, otherwiseRead }, unit) => {
        fc.pre(otherwiseRead !== undefined && !otherwiseRead.includes(unit));
        const { digits } = wanted;
        const off = Number((wanted.total + unit / 10 ** digits).toFixed(digits));
        expect(() => toDynamics({ ...document, [total]: off })).toThrow('but the order total says');
      }),
    );
  });

  test('gives the same document again, and stays as it was', () => {
    check(({ document }) => {
      const copy = structuredClone(document);
      expect(toDynamics(document)).toEqual(toDynamics(document));
      expect(document).toEqual(copy);
    }, 50);
  });
});
