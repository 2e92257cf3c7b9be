import type { Order } from '../commerce/order';
import type { MappedSalesOrder } from '../dynamics/dataverse/documents';
import { salesOrderTotal } from '../dynamics/dataverse/sales/total';
import { compileMapping } from '../mapping/compile';
import { DOCUMENTS, findPreset } from '.';

type Prices = 'net' | 'gross';

function mapTo(to: string, order: object, prices: Prices) {
  const preset = findPreset('xcart.order', to);
  if (!preset) throw new Error(`There is no preset to ${to}`);
  const result = compileMapping(preset, { documents: DOCUMENTS }).map(order, {
    source: { platform: 'xcart', store: 'main' },
    settings: { prices },
  });
  if (!result.ok) throw result.error;
  return result;
}

interface Item {
  price: number;
  quantity?: number;
  tax?: number;
  vat?: number;
}

const tax = (value: number, include = false) => ({ type: 'tax', include, value });

function shopOrder(items: Item[], surcharges: object[], total: number, more: object = {}) {
  const sum = items.reduce(
    (all, { price, quantity = 1 }) => all + Math.round(price * 100) * quantity,
    0,
  );
  return {
    id: 1042,
    order_number: '1001',
    customer_id: 15,
    currency: 'USD',
    sub_total: sum / 100,
    total,
    items: items.map((item, index) => ({
      id: index + 1,
      sku: `S${index}`,
      item_net_price: item.price,
      amount: item.quantity ?? 1,
      surcharges: [
        ...(item.tax === undefined ? [] : [tax(item.tax)]),
        ...(item.vat === undefined ? [] : [tax(item.vat, true)]),
      ],
    })),
    surcharges,
    ...more,
  };
}

function booked(order: object, prices: Prices = 'net') {
  const { document, notes = [] } = mapTo('dataverse.salesorder', order, prices);
  const { salesorder } = document as unknown as MappedSalesOrder;
  return {
    total: salesOrderTotal(salesorder),
    freight: salesorder.freightamount,
    discount: salesorder.discountamount,
    lines: salesorder.order_details.map(({ priceperunit, manualdiscountamount, tax }) => [
      priceperunit,
      manualdiscountamount,
      tax,
    ]),
    notes: notes.map(({ message }) => message),
  };
}

const ONE = [{ price: 50 }];
const TWO = [{ price: 100 }, { price: 100 }];
const one = (type: string, value: number, include = false) => [{ type, include, value }];

