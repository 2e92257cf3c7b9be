import Big from 'big.js';
import { digitsOf, rounded, spread, sum } from '../../kit/shop';
import type { LineItem, OrderDocument } from '../model';
import type { ClarityStore } from '../store';

const goodsOf = ({ quantity, unitPrice }: LineItem): Big => new Big(quantity).times(unitPrice);

/** A tax that is inside of an amount, or comes to it. */
function taxOf(base: Big, rate: number, included: boolean, digits: number): number {
  const share = included ? base.minus(base.div(1 + rate)) : base.times(rate);
  return rounded(share, digits);
}

/** Sets taxes and discounts of an order that was drawn, after its lines have changed. */
function applyRules(store: ClarityStore, order: OrderDocument, digits: number): void {
  const rules = store.rules.get(order.orderId);
  if (rules === undefined) return;
  const goods = order.lineItems.map(goodsOf);
  const whole = goods.reduce((all, line) => all.plus(line), new Big(0));
  const discount = rounded(whole.times(rules.discount), digits);
  const parts = spread(goods, discount, digits);
  const onOrder = store.switches.discountAt === 'order';
  order.discountAmount = onOrder ? discount : 0;
  order.lineItems.forEach((line, index) => {
    const base = (goods[index] ?? new Big(0)).minus(parts[index] ?? 0);
    line.discount = onOrder ? 0 : (parts[index] ?? 0);
    line.tax = taxOf(base, rules.taxRate, order.taxIncluded, digits);
  });
}

/**
 * Brings the computed amounts of an order up to date: `totalAmount` = Σ lines (quantity × unitPrice − discount)
 * + Σ taxes that are not included + shippingAmount + handlingAmount − discountAmount.
 */
export function recalculate(store: ClarityStore, order: OrderDocument): void {
  const digits = digitsOf(order.currency);
  applyRules(store, order, digits);
  const lines = order.lineItems.map((line) => rounded(goodsOf(line).minus(line.discount), digits));
  const taxes = order.taxIncluded ? [] : order.lineItems.map(({ tax }) => tax);
  const total = sum([...lines, ...taxes, order.shippingAmount, order.handlingAmount]);
  order.totalAmount = rounded(total.minus(order.discountAmount), digits);
}
