import Big from 'big.js';
import { digitsOf, rounded, spread, sum } from '../../kit/shop';
import type { OrderItemView, OrderRecord, OrderView, SurchargeView } from '../model';
import type { XCartStore } from '../store';
import { LINE_DISCOUNT, surcharge, type GivenSurcharge } from './surcharges';
import { lineTaxes, orderTax, type TaxBase } from './taxes';

interface Line {
  price: number;
  amount: number;
}

const lineTotals = (lines: readonly Line[], digits: number): number[] =>
  lines.map(({ price, amount }) => rounded(new Big(price).times(amount), digits));

/** price × amount of all lines. */
export const goodsTotal = (lines: readonly Line[], digits: number): number =>
  rounded(sum(lineTotals(lines, digits)), digits);

/** total = sub_total + Σ surcharges that are not already inside the prices. */
function orderTotal({ sub_total, surcharges, currency }: OrderView): number {
  const added = surcharges.filter(({ include }) => !include).map(({ value }) => value);
  return rounded(sum(added).plus(sub_total), digitsOf(currency));
}

/** Lines with their share of an amount of the whole order. */
const withShare = (lines: readonly number[], amount: number, digits: number): number[] =>
  spread(lines, amount, digits).map((part, index) =>
    rounded(new Big(part).plus(lines[index] ?? 0), digits),
  );

/** Sets the surcharge with this code, or adds it. */
function setSurcharge(
  store: XCartStore,
  { surcharges }: Pick<OrderView | OrderItemView, 'surcharges'>,
  given: GivenSurcharge,
): void {
  const known = surcharges.find(({ type, code }) => type === given.type && code === given.code);
  if (known) known.value = given.value;
  else surcharges.push(surcharge(store, surcharges.length * 10, given));
}

/** Takes a share off each line: told at the line, and once more as the order's surcharge. */
function discountLines(
  store: XCartStore,
  { view, lineDiscount }: OrderRecord,
  lines: readonly number[],
  digits: number,
): number[] {
  if (lineDiscount === 0) return [...lines];
  const off = lines.map((line) => rounded(new Big(line).times(-lineDiscount), digits));
  view.items.forEach((item, index) =>
    setSurcharge(store, item, { ...LINE_DISCOUNT, value: off[index] ?? 0 }),
  );
  setSurcharge(store, view, { ...LINE_DISCOUNT, value: rounded(sum(off), digits) });
  return lines.map((line, index) => rounded(new Big(line).plus(off[index] ?? 0), digits));
}

const valueOf = (surcharges: readonly SurchargeView[]): Big =>
  sum(surcharges.map(({ value }) => value));

/** What is taken off the order as a whole. */
const orderDiscount = ({ surcharges }: OrderView): Big =>
  valueOf(
    surcharges.filter(
      ({ type, code, include }) => type === 'discount' && code !== LINE_DISCOUNT.code && !include,
    ),
  );

const shippingCost = ({ surcharges }: OrderView): Big =>
  valueOf(surcharges.filter(({ type }) => type === 'shipping'));

function taxLines(
  store: XCartStore,
  items: readonly OrderItemView[],
  { code, name, included: include }: OrderRecord['taxes'][number],
  values: readonly number[],
): void {
  items.forEach((item, index) =>
    setSurcharge(store, item, { type: 'tax', code, name, include, value: values[index] ?? 0 }),
  );
}

/** Brings all computed amounts of an order up to date after its lines or charges have changed. */
export function recalculate(store: XCartStore, order: OrderRecord): void {
  const { view, taxes } = order;
  const digits = digitsOf(view.currency);
  const lines = lineTotals(view.items, digits);
  view.sub_total = rounded(sum(lines), digits);
  const own = discountLines(store, order, lines, digits);
  const discount = rounded(orderDiscount(view), digits);
  const shared = withShare(own, discount, digits);
  const shipping = rounded(shippingCost(view), digits);
  const base: TaxBase = { lines: shared, shipping, digits };
  for (const rule of taxes) {
    const { code, name, included: include } = rule;
    const value = orderTax(rule, taxes, base);
    setSurcharge(store, view, { type: 'tax', code, name, include, value });
    const byLine = lineTaxes(rule, taxes, base);
    if (byLine) taxLines(store, view.items, rule, byLine);
  }
  const shown = store.switches.discountOnItems && discount < 0 ? shared : own;
  view.items.forEach((item, index) => {
    item.item_net_price = item.price;
    item.discounted_subtotal = shown[index] ?? 0;
  });
  view.total = orderTotal(view);
}
