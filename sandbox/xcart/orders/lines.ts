import { priceIn, type BasketLine, type Offer } from '../../kit/shop';
import { orderDate } from '../api/dates';
import type { OrderItemView, ProductRecord, VariantView } from '../model';
import type { XCartStore } from '../store';

/** A product, or a variant of one. */
export interface ProductOffer extends Offer {
  product: ProductRecord;
  variant?: VariantView;
}

function offersOf(product: ProductRecord): ProductOffer[] {
  const { sku } = product.view;
  const variants = [...product.variants.values()];
  if (variants.length === 0) return [{ sku, product }];
  return variants.map((variant) => ({ sku: variant.sku ?? sku, product, variant }));
}

/** What the store sells at this moment. */
export const offersIn = (store: XCartStore): ProductOffer[] =>
  [...store.products.values()].filter(({ view }) => view.enabled).flatMap(offersOf);

/** A line of the basket as the store writes it down. */
export function lineOf(
  store: XCartStore,
  { offer, quantity }: BasketLine<ProductOffer>,
  currency: string,
  now: Date,
): OrderItemView {
  const { product, variant, sku } = offer;
  const listed =
    variant !== undefined && !variant.default_price ? variant.price : product.view.price;
  const price = priceIn(currency, listed);
  return {
    id: store.nextId('item'),
    product_id: product.view.id,
    sku,
    update_date: orderDate(now),
    name: product.view.name,
    price,
    item_net_price: price,
    discounted_subtotal: 0,
    amount: quantity,
    backordered_amount: 0,
    surcharges: [],
    variant: variant?.id ?? null,
  };
}
