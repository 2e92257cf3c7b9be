import { between, pick, shuffled, type Random } from '../../kit';
import { STORE_ONLY_ITEMS } from '../../seed';
import { storeDate } from '../api/dates';
import type { OrderItemView, ProductRecord, VariantView } from '../model';
import type { XCartStore } from '../store';

/** One thing that can be put into a cart. */
interface Offer {
  product: ProductRecord;
  variant?: VariantView;
}

const STORE_ONLY: ReadonlySet<string> = new Set(STORE_ONLY_ITEMS.map(({ sku }) => sku));

function offersOf(product: ProductRecord): Offer[] {
  const variants = [...product.variants.values()];
  return variants.length > 0 ? variants.map((variant) => ({ product, variant })) : [{ product }];
}

const skuOf = ({ product, variant }: Offer): string => variant?.sku ?? product.view.sku;

function offers(store: XCartStore, storeOnly: boolean): Offer[] {
  return [...store.products.values()]
    .filter(({ view }) => view.enabled)
    .flatMap(offersOf)
    .filter((offer) => STORE_ONLY.has(skuOf(offer)) === storeOnly);
}

function lineOf(store: XCartStore, offer: Offer, amount: number, now: Date): OrderItemView {
  const { product, variant } = offer;
  const price =
    variant !== undefined && !variant.default_price ? variant.price : product.view.price;
  return {
    id: store.nextId('item'),
    product_id: product.view.id,
    sku: skuOf(offer),
    update_date: storeDate(now),
    name: product.view.name,
    price,
    item_net_price: price,
    discounted_subtotal: 0,
    amount,
    backordered_amount: 0,
    surcharges: [],
    variant: variant?.id ?? null,
  };
}

/** Mostly one to three pieces, now and then a dozen. */
const quantity = (random: Random): number =>
  random() < 0.1 ? between(random, 4, 12) : between(random, 1, 3);

/**
 * Lines with a different SKU each. With `unknownSku` the last line holds something that only the store sells,
 * so that Dataverse does not know it.
 */
export function drawLines(
  store: XCartStore,
  random: Random,
  count: number,
  unknownSku: boolean,
  now: Date,
): OrderItemView[] {
  const chosen = shuffled(random, offers(store, false)).slice(0, count);
  if (chosen.length === 0) throw new Error('The store has no product to put into an order');
  if (unknownSku) chosen.splice(-1, 1, pick(random, offers(store, true)));
  return chosen.map((offer) => lineOf(store, offer, quantity(random), now));
}
