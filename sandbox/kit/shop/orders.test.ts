import { SELLABLE_ITEMS, STORE_ONLY_ITEMS } from '../../seed';
import { seededRandom } from '../random';
import { drawOrders, type DrawnOrder, type ShopWish } from './orders';

/** What a store sells, each with a number of its own as only this store has it. */
const OFFERS = [...SELLABLE_ITEMS, ...STORE_ONLY_ITEMS].map(({ sku }, index) => ({
  sku,
  catalogId: index + 1,
}));

type Order = DrawnOrder<(typeof OFFERS)[number]>;

const NOW = new Date('2026-01-31T10:00:00Z');

const draw = (wish: ShopWish, seed = 3): Order[] =>
  drawOrders(seededRandom(seed), OFFERS, wish, NOW);

const skusOf = ({ lines }: Order): string[] => lines.map(({ offer }) => offer.sku);

test('the same seed gives the same orders, another seed others', () => {
  expect(draw({ count: 20 })).toEqual(draw({ count: 20 }));
  expect(draw({ count: 20 })).not.toEqual(draw({ count: 20 }, 4));
});

test('lines hold what the store offers, each once, and what only the store sells where it is asked for', () => {
  const orders = draw({ count: 30, lines: 4, unknownSku: 2 });
  const storeOnly = STORE_ONLY_ITEMS.map(({ sku }) => sku);
  for (const [index, order] of orders.entries()) {
    expect(new Set(skusOf(order)).size).toBe(4);
    expect(skusOf(order).some((sku) => storeOnly.includes(sku))).toBe(index < 2);
    expect(order.lines.every(({ offer, quantity }) => offer.catalogId > 0 && quantity > 0)).toBe(
      true,
    );
  }
});

test('the last ones come from guests, one after the other, under a discount when all shall have one', () => {
  const wish = { count: 12, customers: 1, guests: 2, discount: true, everySeconds: 60 };
  const orders = draw(wish);
  expect(orders.map(({ buyer }) => buyer.guest)).toEqual(
    orders.map((_order, index) => index >= 10),
  );
  expect(new Set(orders.map(({ buyer }) => buyer.email)).size).toBe(2);
  expect(orders.every(({ charges }) => charges.discount > 0)).toBe(true);
  expect(orders.at(-1)?.placedAt).toEqual(new Date('2026-01-31T10:11:00Z'));
  expect(draw({ ...wish, discount: false }).some(({ charges }) => charges.discount > 0)).toBe(
    false,
  );
});

test('a store without products says so', () => {
  expect(() => drawOrders(seededRandom(1), [], { count: 1 }, NOW)).toThrow('no product');
});
