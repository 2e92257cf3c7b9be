import { pick, type Random } from '../random';

const SHIPPING = [
  { method: 'Ground', rates: [5.95, 7.5, 10] },
  { method: 'Express', rates: [14.9, 19.99] },
  { method: 'Pick-up in store', rates: [0] },
] as const;

export type ShippingMethod = (typeof SHIPPING)[number]['method'];

const PAYMENTS = [
  'credit card',
  'credit card',
  'credit card, authorized only',
  'purchase order',
  'bank transfer',
] as const;

export type PaymentMethod = (typeof PAYMENTS)[number];

export interface Tax {
  name: string;
  /** Share of the goods less discounts. */
  rate: number;
  /** True: inside the prices. */
  included: boolean;
}

/** What comes to the goods of an order, in the order's currency; 0 where there is none. */
export interface Charges {
  shipping: { method: ShippingMethod; price: number };
  /** Share of the goods. */
  discount: number;
  handling: number;
  tax?: Tax;
}

/** A tax on top of the prices, a tax inside them, or none. */
function drawTax(random: Random): Tax | undefined {
  const draw = random();
  if (draw < 0.65) return { name: 'Sales tax', rate: 0.0825, included: false };
  return draw < 0.85 ? { name: 'VAT', rate: 0.19, included: true } : undefined;
}

/** Shipping on most orders, a discount on one of four unless the wish says all or none, handling on few, a tax. */
export function drawCharges(random: Random, discountWish: boolean | undefined): Charges {
  const { method, rates } = pick(random, SHIPPING);
  const price = pick<number>(random, rates);
  const drawsDiscount = random() < 0.25;
  const discount = (discountWish ?? drawsDiscount) ? pick(random, [0.05, 0.1, 0.15]) : 0;
  const handling = random() < 0.1 ? 2.5 : 0;
  return { shipping: { method, price }, discount, handling, tax: drawTax(random) };
}

export const drawPayment = (random: Random): PaymentMethod => pick(random, PAYMENTS);
