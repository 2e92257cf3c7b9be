import type { TellField } from '../documents';
import { Charges } from './charges';
import type { Settled } from './draft';
import { takeOut } from './includedTax';
import type { TakenOut } from './includedTax';
import { fromMinor, minorScale, toMinor } from './minor';
import { roundMoney } from './money';
import type { OrderLine } from './order';
import { taxByLine } from './taxes';
import type { Stated } from './taxes';
import { priceLine } from './unitPrice';

/**
 * How an order is booked by systems with net prices, tax on their lines, and one freight and one discount that are never
 * below 0, such as the sales orders of Dynamics 365:
 *
 *     price × quantity − discount + tax, of all lines, + freight − discount = total
 *
 * | the shop says | is booked as |
 * |---|---|
 * | shipping, handling, fees (surcharges of its own types) above 0 | freight |
 * | any of them below 0 | discount: handling of −5.00 is a discount of 5.00 |
 * | a discount | discount; one that adds 2.00 is freight of 2.00 |
 * | tax on top | tax of the lines (`taxByLine`), of either sign |
 * | tax inside the prices | net: taken out of prices, freight and discount, and tax of the lines; gross: nothing |
 * | tax of an order without lines | freight, or discount where it is below 0 |
 *
 * All in whole minor units. Example: a line of 69.00 with 11.02 of VAT inside is 57.98 with a tax of 11.02.
 */
export function bookOrder(order: Settled, prices: unknown, tell: TellField): void {
  const { lines, totals, currency } = order;
  const scale = minorScale(currency);
  const charges = new Charges(order, scale, tell);
  const onTop = toMinor(totals.tax, scale);
  const included = prices === 'gross' ? 0 : toMinor(totals.includedTax, scale);
  if (lines.length === 0) {
    charges.count('totals.tax', 'tax without lines', onTop, false);
    order.booked = bookedOrder(charges, 0, scale);
    return;
  }
  const amounts = lines.map(({ amount }) => toMinor(amount, scale));
  const ofShipping = toMinor(roundMoney(totals.shippingTax ?? 0, currency), scale);
  const taxes = taxByLine(onTop, statedBy(lines, 'tax', scale), amounts, ofShipping);
  const inside = bookIncluded({
    tax: included,
    stated: statedBy(lines, 'includedTax', scale),
    amounts,
    charges,
  });
  lines.forEach((line, at) => {
    const amount = amounts[at] ?? 0;
    const net = amount - (inside?.taken.lines[at] ?? 0);
    const tax = (taxes[at] ?? 0) + (inside?.taxes[at] ?? 0);
    bookLine(line, { amount, net, tax, charges, scale });
  });
  order.booked = bookedOrder(charges, onTop + included, scale);
}

function statedBy(lines: readonly OrderLine[], name: 'tax' | 'includedTax', scale: number): Stated {
  return lines.map(({ [name]: tax }) => (tax === undefined ? undefined : toMinor(tax, scale)));
}

interface Included {
  tax: number;
  stated: Stated;
  amounts: readonly number[];
  charges: Charges;
}

/** Takes the tax out of freight and discount too. */
function bookIncluded({
  tax,
  stated,
  amounts,
  charges,
}: Included): { taken: TakenOut; taxes: number[] } | undefined {
  if (tax === 0) return undefined;
  const taken = takeOut(tax, stated, {
    lines: amounts,
    freight: charges.freight,
    discount: charges.discount,
  });
  charges.freight -= taken.freight;
  charges.discount -= taken.discount;
  // What nothing can hold is taken off, or added, beside the lines: the total stays.
  charges.put(-taken.left);
  return { taken, taxes: taxByLine(tax, stated, amounts) };
}

interface LineBooking {
  amount: number;
  /** Without the tax that was inside. */
  net: number;
  tax: number;
  charges: Charges;
  scale: number;
}

function bookLine(line: OrderLine, { amount, net, tax, charges, scale }: LineBooking): void {
  const { unitPrice, quantity } = line;
  const price = priceLine({ unitPrice, quantity, amount, booked: net }, scale);
  // No price makes an amount of no pieces.
  if (quantity === 0 && net > 0) charges.put(net);
  line.booked = {
    unitPrice: fromMinor(price.unitPrice, scale),
    discount: fromMinor(price.discount, scale),
    tax: fromMinor(tax, scale),
  };
}

function bookedOrder({ freight, discount }: Charges, tax: number, scale: number) {
  return {
    freight: fromMinor(freight, scale),
    discount: fromMinor(discount, scale),
    tax: fromMinor(tax, scale),
  };
}