/** What an order of the shop comes to in Dynamics: price, discount and tax of each line. */
const CASES: Record<string, [order: object, right: object]> = {
  'a surcharge of an own type is freight, and said to be': [
    shopOrder(ONE, one('wrapping', 4), 54),
    { total: 54, freight: 4, discount: 0, notes: ['wrapping 4.00 counts as freight'] },
  ],
  'one that gives back is a discount': [
    shopOrder(ONE, one('rebate', -4), 46),
    { total: 46, freight: 0, discount: 4, notes: ['rebate -4.00 counts as discount'] },
  ],
  'one that is inside the prices adds nothing': [
    shopOrder(ONE, one('eco', 1, true), 50),
    { total: 50, freight: 0, discount: 0, notes: [] },
  ],
  'handling below 0 is a discount': [
    shopOrder(ONE, one('handling', -5), 45),
    { total: 45, freight: 0, discount: 5 },
  ],
  'shipping below 0 is a discount beside the others': [
    shopOrder(ONE, [...one('shipping', -5), ...one('discount', -1), ...one('handling', 2)], 46),
    { total: 46, freight: 2, discount: 6 },
  ],
  'a fee under discounts is freight': [
    shopOrder(ONE, one('discount', 2), 52),
    { total: 52, freight: 2, discount: 0, notes: ['discount that adds 2.00 counts as freight'] },
  ],
  'tax of lines is used as stated': [
    shopOrder(
      [
        { price: 100, tax: 10 },
        { price: 100, tax: 20 },
      ],
      [tax(30)],
      230,
    ),
    { total: 230, lines: [[100, 0, 10], [100, 0, 20]] }, // prettier-ignore
  ],
  'a line that states none has none, and what is over is shared': [
    shopOrder([{ price: 100, tax: 10 }, { price: 100 }], [tax(12), ...one('shipping', 10)], 222),
    { total: 222, freight: 10, lines: [[100, 0, 11], [100, 0, 1]] }, // prettier-ignore
  ],
  'more tax on the lines than on the order is scaled down': [
    shopOrder(
      [
        { price: 100, tax: 10 },
        { price: 100, tax: 20 },
      ],
      [tax(27)],
      227,
    ),
    { total: 227, lines: [[100, 0, 9], [100, 0, 18]] }, // prettier-ignore
  ],
  'tax on the lines alone counts where the total says so': [
    shopOrder(
      [
        { price: 100, tax: 10 },
        { price: 100, tax: 20 },
      ],
      [],
      230,
    ),
    { total: 230, notes: ["the lines' own tax of 30.00 USD was added"] },
  ],
  'a tax below 0 stays tax': [
    shopOrder(TWO, [tax(-3)], 197),
    { total: 197, freight: 0, discount: 0, lines: [[100, 0, -1.5], [100, 0, -1.5]] }, // prettier-ignore
  ],
  'tax inside the prices is taken out': [
    shopOrder([{ price: 23, quantity: 3 }], [tax(11.02, true)], 69, { currency: 'EUR' }),
    { total: 69, lines: [[19.33, 0.01, 11.02]] },
  ],
  'tax inside is in freight and discounts too': [
    shopOrder([{ price: 60 }], [...one('shipping', 12), ...one('discount', -3), tax(11.02, true)], 69), // prettier-ignore
    { total: 69, freight: 10.08, discount: 2.52, lines: [[50.42, 0, 11.02]] },
  ],
  'tax inside that lines state is taken out of them': [
    shopOrder([{ price: 100, vat: 20 }, { price: 100 }], [tax(20, true)], 200),
    { total: 200, lines: [[80, 0, 20], [100, 0, 0]] }, // prettier-ignore
  ],
  'tax inside and on top': [
    shopOrder([{ price: 120 }], [tax(20, true), tax(5)], 125),
    { total: 125, lines: [[100, 0, 25]] },
  ],
  'no lines at all': [shopOrder([], [], 0), { total: 0, lines: [] }],
  'shipping and its tax alone': [
    shopOrder([], [...one('shipping', 5), tax(1)], 6),
    { total: 6, freight: 6, lines: [], notes: ['tax without lines 1.00 counts as freight'] },
  ],
  'a free line with a tax': [
    shopOrder([{ price: 0 }], [tax(1)], 1),
    { total: 1, lines: [[0, 0, 1]] },
  ],
  'several surcharges with four decimals, rounded in the total alone': [
    shopOrder(ONE, [...one('shipping', 1.0049), ...one('handling', 1.0049), tax(1.0049)], 53.01),
    { total: 53.01 },
  ],
  'and rounded each by itself': [
    shopOrder(ONE, [tax(0.005), tax(0.005), tax(0.005), tax(0.005), tax(0.005)], 50.05),
    { total: 50.05, lines: [[50, 0, 0.05]] },
  ],
  'a sub-total with four decimals': [
    shopOrder([{ price: 1.3333 }, { price: 1.3333 }], one('shipping', 2.005), 4.67, {
      sub_total: 2.6666,
    }),
    { total: 4.67 },
  ],
  'a third of a piece': [
    shopOrder([{ price: 9.99, quantity: 0.5 }], [], 5, { sub_total: 5 }),
    { total: 5, lines: [[10, 0, 0]] },
  ],
  'pieces that come back': [
    shopOrder([{ price: 39.995, quantity: -2 }, { price: 100 }], [], 20.01, { sub_total: 20.01 }),
    { total: 20.01, lines: [[39.99, 0.01, 0], [100, 0, 0]] }, // prettier-ignore
  ],
  'no pieces': [shopOrder([{ price: 5, quantity: 0 }], [], 0), { total: 0, lines: [[5, 0, 0]] }],
};

test.each(Object.entries(CASES))('%s', (_name, [order, right]) => {
  expect(booked(order)).toMatchObject(right);
});

test('gross prices stay as the shop writes them', () => {
  const order = shopOrder([{ price: 69 }], [tax(11.02, true), ...one('shipping', 5)], 74);
  expect(booked(order, 'gross')).toMatchObject({ total: 74, freight: 5, lines: [[69, 0, 0]] });
});

test('the common order keeps what the shop states, and says what is booked', () => {
  const order = shopOrder([{ price: 120, vat: 20, tax: 5 }], [tax(20, true), tax(5)], 125);
  const { document } = mapTo('commerce.order', order, 'net');
  expect(document as unknown as Order).toMatchObject({
    lines: [
      {
        unitPrice: 120,
        amount: 120,
        discount: 0,
        tax: 5,
        includedTax: 20,
        booked: { unitPrice: 100, discount: 0, tax: 25 },
      },
    ],
    totals: { lines: 120, tax: 5, includedTax: 20, fees: 0, total: 125 },
    booked: { freight: 0, discount: 0, tax: 25 },
  });
});

test('what does not agree names its figures and the rows that let it through', () => {
  const result = compileMapping(findPreset('xcart.order', 'commerce.order') ?? never(), {
    documents: DOCUMENTS,
  }).map(shopOrder(ONE, [], 55), { source: { store: 'main' } });
  expect(result.ok ? undefined : result.error).toMatchObject({
    message: expect.stringMatching(/50\.00 USD.*55\.00 USD/) as string,
    fix: expect.stringMatching(
      /5\.00 USD.*Tolerated Difference.*"Common Order: Total".*Total of Fees/,
    ) as string,
  });
});

function never(): never {
  throw new Error('There is no preset');
}
