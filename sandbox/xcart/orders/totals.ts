import Big from 'big.js';
import { cents, sum, taxOn } from '../../kit/shop';
import type { OrderView, SurchargeView } from '../model';

/** price × amount of one line. */
export const lineTotal = (line: { price: number; amount: number }): number =>
  cents(new Big(line.price).times(line.amount));

export const goodsTotal = (lines: readonly { price: number; amount: number }[]): number =>
  cents(sum(lines.map(lineTotal)));

/** total = sub_total + Σ surcharges that are not already inside the prices. */
export function orderTotal(subTotal: number, surcharges: readonly SurchargeView[]): number {
  const added = surcharges.filter(({ include }) => !include).map(({ value }) => value);
  return cents(sum(added).plus(subTotal));
}

/** Tax on the goods less discounts; for a tax inside the prices, the part that it is of them. */
export function taxValue(
  subTotal: number,
  surcharges: readonly SurchargeView[],
  rate: number,
  include: boolean,
): number {
  const discounts = surcharges.filter(({ type }) => type === 'discount').map(({ value }) => value);
  return taxOn(sum(discounts).plus(subTotal), rate, include);
}

/**
 * Spreads a negative discount over the lines by their share. The last line takes the rounding, so that the
 * parts add up to the cent.
 */
function spread(lines: readonly number[], discount: number): number[] {
  const whole = sum(lines);
  let left = new Big(discount);
  return lines.map((line, index) => {
    const last = index === lines.length - 1;
    const part = last ? left : new Big(cents(new Big(discount).times(line).div(whole)));
    left = left.minus(part);
    return cents(part.plus(line));
  });
}

/** Brings all computed amounts of an order up to date after its lines have changed. */
export function recalculate(order: OrderView, taxRate: number, discountOnItems: boolean): void {
  order.sub_total = goodsTotal(order.items);
  for (const surcharge of order.surcharges) {
    if (surcharge.type !== 'tax') continue;
    surcharge.value = taxValue(order.sub_total, order.surcharges, taxRate, surcharge.include);
  }
  const lines = order.items.map(lineTotal);
  const discounts = order.surcharges.filter(({ type }) => type === 'discount');
  const discount = cents(sum(discounts.map(({ value }) => value)));
  const discounted = discountOnItems && discount < 0 ? spread(lines, discount) : lines;
  order.items.forEach((item, index) => {
    item.item_net_price = item.price;
    item.discounted_subtotal = discounted[index] ?? 0;
  });
  order.total = orderTotal(order.sub_total, order.surcharges);
}
