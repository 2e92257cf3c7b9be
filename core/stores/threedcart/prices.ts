import { anyPrice, type PriceContract } from '../kit/prices';
import type { ThreeDCart } from './client';
import { amountsOf, type SkuAmount, type SkuTarget } from './skus';

const PRICE: SkuAmount = {
  ofProduct: ({ Price: price }) => price,
  ofOption: ({ AdvancedOptionPrice: price }) => price,
  forProduct: (price) => ({ Price: price }),
  forOption: (price) => ({ AdvancedOptionPrice: price }),
  amounts: anyPrice,
};

/** The prices of products and variants, in the store's currency. */
export const pricesOf = (client: ThreeDCart): PriceContract<SkuTarget> => amountsOf(client, PRICE);
