import Big from 'big.js';
import { type Charges, type ShippingMethod, digitsOf, priceIn, rounded } from '../../kit/shop';
import type { SurchargeView, TaxRule } from '../model';
import type { XCartStore } from '../store';

/** The store's ids of its shipping methods. */
export const SHIPPING_IDS: Readonly<Record<ShippingMethod, number>> = {
  Ground: 3,
  Express: 4,
  'Pick-up in store': 5,
};

const CLASSES = '\\XLite\\Logic\\Order\\Modifier\\';

export type GivenSurcharge = Pick<SurchargeView, 'type' | 'code' | 'value' | 'name'> & {
  include?: boolean;
};

/** What is taken off single lines. */
export const LINE_DISCOUNT = { type: 'discount', code: 'LINE_DISCOUNT', name: 'Line discount' };

const className = (type: string): string => CLASSES + type.charAt(0).toUpperCase() + type.slice(1);

export const surcharge = (
  store: XCartStore,
  weight: number,
  { include = false, type, code, value, name }: GivenSurcharge,
): SurchargeView => ({
  id: store.nextId('surcharge'),
  include,
  available: true,
  class: className(type),
  weight,
  type,
  code,
  value,
  name,
});

/** The charges as the store writes them down, without the taxes: they depend on the others. */
export function surchargesOf(
  store: XCartStore,
  subTotal: number,
  { shipping, discount, handling }: Charges,
  currency: string,
): SurchargeView[] {
  const off = rounded(new Big(subTotal).times(discount).times(-1), digitsOf(currency));
  const price = priceIn(currency, shipping.price);
  const fee = priceIn(currency, handling);
  const given: GivenSurcharge[] = [
    { type: 'shipping', code: 'SHIPPING', value: price, name: 'Shipping cost' },
    { type: 'discount', code: 'DISCOUNT', value: off, name: 'Discount' },
    { type: 'handling', code: 'HANDLING', value: fee, name: 'Handling' },
  ];
  const asked = [shipping.price, discount, handling];
  return given
    .filter((_each, index) => asked[index] !== 0)
    .map((each, index) => surcharge(store, index * 10, each));
}

/** The drawn tax as a rule: on the goods less discounts, for the order as a whole. */
export const taxesOf = ({ tax }: Charges): TaxRule[] =>
  tax === undefined
    ? []
    : [
        {
          code: `TAX.${tax.included ? 'VAT' : 'SALES'}`,
          name: tax.name,
          rates: [tax.rate],
          included: tax.included,
          on: ['goods'],
          perLine: false,
        },
      ];
