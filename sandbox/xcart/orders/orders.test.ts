import Big from 'big.js';
import * as fc from 'fast-check';
import { createContext } from '../../kit';
import { STORE_ONLY_ITEMS } from '../../seed';
import type { OrderView } from '../model';
import { createXCart, type XCartService } from '../service';
import type { OrderWish } from './place';

const NOW = new Date('2024-05-02T10:00:00Z');
const fixed = (): Date => NOW;

const storeWith = (seed: number, now = fixed): XCartService =>
  createXCart(createContext({ seed, now }));

const placed = (seed: number, wish: OrderWish): OrderView[] => storeWith(seed).place(wish);

const sum = (values: readonly number[]): Big =>
  values.reduce((total, value) => total.plus(value), new Big(0));

function expectToAddUp(order: OrderView): void {
  const goods = sum(
    order.items.map(({ price, amount }) => new Big(price).times(amount).toNumber()),
  );
  const added = order.surcharges.filter(({ include }) => !include).map(({ value }) => value);
  expect(new Big(order.sub_total).eq(goods)).toBe(true);
  expect(new Big(order.total).eq(sum(added).plus(goods))).toBe(true);
  for (const value of [order.total, ...order.surcharges.map((each) => each.value)]) {
    expect(new Big(value).round(2).eq(value)).toBe(true);
  }
}

test('total = sub_total + surcharges that are not included, to the cent, for any seed and also after changes', () => {
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: 1, max: 9 }), fc.boolean(), (seed, lines, spread) => {
      const xcart = storeWith(seed);
      xcart.setSwitches({ discountOnItems: spread });
      for (const order of xcart.place({ count: 5, lines })) {
        expectToAddUp(order);
        const record = xcart.order(order.id);
        if (record !== undefined) expectToAddUp(xcart.change(record, { line: lines - 1 }));
      }
    }),
    { numRuns: 40 },
  );
});

test('all kinds of surcharges come up', () => {
  const orders = placed(1, { count: 200 });
  const kinds = new Set(
    orders.flatMap(({ surcharges }) => surcharges.map(({ type, include }) => `${type}:${include}`)),
  );
  expect([...kinds].sort()).toEqual([
    'discount:false',
    'handling:false',
    'shipping:false',
    'tax:false',
    'tax:true',
  ]);
  const discounts = orders.flatMap(({ surcharges }) =>
    surcharges.filter(({ type }) => type === 'discount'),
  );
  expect(discounts.every(({ value }) => value < 0)).toBe(true);
});

test('a discount spread over the lines adds up to the discount', () => {
  const xcart = storeWith(3);
  xcart.setSwitches({ discountOnItems: true });
  for (const order of xcart.place({ count: 30, lines: 3, discount: true })) {
    const discount = order.surcharges.find(({ type }) => type === 'discount')?.value ?? 0;
    const lines = sum(order.items.map((item) => item.discounted_subtotal));
    expect(lines.minus(order.sub_total).toNumber()).toBe(discount);
  }
});

test('the same seed places the same orders, another one others', () => {
  expect(placed(4, { count: 10 })).toEqual(placed(4, { count: 10 }));
  expect(placed(4, { count: 10 })).not.toEqual(placed(5, { count: 10 }));
});

test('order numbers have no gaps, ids have, and neither comes twice', () => {
  const orders = placed(1, { count: 100 });
  expect(orders.map(({ order_number }) => Number(order_number))).toEqual(
    orders.map((_order, index) => 1001 + index),
  );
  expect(new Set(orders.map(({ id }) => id)).size).toBe(100);
  expect(orders.at(-1)?.id).toBeGreaterThan((orders[0]?.id ?? 0) + 99);
});

test('the first orders hold a SKU that only the store knows', () => {
  const unknown = new Set(STORE_ONLY_ITEMS.map(({ sku }) => sku));
  const holds = placed(1, { count: 5, lines: 3, unknownSku: 2 }).map(
    ({ items }) => items.filter(({ sku }) => unknown.has(sku ?? '')).length,
  );
  expect(holds).toEqual([1, 1, 0, 0, 0]);
});

