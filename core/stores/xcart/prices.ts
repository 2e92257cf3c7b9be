import { anyPrice, type PriceContract } from '../kit/prices';
import type { XCart } from './client';
import { amountsOf, type SkuAmount, type SkuOptions, type SkuTarget } from './skus';

const PRICE: SkuAmount = {
  ofProduct: ({ price }) => ({ ok: true, value: price ?? undefined }),
  ofVariant: ({ price, default_price: inherits }) => (inherits ? undefined : (price ?? undefined)),
  forProduct: (price) => ({ price }),
  // The price of a variant holds only where it does not take that of its product.
  forVariant: (price) => ({ price, default_price: false }),
  amounts: anyPrice,
};

/** The prices of products and variants, in the store's currency. */
export const pricesOf = (client: XCart, options?: SkuOptions): PriceContract<SkuTarget> =>
  amountsOf(client, PRICE, options);
