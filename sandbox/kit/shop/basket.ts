import { STORE_ONLY_ITEMS } from '../../seed';
import { between, pick, shuffled, type Random } from '../random';

/** One thing that can be put into a cart; a store adds what it has to know of it. */
export interface Offer {
  sku: string;
}

export interface BasketLine<O extends Offer> {
  offer: O;
  quantity: number;
}

const STORE_ONLY: ReadonlySet<string> = new Set(STORE_ONLY_ITEMS.map(({ sku }) => sku));

/** Mostly one to three pieces, now and then a dozen. */
const drawQuantity = (random: Random): number =>
  random() < 0.1 ? between(random, 4, 12) : between(random, 1, 3);

/**
 * Lines with a different SKU each. With `unknownSku` the last line holds something that only the store sells,
 * so that Dynamics does not know it.
 */
export function drawBasket<O extends Offer>(
  random: Random,
  offers: readonly O[],
  lines: number,
  unknownSku: boolean,
): Array<BasketLine<O>> {
  const isStoreOnly = ({ sku }: Offer): boolean => STORE_ONLY.has(sku);
  const known = offers.filter((offer) => !isStoreOnly(offer));
  const chosen = shuffled(random, known).slice(0, lines);
  if (chosen.length === 0) throw new Error('The store has no product to put into an order');
  if (unknownSku) chosen.splice(-1, 1, pick(random, offers.filter(isStoreOnly)));
  return chosen.map((offer) => ({ offer, quantity: drawQuantity(random) }));
}
