import fc from 'fast-check';

import type { MappedSalesOrder } from '../../core/dynamics/dataverse/documents';
import { compileMapping } from '../../core/mapping/compile';
import { DOCUMENTS, findPreset } from '../../core/presets';
import { documentTotals, lineAmounts } from '../../sandbox/dataverse/sales/totals';
import type { BuiltOrder } from './shopOrders';
import { DIGITS, decimal, shopOrder } from './shopOrders';

const preset = findPreset('xcart.order', 'dataverse.salesorder');
const mapping = preset && compileMapping(preset, { documents: DOCUMENTS });

type SalesOrder = MappedSalesOrder['salesorder'];

export type Prices = 'net' | 'gross';

function booked(order: object, prices: Prices): SalesOrder {
  const result = mapping?.map(order, {
    source: { platform: 'xcart', store: 'main' },
    settings: { prices },
  });
  if (!result?.ok) throw result?.error ?? new Error('There is no preset');
  return (result.document as unknown as MappedSalesOrder).salesorder;
}

function hasDigits(value: unknown, digits: number): boolean {
  return typeof value === 'number' && Number(value.toFixed(digits)) === value;
}

/** What the sandbox's Dynamics, which shares no code with the pack, makes of a sales order. */
export function computedBySandbox(order: SalesOrder, digits: number) {
  const { order_details: details, freightamount, discountamount } = order;
  const lines = details.map(({ quantity, priceperunit, manualdiscountamount, tax }) => {
    const line = { quantity, priceperunit, manualdiscountamount, tax } as Record<string, number>;
    return { tax: Number(tax), ...line, ...lineAmounts(line, digits) };
  });
  const document = { freightamount, discountamount } as Record<string, number>;
  return { lines, sums: documentTotals(document, lines, digits) };
}

/** The same of an order of the shop. */
export function expectBooked(
  { order, total, currency, ...built }: BuiltOrder,
  prices: Prices,
): void {
  const digits = DIGITS[currency];
  const made = booked(order, prices);
  const { order_details: details, freightamount, discountamount } = made;
  const { lines, sums } = computedBySandbox(made, digits);
  expect(sums.totalamount).toBe(total);
  const included = prices === 'net' ? built.included : 0n;
  if (built.onTop !== undefined)
    expect(sums.totaltax).toBe(decimal(built.onTop + included, digits));
  if (built.stated && prices === 'net') {
    expect(lines.map(({ tax }) => tax)).toEqual(built.stated.map((tax) => decimal(tax, digits)));
  }
  for (const { priceperunit, manualdiscountamount, tax } of details) {
    expect(manualdiscountamount).toBeGreaterThanOrEqual(0);
    expect([priceperunit, manualdiscountamount, tax].every((one) => hasDigits(one, digits))).toBe(
      true,
    );
  }
  expect(freightamount).toBeGreaterThanOrEqual(0);
  expect(discountamount).toBeGreaterThanOrEqual(0);
}

export function checkOrders(prices: Prices, parameters: fc.Parameters<[BuiltOrder]>): void {
  fc.assert(
    fc.property(shopOrder, (built) => expectBooked(built, prices)),
    parameters,
  );
}
