import Big from 'big.js';
import { rounded } from './money';

interface Currency {
  digits: number;
  /** What the store's prices are multiplied with, so that they are whole in the currency's digits and of a likely size. */
  factor: number;
}

/** The currencies that an order can be asked for. */
export const CURRENCIES = {
  USD: { digits: 2, factor: 1 },
  EUR: { digits: 2, factor: 1 },
  GBP: { digits: 2, factor: 1 },
  JPY: { digits: 0, factor: 150 },
  KWD: { digits: 3, factor: 0.307 },
} as const satisfies Readonly<Record<string, Currency>>;

export type CurrencyCode = keyof typeof CURRENCIES;

const isKnown = (code: string): code is CurrencyCode => Object.hasOwn(CURRENCIES, code);

const currencyOf = (code: string): Currency => CURRENCIES[isKnown(code) ? code : 'USD'];

/** Digits behind the point of an amount in the currency. */
export const digitsOf = (code: string): number => currencyOf(code).digits;

/** An amount of a store's price list in another currency. */
export function priceIn(code: string, price: number): number {
  const { digits, factor } = currencyOf(code);
  return factor === 1 ? price : rounded(new Big(price).times(factor), digits);
}
