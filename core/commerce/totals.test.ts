import { ServiceError } from '../errors';
import { checkTotals, computedTotal } from './totals';

const LINE = { id: '1', sku: 'A', quantity: 1, unitPrice: 0.1, discount: 0 };
const ORDER = {
  number: '1001',
  currency: 'USD',
  lines: [
    { ...LINE, amount: 0.1 },
    { ...LINE, amount: 0.2 },
  ],
  totals: { lines: 0.3, shipping: 5, handling: 1.5, tax: 0.03, discount: 0.5, total: 6.33 },
};

test('agrees to the cent', () => {
  expect(computedTotal(ORDER)).toBe(6.33);
  expect(() => checkTotals(ORDER)).not.toThrow();
});

test('names both figures of a total that does not agree, and where to repair it', () => {
  const wrong = { ...ORDER, totals: { ...ORDER.totals, total: 6.34 } };
  expect(() => checkTotals(wrong)).toThrow(
    'Order 1001: lines + shipping + handling + tax − discount come to 6.33 USD, but the order total says 6.34 USD',
  );
  try {
    checkTotals(wrong);
  } catch (error) {
    expect(error).toBeInstanceOf(ServiceError);
    expect((error as ServiceError).class).toBe('validation');
    expect((error as ServiceError).fix).toContain('Tolerated Difference of Totals');
    expect((error as ServiceError).fix).not.toContain('in the shop');
  }
});

test('names both figures of lines that do not agree with their sub-total', () => {
  const wrong = { ...ORDER, totals: { ...ORDER.totals, lines: 0.31 } };
  expect(() => checkTotals(wrong)).toThrow('add up to 0.30 USD, but its sub-total says 0.31 USD');
});