test('customers keep their profile, every order has a clone of its own, guests have none but that', () => {
  const orders = placed(1, { count: 40, customers: 3, guests: 10 });
  const customers = orders.slice(0, 30).map(({ customer_id }) => customer_id);
  expect(new Set(customers).size).toBe(3);
  expect(customers).not.toContain(null);
  expect(orders.slice(30).every(({ customer_id }) => customer_id === null)).toBe(true);
  expect(new Set(orders.map(({ order_profile_id }) => order_profile_id)).size).toBe(40);
});

function stockOf(xcart: XCartService, order: OrderView): number[] {
  return order.items.map(({ product_id, variant }) => {
    const product = xcart.store.products.get(product_id ?? 0);
    return (variant === null ? product?.view : product?.variants.get(variant))?.amount ?? -1;
  });
}

test('placing takes stock, cancelling returns it, a refund returns it unless it was shipped', () => {
  const [twin] = placed(8, { count: 1, lines: 3 });
  const xcart = storeWith(8);
  const full = stockOf(xcart, twin as OrderView);
  const [order] = xcart.place({ count: 1, lines: 3, paymentStatus: 'P' });
  const record = xcart.order(order?.id ?? 0);
  if (order === undefined || record === undefined) throw new Error('No order');
  const taken = stockOf(xcart, order);
  expect(taken).toEqual(full.map((amount, index) => amount - (order.items[index]?.amount ?? 0)));
  xcart.change(record, { paymentStatus: 'C' });
  expect(stockOf(xcart, order)).toEqual(full);
  xcart.change(record, { paymentStatus: 'P' });
  xcart.ship(record, '1Z1');
  xcart.change(record, { paymentStatus: 'R' });
  expect(stockOf(xcart, order)).toEqual(taken);
});

test('products without stock control keep their amount', () => {
  const xcart = storeWith(8);
  for (const { view } of xcart.store.products.values()) view.inventory_traceable = false;
  const before = [...xcart.store.products.values()].map(({ view }) => view.amount);
  xcart.place({ count: 50 });
  expect([...xcart.store.products.values()].map(({ view }) => view.amount)).toEqual(before);
});

test('each change moves update_date, even within one second, and never create_date', () => {
  const xcart = storeWith(1);
  const [order] = xcart.place({ count: 1 });
  const record = xcart.order(order?.id ?? 0);
  if (record === undefined) throw new Error('No order');
  const dates = [1, 2, 3].map(() => xcart.change(record, {}).update_date);
  expect(dates).toEqual([1, 2, 3].map((second) => `2024-05-02T10:00:0${second}+0000`));
  expect(record.view.create_date).toBe('2024-05-02T10:00:00+0000');
});

test('a thousand orders placed at once have a number each', () => {
  const placed = storeWith(1).place({ count: 1000, lines: 3 });
  expect(new Set(placed.map(({ order_number: number }) => number)).size).toBe(1000);
});

test('all are paid by credit card, or none is, and everything else is as it was drawn', () => {
  const amounts = ({ id, total, items, email }: OrderView): unknown[] => [id, total, items, email];
  const drawn = placed(1, { count: 50 });
  for (const [paid, code] of [
    [true, 'P'],
    [false, 'Q'],
  ] as const) {
    const orders = placed(1, { count: 50, paid });
    expect(new Set(orders.map((order) => order.payment_status?.code))).toEqual(new Set([code]));
    expect(orders.map(amounts)).toEqual(drawn.map(amounts));
  }
  const xcart = storeWith(1);
  const [order] = xcart.place({ count: 1, paid: true });
  const [payment] = xcart.order(order?.id ?? 0)?.transactions ?? [];
  expect(payment).toMatchObject({ name: 'Credit card', value: order?.total });
});
