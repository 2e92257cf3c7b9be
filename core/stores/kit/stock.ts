import type { Outcome } from '../../outcome';
import {
  type AmountChange,
  type AmountContract,
  type AmountFound,
  type AmountLevel,
  type AmountWords,
  type AmountWrite,
  writeAmounts,
} from './amounts';

export { findInPages } from './amounts';
export { WRITES_IN_FLIGHT as STOCK_IN_FLIGHT } from './writes';

/** How many pieces of one SKU there shall be. */
export type StockLevel<Target> = AmountLevel<Target>;
export type StockFound<Target> = AmountFound<Target>;
export type StockWrite<Target> = AmountWrite<Target>;
export type StockChange<Target> = AmountChange<Target>;

/** How a store's stock is written. */
export type StockContract<Target extends object> = AmountContract<Target>;

/** For a store that counts whole pieces, and owes none. */
export const wholePieces = (service: string): StockContract<object>['amounts'] => ({
  areValid: (amount) => Number.isInteger(amount) && amount >= 0,
  words: 'a whole number of 0 or more',
  fix: `${service} counts whole pieces: round the quantity down, and send 0 where there is a shortage.`,
});

const WORDS: AmountWords = {
  one: 'quantity',
  many: 'quantities',
  level: 'stock level',
  whenTwo: 'Add up the quantities of all warehouses before this step, so that each SKU comes once.',
};

/** Writes the stock of many SKUs, see `writeAmounts`. */
export async function writeStock<Target extends object>(
  store: StockContract<Target>,
  levels: ReadonlyArray<StockLevel<Target>>,
): Promise<Array<Outcome<StockChange<Target>>>> {
  return await writeAmounts(store, levels, WORDS);
}
