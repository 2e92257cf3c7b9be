import Big from 'big.js';
import fc from 'fast-check';
import { createContext } from '../../kit';
import { CURRENCIES, type CurrencyCode } from '../../kit/shop';
import type { OrderView, SurchargeView } from '../model';
import { createXCart, type XCartService } from '../service';
import type { OrderWish } from './place';
import type { TaxWish } from './traits';

const store = (seed = 1): XCartService =>
  createXCart(createContext({ seed, now: () => new Date('2024-05-02T10:00:00Z') }));

const placed = (wish: Partial<OrderWish>, seed = 1): OrderView =>
  store(seed).place({ count: 1, ...wish })[0] as OrderView;

const NO_CHARGES = ['shipping', 'handling', 'discount'].map((type) => ({ type, value: 0 }));

const sum = (values: readonly number[]): Big =>
  values.reduce((total, value) => total.plus(value), new Big(0));

const ofType = (surcharges: readonly SurchargeView[], wanted: string): SurchargeView[] =>
  surcharges.filter(({ type }) => type === wanted);

const values = (surcharges: readonly SurchargeView[], wanted: string): number[] =>
  ofType(surcharges, wanted).map(({ value }) => value);

const lineTotal = ({ price, amount }: OrderView['items'][number]): number =>
  new Big(price).times(amount).toNumber();

/** An order of two lines and nothing else, the amounts of the lines being those that the taxes stand on. */
const taxed = (taxes: TaxWish[], more: Partial<OrderWish> = {}): OrderView =>
  placed({ lines: 2, surcharges: NO_CHARGES, taxes, ...more });

test('an own type of surcharge, a negative fee and a discount that adds, are in the total', () => {
  const plain = placed({ lines: 1, surcharges: NO_CHARGES, taxes: [] });
  const order = placed({
    lines: 1,
    taxes: [],
    surcharges: [
      { type: 'shipping', value: 0 },
      { type: 'wrapping', code: 'GW', name: 'Gift wrapping', value: 4 },
      { type: 'handling', value: -5 },
      { type: 'discount', value: 2.5 },
      { type: 'shipping', code: 'INCLUDED', value: 9, include: true },
    ],
  });
  expect(order.total).toBe(new Big(plain.total).plus(1.5).toNumber());
  expect(ofType(order.surcharges, 'wrapping')).toMatchObject([
    { code: 'GW', name: 'Gift wrapping', value: 4, include: false, class: expect.any(String) },
  ]);
});

test('a rate for each line gives a tax at each line, and their sum once for the order', () => {
  const order = taxed([{ name: 'Mixed', rate: [0.1, 0.2] }]);
  const [first = 0, second = 0] = order.items.map(lineTotal);
  const byLine = order.items.map(({ surcharges }) => values(surcharges, 'tax')[0] ?? 0);
  expect(byLine).toEqual([
    new Big(first).times(0.1).round(2, 1).toNumber(),
    new Big(second).times(0.2).round(2, 1).toNumber(),
  ]);
  expect(values(order.surcharges, 'tax')).toEqual([sum(byLine).toNumber()]);
  expect(order.total).toBe(sum(byLine).plus(order.sub_total).toNumber());
});

test('taxes inside the prices leave the total as it is, and share what is inside', () => {
  const order = taxed([
    { name: 'PST', rate: 0.07, included: true },
    { name: 'GST', rate: 0.05, included: true },
  ]);
  expect(order.total).toBe(order.sub_total);
  const [pst = 0, gst = 0] = values(order.surcharges, 'tax');
  const net = new Big(order.sub_total).minus(pst).minus(gst);
  expect(net.times(0.12).minus(pst).minus(gst).abs().lte(0.02)).toBe(true);
});

test('shipping is taxed where it is asked for', () => {
  const shipping = { type: 'shipping', value: 10 };
  const surcharges = [...NO_CHARGES.slice(1), shipping];
  const taxOf = (on: TaxWish['on']): number =>
    values(taxed([{ rate: 0.2, on }], { surcharges }).surcharges, 'tax')[0] ?? 0;
  expect(taxOf('shipping')).toBe(2);
  expect(taxOf('all')).toBe(new Big(taxOf('goods')).plus(2).toNumber());
});

test('a discount of the lines is told at each and once for the order', () => {
  const order = taxed([], { lineDiscount: 0.1 });
  const off = order.items.map(({ surcharges }) => values(surcharges, 'discount')[0] ?? 0);
  expect(off.every((value) => value < 0)).toBe(true);
  expect(order.total).toBe(sum(off).plus(order.sub_total).toNumber());
  order.items.forEach((item, index) => {
    const expected = new Big(lineTotal(item)).plus(off[index] ?? 0).toNumber();
    expect(item.discounted_subtotal).toBe(expected);
  });
});

