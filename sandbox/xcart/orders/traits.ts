import Big from 'big.js';
import { digitsOf, rounded } from '../../kit/shop';
import type { AddressView, OrderRecord, OrderView, TaxRule } from '../model';
import type { XCartStore } from '../store';
import { LINE_DISCOUNT, surcharge } from './surcharges';
import { recalculate } from './totals';

/** A tax that an order shall have. */
export interface TaxWish {
  name?: string;
  /** 0.19 is 19 %; with several rates each line has the next one in turn. */
  rate: number | number[];
  /** Inside the prices; absent: on top. */
  included?: boolean;
  /** Absent: the goods less discounts. */
  on?: 'goods' | 'shipping' | 'all';
  /** Told and rounded at each line; always so with several rates. */
  perLine?: boolean;
}

/** A surcharge that an order shall have, of any type and sign. */
export interface SurchargeWish {
  type: string;
  code?: string;
  name?: string;
  value: number;
  /** Inside the prices; absent: added to the total. */
  include?: boolean;
}

/** What may be written into both addresses of an order. */
export interface AddressWish {
  firstname?: string;
  lastname?: string;
  phone?: string;
  street?: string;
  zipcode?: string;
  city?: string;
  countryCode?: string;
  stateName?: string;
  company?: string;
}

/** What real orders have and drawn ones have not. What is absent stays as it is. */
export interface OrderTraits {
  /** Shown as it is: 0 and null stand for nobody. */
  customerId?: number | null;
  address?: AddressWish;
  /** The last so many lines: product and SKU are null, the name stays. */
  deletedProducts?: number;
  /** Share that each line is cheaper by. */
  lineDiscount?: number;
  /** Instead of all surcharges of the same types. */
  surcharges?: readonly SurchargeWish[];
  /** Instead of the taxes that it has. */
  taxes?: readonly TaxWish[];
}

function writeAddress(address: AddressView | null, wish: AddressWish): void {
  if (address === null) return;
  const { countryCode, stateName, company, ...same } = wish;
  Object.assign(address, same);
  if (countryCode !== undefined) address.country_code = countryCode;
  if (stateName !== undefined) address.state_name = stateName;
  if (company !== undefined) address.custom_fields = [{ name: 'company', value: company }];
}

function deleteProducts({ items }: OrderView, count: number): void {
  for (const item of items.slice(Math.max(0, items.length - count))) {
    Object.assign(item, { product_id: null, sku: null, variant: null });
  }
}

const PARTS: Readonly<Record<NonNullable<TaxWish['on']>, TaxRule['on']>> = {
  goods: ['goods'],
  shipping: ['shipping'],
  all: ['goods', 'shipping'],
};

const codeOf = (text: string): string => text.toUpperCase().replace(/[^A-Z0-9]+/g, '_');

function taxRule(wish: TaxWish, index: number): TaxRule {
  const { included = false, on = 'goods', perLine = false } = wish;
  const name = wish.name ?? `${included ? 'VAT' : 'Sales tax'} ${index + 1}`;
  const rates = [wish.rate].flat();
  return {
    code: `TAX.${codeOf(name)}`,
    name,
    rates,
    included,
    on: PARTS[on],
    perLine: perLine || rates.length > 1,
  };
}

function setSurcharges(store: XCartStore, view: OrderView, wishes: readonly SurchargeWish[]): void {
  const replaced = new Set(wishes.map(({ type }) => type));
  const digits = digitsOf(view.currency);
  view.surcharges = view.surcharges.filter(({ type }) => !replaced.has(type));
  for (const { type, code = codeOf(type), name = type, value, include } of wishes) {
    const given = { type, code, name, include, value: rounded(new Big(value), digits) };
    view.surcharges.push(surcharge(store, view.surcharges.length * 10, given));
  }
}

/** Takes away what is computed anew, for the order and for its lines. */
function drop({ view }: OrderRecord, goes: (type: string, code: string) => boolean): void {
  for (const owner of [view, ...view.items]) {
    owner.surcharges = owner.surcharges.filter(({ type, code }) => !goes(type, code));
  }
}

/** Gives an order what is wished for, and counts its amounts anew where one of them depends on it. */
export function applyTraits(store: XCartStore, order: OrderRecord, wish: OrderTraits): void {
  const { view } = order;
  if (wish.customerId !== undefined) view.customer_id = wish.customerId;
  if (wish.address) {
    for (const address of [view.billing_address, view.shipping_address]) {
      writeAddress(address, wish.address);
    }
  }
  if (wish.deletedProducts !== undefined) deleteProducts(view, wish.deletedProducts);
  if (wish.surcharges) setSurcharges(store, view, wish.surcharges);
  if (wish.lineDiscount !== undefined) {
    drop(order, (_type, code) => code === LINE_DISCOUNT.code);
    order.lineDiscount = wish.lineDiscount;
  }
  if (wish.taxes) {
    drop(order, (type) => type === 'tax');
    order.taxes = wish.taxes.map(taxRule);
  }
  const charges = [wish.surcharges, wish.taxes, wish.lineDiscount];
  if (charges.some((given) => given !== undefined)) recalculate(store, order);
}
