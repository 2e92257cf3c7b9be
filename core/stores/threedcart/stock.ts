import type { StockContract } from '../kit/stock';
import type { ThreeDCart } from './client';
import { amountsOf, type SkuAmount, type SkuTarget } from './skus';

const STOCK: SkuAmount = {
  ofProduct: ({ Stock: stock }) => stock,
  ofOption: ({ AdvancedOptionStock: stock }) => stock,
  forProduct: (stock) => ({ Stock: stock }),
  forOption: (stock) => ({ AdvancedOptionStock: stock }),
  amounts: {
    // Stores that sell what they have not got yet go below 0 (recorded answers).
    areValid: Number.isInteger,
    words: 'a whole number',
    fix: '3dcart counts whole pieces: round the quantity down.',
  },
};

/** The stock of products and variants. That of a product says nothing of its variants (recorded answers). */
export const stockOf = (client: ThreeDCart): StockContract<SkuTarget> => amountsOf(client, STOCK);
