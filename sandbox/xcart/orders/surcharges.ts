import Big from 'big.js';
import { cents, type Charges, type ShippingMethod, type Tax } from '../../kit/shop';
import type { SurchargeView } from '../model';
import type { XCartStore } from '../store';
import { taxValue } from './totals';

/** The store's ids of its shipping methods. */
export const SHIPPING_IDS: Readonly<Record<ShippingMethod, number>> = {
  Ground: 3,
  Express: 4,
  'Pick-up in store': 5,
};

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

function taxOf(subTotal: number, others: readonly SurchargeView[], tax: Tax): Given {
  const { name, rate, included: include } = tax;
  const value = taxValue(subTotal, others, rate, include);
  return { type: 'tax', code: `TAX.${include ? 'VAT' : 'SALES'}`, value, name, include };
}

/** The charges as the store writes them down; the tax last: it depends on the others. */
export function surchargesOf(
  store: XCartStore,
  subTotal: number,
  { shipping, discount, handling, tax }: Charges,
): SurchargeView[] {
  const off = cents(new Big(subTotal).times(discount).times(-1));
  const given: Given[] = [
    { type: 'shipping', code: 'SHIPPING', value: shipping.price, name: 'Shipping cost' },
    { type: 'discount', code: 'DISCOUNT', value: off, name: 'Discount' },
    { type: 'handling', code: 'HANDLING', value: handling, name: 'Handling' },
  ];
  const asked = [shipping.price, discount, handling];
  const surcharges = given
    .filter((_each, index) => asked[index] !== 0)
    .map((each, index) => surcharge(store, index * 10, each));
  if (tax === undefined) return surcharges;
  const weight = surcharges.length * 10;
  return [...surcharges, surcharge(store, weight, taxOf(subTotal, surcharges, tax))];
}
