import Big from 'big.js';
import fc from 'fast-check';
import { createContext } from '../kit';
import type { OrderDocument } from './model';
import { createClarity, type ClarityService } from './service';
import type { ClaritySwitches } from './switches';
import { startTestShop } from './test-shop';

const shop = (seed: number, switches: Partial<ClaritySwitches> = {}): ClarityService =>
  createClarity(createContext({ seed, now: () => new Date('2026-01-31T10:00:00Z') }), { switches });

/** What an order comes to, added up from what it tells of itself. */
function addedUp(order: OrderDocument): string {
  const { lineItems, taxIncluded, shippingAmount, handlingAmount, discountAmount } = order;
  const lines = lineItems.reduce(
    (sum, { quantity, unitPrice, tax, discount }) =>
      sum
        .plus(new Big(unitPrice).times(quantity))
        .minus(discount)
        .plus(taxIncluded ? 0 : tax),
    new Big(0),
  );
  return lines.plus(shippingAmount).plus(handlingAmount).minus(discountAmount).toFixed(3);
}

const total = ({ totalAmount }: OrderDocument): string => new Big(totalAmount).toFixed(3);

test('orders add up in every currency and reading, and after every change', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 10_000 }),
      fc.constantFrom('USD', 'EUR', 'JPY', 'KWD'),
      fc.record({ discountAt: fc.constantFrom('lines', 'order'), includedTax: fc.boolean() }),
      fc.integer({ min: 1, max: 9 }),
      (seed, currency, switches, quantity) => {
        const clarity = shop(seed, switches as Partial<ClaritySwitches>);
        for (const order of clarity.place({ count: 10, guests: 2, currency })) {
          expect(addedUp(order)).toBe(total(order));
          clarity.change(order, { quantity });
          expect(addedUp(order)).toBe(total(order));
        }
      },
    ),
    { numRuns: 60 },
  );
});

test('all kinds of orders come about: discounts, taxes, guests, several ways to pay', () => {
  const orders = shop(1, { includedTax: true }).place({ count: 200, guests: 20 });
  const some = (matches: (order: OrderDocument) => boolean): number =>
    orders.filter(matches).length;
  expect(some(({ customerId }) => customerId === null)).toBe(20);
  expect(some(({ couponCodes }) => couponCodes.length > 0)).toBeGreaterThan(10);
  expect(some(({ taxIncluded }) => taxIncluded)).toBeGreaterThan(10);
  expect(some(({ handlingAmount }) => handlingAmount > 0)).toBeGreaterThan(5);
  const statuses = new Set(orders.map(({ paymentInfo }) => paymentInfo.status));
  expect(statuses).toEqual(new Set(['captured', 'authorized', 'pending']));
});

test('money is given back in parts, and not more than was paid', () => {
  const clarity = shop(1);
  const [order] = clarity.place({ count: 1, state: 'paid' }) as [OrderDocument];
  clarity.refund(order, 1);
  expect(order.paymentInfo.status).toBe('partiallyRefunded');
  expect(() => clarity.refund(order, order.totalAmount)).toThrow('is left');
  clarity.refund(order);
  expect(order.paymentInfo.status).toBe('refunded');
  const back = clarity.store.all('payments').filter(({ status }) => status === 'refunded');
  expect(back.map(({ amount }) => amount)).toEqual([
    1,
    new Big(order.totalAmount).minus(1).toNumber(),
  ]);
});

test('pieces that an order holds are out of stock, in whichever warehouse, and come back', () => {
  const clarity = shop(1);
  const before = new Map(
    clarity.store.all('inventory').map(({ sku }) => [sku, clarity.stock(String(sku))]),
  );
  const [order] = clarity.place({ count: 1, lines: 3 }) as [OrderDocument];
  for (const { sku, quantity } of order.lineItems) {
    expect(clarity.stock(sku)).toBe((before.get(sku) ?? 0) - quantity);
  }
  clarity.change(order, { state: 'canceled' });
  for (const { sku } of order.lineItems) expect(clarity.stock(sku)).toBe(before.get(sku));
  clarity.setStock('MUG-BLUE', 0);
  expect(clarity.stock('MUG-BLUE')).toBe(0);
  expect(clarity.stock('NO-SUCH')).toBeUndefined();
});

test('no body, however odd, is an error of the shop', async () => {
  const { ask, clarity, close } = await startTestShop();
  const [order] = clarity.place({ count: 1 }) as [OrderDocument];
  const fields = ['lineItems', 'paymentInfo', 'billingAddress', 'quantity', 'sku', 'externalId'];
  const odd = fc.dictionary(fc.constantFrom(...fields), fc.jsonValue());
  const ways = fc.constantFrom(
    ['POST', '/orders'],
    ['PATCH', `/orders/${order.orderId}`],
    ['PUT', '/inventory/by-key/A'],
    ['PATCH', '/inventory/bulk'],
    ['POST', '/webhooks'],
  );
  await fc.assert(
    fc.asyncProperty(ways, odd, fc.boolean(), async ([method, path], body, infinite) => {
      const text = infinite ? '{"quantity":1e999,"sku":"MUG-BLUE","warehouse":"MAIN"}' : undefined;
      const answer = await ask(path ?? '', { method, ...(text ? { text } : { body }) });
      expect(answer.status).toBeLessThan(500);
    }),
    { numRuns: 200 },
  );
  await close();
});