test('a change of the quantity counts line taxes and line discounts anew, a change of taxes drops the old', () => {
  const xcart = store();
  const wish = { count: 1, lines: 2, surcharges: NO_CHARGES, lineDiscount: 0.1 };
  const [order] = xcart.place({ ...wish, taxes: [{ rate: [0.1, 0.2] }] });
  const record = xcart.order(order?.id ?? 0);
  if (!order || !record) throw new Error('No order');
  const ids = order.items.map(({ surcharges }) => surcharges.map(({ id }) => id));
  xcart.change(record, { line: 0, quantity: 50 });
  expect(order.items.map(({ surcharges }) => surcharges.map(({ id }) => id))).toEqual(ids);
  const [first] = order.items;
  expect(values(first?.surcharges ?? [], 'discount')).toEqual([
    new Big(lineTotal(first as OrderView['items'][number])).times(-0.1).round(2, 1).toNumber(),
  ]);
  xcart.change(record, { taxes: [{ rate: 0.05 }], lineDiscount: 0 });
  expect(order.items.every(({ surcharges }) => values(surcharges, 'tax').length === 0)).toBe(true);
  expect(values(order.surcharges, 'tax')).toHaveLength(1);
  expect(first?.discounted_subtotal).toBe(lineTotal(first as OrderView['items'][number]));
});

test('guests under one address have no profile, customers under one have one', () => {
  const email = 'kim@example.com';
  const guests = store().place({ count: 3, guest: true, email });
  expect(guests.map((order) => [order.customer_id, order.email])).toEqual(
    guests.map(() => [null, email]),
  );
  const known = store().place({ count: 3, email });
  expect(new Set(known.map((order) => order.customer_id)).size).toBe(1);
  expect(placed({ guest: true, customerId: 0 }).customer_id).toBe(0);
});

test('a line whose product is deleted keeps its name and its price', () => {
  const whole = placed({ lines: 3 });
  const order = placed({ lines: 3, deletedProducts: 2 });
  expect(order.items.map(({ sku }) => sku)).toEqual([whole.items[0]?.sku, null, null]);
  expect(order.items.map(({ name, price }) => [name, price])).toEqual(
    whole.items.map(({ name, price }) => [name, price]),
  );
  expect(order.total).toBe(whole.total);
});

const rate = fc.constantFrom(0, 0.05, 0.0825, 0.1, 0.19, 0.2, 0.25);

const tax = fc.record({
  rate: fc.oneof(rate, fc.array(rate, { minLength: 1, maxLength: 3 })),
  included: fc.boolean(),
  on: fc.constantFrom('goods', 'shipping', 'all'),
  perLine: fc.boolean(),
}) satisfies fc.Arbitrary<TaxWish>;

const fee = fc.record({
  type: fc.constantFrom('wrapping', 'payment', 'handling', 'discount', 'shipping'),
  value: fc.integer({ min: -2000, max: 2000 }).map((value) => value / 100),
});

const wishes = fc.record(
  {
    taxes: fc.array(tax, { maxLength: 3 }),
    surcharges: fc.array(fee, { maxLength: 4 }),
    lineDiscount: fc.constantFrom(0, 0.03, 0.1, 0.333),
    discount: fc.boolean(),
    currency: fc.constantFrom<CurrencyCode>('USD', 'EUR', 'GBP', 'JPY', 'KWD'),
    lines: fc.integer({ min: 1, max: 6 }),
  },
  { requiredKeys: ['currency'] },
);

test('whatever is wished for, the order adds up in the digits of its currency, and so do its lines', () => {
  fc.assert(
    fc.property(fc.nat(), wishes, (seed, wish) => {
      const { items, surcharges, sub_total: subTotal, total, currency } = placed(wish, seed);
      const { digits } = CURRENCIES[currency as CurrencyCode];
      const added = surcharges.filter(({ include }) => !include).map(({ value }) => value);
      expect(sum(items.map(lineTotal)).eq(subTotal)).toBe(true);
      expect(sum(added).plus(subTotal).eq(total)).toBe(true);
      const amounts = [...surcharges, ...items.flatMap((item) => item.surcharges)];
      for (const value of [total, subTotal, ...amounts.map((each) => each.value)]) {
        expect(new Big(value).round(digits).eq(value)).toBe(true);
      }
      for (const { type, code, value } of surcharges) {
        const parts = items.flatMap((item) =>
          item.surcharges.filter((each) => each.type === type && each.code === code),
        );
        const onShipping = (wish.taxes ?? []).some(({ on }) => on !== 'goods');
        if (parts.length === 0 || (type === 'tax' && onShipping)) continue;
        expect(sum(parts.map((part) => part.value)).eq(value)).toBe(true);
      }
    }),
  );
});
