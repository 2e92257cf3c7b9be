import Big from 'big.js';

import { folded } from '../filters';
import type { StockAnswer, StockLevel } from './levels';
import { QUANTITIES, type Quantity } from './shape';

/** What is known of a product over all its warehouses; a quantity of which nothing is known is null, and never 0. */
export interface ProductStock extends Record<Quantity, number | null> {
  productnumber: string;
  /**
   * `known`: there are stock levels, which may be 0. `notStocked`: there is such a product, and no stock level of it.
   * `unknownProduct`: no product has this number.
   */
  status: 'known' | 'notStocked' | 'unknownProduct';
  warehouses: Array<Pick<StockLevel, Quantity | 'warehouse'>>;
}

function sum(levels: StockLevel[], quantity: Quantity): number | null {
  const given = levels.flatMap((level) => level[quantity] ?? []);
  if (given.length === 0) return null;
  return given.reduce((total, one) => total.plus(one), new Big(0)).toNumber();
}

const pick = (level: StockLevel): ProductStock['warehouses'][number] => ({
  warehouse: level.warehouse,
  onhand: level.onhand,
  available: level.available,
  reserved: level.reserved,
  ordered: level.ordered,
});

/** For each of these numbers what an answer says of it. */
export function stockOf({ levels, isKnown }: StockAnswer, skus: string[]): ProductStock[] {
  const bySku = new Map<string, StockLevel[]>();
  for (const level of levels) {
    const key = folded(level.productnumber);
    bySku.set(key, [...(bySku.get(key) ?? []), level]);
  }
  return skus.map((sku): ProductStock => {
    const own = bySku.get(folded(sku)) ?? [];
    const without = isKnown(sku) ? 'notStocked' : 'unknownProduct';
    const sums = Object.fromEntries(
      QUANTITIES.map((quantity) => [quantity, sum(own, quantity)]),
    ) as Record<Quantity, number | null>;
    return {
      productnumber: sku,
      status: own.length > 0 ? 'known' : without,
      ...sums,
      warehouses: own.map(pick),
    };
  });
}
