import Big from 'big.js';
import { pick, type Random } from '../../kit';
import type { SurchargeView } from '../model';
import type { XCartStore } from '../store';
import { cents, taxValue } from './totals';

export interface ShippingMethod {
  id: number;
  name: string;
  rates: readonly number[];
}

const SHIPPING_METHODS: readonly ShippingMethod[] = [
  { id: 3, name: 'Ground', rates: [5.95, 7.5, 10] },
  { id: 4, name: 'Express', rates: [14.9, 19.99] },
  { id: 5, name: 'Pick-up in store', rates: [0] },
];

const CLASSES = '\\XLite\\Logic\\Order\\Modifier\\';

type Given = Pick<SurchargeView, 'type' | 'code' | 'value' | 'name'> & { include?: boolean };

const CLASS_NAMES: Readonly<Record<SurchargeView['type'], string>> = {
  shipping: 'Shipping',
  tax: 'Tax',
  discount: 'Discount',
  handling: 'Handling',
};

function surcharge(store: XCartStore, weight: number, given: Given): SurchargeView {
  return {
    id: store.nextId('surcharge'),
    include: false,
    available: true,
    class: `${CLASSES}${CLASS_NAMES[given.type]}`,
    weight,
    ...given,
  };
}

/** A tax on top of the prices, a tax inside them, or none. */
function drawTax(random: Random): { rate: number; include: boolean; name: string } | undefined {
  const draw = random();
  if (draw < 0.65) return { rate: 0.0825, include: false, name: 'Sales tax' };
  return draw < 0.85 ? { rate: 0.19, include: true, name: 'VAT' } : undefined;
}

export interface SurchargeWish {
  subTotal: number;
  /** True: always; false: never; absent: on one order of four. */
  discount?: boolean;
}

export interface DrawnSurcharges {
  method: ShippingMethod;
  surcharges: SurchargeView[];
  taxRate: number;
}

/** Shipping on most orders, a discount on some, handling on few, and the tax last: it depends on the others. */
export function drawSurcharges(
  store: XCartStore,
  random: Random,
  wish: SurchargeWish,
): DrawnSurcharges {
  const method = pick(random, SHIPPING_METHODS);
  const given: Given[] = [];
  const rate = pick(random, method.rates);
  if (rate > 0) {
    given.push({ type: 'shipping', code: 'SHIPPING', value: rate, name: 'Shipping cost' });
  }
  const drawsDiscount = random() < 0.25;
  if (wish.discount ?? drawsDiscount) {
    const value = cents(new Big(wish.subTotal).times(pick(random, [0.05, 0.1, 0.15])).times(-1));
    given.push({ type: 'discount', code: 'DISCOUNT', value, name: 'Discount' });
  }
  if (random() < 0.1) {
    given.push({ type: 'handling', code: 'HANDLING', value: 2.5, name: 'Handling' });
  }
  const surcharges = given.map((each, index) => surcharge(store, index * 10, each));
  const tax = drawTax(random);
  if (tax === undefined) return { method, surcharges, taxRate: 0 };
  const value = taxValue(wish.subTotal, surcharges, tax.rate, tax.include);
  const { include, name } = tax;
  const taxes: Given = {
    type: 'tax',
    code: `TAX.${include ? 'VAT' : 'SALES'}`,
    value,
    name,
    include,
  };
  return {
    method,
    surcharges: [...surcharges, surcharge(store, surcharges.length * 10, taxes)],
    taxRate: tax.rate,
  };
}
