import type { OrderDraft } from './draft';
import { SAMPLE_ORDER } from './samples';
import { settleAmounts } from './settle';
import { bookOrder } from './booking';

const LINE = { id: '1', sku: 'A', quantity: 1, unitPrice: 10 };

function settle(draft: Partial<OrderDraft>) {
  const told: string[] = [];
  const order = settleAmounts({ currency: 'USD', lines: [], totals: {}, ...draft }, (field, text) =>
    told.push(`${field}: ${text}`),
  );
  return { order, told };
}

const fee = (type: string, amount: number, included = false) => ({ type, amount, included });

test('works out what is left out', () => {
  const { order } = settle({
    lines: [
      { ...LINE, quantity: 3, discount: 1 },
      { ...LINE, amount: 8 },
    ],
    totals: { total: 37 },
  });
  expect(order.lines).toMatchObject([{ amount: 29 }, { amount: 8, discount: 2 }]);
  expect(order.totals).toEqual({
    lines: 37,
    shipping: 0,
    handling: 0,
    fees: 0,
    tax: 0,
    includedTax: 0,
    discount: 0,
    total: 37,
  });
});

test.each([
  [4.68, [1.34, 1.33], 2.01],
  [4.67, [1.33, 1.33], 2.01],
  [4.66, [1.33, 1.33], 2],
])('rounds all parts to what the total of %p says', (total, lines, shipping) => {
  const line = { ...LINE, unitPrice: 1.3333 };
  const { order } = settle({
    lines: [line, { ...line }],
    surcharges: [fee('shipping', 2.005)],
    totals: { lines: 2.6666, shipping: 2.005, total },
  });
  expect(order.lines.map(({ amount }) => amount)).toEqual(lines);
  expect(order.totals).toMatchObject({ shipping, total });
  expect(order.surcharges).toEqual([fee('shipping', shipping)]);
});

test('rounds surcharges one by one where they make their total, and else that total', () => {
  const surcharges = [fee('tax', 0.005), fee('tax', 0.005), fee('tax', 0.005)];
  const draft = { lines: [{ ...LINE }], totals: { tax: 0.015, total: 10.03 } };
  expect(settle({ ...draft, surcharges }).order.totals.tax).toBe(0.03);
  const row = { lines: [{ ...LINE }], totals: { tax: 0.025, total: 10.03 }, surcharges: [] };
  expect(settle(row).order.totals.tax).toBe(0.03);
});

test('counts tax of the lines alone where the total says so, and tells it', () => {
  const { order, told } = settle({ lines: [{ ...LINE, tax: 2 }], totals: { tax: 0, total: 12 } });
  expect(order.totals.tax).toBe(2);
  expect(told).toEqual(["totals.tax: the lines' own tax of 2.00 USD was added"]);
});

test('counts tax of the lines once where it is the tax of the order too', () => {
  const lines = [{ ...LINE, tax: 2 }];
  expect(settle({ lines, totals: { tax: 2, total: 14 } }).order.totals.tax).toBe(2);
});

test('takes zeros on every line for nothing, and included tax from the lines alone', () => {
  const { order } = settle({
    lines: [{ ...LINE, tax: 0, includedTax: 1.004 }],
    totals: { tax: 0, total: 10 },
  });
  expect(order.lines[0]).toMatchObject({ includedTax: 1 });
  expect(order.lines[0]).not.toHaveProperty('tax');
  expect(order.totals.includedTax).toBe(1);
});

test.each([
  [{ totals: {} }, '"totals.total" of the common order is missing', 'Common Order: Total'],
  [
    { lines: [{ ...LINE, quantity: 'two' as unknown as number }], totals: { total: 1 } },
    '"lines[0].quantity" of the common order is not a number',
    'Common Order: Quantity of Each Line',
  ],
  [
    { lines: 'none' as unknown as [], totals: { total: 1 } },
    '"lines" of the common order is not a list',
    'Common Order: Lines',
  ],
  [
    { surcharges: [null as never], totals: { total: 10 } },
    '"surcharges" of the common order has nothing at place 1',
    'Common Order: Surcharges',
  ],
])('names what is missing, and the row that fills it', (draft, message, row) => {
  expect(() => settle(draft)).toThrow(
    expect.objectContaining({ message, fix: expect.stringContaining(`"${row}"`) as string }),
  );
});

test('what is complete stays as it is', () => {
  const order = structuredClone(SAMPLE_ORDER);
  const tell = () => {
    throw new Error('nothing is to be told');
  };
  bookOrder(settleAmounts(order, tell), 'net', tell);
  expect(order).toEqual(SAMPLE_ORDER);
});
