import type { Outcome } from '../../outcome';
import {
  type AmountChange,
  type AmountContract,
  type AmountLevel,
  type AmountWords,
  writeAmounts,
} from './amounts';

/** How the prices of a store are written, in the store's currency. */
export type PriceContract<Target extends object> = AmountContract<Target>;

/** For a store without prices below nothing. */
export const anyPrice: PriceContract<object>['amounts'] = {
  areValid: (amount) => Number.isFinite(amount) && amount >= 0,
  words: 'a number of 0 or more',
  fix: 'A discount is no price: correct the price, or leave this SKU out.',
};

const WORDS: AmountWords = {
  one: 'price',
  many: 'prices',
  level: 'price',
  whenTwo: 'Choose one price list before this step, so that each SKU comes once.',
};

/** Writes the prices of many SKUs, see `writeAmounts`. */
export async function writePrices<Target extends object>(
  store: PriceContract<Target>,
  levels: ReadonlyArray<AmountLevel<Target>>,
): Promise<Array<Outcome<AmountChange<Target>>>> {
  return await writeAmounts(store, levels, WORDS);
}
